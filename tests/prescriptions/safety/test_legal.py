"""Legal checks, each alone, on frozen values."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prescriptions.referentials.chips import Chip
from prescriptions.referentials.rules import DispensingRules, InitialPrescription
from prescriptions.safety.case import Allowed, MedicineRight, Origin, Prescriber
from prescriptions.safety.finding import Level, Status
from prescriptions.safety.legal import access, dispensing, duration, overlap, supply, wording
from prescriptions.safety.legal.specialities import may_sign
from prescriptions.workflow.safety import medicine_right
from tests.prescriptions.safety.facts import TODAY, case, drug, line


def with_rules(**rules):
    return drug("X", rules=DispensingRules(**rules))


def levels(findings):
    return [f.level or f.status for f in findings]


@pytest.mark.parametrize(
    ("rules", "days", "renewals", "expected"),
    [
        ({}, 3000, 0, []),
        ({"list_code": "I"}, 365, 0, []),
        ({"list_code": "I"}, 366, 0, [Level.HARD]),
        ({"list_code": "II"}, 28, 13, [Level.HARD]),
        ({"list_code": "I", "max_days": 28}, 28, 0, []),
        ({"list_code": "I", "max_days": 28}, 14, 2, [Level.HARD]),
        ({"narcotic": True}, 29, 0, [Level.HARD]),
        ({"list_code": "I"}, None, 0, [Status.NOT_DONE]),
    ],
)
def test_duration(rules, days, renewals, expected):
    checked = case(line(medicine=with_rules(**rules), duration_days=days, renewals=renewals))
    assert levels(duration.check(checked)) == expected


def test_seven_days_or_twenty_eight_with_a_pump():
    rules = {"narcotic": True, "max_days": 7, "max_days_alternative": 28}
    assert levels(duration.check(case(line(medicine=with_rules(**rules))))) == [Level.HARD]
    assert levels(duration.check(case(line(medicine=with_rules(**rules), pump=True)))) == []


def test_what_runs_already_is_not_checked_against_the_law_again():
    running = line(medicine=with_rules(max_days=7), origin=Origin.CURRENT)
    assert list(duration.check(case(running))) == []


def test_fraction_is_said_and_may_be_excluded():
    medicine = with_rules(fraction_days=7)
    (said,) = dispensing.fraction(case(line(medicine=medicine)))
    assert "7 jours" in said.headline
    (excluded,) = dispensing.fraction(case(line(medicine=medicine, fraction_reason="éloignement")))
    assert "éloignement" in excluded.text
    assert list(dispensing.fraction(case(line(medicine=medicine, duration_days=7)))) == []


def test_overlap_with_a_day_in_common_only():
    medicine = with_rules(no_overlap=True)
    running = line("old", medicine, origin=Origin.CURRENT, starts_on=TODAY - timedelta(days=27))
    assert levels(overlap.check(case(line(medicine=medicine), running))) == [Level.REASON]
    after = line(medicine=medicine, starts_on=TODAY + timedelta(days=1))
    assert levels(overlap.check(case(after, running))) == []


def test_overlap_needs_dates():
    medicine = with_rules(narcotic=True)
    running = line("old", medicine, origin=Origin.CURRENT, starts_on=None)
    assert levels(overlap.check(case(line(medicine=medicine), running))) == [Status.NOT_DONE]


@pytest.mark.parametrize(("rules", "inside", "expected"), [
    ({"hospital_only": True}, False, [Level.HARD]),
    ({"hospital_only": True}, True, [Level.HARD]),
    ({"hospital_prescription": True}, False, [Level.HARD]),
    ({"hospital_prescription": True}, True, []),
])  # fmt: skip
def test_hospital(rules, inside, expected):
    who = Prescriber("10", "Médecine générale", in_hospital=inside)
    assert levels(access.hospital(case(line(medicine=with_rules(**rules)), prescriber=who))) == expected


@pytest.mark.parametrize(
    ("period", "since", "expected"),
    [
        (365, None, [Level.REASON]),
        (365, 365, []),
        (365, 366, [Level.REASON]),
        (180, 181, [Level.REASON]),
        (None, 3000, []),
        (365, -1, [Level.REASON]),
    ],
)
def test_initial_prescription(period, since, expected):
    rules = DispensingRules(initial=InitialPrescription(period, "hospital"))
    on = None if since is None else TODAY - timedelta(days=since)
    assert levels(access.initial(case(line(medicine=drug("X", rules=rules), initial_on=on)))) == expected


def test_the_specialist_writes_the_initial_prescription():
    rules = DispensingRules(initial=InitialPrescription(365, "specialist", ("CARDIOLOGIE",)))
    checked = case(line(medicine=drug("X", rules=rules)), prescriber=Prescriber("10", "Cardiologue"))
    assert list(access.initial(checked)) == []


@pytest.mark.parametrize(("speciality", "wanted", "expected"), [
    ("Cardiologie et maladies vasculaires", "CARDIOLOGIE", True),
    ("03", "CARDIOLOGIE", True),
    ("Médecine générale", "MEDECINE INTERNE", False),
    ("Psychiatre", "PSYCHIATRIE", True),
    ("Gastro-entérologie", "HEPATO/GASTRO-ENTEROLOGIE", True),
    ("", "PSYCHIATRIE", None),
])  # fmt: skip
def test_specialities_are_compared_by_their_stem(speciality, wanted, expected):
    assert may_sign(Prescriber("10", speciality), [wanted]) is expected


def test_a_capacity_counts():
    who = Prescriber("10", "Médecine générale", skills=("Capacité de gérontologie",))
    assert may_sign(who, ["capacité de gérontologie"]) is True


@pytest.mark.parametrize(
    ("given", "expected"),
    [(None, 1), (TODAY, 0), (TODAY + timedelta(days=1), 1), (date(2025, 11, 23), 1), (date(2025, 11, 24), 0)],
)
def test_attestation_is_dated_and_yearly(given, expected):
    found = list(wording.attestation(case(line(medicine=with_rules(attestation=True), exam_on=given))))
    assert len(found) == expected


@pytest.mark.parametrize(("reassess", "days", "missing"), [
    (None, 7, True), (TODAY + timedelta(days=3), 7, False), (TODAY + timedelta(days=4), 7, True), (None, 3, False),
])  # fmt: skip
def test_antibiotics_are_reassessed(reassess, days, missing):
    checked = case(
        line(
            medicine=drug("X", atc="J01CA04"), duration_days=days, indication="cystite", reassess_on=reassess
        )
    )
    assert bool(list(wording.antibiotic(checked))) is missing


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [(Allowed.ALLOWED, []), (Allowed.WARN, [Level.INFO]), (Allowed.REFUSED, [Level.HARD])],
)
def test_profession_repeats_the_table_of_rights(verdict, expected):
    who = Prescriber("40", right=MedicineRight(verdict, "motif", "texte", "B104"))
    assert levels(access.profession(case(line(), prescriber=who))) == expected


@pytest.mark.parametrize(
    ("atc", "expected"),
    [("J01CA04", [Level.INFO]), ("A01AB09", [Level.INFO]), ("L02BG04", [Level.REASON]), ("", [Level.REASON])],
)
def test_a_dentist_gives_a_reason_outside_the_art_dentaire(atc, expected):
    who = Prescriber("40", right=medicine_right("40"))
    assert levels(access.profession(case(line(medicine=drug("X", atc=atc)), prescriber=who))) == expected


def test_supply_and_pharmacy():
    short = replace(drug(), chips=(Chip("OUT_OF_STOCK", "Rupture de stock", "reason"),))
    assert levels(supply.check(case(line(medicine=short)))) == [Level.INFO]
    assert levels(dispensing.pharmacy(case(line(medicine=drug("MÉTHADONE"))))) == [Level.HARD]
    assert levels(dispensing.pharmacy(case(line(medicine=drug("MÉTHADONE"), pharmacy="du Parc")))) == []
