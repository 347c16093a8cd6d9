"""The record: what is taken, what ends soon, what waits for a person; and what the list of residents learns of it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from prescriptions.models import Status
from prescriptions.overview import treatments
from prescriptions.treatment import treatment_of
from prescriptions.workflow import drafts
from prescriptions.workflow.review import review
from prescriptions.workflow.signing import sign
from residents.models import Measure
from tests.answers import answer_all
from tests.prescriptions.screens.test_prescribing import text


def record(cast, tab: str = "") -> str:
    return reverse("prescriptions:record", args=[cast.jeanne.pk]) + (f"?onglet={tab}" if tab else "")


def starting(days_ago: int) -> str:
    return (timezone.localdate() - timedelta(days=days_ago)).isoformat()


def test_a_signed_line_is_in_the_treatment_at_once(cast, nurse, put):
    put()
    page = text(nurse.get(record(cast)))
    assert "APIXABAN" in page
    assert "1 comprimé matin et soir" in page
    assert "Dr Martineau" in page


def test_a_draft_is_not_in_the_treatment(cast, nurse, write):
    write("apixaban 2,5", matin="1", duration_days="28")
    assert "APIXABAN" not in text(nurse.get(record(cast)))


def test_each_line_stands_under_its_tabs(cast, put):
    put(line={"starts_on": starting(25)})
    put(drug="amoxicilline 500 mg gelule", line={"regime": "PONCTUEL", "duration_days": "6"})
    with time_machine.travel(timezone.now() - timedelta(days=60)):  # signed then: it is over today
        put(drug="furosemide 20 mg")
    counts = treatment_of(cast.jeanne, timezone.localdate()).counts()
    assert counts == {
        "en-cours": 2,
        "a-renouveler": 1,
        "si-besoin": 0,
        "ponctuels": 1,
        "termines": 1,
        "autres": 0,
    }


def test_as_needed_has_its_tab(cast, put):
    needed = {"dose": "1", "indication": "douleur", "min_interval_hours": "6", "max_per_24h": "4"}
    put(drug="paracetamol 1 g comprime", line={"regime": "SI_BESOIN", "as_needed": needed})
    assert treatment_of(cast.jeanne, timezone.localdate()).counts()["si-besoin"] == 1


def test_eight_days_before_the_end_somebody_should_renew(cast, put):
    put(line={"duration_days": "10"})
    today = timezone.localdate()
    last = today + timedelta(days=9)
    soon = [treatment_of(cast.jeanne, last - timedelta(days=n)).rows[0].ends_soon for n in (9, 8, 0, -1)]
    assert soon == [False, True, True, False]


def test_a_refused_line_stays_until_it_is_signed_again(cast, put):
    refused = put("REJECTED", code="sim_ep_produit_inconnu")
    today = timezone.localdate()
    assert [p.pk for p in treatment_of(cast.jeanne, today).waiting] == [refused.pk]
    draft = drafts.correct(refused, by=cast.martineau)
    assert treatment_of(cast.jeanne, today).waiting
    sign(draft, by=cast.martineau, digest=review(answer_all(draft)).digest, workstation=None)
    treatment = treatment_of(cast.jeanne, today)
    assert not treatment.waiting
    assert [row.prescription.status for row in treatment.rows] == [Status.SIGNED]


def test_what_needs_a_person_shows_its_way_out_to_the_prescriber_only(cast, doctor, nurse, put):
    put("REJECTED", code="sim_ep_produit_inconnu")
    assert "Corriger et refaire" in text(doctor.get(record(cast)))
    assert "Corriger et refaire" not in text(nurse.get(record(cast)))


def test_the_nurse_sees_no_way_to_write(cast, nurse, put):
    put()
    page = nurse.get(record(cast)).content.decode()
    assert reverse("prescriptions:prescribe", args=[cast.jeanne.pk]) not in page


def test_an_open_draft_is_offered_again(cast, doctor, write):
    write("apixaban 2,5")
    assert "Reprendre le brouillon" in text(doctor.get(record(cast)))


def test_allergies_never_asked_are_said(cast, nurse):
    cast.jeanne.allergy_status = "NOT_ASKED"
    cast.jeanne.save()
    assert "Allergies non renseignées" in text(nurse.get(record(cast)))


def test_measures_are_drawn_and_said(cast, nurse):
    Measure.objects.create(
        resident=cast.jeanne,
        kind="WEIGHT",
        value="62.1",
        measured_on=timezone.localdate() - timedelta(days=200),
    )
    page = nurse.get(record(cast)).content.decode().replace("\xa0", " ")
    assert "Poids : 58,4 kg" in page
    assert "−3,7 kg" in page
    assert "<polyline" in page
    assert "style=" not in page


def test_another_house_sees_no_such_record(cast, stranger):
    assert stranger.get(record(cast)).status_code == 404


def test_an_unknown_tab_is_the_first(cast, nurse):
    assert nurse.get(record(cast, "nimporte")).status_code == 200


def test_the_record_costs_the_same_whatever_the_treatment(cast, nurse, put, django_assert_num_queries):
    put()
    with django_assert_num_queries(14):
        nurse.get(record(cast))
    for drug in ("furosemide 20 mg", "ramipril 2,5 mg", "bisoprolol 2,5 mg"):
        put(drug=drug)
    with django_assert_num_queries(14):
        nurse.get(record(cast))


def test_the_list_of_residents_learns_of_it_in_two_queries(cast, put, django_assert_num_queries):
    put(line={"duration_days": "5"})
    put("STALLED", drug="furosemide 20 mg", code="siram_40")
    put("REJECTED", drug="ramipril 2,5 mg", code="sim_ep_produit_inconnu")
    with django_assert_num_queries(2):
        said = treatments([cast.jeanne.pk, cast.louis.pk])
    assert set(said) == {cast.jeanne.pk}
    jeanne = said[cast.jeanne.pk]
    assert jeanne.lines == 2
    assert jeanne.ends_soon is not None
    assert jeanne.ends_soon.count == 1
    assert {alert.kind for alert in jeanne.needs_human} == {"refused", "todo"}


@pytest.mark.parametrize(("days", "shown"), [("9", True), ("10", False), ("28", False)])
def test_the_list_shows_only_what_ends_within_eight_days(cast, put, nurse, days, shown):
    put(line={"duration_days": days})
    assert (treatments([cast.jeanne.pk])[cast.jeanne.pk].ends_soon is not None) is shown
    assert ("ends-soon" in nurse.get("/residents/").content.decode()) is shown
    assert ("Finit sous 8 jours" in nurse.get("/residents/").content.decode()) is shown
