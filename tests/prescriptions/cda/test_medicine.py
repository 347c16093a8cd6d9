"""A medicine line: each shape of posology is said the way HL7 says it, each word is where it is looked for."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from prescriptions.documents.cda import build
from prescriptions.documents.statement import Information
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.medicament.medication import Medication, Regime
from prescriptions.kinds.order import Paper
from tests.prescriptions.cda import draw, rules
from tests.prescriptions.posologies import EVERY_OTHER_DAY, needed, on, posology, step

DOLIPRANE = Medication(
    cis="60234100", cip13="3400935955838", label="DOLIPRANE 1000 mg, comprimé", dci="PARACÉTAMOL", dosage="1 g",
    form="comprimé", brand="DOLIPRANE", posology=posology(step("matin:1 soir:1")), regime=Regime.CONTINU,
    starts_on=draw.WRITTEN, duration_days=28, renewals=0, boxes=3, boxes_typed=False, units_per_box=Decimal(8),
    price_per_box=None, ald=False, ns_reason="", ns_detail="", comment="", release="1",
)  # fmt: skip
MODE = "1.3.6.1.4.1.19376.1.5.3.1.4"
LINE = "//h:section[h:templateId/@root='1.2.250.1.213.1.1.2.171']/h:entry/h:substanceAdministration"
SUB = f"{LINE}/h:entryRelationship[h:sequenceNumber]/h:substanceAdministration"


def document(*, statement=None, facts=None, **changes):
    """The checked document of one line: Doliprane with `changes`."""
    lines = (draw.line_of(Kind.MEDICAMENT, 1, replace(DOLIPRANE, **changes)),)
    whole = draw.statement(Kind.MEDICAMENT, lines, **(statement or {}))
    return rules.check(build(whole, facts or draw.facts()))


def modes(found):
    """Last arcs of the modes of administration said."""
    roots = found.all(f"{LINE}/h:templateId/@root")
    return [root.removeprefix(f"{MODE}.") for root in roots if root in rules.MODES]


def words(found, identity):
    """What the narrative says where entries refer to `identity`."""
    return "".join(found.one(f"//*[@ID='{identity}']").itertext())


def types(found, path):
    """Data types of the elements found."""
    return [element.get(rules.XSI_TYPE) for element in found.all(path)]


def test_same_dose_every_day_is_normal():
    found = document()
    assert modes(found) == ["7.1"]
    assert found.all(f"{LINE}/h:effectiveTime[1]/h:*/@value") == ["20261124", "20261221"]
    assert found.all(f"{LINE}/h:effectiveTime[2]/h:comp/h:event/@code") == ["CM", "CV"]
    assert found.all(f"{LINE}/h:effectiveTime[2]/h:comp/@operator") == ["I"]
    assert found.one(f"{LINE}/h:doseQuantity/h:low/@value") == "1"
    assert not found.all(f"{LINE}/h:doseQuantity/h:low/@unit")
    assert words(found, "med-1-1-dose") == "1 comprimé"


def test_doses_that_differ_in_a_day_are_split():
    found = document(posology=posology(step("matin:1 midi:1 soir:0.5")))
    assert modes(found) == ["9"]
    assert found.all(f"{SUB}/h:doseQuantity/h:low/@value") == ["1", "0.5"]
    assert found.all(f"({SUB})[1]//h:event/@code") == ["CM", "CD"]
    assert found.all(f"({SUB})[2]//h:event/@code") == ["CV"]


def test_steps_are_tapered_and_follow_one_another():
    found = document(
        posology=posology(step("matin:3", days=3), step("matin:2", days=4), step("matin:1")), duration_days=10
    )
    assert modes(found) == ["8"]
    assert found.all(f"{SUB}/h:effectiveTime/h:comp[1]/h:low/@value") == ["20261124", "20261127", "20261201"]
    assert found.all(f"{SUB}/h:effectiveTime/h:comp[1]/h:high/@value") == ["20261126", "20261130", "20261203"]
    assert words(found, "med-1-2") == "2 comprimés le matin, du 27/11/2026 au 30/11/2026"


def test_a_step_with_several_doses_has_a_sub_line_for_each():
    found = document(posology=posology(step("matin:3 soir:2", days=3), step("matin:1")))
    assert modes(found) == ["8"]
    assert found.all(f"{SUB}/h:doseQuantity/h:low/@value") == ["3", "2", "1"]


def test_a_step_after_the_end_is_never_said():
    found = document(posology=posology(step("matin:3", days=30), step("matin:1")))
    assert found.all(f"{SUB}/h:doseQuantity/h:low/@value") == ["3"]
    assert found.all(f"{SUB}/h:effectiveTime/h:comp[1]/h:high/@value") == ["20261221"]


def test_if_needed_says_its_condition_and_its_limits():
    found = document(posology=needed("1", "douleur", "6", "4"), regime=Regime.SI_BESOIN)
    assert modes(found) == ["10"]
    assert found.one(f"{LINE}/h:maxDoseQuantity/h:numerator/@value") == "4"
    assert found.one(f"{LINE}/h:maxDoseQuantity/h:denominator/@unit") == "h"
    assert found.one(f"{SUB}/h:effectiveTime/h:comp/h:period/@value") == "6"
    assert found.one(f"{SUB}/h:effectiveTime/h:comp/h:period/@unit") == "h"
    target = found.one(f"{LINE}/h:precondition/h:criterion/h:text/h:reference/@value")
    assert words(found, target[1:]) == "douleur"


def test_a_later_start_is_delayed_and_dated():
    found = document(starts_on=draw.WRITTEN + timedelta(days=7))
    assert modes(found) == ["7.1", "21"]
    assert found.one(f"{LINE}/h:effectiveTime[1]/h:low/@value") == "20261201"


def test_a_later_start_without_a_known_end_is_only_dated():
    found = document(starts_on=draw.WRITTEN + timedelta(days=7), duration_days=None, boxes=None)
    assert modes(found) == ["7.1"]
    assert found.one(f"{LINE}/h:effectiveTime[1]/h:high/@nullFlavor") == "UNK"


def test_a_single_dose_is_taken_once():
    found = document(posology=posology(step("08:30:2")), regime=Regime.DOSE_UNIQUE, duration_days=None)
    assert found.all(f"{LINE}/h:effectiveTime[1]/h:*/@value") == ["20261124", "20261124"]
    assert found.one(f"{LINE}/h:effectiveTime[2]/h:phase/h:low/@value") == "202611240830"
    assert not found.all(f"{LINE}/h:effectiveTime[2]/h:period")


def test_hours_come_again_every_day():
    found = document(posology=posology(step("08:00:1 20:30:1")))
    assert found.all(f"{LINE}/h:effectiveTime[2]//h:phase/h:low/@value") == ["202611240800", "202611242030"]
    assert found.all(f"{LINE}/h:effectiveTime[2]//h:period/@value") == ["1", "1"]


def test_some_days_narrow_the_times():
    found = document(posology=posology(step("matin:1", EVERY_OTHER_DAY)))
    assert types(found, f"{LINE}/h:effectiveTime") == ["IVL_TS", "PIVL_TS", "EIVL_TS"]
    assert found.one(f"{LINE}/h:effectiveTime[2]/h:period/@value") == "2"
    assert found.one(f"{LINE}/h:effectiveTime[2]/h:phase/h:low/@value") == "20261124"


def test_week_days_begin_on_their_first_date():
    found = document(posology=posology(step("matin:1", on("MO", "TH"))))
    assert types(found, f"{LINE}/h:effectiveTime") == ["IVL_TS", "SXPR_TS", "EIVL_TS"]
    lows = found.all(f"{LINE}/h:effectiveTime[2]/h:comp/h:phase/h:low/@value")
    assert [date.fromisoformat(low).isoweekday() for low in lows] == [1, 4]
    assert lows == ["20261130", "20261126"]
    assert set(found.all(f"{LINE}/h:effectiveTime[2]/h:comp/@alignment")) == {"DW"}


@pytest.mark.parametrize(
    ("unit", "ucum"), [("mL", "mL"), ("microgramme", "ug"), ("UI", "[iU]"), ("litre", "L")]
)
def test_what_is_measured_bears_a_unit(unit, ucum):
    found = document(posology=posology(step("matin:2.50"), unit=unit))
    assert found.one(f"{LINE}/h:doseQuantity/h:low/@unit") == ucum
    assert found.one(f"{LINE}/h:doseQuantity/h:low/@value") == "2.5"


def test_a_route_the_list_does_not_know_is_said_in_words():
    unknown = replace(DOLIPRANE.posology, route="péri-aréolaire")
    found = document(posology=unknown)
    assert found.one(f"{LINE}/h:routeCode/@nullFlavor") == "OTH"
    assert words(found, "med-1-voie") == "Voie péri-aréolaire"


def test_what_was_typed_freely_has_no_code_and_says_nothing_was_checked():
    found = document(cis="", cip13="", label="")
    assert found.one(f"{LINE}/h:consumable//h:manufacturedMaterial/h:code/@nullFlavor") == "NA"
    assert "PARACÉTAMOL" in found.one(f"{LINE}/h:consumable//h:manufacturedMaterial/h:name").text
    assert "non contrôlé" in "".join(found.one("//h:section[h:code/@code='57828-6']/h:text").itertext())


def test_a_motive_of_non_substitution_is_the_words_of_the_code():
    found = document(ns_reason="CIF", ns_detail="lactose")
    assert (
        found.one(f"{LINE}//h:act[h:code/@code='N']/h:code/h:originalText/h:reference/@value")
        == "#med-1-substitution"
    )
    assert words(found, "med-1-substitution") == "Non substituable (CIF : lactose)"
    assert document().one(f"{LINE}//h:act/h:code[@code='G']") is not None


def test_the_secured_form_is_in_letters():
    found = document(statement={"paper": Paper.SECURISEE.value})
    said = "".join(found.one("//h:section[h:code/@code='57828-6']/h:text").itertext())
    assert "un comprimé matin et soir" in said or "un comprimé le matin et le soir" in said
    assert "1 comprimé" not in said
    assert "MED-1098" in found.all("h:documentationOf/h:serviceEvent/h:code/@code")


def test_an_objection_is_written():
    told = Information(draw.WRITTEN, "RESIDENT", opposes_execution_view=True)
    found = document(statement={"information": told})
    assert "s’oppose" in "".join(found.one("//h:section[h:code/@code='55112-7']/h:text").itertext())


def test_a_substitute_names_whom_they_replace():
    author = replace(draw.PRESCRIBER, replaces="99900123466", replaces_name="Dr Yann LE GOFF")
    found = document(statement={"prescriber": author})
    assert (
        found.one("h:participant[@typeCode='REF']//h:id[@root='1.2.250.1.71.4.2.1']/@extension")
        == "899900123466"
    )
    assert found.one("h:participant[@typeCode='REF']//h:associatedPerson/h:name/h:family").text == "LE GOFF"


def test_without_a_number_there_is_no_code():
    found = document(facts=draw.facts(identifier=None))
    assert not found.all("h:documentationOf[1]/h:serviceEvent/h:id")
    assert not found.all("//h:section[h:code/@code='57723-9']")


@pytest.mark.parametrize(
    "wrong",
    [
        {"qr_png": None},
        {"identifier": None, "qr_png": b"\x89PNG"},
        {"pdf": b"<html>"},
        {"created_at": draw.facts().signed_at - timedelta(seconds=1)},
        {"signed_at": draw.facts().signed_at.replace(tzinfo=None)},
    ],
)
def test_facts_that_contradict_one_another_are_refused(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        draw.facts(**wrong)
