"""Structured posologies: kept without loss, and turned into the intakes of every day."""

import json
from datetime import timedelta
from decimal import Decimal
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from prescriptions.kinds.medicament.posology import Moment, Phase, Posology, Rhythm, RhythmKind
from prescriptions.kinds.medicament.slots import days_covered, intakes_on, total_units, units_on

from .posologies import EVERY_OTHER_DAY, MONDAY, any_posology, needed, on, planned, posology, step


@given(any_posology)
def test_nothing_is_lost_in_json(given_posology):
    assert Posology.from_json(json.loads(json.dumps(given_posology.to_json()))) == given_posology


def test_a_dose_keeps_its_digits():
    assert posology(step("matin:12.50")).to_json()["phases"][0]["intakes"] == [
        {"at": "matin", "dose": "12.50"}
    ]


@given(planned(), st.integers(0, 60))
def test_the_days_add_up_to_the_total(given_posology, days):
    each = (
        sum(
            (intake.dose for intake in intakes_on(given_posology, MONDAY, MONDAY + timedelta(days=rank))),
            Decimal(0),
        )
        for rank in range(days)
    )
    assert total_units(given_posology, MONDAY, days) == sum(each, Decimal(0))


@given(st.integers(2, 30), st.integers(1, 90))
def test_every_n_days_counts_from_the_first(every, days):
    rhythm = Rhythm(RhythmKind.EVERY_N, every)
    assert total_units(posology(step("matin:1", rhythm)), MONDAY, days) == ceil(days / every)


@given(st.integers(1, 12))
def test_week_days_come_back_every_week(weeks):
    assert (
        total_units(posology(step("matin:1 soir:0.5", on("MO", "TH"))), MONDAY, 7 * weeks)
        == Decimal(3) * weeks
    )


@given(planned())
def test_nothing_before_the_start_nor_after_bounded_steps(given_posology):
    assert intakes_on(given_posology, MONDAY, MONDAY - timedelta(days=1)) == ()
    lengths = [phase.days for phase in given_posology.phases]
    if None not in lengths:
        assert intakes_on(given_posology, MONDAY, MONDAY + timedelta(days=sum(lengths))) == ()


@given(planned(), st.integers(0, 200))
def test_covered_days_take_no_more_than_what_is_held(given_posology, held):
    days = days_covered(given_posology, MONDAY, Decimal(held))
    assert 0 <= days <= 365
    assert total_units(given_posology, MONDAY, days) <= held
    if days < 365:
        assert total_units(given_posology, MONDAY, days + 1) > held


def test_a_taper_changes_dose_on_its_days():
    taper = posology(step("matin:3", days=5), step("matin:2", days=5), step("matin:1"))
    doses = [intakes_on(taper, MONDAY, MONDAY + timedelta(days=day))[0].dose for day in (0, 4, 5, 9, 10, 300)]
    assert doses == [3, 3, 2, 2, 1, 1]
    assert total_units(taper, MONDAY, 15) == 30


def test_a_new_step_starts_its_own_rhythm():
    two = posology(step("matin:1", days=3), step("matin:1", EVERY_OTHER_DAY))
    taken = [day for day in range(8) if intakes_on(two, MONDAY, MONDAY + timedelta(days=day))]
    assert taken == [0, 1, 2, 3, 5, 7]


def test_the_intakes_of_a_day_come_in_order():
    seen = intakes_on(posology(step("coucher:1 16:00:1 matin:1 soir:1")), MONDAY, MONDAY)
    assert [str(intake.at) for intake in seen] == ["matin", "16:00:00", "soir", "coucher"]


def test_an_if_needed_dose_is_never_planned_but_counts_for_its_most():
    given_posology = needed("1", "douleur", "6", "4")
    assert intakes_on(given_posology, MONDAY, MONDAY) == ()
    assert total_units(given_posology, MONDAY, 8) == 32
    assert units_on(given_posology, MONDAY, MONDAY - timedelta(days=1)) == 0


def test_an_empty_posology_takes_nothing():
    assert total_units(Posology("comprimé", "orale", (Phase(()),)), MONDAY, 10) == 0
    assert Moment("matin") is Moment.MATIN
