"""Relire et signer: what is shown is what is signed, by the right person, once."""

import pytest
from django.urls import reverse

from prescriptions.models import Prescription, SigningAct, Status
from prescriptions.workflow import drafts
from prescriptions.workflow.review import review
from tests.cast import PIN
from tests.prescriptions.screens.test_prescribing import text


@pytest.fixture
def draft(write):
    return write("apixaban 2,5", matin="1", soir="1", duration_days="28").prescription


@pytest.fixture
def where(draft) -> str:
    return reverse("prescriptions:review", args=[draft.pk])


def body(draft: Prescription, **fields: str) -> dict[str, str]:
    return {"resident": str(draft.resident_id), "digest": review(draft).digest, "pin": PIN} | fields


def test_the_page_shows_the_ordonnance_and_the_same_words(doctor, draft, where):
    answer = doctor.get(where)
    assert "1 comprimé matin et soir, pendant 28 jours." in text(answer)
    assert "Signer et transmettre 1 e-prescription" in text(answer)
    image = doctor.get(reverse("prescriptions:preview-page", args=[draft.pk, 0, 1]))
    assert image["Content-Type"] == "image/png"
    assert "no-store" in image["Cache-Control"]
    assert doctor.get(reverse("prescriptions:preview-page", args=[draft.pk, 0, 9])).status_code == 404


def test_signing_returns_at_once_to_its_life(doctor, draft, where):
    answer = doctor.post(where, body(draft))
    assert answer["Location"] == reverse("prescriptions:detail", args=[draft.pk])
    draft.refresh_from_db()
    assert draft.status == Status.SIGNED
    assert draft.submission.next_attempt_at is not None


def test_a_second_click_signs_nothing_more(doctor, draft, where):
    sent = body(draft)
    doctor.post(where, sent)
    again = doctor.post(where, sent)
    assert again["Location"] == reverse("prescriptions:detail", args=[draft.pk])
    assert SigningAct.objects.count() == 1


def test_a_wrong_code_says_how_many_tries_are_left(doctor, draft, where):
    answer = doctor.post(where, body(draft, pin="000000"))
    assert answer.status_code == 422
    assert "Encore 4 essais" in text(answer)
    draft.refresh_from_db()
    assert draft.is_draft


def test_too_many_wrong_codes_lock_and_keep_the_draft(doctor, draft, where):
    for _ in range(5):
        answer = doctor.post(where, body(draft, pin="000000"))
    assert "verrouillée jusqu’à" in text(answer)
    assert "verrouillée" in text(doctor.post(where, body(draft)))
    draft.refresh_from_db()
    assert draft.is_draft


def test_what_changed_since_the_reading_is_not_signed(cast, doctor, draft, where):
    sent = body(draft)
    line = draft.lines.get()
    drafts.save_line(line, line.content | {"duration_days": "7"}, by=cast.martineau, version=line.version)
    answer = doctor.post(where, sent)
    assert answer.status_code == 409
    assert "a changé depuis votre relecture" in text(answer)


def test_a_form_of_another_resident_is_not_signed(cast, doctor, draft, where):
    assert doctor.post(where, body(draft, resident=str(cast.louis.pk))).status_code == 409
    draft.refresh_from_db()
    assert draft.is_draft


def test_an_incomplete_line_shows_no_button(doctor, draft, where, write):
    write("oxazepam 10 mg")
    answer = doctor.get(where)
    assert 'name="pin"' not in answer.content.decode()
    assert "Levez d’abord ce qui bloque" in text(answer)
    assert doctor.post(where, body(draft)).status_code == 409


def test_nobody_else_signs(nurse, stranger, draft, where):
    assert nurse.get(where).status_code == 403
    assert nurse.post(where, body(draft)).status_code == 403
    assert stranger.get(where).status_code == 404
    assert stranger.post(where, body(draft)).status_code == 404
    assert nurse.get(reverse("prescriptions:preview-page", args=[draft.pk, 0, 1])).status_code == 403
    assert stranger.get(reverse("prescriptions:preview-page", args=[draft.pk, 0, 1])).status_code == 404


def test_what_was_to_be_checked_is_said_again_where_one_signs(doctor, write):
    draft = write("apixaban 2,5", matin="1", soir="1", duration_days="60").prescription
    page = text(doctor.get(reverse("prescriptions:review", args=[draft.pk])))
    assert "À vérifier" in page
    assert "un mois à la fois" in page
