"""Reading a draft line: what is missing, what is refused, what is only told, and the complete medication."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.fields import decimal_of
from prescriptions.kinds.medicament.content import read
from prescriptions.kinds.medicament.medication import Regime
from prescriptions.kinds.medicament.raw import normalised, suggest
from prescriptions.kinds.reading import Reading
from prescriptions.kinds.registry import KINDS

from .drugs import DOLIPRANE, HALDOL, LEVOTHYROX, FakeDrug
from .posologies import MONDAY


def raw(drug: FakeDrug = LEVOTHYROX, **changes: Any) -> dict[str, Any]:
    """A complete line: one tablet every morning, 28 days, renewed five times. `p0_…` change its first step."""
    content = suggest(drug, today=MONDAY)
    content |= {"duration_days": "28", "renewals": "5"}
    content["phases"][0]["matin"] = "1"
    for name, value in changes.items():
        target, key = (content["phases"][0], name[3:]) if name.startswith("p0_") else (content, name)
        target[key] = value
    return content


def steps(*given_steps: dict[str, Any]) -> list[dict[str, Any]]:
    blank = suggest(LEVOTHYROX, today=MONDAY)["phases"][0]
    return [deepcopy(blank) | given_step for given_step in given_steps]


def if_needed(**changes: str) -> dict[str, Any]:
    limits = {"dose": "1", "indication": "douleur", "min_interval_hours": "6", "max_per_24h": "4"}
    return raw(DOLIPRANE, regime="SI_BESOIN", as_needed=limits | changes, renewals="0", duration_days="8")


def problems(reading: Reading) -> set[tuple[str, str]]:
    return {(problem.field, problem.rule) for problem in reading.problems}


def medication(content: dict[str, Any], drug: FakeDrug = LEVOTHYROX) -> Any:
    reading = read(content, drug)
    assert reading.problems == ()
    assert reading.order is not None
    return reading.order


def test_a_usual_line():
    found = medication(raw())
    assert found.sentence == "1 comprimé le matin, pendant 28 jours."
    assert (found.boxes, found.renewals, found.ends_on) == (1, 5, date(2027, 5, 9))
    assert read(raw(), LEVOTHYROX).sentence == found.sentence
    assert read(raw(), LEVOTHYROX).boxes == 1


def test_a_line_says_which_base_its_facts_come_from():
    order = read(raw(), LEVOTHYROX).order
    assert order is not None
    assert order.release == LEVOTHYROX.release


def test_a_new_line_proposes_and_decides_nothing():
    content = suggest(LEVOTHYROX, today=MONDAY)
    assert (content["unit"], content["route"], content["starts_on"]) == ("comprimé", "orale", "2026-11-23")
    assert problems(read(content, LEVOTHYROX)) == {("phases.0.matin", "B02"), ("duration_days", "B03")}
    assert suggest(HALDOL)["starts_on"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"unit": " "}, ("unit", "B02")),
        ({"route": ""}, ("route", "B02")),
        ({"phases": []}, ("phases.0.matin", "B02")),
        ({"phases": "demain"}, ("phases.0.matin", "B02")),
        ({"p0_matin": ""}, ("phases.0.matin", "B02")),
        ({"p0_matin": "0"}, ("phases.0.matin", "B02")),
        ({"p0_matin": "un"}, ("phases.0.matin", "A30")),
        ({"p0_matin": "-1"}, ("phases.0.matin", "A30")),
        ({"p0_matin": "1e3"}, ("phases.0.matin", "A30")),
        ({"p0_matin": "0,0001"}, ("phases.0.matin", "A30")),
        ({"p0_matin": "100001"}, ("phases.0.matin", "A30")),
        ({"p0_hours": [{"at": "8h", "dose": "1"}]}, ("phases.0.hours.0.at", "A30")),
        ({"p0_hours": [{"at": "24:00", "dose": "1"}]}, ("phases.0.hours.0.at", "A30")),
        ({"p0_hours": [{"at": "08:00", "dose": ""}]}, ("phases.0.hours.0.dose", "A30")),
        ({"p0_hours": [{"at": "08:00", "dose": "x"}]}, ("phases.0.hours.0.dose", "A30")),
        (
            {"p0_hours": [{"at": "08:00", "dose": "1"}, {"at": "08:00", "dose": "2"}]},
            ("phases.0.hours.1.at", "A30"),
        ),
        ({"p0_rhythm": "EVERY_N"}, ("phases.0.every_n", "A30")),
        ({"p0_rhythm": "EVERY_N", "p0_every_n": "1"}, ("phases.0.every_n", "A30")),
        ({"p0_rhythm": "EVERY_N", "p0_every_n": "deux"}, ("phases.0.every_n", "A30")),
        ({"p0_rhythm": "WEEKDAYS"}, ("phases.0.weekdays", "A30")),
        ({"p0_rhythm": "WEEKDAYS", "p0_weekdays": ["XX"]}, ("phases.0.weekdays", "A30")),
        ({"p0_rhythm": "LUNAR"}, ("phases.0.rhythm", "A30")),
        ({"p0_days": "0", "renewals": "0"}, ("phases.0.days", "A30")),
        ({"duration_days": ""}, ("duration_days", "B03")),
        ({"duration_days": "0"}, ("duration_days", "B03")),
        ({"duration_days": "", "boxes": "0"}, ("duration_days", "B03")),
        ({"duration_days": "un mois"}, ("duration_days", "B33")),
        ({"duration_days": "366", "renewals": "0"}, ("duration_days", "B33")),
        ({"duration_days": "28", "renewals": "13"}, ("renewals", "B03")),
        ({"duration_days": "31", "renewals": "11"}, ("duration_days", "B33")),
        ({"boxes": "beaucoup"}, ("boxes", "B03")),
        ({"boxes": "201"}, ("boxes", "B03")),
        ({"starts_on": ""}, ("starts_on", "A30")),
        ({"starts_on": "2026-02-30"}, ("starts_on", "A30")),
        ({"starts_on": "9999-12-31"}, ("starts_on", "A30")),
        ({"cip13": "3400935955838"}, ("cip13", "A36")),
        ({"regime": "PARFOIS"}, ("regime", "A32")),
        ({"non_substitutable": True}, ("ns_reason", "B30")),
        ({"non_substitutable": True, "ns_reason": "EFG"}, ("ns_reason", "B30")),
        ({"non_substitutable": True, "ns_reason": "CIF"}, ("ns_detail", "B30")),
        ({"regime": "DOSE_UNIQUE"}, ("renewals", "A32")),
        ({"regime": "DOSE_UNIQUE", "renewals": "0", "p0_soir": "1"}, ("phases.0.matin", "A32")),
    ],
)
def test_what_stops_a_line(changes, expected):
    reading = read(raw(**changes), LEVOTHYROX)
    assert problems(reading) == {expected}
    assert reading.order is None


@pytest.mark.parametrize(
    ("given_steps", "duration", "renewals", "expected"),
    [
        ([{"matin": "2", "days": "5"}, {"matin": "1", "days": "5"}], "10", "0", None),
        ([{"matin": "2", "days": "5"}, {"matin": "1", "days": "5"}], "12", "0", "duration_days"),
        ([{"matin": "2", "days": "5"}, {"matin": "1", "days": "5"}], "10", "1", "renewals"),
        ([{"matin": "2", "days": "5"}, {"matin": "1"}], "28", "2", None),
        ([{"matin": "2", "days": "5"}, {"matin": "1"}], "5", "0", "duration_days"),
        ([{"matin": "2"}, {"matin": "1"}], "28", "0", "phases.0.days"),
        ([{"matin": "2", "days": "5"}, {}], "28", "0", "phases.1.matin"),
    ],
)
def test_steps_and_duration_tell_the_same_story(given_steps, duration, renewals, expected):
    content = raw(phases=steps(*given_steps), duration_days=duration, renewals=renewals)
    found = {problem.field for problem in read(content, LEVOTHYROX).problems}
    assert found == ({expected} if expected else set())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"dose": ""}, "as_needed.dose"),
        ({"indication": " ."}, "as_needed.indication"),
        ({"min_interval_hours": ""}, "as_needed.min_interval_hours"),
        ({"min_interval_hours": "400"}, "as_needed.min_interval_hours"),
        ({"max_per_24h": "trop"}, "as_needed.max_per_24h"),
        ({"dose": "2", "max_per_24h": "1"}, "as_needed.max_per_24h"),
    ],
)
def test_if_needed_wants_all_its_limits(changes, field):
    assert problems(read(if_needed(**changes), DOLIPRANE)) == {(field, "A32")}


def test_if_needed_wants_a_duration_even_with_boxes():
    content = if_needed() | {"duration_days": "", "boxes": "2"}
    assert problems(read(content, DOLIPRANE)) == {("duration_days", "A32")}


def test_a_complete_if_needed_line_counts_its_most():
    found = medication(if_needed(), DOLIPRANE)
    assert found.sentence.startswith("1 comprimé si douleur, à renouveler si besoin après 6 heures")
    assert (found.regime, found.boxes) == (Regime.SI_BESOIN, 4)


def test_a_single_dose_needs_no_duration():
    found = medication(raw(regime="DOSE_UNIQUE", duration_days="", renewals="0"))
    assert found.sentence == "1 comprimé le matin, en prise unique."
    assert found.ends_on == found.starts_on
    assert found.printed_texts(prescribed_on=MONDAY)[1] == "Voie orale. Ne pas renouveler."


def test_boxes_may_stand_for_a_duration():
    found = medication(raw(duration_days="", renewals="0", boxes="2"))
    assert found.ends_on == date(2027, 1, 21)
    assert found.printed_texts(prescribed_on=MONDAY)[1] == "Voie orale. 2 boîtes, ne pas renouveler."
    assert medication(raw(HALDOL, duration_days="", boxes="1"), HALDOL).ends_on is None


def test_the_box_that_suits_is_counted():
    assert medication(raw(p0_matin="2")).boxes == 2
    assert medication(raw(duration_days="84", renewals="0")).boxes == 1
    assert medication(raw(cip13="3400930046609")).total_price == Decimal("6.90")


def test_another_unit_than_the_box_is_not_counted():
    reading = read(raw(unit="mg"), LEVOTHYROX)
    assert reading.boxes is None
    assert reading.order is not None


def test_more_boxes_than_the_message_holds_are_refused():
    many = {"renewals": "0", "duration_days": "365", "p0_matin": "90"}
    assert problems(read(raw(DOLIPRANE, **many), DOLIPRANE)) == {("duration_days", "A36")}
    assert medication(raw(DOLIPRANE, boxes="200", **many), DOLIPRANE).boxes == 200
    assert medication(raw(DOLIPRANE, **many | {"p0_matin": "20"}), DOLIPRANE).boxes == 913


def test_boxes_that_do_not_match_are_told():
    assert [(w.field, w.rule) for w in read(raw(boxes="3"), LEVOTHYROX).warnings] == [("boxes", "A36")]
    assert read(raw(boxes="1"), LEVOTHYROX).warnings == ()


def test_the_heaviest_dispensing_is_counted():
    content = raw(DOLIPRANE, p0_rhythm="EVERY_N", p0_every_n="3", duration_days="25", renewals="1")
    assert read(content, DOLIPRANE).boxes == 2


def test_what_is_only_told():
    told = read(
        raw(duration_days="90", renewals="0", route="rectale"), LEVOTHYROX, today=date(2026, 12, 1)
    ).warnings
    assert [(w.field, w.rule) for w in told] == [
        ("duration_days", "B36"),
        ("route", "B02"),
        ("starts_on", "A31"),
    ]


def test_non_substitution():
    assert medication(raw(non_substitutable=True, ns_reason="MTE")).ns_reason == "MTE"
    assert problems(read(raw(DOLIPRANE, non_substitutable=True, ns_reason="MTE"), DOLIPRANE)) == {
        ("ns_detail", "B30")
    }
    with_reason = raw(DOLIPRANE, non_substitutable=True, ns_reason="MTE", ns_detail="échec du générique")
    assert medication(with_reason, DOLIPRANE).ns_detail == "échec du générique"
    assert medication(raw(ns_reason="MTE")).ns_reason == ""


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1", "1"), ("1,5", "1.5"), ("0.25", "0.25"), ("1/2", "0.5"), ("½", "0.5"), ("1 1/2", "1.5"), ("2 ¼", "2.25"),
        ("3/4", "0.75"), ("10 000", "10000"), ("1,50", "1.5"),
    ],
)  # fmt: skip
def test_quantities_as_physicians_type_them(typed, value):
    assert decimal_of(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["", "un", "1,2,3", "NaN", "Infinity", "1e2", "-1", "1/3", "x 1/2", "1,23456", "١"]
)
def test_what_is_not_a_quantity(typed):
    assert decimal_of(typed) is None


def test_numbers_of_a_program_are_taken_as_typed():
    assert medication(raw(duration_days=28, p0_matin=1)).sentence == "1 comprimé le matin, pendant 28 jours."


def test_a_posology_nobody_can_read_is_refused():
    hours = [{"at": f"{hour:02d}:00", "dose": f"{hour + 1}"} for hour in range(24)]
    busy = steps(*({"hours": hours, "days": "5"} for _ in range(3)), {"matin": "1"})
    assert problems(read(raw(phases=busy), LEVOTHYROX)) == {("phases.0.matin", "A30")}


def test_twelve_steps_can_be_written():
    taper = steps(*({"matin": str(12 - rank), "days": "7"} for rank in range(12)))
    assert medication(raw(phases=taper, duration_days="84", renewals="0")).sentence.count("puis") == 11


def test_what_cannot_be_printed_is_left_out():
    found = medication(raw(precision="à jeun\x00\u2028\ud800 et\nassis", comment="\x07"))
    assert found.posology.precision == "à jeun  et assis"
    assert found.comment == ""


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda kids: st.lists(kids, max_size=3) | st.dictionaries(st.text(), kids, max_size=3),
    max_leaves=8,
)
typed_values = json_values | st.sampled_from(
    ["1", "0,5", "28", "SI_BESOIN", "2026-11-24", "08:00", "EVERY_N", "MO"]
)
step_values = st.dictionaries(
    st.sampled_from(["matin", "midi", "hours", "rhythm", "every_n", "weekdays", "days"]),
    typed_values,
    max_size=7,
)


@given(
    st.dictionaries(st.sampled_from(sorted(suggest(LEVOTHYROX, today=MONDAY))), typed_values),
    st.lists(step_values, max_size=3),
)
def test_reading_never_raises(content, given_steps):
    reading = read({**raw(), **content, **({"phases": given_steps} if given_steps else {})}, LEVOTHYROX)
    assert (reading.order is None) == bool(reading.problems)
    assert all(problem.message_fr for problem in reading.problems)
    if reading.order is not None:
        assert reading.order.ends_on is None or reading.order.ends_on >= reading.order.starts_on


def test_the_registry_reads_a_medicine_back():
    found = KINDS[Kind.MEDICAMENT].read(raw(), LEVOTHYROX, MONDAY).order
    assert found is not None
    assert KINDS[Kind.MEDICAMENT].from_json(found.to_json()) == found


def test_more_steps_or_hours_than_the_limits_are_refused_never_dropped():
    many_hours = [{"at": f"{rank // 2:02d}:{rank % 2 * 30:02d}", "dose": "1"} for rank in range(30)]
    for phases in (steps(*[{"matin": "1", "days": "1"}] * 13), steps({"hours": many_hours})):
        typed = normalised(raw(phases=phases))
        assert problems(read(typed, LEVOTHYROX)) & {("phases.0.matin", "A30"), ("phases.0.hours.0.at", "A30")}


def test_a_taper_whose_steps_are_all_bounded_lasts_what_they_last():
    taper = steps(*({"matin": dose, "days": days} for dose, days in (("3", "3"), ("2", "3"), ("1", "4"))))
    found = medication(raw(phases=taper, duration_days="", renewals="0"))
    assert found.duration_days == 10
    assert (found.ends_on - found.starts_on).days == 9


def test_a_taper_with_an_open_end_still_asks_for_a_duration():
    taper = steps({"matin": "2", "days": "3"}, {"matin": "1", "days": ""})
    assert ("duration_days", "B03") in problems(
        read(raw(phases=taper, duration_days="", renewals="0"), LEVOTHYROX)
    )


ODD = [
    (if_needed(), []),
    (if_needed(min_interval_hours="12", max_per_24h="2"), []),
    (if_needed(min_interval_hours="12", max_per_24h="24"), [("as_needed.max_per_24h", "A32")]),
    (if_needed(min_interval_hours="0,5", max_per_24h="48"), []),
    (if_needed(dose="13", max_per_24h="52"), [("as_needed.dose", "A30")]),
    (raw(p0_matin="12"), []),
    (raw(p0_matin="1000"), [("phases.0.matin", "A30")]),
    (raw(unit="goutte", p0_matin="100"), []),
    (raw(p0_rhythm="EVERY_N", p0_every_n="28"), [("phases.0.every_n", "A30")]),
    (raw(p0_rhythm="EVERY_N", p0_every_n="14"), []),
]


@pytest.mark.parametrize(("content", "told"), ODD)
def test_a_slip_of_the_hand_is_told_and_never_forbidden(content, told):
    reading = read(content, LEVOTHYROX)
    oddities = [(w.field, w.rule) for w in reading.warnings if w.rule in ("A30", "A32")]
    assert (oddities, reading.problems) == (told, ())


def test_a_limit_out_of_reach_says_what_the_interval_allows():
    (warning,) = read(if_needed(min_interval_hours="12", max_per_24h="24"), DOLIPRANE).warnings
    assert "on ne prend que 2\u00a0comprimés par 24 heures" in warning.message_fr.replace(
        " comprimés", "\u00a0comprimés"
    )


@pytest.mark.parametrize(
    ("starts_on", "told"),
    [
        ("2026-11-23", []),
        ("2026-11-22", ["A31"]),
        ("2027-02-21", []),
        ("2027-02-22", ["B34"]),
        ("2030-01-01", ["B34"]),
    ],
)
def test_an_unusual_start_is_told(starts_on, told):
    reading = read(raw(starts_on=starts_on), LEVOTHYROX, today=MONDAY)
    assert [w.rule for w in reading.warnings if w.field == "starts_on"] == told
