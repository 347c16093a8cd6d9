"""The page of an e-prescription: where it stands, why, what to do, by whom."""

import pytest
from django.urls import reverse

from prescriptions.models import Prescription, Printout, Status
from prescriptions.workflow import drafts
from tests.prescriptions.screens.test_prescribing import text


def url(name: str, prescription: Prescription) -> str:
    return reverse(f"prescriptions:{name}", args=[prescription.pk])


def test_a_draft_goes_back_to_being_written(cast, doctor, write):
    draft = write("apixaban 2,5").prescription
    assert doctor.get(url("detail", draft))["Location"] == reverse(
        "prescriptions:prescribe", args=[cast.jeanne.pk]
    )


def test_a_signed_one_says_it_leaves_by_itself_and_looks_again(doctor, put):
    page = doctor.get(url("detail", put(attempts=0))).content.decode()
    assert "elle part toute seule" in page
    assert 'hx-trigger="every 1s"' in page


def test_a_slow_service_is_told_with_what_happens_next(doctor, put):
    page = text(doctor.get(url("detail", put(attempts=2, code="siram_40"))))
    assert "Vous pouvez continuer : nous réessayons, prochaine tentative à" in page
    assert "Réessayer maintenant" in page


def test_a_registered_one_shows_its_number_and_stops_looking(doctor, put):
    prescription = put("REGISTERED")
    page = doctor.get(url("detail", prescription)).content.decode()
    assert prescription.identifier in page
    assert "hx-trigger" not in page
    assert "Imprimer l’ordonnance" in page


def test_a_refused_one_says_why_and_the_way_out(doctor, nurse, put):
    prescription = put("REJECTED", code="sim_ep_produit_inconnu")
    assert "Corriger et refaire" in text(doctor.get(url("detail", prescription)))
    seen_by_nurse = text(nurse.get(url("detail", prescription)))
    assert "Corriger et refaire" not in seen_by_nurse
    assert "Prévenez Dr Martineau" in seen_by_nurse


def test_correcting_brings_the_lines_back(cast, doctor, put):
    prescription = put("REJECTED", code="sim_ep_produit_inconnu")
    answer = doctor.post(url("correct", prescription))
    assert answer["Location"] == reverse("prescriptions:prescribe", args=[cast.jeanne.pk])
    draft = Prescription.objects.get(status=Status.DRAFT)
    assert draft.corrects == prescription
    assert draft.lines.count() == 1


def test_only_a_refused_one_is_corrected(doctor, put):
    answer = doctor.post(url("correct", put("REGISTERED")), follow=True)
    assert "a changé d’état" in text(answer)
    assert not Prescription.objects.filter(status=Status.DRAFT).exists()


def test_a_stalled_one_is_tried_again_by_a_prescriber_only(doctor, nurse, put):
    prescription = put("STALLED", attempts=12, code="siram_40")
    assert nurse.post(url("retry", prescription)).status_code == 403
    doctor.post(url("retry", prescription))
    prescription.refresh_from_db()
    assert prescription.status == Status.SIGNED
    assert prescription.submission.next_attempt_at is not None


def test_the_moving_part_is_redrawn_only_when_something_changed(doctor, put):
    prescription = put(attempts=0)
    page = doctor.get(url("detail", prescription)).content.decode()
    seen = page.split("?vu=")[1].split('"')[0]
    assert doctor.get(url("state", prescription) + f"?vu={seen}").status_code == 204
    answer = doctor.get(url("state", prescription) + "?vu=autre")
    assert answer.status_code == 200
    assert 'hx-swap-oob="innerHTML"' in answer.content.decode()


def test_printing_waits_for_registration_and_says_why(doctor, put):
    prescription = put()
    assert "pas encore : le numéro et le QR code ne valent qu’une fois" in text(
        doctor.get(url("detail", prescription))
    )
    doctor.post(url("print", prescription))
    assert not Printout.objects.exists()


@pytest.fixture
def registered(put):
    return put("REGISTERED")


def test_the_first_paper_is_the_original_the_next_a_duplicate(nurse, registered):
    first = nurse.post(url("print", registered), follow=True)
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    assert "no-store" in first["Cache-Control"]
    kept = registered.printouts.get(is_duplicate=False)
    assert first["Content-Disposition"] == f'inline; filename="ordonnance-{kept.pk}.pdf"'
    assert "duplicata" in text(nurse.get(url("detail", registered)))
    nurse.post(url("print", registered))
    assert list(Printout.objects.order_by("printed_at").values_list("is_duplicate", flat=True)) == [
        False,
        True,
    ]


def test_the_paper_is_for_those_who_may_print(cast, login, nurse, stranger, registered):
    where = nurse.post(url("print", registered))["Location"]
    assert nurse.get(where).status_code == 200
    assert login(cast.perrin).get(where).status_code == 403
    assert stranger.get(where).status_code in {403, 404}


def test_another_house_sees_nothing(stranger, put):
    prescription = put()
    for name in ("detail", "state"):
        assert stranger.get(url(name, prescription)).status_code == 404
    for name in ("retry", "correct", "print"):
        assert stranger.post(url(name, prescription)).status_code == 404


def test_a_correction_signed_again_is_linked(cast, doctor, put):
    refused = put("REJECTED", code="sim_ep_produit_inconnu")
    drafts.correct(refused, by=cast.martineau)
    again = put(drug="oxazepam 10 mg", line={"soir": "1"})
    assert url("detail", again) in doctor.get(url("detail", refused)).content.decode()


def test_the_page_costs_a_known_number_of_queries(doctor, put, django_assert_max_num_queries):
    prescription = put("REGISTERED")
    with django_assert_max_num_queries(16):
        doctor.get(url("detail", prescription))


@pytest.mark.parametrize("code", ["timeout", "erreur_interne", "tls", "siram_40"])
def test_once_stopped_nobody_is_told_that_there_is_nothing_to_do(doctor, put, code):
    prescription = put("STALLED", attempts=12, code=code)
    page = text(doctor.get(url("detail", prescription)))
    assert "Rien à faire" not in page
    assert "Réessayer maintenant" in page
    said = doctor.get(f"/api/v1/prescriptions/{prescription.pk}/status/").json()
    assert "réessayez maintenant" in said["what_to_do"]


def test_while_it_is_sent_again_by_itself_there_is_nothing_to_do(doctor, put):
    prescription = put(attempts=2, code="timeout")
    said = doctor.get(f"/api/v1/prescriptions/{prescription.pk}/status/").json()
    assert said["what_to_do"].startswith("Rien à faire")
