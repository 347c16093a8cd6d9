"""A narcotic typed as free text does not leave as an ordinary ordonnance (rules A22, B13, B14)."""

import pytest
from django.urls import reverse

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import free_value
from prescriptions.kinds.order import Paper
from prescriptions.workflow import drafts
from prescriptions.workflow.review import review
from tests.prescriptions.screens.test_prescribing import text


@pytest.fixture
def typed(cast):
    """A line of free text in Dr Martineau's draft for Jeanne."""

    def line(words: str, days: str = "28", **fields):
        draft = drafts.open_draft(cast.jeanne, by=cast.martineau)
        (new,) = drafts.add_lines(draft, Kind.MEDICAMENT, free_value(words), by=cast.martineau)
        steps = [new.content["phases"][0] | {"matin": "1"}]
        content = new.content | {"phases": steps, "duration_days": days, "unit": "mL", **fields}
        return drafts.save_line(new, content, by=cast.martineau, version=new.version)

    return line


def test_a_speciality_of_the_base_typed_by_hand_cannot_be_signed(typed, doctor, cast):
    seen = review(typed("Skenan LP 30 mg", "90", renewals="3", unit="gélule").prescription)
    assert not seen.can_sign
    assert any("choisissez le médicament dans la liste" in obstacle for obstacle in seen.obstacles)
    assert seen.parts == ()
    page = text(doctor.get(reverse("prescriptions:prescribe", args=[cast.jeanne.pk])))
    assert "à choisir dans la base" in page


def test_a_preparation_of_morphine_is_secured_and_lasts_28_days(typed):
    seen = review(typed("Morphine sirop 10 mg", "120").prescription)
    assert any("120 jours, 28 jours au plus" in obstacle for obstacle in seen.obstacles)
    seen = review(typed("Morphine sirop 10 mg", "28").prescription)
    assert seen.lines[-1].order is not None
    assert seen.lines[-1].order.paper is Paper.SECURISEE


def test_a_plain_preparation_is_signed_as_before(typed):
    seen = review(typed("Vaseline salicylée à 10 %", "120").prescription)
    assert not any("ligne 1" in obstacle.lower() for obstacle in seen.obstacles)
    assert seen.parts[0].paper is Paper.SIMPLE


def test_the_line_shows_the_fields_its_law_asks(typed, doctor, cast):
    line = typed("Morphine sirop 10 mg")
    screen = reverse("prescriptions:prescribe", args=[cast.jeanne.pk])
    page = doctor.get(screen, {"genre": "medicament", "ligne": str(line.pk)}).content.decode()
    assert 'name="overlap_reason"' in page
    assert "Stupéfiant" in page


@pytest.mark.parametrize("lines", [1, 5])
def test_free_lines_cost_a_constant_number_of_queries(
    doctor, cast, typed, lines, django_assert_max_num_queries
):
    for rank in range(lines):
        typed(f"Morphine sirop {rank + 1} mg")
    screen = reverse("prescriptions:prescribe", args=[cast.jeanne.pk])
    doctor.get(screen)  # the vocabulary is read once per process
    with django_assert_max_num_queries(30):
        doctor.get(screen)
