"""Writing a prescription on screen: nothing is lost, the sentence follows, nobody writes for the wrong person."""

import re
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from prescriptions.kinds.codes import Kind
from prescriptions.models import Acknowledgement, Prescription, PrescriptionLine, Status
from prescriptions.referentials.models import Speciality
from prescriptions.safety.finding import Finding
from prescriptions.workflow import drafts
from prescriptions.workflow.review import review
from tests.prescriptions.screens.conftest import cis_of


@pytest.fixture
def screen(cast) -> str:
    return reverse("prescriptions:prescribe", args=[cast.jeanne.pk])


@pytest.fixture
def save(cast, doctor):
    """Posts the form of a line as the page does."""

    def post(line: PrescriptionLine, **fields: Any):
        body = {
            "resident": cast.jeanne.pk,
            "version": line.version,
            "p0-rhythm": "DAILY",
            "regime": "CONTINU",
        }
        return doctor.post(reverse("prescriptions:save-line", args=[cast.jeanne.pk, line.pk]), body | fields)

    return post


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def test_looking_writes_nothing(cast, doctor, screen):
    assert "Aucune ligne" in text(doctor.get(screen))
    assert not Prescription.objects.exists()


def test_choosing_a_drug_opens_its_line_ready_to_type(cast, doctor, screen):
    body = {"resident": cast.jeanne.pk, "choix": cis_of("apixaban 2,5")}
    answer = doctor.post(reverse("prescriptions:add-line", args=[cast.jeanne.pk]), body, follow=True)
    line = PrescriptionLine.objects.get()
    assert answer.redirect_chain == [(f"{screen}?genre=medicament&ligne={line.pk}&champ=p0-matin", 302)]
    page = answer.content.decode()
    assert 'name="p0-matin"' in page
    assert "APIXABAN" in page


def test_an_unknown_drug_is_refused_with_what_to_do(cast, doctor):
    body = {"resident": cast.jeanne.pk, "choix": "00000000"}
    answer = doctor.post(reverse("prescriptions:add-line", args=[cast.jeanne.pk]), body, follow=True)
    assert "choisissez-le dans la liste" in text(answer)
    assert not Prescription.objects.exists()


def test_every_change_is_saved_and_read_aloud(save, write):
    line = write("apixaban 2,5")
    answer = save(line, **{"p0-matin": "1", "p0-soir": "1", "duration_days": "28"})
    assert answer.status_code == 200
    assert "1 comprimé matin et soir, pendant 28 jours." in text(answer)
    assert "Brouillon enregistré à" in text(answer)
    line.refresh_from_db()
    assert line.content["phases"][0]["soir"] == "1"
    assert f'id="version-{line.pk}" value="{line.version}"' in answer.content.decode()


def test_the_answer_holds_no_field_that_is_typed_in(save, write):
    page = save(write("apixaban 2,5"), **{"p0-matin": "1"}).content.decode()
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", page)
    assert all("hidden" in field or "data-hint" in field for field in fields), fields


def test_what_is_missing_leads_to_its_field(save, write):
    page = save(write("apixaban 2,5"), **{"p0-matin": "1"}).content.decode()
    assert 'data-field="duration_days"' in page
    assert "Relire et signer" in page
    assert "data-onward" not in page


def test_a_draft_is_found_again_as_it_was(doctor, screen, write):
    write("apixaban 2,5", matin="1", duration_days="28")
    page = text(doctor.get(screen))
    assert "APIXABAN" in page
    assert "1 comprimé le matin" in page


def test_another_tab_that_saved_meanwhile_is_not_overwritten(cast, save, write):
    line = write("apixaban 2,5", matin="1")
    drafts.save_line(line, line.content | {"duration_days": "7"}, by=cast.martineau, version=line.version)
    line.version -= 1
    answer = save(line, duration_days="28")
    assert answer.status_code == 409
    assert "autre onglet" in text(answer)
    assert "Ce que vous venez de taper ici n’a pas été enregistré" in text(answer)
    assert "rien n’est perdu" not in text(answer).lower()
    line.refresh_from_db()
    assert line.content["duration_days"] == "7"


@pytest.mark.parametrize("version", ["", "-1", "abc", "9" * 30])
def test_a_form_without_a_version_is_refused(save, write, version):
    assert save(write("apixaban 2,5"), version=version).status_code == 409


@pytest.mark.parametrize("route", ["add-line", "save-line", "remove-line", "discard"])
def test_a_form_drawn_for_somebody_else_is_refused(cast, doctor, write, route):
    line = write("apixaban 2,5")
    where = [cast.jeanne.pk, line.pk] if route.endswith("e-line") else [cast.jeanne.pk]
    answer = doctor.post(
        reverse(f"prescriptions:{route}", args=where), {"resident": cast.louis.pk, "version": 0}
    )
    assert answer.status_code == 409
    assert "autre résident" in text(answer)
    assert PrescriptionLine.objects.count() == 1


def test_enter_goes_to_what_is_missing_then_folds(screen, save, write):
    line = write("apixaban 2,5")
    first = save(line, edit="done", **{"p0-matin": "1"})
    assert first["Location"] == f"{screen}?genre=medicament&ligne={line.pk}&champ=duration_days"
    line.refresh_from_db()
    second = save(line, edit="done", **{"p0-matin": "1", "duration_days": "28"})
    assert second["Location"] == f"{screen}?genre=medicament&champ=ajouter"


def test_a_taper_step_is_added_without_losing_what_was_typed(screen, save, write):
    line = write("prednisolone 20 mg")
    answer = save(line, edit="add-step", **{"p0-matin": "2", "p0-days": "3"})
    assert answer["Location"] == f"{screen}?genre=medicament&ligne={line.pk}&champ=p1-matin"
    line.refresh_from_db()
    assert [step["matin"] for step in line.content["phases"]] == ["2", ""]


def test_a_line_is_removed_and_a_draft_abandoned(cast, doctor, write):
    line = write("apixaban 2,5")
    body = {"resident": cast.jeanne.pk}
    doctor.post(reverse("prescriptions:remove-line", args=[cast.jeanne.pk, line.pk]), body)
    assert not PrescriptionLine.objects.exists()
    doctor.post(reverse("prescriptions:discard", args=[cast.jeanne.pk]), body)
    assert not Prescription.objects.exists()


def test_a_signed_line_is_no_longer_there_to_write_on(cast, doctor, put):
    line = put().lines.get()
    where = reverse("prescriptions:save-line", args=[cast.jeanne.pk, line.pk])
    assert doctor.post(where, {"resident": cast.jeanne.pk, "version": line.version}).status_code == 404


def test_a_nurse_writes_nothing_anywhere(cast, nurse, write):
    line = write("apixaban 2,5")
    one, two = [cast.jeanne.pk], [cast.jeanne.pk, line.pk]
    assert nurse.get(reverse("prescriptions:prescribe", args=one)).status_code == 403
    assert nurse.get(reverse("prescriptions:options"), {"q": "apix"}).status_code == 403
    for route, where in (("add-line", one), ("discard", one), ("save-line", two), ("remove-line", two)):
        assert (
            nurse.post(reverse(f"prescriptions:{route}", args=where), {"resident": one[0]}).status_code == 403
        )
    assert Prescription.objects.get().status == Status.DRAFT


def test_another_house_sees_no_such_resident(cast, stranger, screen):
    assert stranger.get(screen).status_code == 404


def test_a_colleague_has_their_own_draft(cast, doctor, login, write, screen):
    from tests.cast import make_prescriber

    write("apixaban 2,5", matin="1")
    colleague = make_prescriber("legoff", cast.tilleuls, "Yann", "Le Goff", "99900123474")
    assert "Aucune ligne" in text(login(colleague).get(screen))


def test_the_right_column_says_what_is_not_checked(cast, doctor, screen, write):
    cast.jeanne.measures.all().delete()
    write("apixaban 2,5", matin="1", duration_days="28")
    page = text(doctor.get(screen))
    assert "Non contrôlé · " in page
    assert "Fonction rénale" in page or "fonction rénale" in page


def asking(cast) -> list[Finding]:
    """What asks a reason now; while something does, nothing can be signed."""
    seen = review(drafts.open_draft(cast.jeanne, by=cast.martineau))
    assert seen.safety is not None
    assert seen.can_sign is not bool(seen.safety.asking)
    return [found.finding for found in seen.safety.asking]


def test_an_alert_asks_a_reason_and_remembers_it(cast, doctor, screen, write):
    for _ in range(2):
        write("paracetamol 1 g", matin="1", duration_days="8")
    [asked] = [finding for finding in asking(cast) if finding.check == "DUPLICATE"]
    page = text(doctor.get(screen))
    assert "Motif demandé" in page
    assert "Motif à donner" in page
    assert "1 motif à donner" in page
    where = reverse("prescriptions:acknowledge", args=[cast.jeanne.pk])
    body = {"resident": cast.jeanne.pk, "alerte": asked.ack_key}
    assert "motif" in text(doctor.post(where, body, follow=True)).lower()
    assert not Acknowledgement.objects.exists()
    doctor.post(where, body | {"motif": "Pas d’alternative adaptée", "motif_libre": "relais hospitalier"})
    assert Acknowledgement.objects.get().reason == "relais hospitalier"
    assert asked.ack_key not in {finding.ack_key for finding in asking(cast)}


def test_what_was_not_asked_cannot_be_answered(cast, doctor, write):
    write("paracetamol 1 g", matin="1", duration_days="8")
    where = reverse("prescriptions:acknowledge", args=[cast.jeanne.pk])
    doctor.post(where, {"resident": cast.jeanne.pk, "alerte": "inventée", "motif": "x"})
    assert not Acknowledgement.objects.exists()


def test_a_hospital_medicine_cannot_be_signed(cast, write):
    found = Speciality.objects.filter(
        marketed=True, conditions__label__icontains="réservé à l'usage HOSPITALIER"
    ).first()
    draft = drafts.open_draft(cast.jeanne, by=cast.martineau)
    assert found is not None
    drafts.add_lines(draft, Kind.MEDICAMENT, found.cis, by=cast.martineau)
    told = " ".join(review(draft).obstacles)
    assert "réservé à l’usage hospitalier" in told


def test_an_incomplete_profile_is_told_what_is_missing(cast, doctor, screen, write):
    cast.martineau.phone = ""
    cast.martineau.save()
    write("apixaban 2,5", matin="1", duration_days="28")
    page = text(doctor.get(screen))
    assert "il manque le téléphone (+33)" in page
    assert "Signature impossible" in page


@pytest.mark.parametrize("lines", [1, 5])
def test_the_screen_costs_a_known_number_of_queries(
    doctor, screen, write, lines, django_assert_max_num_queries
):
    for _ in range(lines):
        write("apixaban 2,5", matin="1", duration_days="28")
    doctor.get(screen)  # the thesaurus is read once per process
    with django_assert_max_num_queries(29 + lines):
        doctor.get(screen)


# --- the search -------------------------------------------------------------------------------


def test_options_name_the_substance_first(doctor):
    page = doctor.get(reverse("prescriptions:options"), {"q": "eliquis 2,5"}).content.decode()
    assert '<li role="option"' in page
    assert "<b>APIXABAN</b>" in page
    assert "ELIQUIS" in page


def test_homeopathy_and_the_unmarketed_come_only_when_asked(doctor):
    where = reverse("prescriptions:options")
    assert "aria-disabled" in doctor.get(where, {"q": "abies nigra boiron"}).content.decode()
    asked = doctor.get(where, {"q": "abies nigra boiron", "homeopathie": "true"}).content.decode()
    assert "aria-disabled" not in asked


def test_nothing_found_says_what_to_try(doctor):
    page = doctor.get(reverse("prescriptions:options"), {"q": "zzzzqqq"}).content.decode()
    assert "Rien pour « zzzzqqq »" in page
    assert "Écrire « zzzzqqq »" in page


def test_a_typed_tag_stays_text(doctor):
    page = doctor.get(reverse("prescriptions:options"), {"q": "<b>x</b>zzq"}).content.decode()
    assert "&lt;b&gt;x" in page


def test_an_old_drug_base_is_told_while_prescribing(doctor, cast):
    where = reverse("prescriptions:prescribe", args=[cast.jeanne.pk])
    with time_machine.travel("2026-05-20 10:00+02:00"):
        doctor.force_login(cast.martineau)
        assert "La base des médicaments date" not in text(doctor.get(where))
    with time_machine.travel("2026-11-24 10:00+01:00"):
        doctor.force_login(cast.martineau)
        assert "La base des médicaments date du 19/05/2026" in text(doctor.get(where))
