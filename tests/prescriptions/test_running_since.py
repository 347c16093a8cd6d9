"""Since when a treatment runs without a break: what « benzodiazépine depuis plus de 12 semaines » is counted from."""

from dataclasses import replace
from datetime import date, timedelta

from prescriptions.kinds.medicament.content import read
from prescriptions.kinds.medicament.medication import Medication
from prescriptions.kinds.medicament.raw import suggest
from prescriptions.workflow.safety import running_since
from tests.prescriptions.drugs import DOLIPRANE, LEVOTHYROX, FakeDrug

DAY = date(2026, 11, 24)


def line(starts_on: date, days: int = 28, drug: FakeDrug = LEVOTHYROX) -> Medication:
    raw = suggest(drug, today=starts_on) | {"duration_days": str(days)}
    raw["phases"][0]["matin"] = "1"
    order = read(raw, drug).order
    assert order is not None
    return order


def test_a_first_line_begins():
    assert running_since(line(DAY), []) is None
    assert running_since(line(DAY), [line(DAY - timedelta(days=30), drug=DOLIPRANE)]) is None


def test_lines_that_follow_make_one_treatment():
    past = [line(DAY - timedelta(days=28 * n)) for n in (1, 2, 3)]
    assert running_since(line(DAY), past) == DAY - timedelta(days=84)


def test_a_week_without_is_not_a_stop_two_are():
    assert running_since(line(DAY), [line(DAY - timedelta(days=34))]) == DAY - timedelta(days=34)
    assert running_since(line(DAY), [line(DAY - timedelta(days=42))]) is None


def test_a_line_without_end_goes_on():
    endless = replace(line(DAY - timedelta(days=300)), duration_days=None, boxes=None)
    assert running_since(line(DAY), [endless]) == DAY - timedelta(days=300)
