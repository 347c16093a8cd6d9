"""The door finds what was written, and nothing near it: names, codes, strengths, allergies (A04, A22, A40)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescriptions.referentials.facts import known_codes
from prescriptions.safety.case import AllergyKind, Known, KnownAllergy
from prescriptions.safety.clinical import allergies
from prescriptions.safety.finding import Level, Status
from prescriptions.safety.knowledge import Knowledge
from prescriptions.safety.treatment.named import same_strength
from tests.drug_base import load_drug_base
from tests.prescriptions.safety.cases import GP, RESIDENT, dci
from tests.prescriptions.safety.facts import case, drug, line, no_code, traits


@pytest.fixture
def ask(door):
    """The answer to these lines."""

    def asked(*lines, **resident):
        document = {"today": "2026-11-24", "resident": {**RESIDENT, **resident}, "prescriber": GP}
        return door({**document, "lines": list(lines)})

    return asked


def statuses(answer, check):
    return [f["level"] or f["status"] for f in answer["findings"] if f["check"] == check]


@pytest.mark.parametrize(
    "name", ["ADALATE 20", "cocaine", "vitamine", "toto", "Tranxene 50", "DOLIPRANE 1234", "ixprime"]
)
def test_a_name_that_is_no_medicine_finds_none(ask, name):
    answer = ask({"name": name, "duration_days": 7})
    assert (answer["lines"][0]["cis"], answer["lines"][0]["found_by"]) == (None, None)
    assert statuses(answer, "UNKNOWN_LINE") == ["NOT_DONE"]
    assert "OK" not in answer["checks"].values()


@pytest.mark.parametrize(
    ("name", "label", "told"),
    [
        ("Tranxene 5", "TRANXENE 5 mg", True),
        ("doliprane 1 g comprimés", "DOLIPRANE 1000 mg", True),
        ("IXPRIM", "IXPRIM 37,5 mg/325 mg", True),
        ("skenan lp 30", "SKENAN L.P. 30 mg", True),
        ("Coversyl", "COVERSYL", False),
        ("Efferalgan", "EFFERALGAN", False),
    ],
)
def test_a_name_as_written_finds_its_medicine(ask, name, label, told):
    line = ask({"name": name, "duration_days": 7})["lines"][0]
    assert line["label"].startswith(label)
    assert (line["found_by"], line["strength_told"]) == ("NAME", told)


@pytest.mark.parametrize(
    "beside", [{"dci": "WARFARINE"}, {"name": "Coumadine"}, {"dci": "CHLORHYDRATE DE TRAMADOL"}]
)
@pytest.mark.parametrize("code", [{"cis": "60234100"}, {"cip13": "3400935955838"}])
def test_a_code_and_a_name_that_disagree_are_not_checked(ask, code, beside):
    answer = ask({**code, **beside, "duration_days": 7})
    line = answer["lines"][0]
    assert (line["cis"], line["found_by"]) == (None, "CONTRADICTED")
    assert statuses(answer, "UNKNOWN_LINE") == ["NOT_DONE"]
    assert "OK" not in answer["checks"].values()


def test_a_code_and_a_name_that_agree_are_one_medicine(ask):
    line = ask({"cis": "60234100", "dci": "paracétamol", "name": "Doliprane", "duration_days": 7})["lines"][0]
    assert (line["cis"], line["found_by"], line["strength_told"]) == ("60234100", "CIS", True)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("carbonate de lithium", "TERALITHE"),
        ("amoxicilline acide clavulanique", "AMOXICILLINE/ACIDE CLAVULANIQUE"),
        ("amoxicilline et acide clavulanique", "AMOXICILLINE/ACIDE CLAVULANIQUE"),
    ],
)
def test_usual_ways_to_write_a_common_name(ask, name, label):
    assert ask(dci(name))["lines"][0]["label"].startswith(label)


NSAID = dci("KÉTOPROFÈNE", route="orale")
WEEKLY: dict[str, Any] = {"route": "orale", "posology": {"matin": 1, "weekdays": ["lundi"]}}


@pytest.mark.parametrize(
    ("medicine", "other", "levels"),
    [
        (dci("MÉTHOTREXATE", "25 mg", **WEEKLY), NSAID, ["AD", "PE"]),
        (dci("MÉTHOTREXATE", **WEEKLY), NSAID, ["AD", "PE"]),
        (dci("MÉTHOTREXATE", "2,5 mg", **WEEKLY), NSAID, ["PE"]),
        (dci("aspirine", "2 g", posology={"matin": 2}), dci("WARFARINE", "5 mg"), ["CI", "AD", "APEC"]),
        (dci("aspirine", "75 mg"), dci("WARFARINE", "5 mg"), ["APEC"]),
    ],
)
def test_a_strength_of_no_tablet_lowers_no_level(ask, medicine, other, levels):
    answer = ask(medicine, other)
    (found,) = [f for f in answer["findings"] if f["check"] == "INTERACTION" and f["status"] == "ALERT"]
    assert found["levels"] == levels
    assert answer["lines"][0]["strength_told"] is (len(levels) == 1)


@pytest.mark.parametrize(
    ("medicine", "told"),
    [
        (dci("TRAMADOL", "999 mg"), False), (dci("TRAMADOL", "50 mg"), True), (dci("DIGOXINE", "0,25 g"), False),
        (dci("DIGOXINE", "0,25 mg"), True), (dci("DIGOXINE", "250 microgrammes"), True), (dci("PARACÉTAMOL", "1 g"), True),
        (dci("PARACÉTAMOL", "1000"), True), (dci("PARACÉTAMOL"), False),
    ],
)  # fmt: skip
def test_the_answer_tells_whether_the_strength_is_the_one_written(ask, medicine, told):
    assert ask(medicine)["lines"][0]["strength_told"] is told


@given(st.integers(1, 999), st.sampled_from(["mg", "g", "UI", "microgrammes"]))
def test_a_strength_is_itself_and_no_other(number, unit):
    assert same_strength(f"{number}{unit}", f"{number} {unit}")
    assert not same_strength(f"{number} {unit}", f"{number + 1} {unit}")
    assert not same_strength("", f"{number} {unit}")
    assert same_strength(f"{number} g", f"{number * 1000} mg")


# --- allergies ---------------------------------------------------------------------------------

SUBSTANCE, CLASS = AllergyKind.SUBSTANCE, AllergyKind.CLASS


@pytest.mark.parametrize(
    ("medicine", "allergy", "expected"),
    [
        (dci("AMOXICILLINE", "1 g"), {"kind": "CLASS", "code": "J01C", "label": "J01C"}, "REASON"),
        (dci("AMOXICILLINE", "1 g"), {"kind": "SUBSTANCE", "code": "J01CA04", "label": "amox"}, "REASON"),
        (dci("AMOXICILLINE", "1 g"), {"classe": "pénicillines"}, "REASON"),
        (dci("AMOXICILLINE", "1 g"), {"classe": "J01C"}, "REASON"),
        (dci("CEFPODOXIME", "100 mg"), {"classe": "j01c"}, "INFO"),
        (dci("IBUPROFÈNE", "400 mg"), {"kind": "CLASS", "code": "M01A", "label": "M01A"}, "REASON"),
        ({"cis": "60234100"}, {"kind": "SUBSTANCE", "code": "12345", "label": "Doliprane"}, "REASON"),
        (dci("PARACÉTAMOL", "1 g"), {"kind": "SUBSTANCE", "code": "99999", "label": "Zorglub"}, "NOT_DONE"),
        (dci("PARACÉTAMOL", "1 g"), {"kind": "CLASS", "code": "AUTRE", "label": "autre"}, "NOT_DONE"),
        (dci("PARACÉTAMOL", "1 g"), {"kind": "CLASS", "code": "J99ZZ99", "label": "?"}, "NOT_DONE"),
    ],
)
def test_an_allergy_with_a_code_is_compared_or_said_not_to_be(ask, medicine, allergy, expected):
    answer = ask({**medicine, "duration_days": 7}, allergies=[allergy])
    assert statuses(answer, "ALLERGY") == [expected]
    assert answer["checks"]["ALLERGY"] != "OK"


@pytest.mark.parametrize(
    "allergy", [{"kind": "SUBSTANCE", "code": "03019", "label": "sulfate de magnésium"}, {"classe": "C10AA"}]
)
def test_a_known_code_met_by_no_line_is_checked(ask, allergy):
    assert ask(dci("PARACÉTAMOL", "1 g"), allergies=[allergy])["checks"]["ALLERGY"] == "OK"


def test_a_code_that_leaves_the_tables_is_no_longer_checked():
    resident = traits(allergies=(KnownAllergy(SUBSTANCE, "Zorglub", "54321"),), allergy_status=Known.PRESENT)
    given = case(line(medicine=drug("PARACÉTAMOL")), resident=resident)
    there = Knowledge(codes=lambda codes: codes)
    assert list(allergies.check(given, there)) == []
    assert [f.status for f in allergies.check(given, Knowledge(codes=no_code))] == [Status.NOT_DONE]


@pytest.mark.parametrize("code", ["J01CA04", "J01C"])
def test_a_code_of_a_penicillin_is_the_class_of_penicillins_not_of_all_beta_lactams(code):
    resident = traits(allergies=(KnownAllergy(CLASS, "x", code),), allergy_status=Known.PRESENT)
    taken = [line(atc, drug(atc, atc=atc)) for atc in ("J01CR02", "J01DD04", "C03CA01")]
    found = allergies.check(case(*taken, resident=resident), Knowledge(codes=no_code))
    assert [(f.lines, f.level) for f in found] == [(("J01CR02",), Level.REASON), (("J01DD04",), Level.INFO)]


def test_codes_cost_two_queries(db, django_assert_num_queries):
    load_drug_base()
    with django_assert_num_queries(2):
        assert known_codes({"03019", "J01C", "99999", "J99"}) == {"03019", "J01C"}


def test_a_unit_posted_by_hand_asks_why(ask):
    solution = {"dci": "LACTULOSE", "form": "solution buvable", "duration_days": 28}
    answer = ask({**solution, "posology": {"matin": 1, "soir": 1, "unit": "comprimé"}})
    assert statuses(answer, "UNIT") == ["REASON"]
    assert statuses(ask({**solution, "posology": {"matin": 15, "unit": "mL"}}), "UNIT") == []
