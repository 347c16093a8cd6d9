"""Doses that add up, levels that depend on them, days that add up, answers that hold for a dose (A41, A44, B20–B25)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from prescriptions.referentials.interactions import Interaction
from prescriptions.referentials.rules import DispensingRules
from prescriptions.safety.case import Condition, Known, Origin
from prescriptions.safety.clinical import crushing, duplicates, interactions
from prescriptions.safety.clinical.narrowing import narrowed
from prescriptions.safety.doses import mg_a_day, mg_an_intake
from prescriptions.safety.finding import Level
from prescriptions.safety.knowledge import Knowledge
from prescriptions.safety.legal import duration, wording
from tests.prescriptions.posologies import needed, on, posology, step
from tests.prescriptions.safety.facts import TODAY, case, drug, line, no_code, none_absent, traits

NSAID = line("ains", drug("KÉTOPROFÈNE"))
ANTICOAGULANT = line("avk", drug("WARFARINE"))
STEROID = line("cortisone", drug("PREDNISOLONE"))
HEADINGS = {
    "ains": "ANTI-INFLAMMATOIRES NON STEROIDIENS",
    "avk": "ANTICOAGULANTS ORAUX",
    "cortisone": "GLUCOCORTICOÏDES (SAUF HYDROCORTISONE)",
    "bactrim": "TRIMETHOPRIME",
}


def mtx(key, strength, units):
    return line(
        key, drug("MÉTHOTREXATE", strength=strength), posology=posology(step(f"matin:{units}", on("MO")))
    )


def aspirin(key, strength, how, **others):
    return line(key, drug("ACIDE ACÉTYLSALICYLIQUE", strength=strength), posology=how, **others)


def levels(checked, a, other, *official, heading="METHOTREXATE"):
    entry = Interaction(official, heading, HEADINGS[other.key], "", "", "ANSM", TODAY)
    return narrowed(checked, a, other, entry)[0]


@pytest.mark.parametrize(
    ("strengths", "expected"),
    [
        ((("10 mg", 2),), ("PE",)),
        ((("10 mg", 2), ("2,5 mg", 4)), ("AD",)),
        ((("10 mg", 1), ("2,5 mg", 4)), ("PE",)),
        ((("2,5 mg", 4), ("2,5 mg", 4), ("2,5 mg", 1)), ("AD",)),
    ],
)
def test_every_line_of_methotrexate_counts(strengths, expected):
    taken = [mtx(str(rank), *given) for rank, given in enumerate(strengths)]
    checked = case(*taken, NSAID)
    assert {levels(checked, one, NSAID, "AD", "PE") for one in taken} == {expected}


def test_lines_that_follow_each_other_do_not_add_up():
    now, then = mtx("1", "10 mg", 2), replace(mtx("2", "10 mg", 2), starts_on=TODAY + timedelta(days=28))
    assert levels(case(now, then, NSAID), now, NSAID, "AD", "PE") == ("PE",)


@pytest.mark.parametrize("unknown", [{"posology": None}, {"strength_told": False}])
def test_one_dose_unknown_keeps_every_level(unknown):
    known, other = mtx("1", "10 mg", 1), replace(mtx("2", "2,5 mg", 1), **unknown)
    assert levels(case(known, other, NSAID), known, NSAID, "AD", "PE") == ("AD", "PE")


@pytest.mark.parametrize(
    ("strength", "how", "other", "expected"),
    [
        ("75 mg", step("matin:1"), ANTICOAGULANT, ("APEC",)),
        ("300 mg", step("matin:1"), ANTICOAGULANT, ("APEC",)),
        ("500 mg", step("matin:1"), ANTICOAGULANT, ("AD",)),
        ("500 mg", step("matin:1 midi:1 soir:1"), ANTICOAGULANT, ("AD",)),
        ("1000 mg", step("matin:1"), ANTICOAGULANT, ("CI",)),
        ("500 mg", step("matin:2"), ANTICOAGULANT, ("CI",)),
        ("750 mg", step("matin:1 midi:1 soir:1 coucher:1"), ANTICOAGULANT, ("CI",)),
        ("1000 mg", step("matin:1 soir:1"), STEROID, ("AD",)),
        ("500 mg", step("matin:1 soir:1"), STEROID, ("APEC",)),
        ("500 mg", step("matin:1"), NSAID, ("AD",)),
        ("75 mg", step("matin:1"), NSAID, ("APEC",)),
    ],
)
def test_aspirin_by_intake_and_by_day(strength, how, other, expected):
    """« >= 1 g par prise et/ou >= 3 g par jour », ANSM 09/2023."""
    official = {"avk": ("CI", "AD", "APEC"), "ains": ("AD", "APEC"), "cortisone": ("AD", "APEC")}[other.key]
    taken = aspirin("asp", strength, posology(how))
    checked = case(taken, other)
    assert levels(checked, taken, other, *official, heading="ACIDE ACETYLSALICYLIQUE") == expected


def test_an_ulcer_makes_a_painkiller_of_aspirin_contraindicated():
    resident = traits(conditions=(Condition("K25"),), conditions_status=Known.PRESENT)
    taken = aspirin("asp", "500 mg", posology(step("matin:1")))
    checked = case(taken, ANTICOAGULANT, resident=resident)
    assert levels(checked, taken, ANTICOAGULANT, "CI", "AD", "APEC", heading="ACIDE ACETYLSALICYLIQUE") == (
        "CI",
    )


def test_two_lines_of_aspirin_add_their_intakes():
    one, two = (aspirin(key, "500 mg", posology(step("matin:1"))) for key in ("1", "2"))
    checked = case(one, two, ANTICOAGULANT)
    assert levels(checked, one, ANTICOAGULANT, "CI", "AD", "APEC", heading="ACIDE ACETYLSALICYLIQUE") == (
        "CI",
    )


def test_the_largest_intake():
    taken = aspirin("1", "500 mg", posology(step("matin:1 soir:3", days=2), step("matin:2")))
    assert mg_an_intake(taken, "acide acetylsalicylique") == 1500
    assert (
        mg_an_intake(aspirin("1", "1 g", needed("1", "fièvre", "6", "3")), "acide acetylsalicylique") == 1000
    )


def test_a_strength_that_was_not_written_gives_no_dose():
    taken = aspirin("1", "75 mg", posology(step("matin:1")), strength_told=False)
    assert mg_a_day(taken, "acide acetylsalicylique") is None
    in_mg = replace(taken, posology=posology(step("matin:250"), unit="mg"))
    assert mg_a_day(in_mg, "acide acetylsalicylique") == Decimal(250)


# --- what an answer holds for ------------------------------------------------------------------


def paracetamol(key, strength="500 mg", units=1, **others):
    return line(
        key, drug("PARACÉTAMOL", strength=strength), posology=posology(step(f"matin:{units}")), **others
    )


def duplicate_keys(*lines):
    return {finding.ack_key for finding in duplicates.check(case(*lines))}


def test_an_answer_to_a_duplicate_holds_for_its_doses():
    """« 3 jours seulement » said of 1 g a day says nothing of 16 g a day."""
    first = duplicate_keys(paracetamol("1"), paracetamol("2"))
    assert duplicate_keys(paracetamol("3"), paracetamol("4", duration_days=84)) == first
    assert duplicate_keys(paracetamol("1", "1 g", 8), paracetamol("2", "1 g", 8)).isdisjoint(first)


def test_one_line_more_asks_again():
    first = duplicate_keys(paracetamol("1"), paracetamol("2"))
    assert duplicate_keys(paracetamol("1"), paracetamol("2"), paracetamol("3")).isdisjoint(first)
    different = duplicate_keys(paracetamol("1"), paracetamol("2", units=2), paracetamol("3", units=3))
    assert len(different) == 3


def test_an_answer_to_an_interaction_holds_for_its_doses():
    entry = Interaction(("AD",), "A", "B", "", "", "ANSM", TODAY)
    known = Knowledge(lambda drugs: {(0, 1): [entry]}, none_absent, codes=no_code)

    def key(units):
        taken = line("1", drug("A"), posology=posology(step(f"matin:{units}")))
        return next(iter(interactions.check(case(taken, line("2", drug("B"))), known))).ack_key

    assert key(1) == key("1.0")
    assert key(1) != key(8)


def test_a_missing_exam_and_an_old_one_are_two_answers():
    medicine = drug("X", rules=DispensingRules(attestation=True))
    given = (None, TODAY - timedelta(days=400), TODAY - timedelta(days=500), TODAY + timedelta(days=1))
    keys = [
        next(iter(wording.attestation(case(line(medicine=medicine, exam_on=on))))).ack_key for on in given
    ]
    assert len(set(keys)) == len(given)


def test_an_answer_about_crushing_is_about_a_form():
    forms = ("comprimé à libération prolongée", "comprimé gastro-résistant")
    lines = [line(medicine=drug("X", form=form), crush=True) for form in forms]
    known = Knowledge(lambda drugs: {}, none_absent, codes=no_code)
    keys = {next(iter(crushing.check(case(one), known))).ack_key for one in lines}
    assert len(keys) == 2


# --- days --------------------------------------------------------------------------------------

TRAMADOL = drug("TRAMADOL", rules=DispensingRules(list_code="I", secured=True, max_days=84))


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        (((0, 84), (84, 84)), [Level.HARD]),
        (((0, 84), (0, 84)), []),
        (((0, 42), (42, 42)), []),
        (((0, 42), (42, 43)), [Level.HARD]),
        (((0, 60), (90, 60)), [Level.HARD]),
        (((0, 85), (85, 10)), [Level.HARD]),
    ],
)
def test_lines_of_one_substance_add_their_days(spans, expected):
    lines = [
        line(str(rank), TRAMADOL, starts_on=TODAY + timedelta(days=start), duration_days=days)
        for rank, (start, days) in enumerate(spans)
    ]
    assert [f.level for f in duration.check(case(*lines))] == expected


def test_what_runs_already_is_another_prescription():
    running = line(
        "old", TRAMADOL, origin=Origin.CURRENT, starts_on=TODAY - timedelta(days=84), duration_days=84
    )
    assert list(duration.check(case(line("new", TRAMADOL, duration_days=84), running))) == []


@pytest.mark.parametrize(
    ("steps", "days", "expected"),
    [
        ([step("matin:1", days=200)], 28, [Level.HARD]),
        ([step("matin:1", days=40), step("matin:2", days=45)], None, [Level.HARD]),
        ([step("matin:1", days=40), step("matin:2", days=44)], None, []),
        ([step("matin:1", days=20), step("matin:2")], 28, []),
    ],
)
def test_the_steps_of_a_posology_count(steps, days, expected):
    given = line(medicine=TRAMADOL, duration_days=days, posology=posology(*steps))
    assert [f.level for f in duration.check(case(given))] == expected


@pytest.mark.parametrize(
    ("unit", "own", "asks"),
    [
        ("comprimé", "mL", True), ("mL", "comprimé", True), ("gélule", "comprimé", True), ("patch", "comprimé", True),
        ("comprimé", "comprimé", False), ("mg", "comprimé", False), ("cuillère à soupe", "mL", False), ("sachet", "mL", False),
        ("comprimé", "lyophilisat", False), ("dispositif transdermique", "patch", False), ("giclée", "mL", False),
        ("comprimé", "dose", False),
    ],
)  # fmt: skip
def test_a_unit_that_the_form_does_not_have_asks_why(unit, own, asks):
    taken = line(medicine=drug("X", intake_unit=own), posology=posology(step("matin:1"), unit=unit))
    assert [f.level for f in wording.unit(case(taken))] == ([Level.REASON] if asks else [])
