"""The complete line: its words on paper, its end, its days, kept without loss."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescriptions.kinds.medicament.drug import brand, chosen_box, readable_dosage, readable_form
from prescriptions.kinds.medicament.medication import Medication, Regime

from .drugs import DOLIPRANE, HALDOL, LEVOTHYROX, FakeBox
from .posologies import MONDAY, any_posology, needed, posology, step

MORNING = Medication(
    cis="69345664",
    cip13="",
    label=LEVOTHYROX.label,
    dci="LÉVOTHYROXINE",
    dosage="50 microgrammes",
    form="comprimé sécable",
    brand="LEVOTHYROX",
    posology=posology(step("matin:1"), precision="à jeun"),
    regime=Regime.CONTINU,
    starts_on=MONDAY,
    duration_days=28,
    renewals=5,
    boxes=1,
    boxes_typed=False,
    units_per_box=Decimal(30),
    price_per_box=Decimal("2.40"),
    ald=True,
    ns_reason="MTE",
    ns_detail="",
    comment="",
    release="1",
)


def test_what_is_printed():
    assert MORNING.title == "LÉVOTHYROXINE 50 microgrammes comprimé sécable (LEVOTHYROX)"
    assert MORNING.printed_texts(prescribed_on=MONDAY) == (
        "1 comprimé le matin, à jeun, pendant 28 jours.",
        "Voie orale. QSP 28 jours, à renouveler 5 fois (168 jours en tout).",
        "Non substituable (MTE : marge thérapeutique étroite).",
    )


def test_a_later_start_is_printed():
    later = replace(MORNING, starts_on=MONDAY + timedelta(days=3))
    assert later.printed_texts(prescribed_on=MONDAY)[1].startswith("Voie orale. À partir du 26/11/2026. QSP")
    assert "À partir du 23/11/2026." in MORNING.printed_texts()[1]


def test_a_note_and_typed_boxes_are_printed():
    noted = replace(
        MORNING, comment="Écraser si besoin.", boxes=2, boxes_typed=True, renewals=0, ns_reason=""
    )
    assert noted.printed_texts(prescribed_on=MONDAY)[1:] == (
        "Voie orale. QSP 28 jours, 2 boîtes, ne pas renouveler.",
        "Écraser si besoin.",
    )


def test_the_excipient_of_a_cif_is_printed():
    texts = replace(MORNING, ns_reason="CIF", ns_detail="lactose").printed_texts()
    assert "Non substituable (CIF : lactose)." in texts


def test_a_medicine_named_by_its_dci_prints_no_brackets():
    assert replace(MORNING, brand="").title == "LÉVOTHYROXINE 50 microgrammes comprimé sécable"


def test_a_name_too_long_gives_way_to_the_speciality():
    vaccine = replace(
        MORNING, dci=" + ".join(["POLYOSIDE PNEUMOCOCCIQUE"] * 21), label="CAPVAXIVE, solution injectable"
    )
    assert vaccine.title == "CAPVAXIVE, solution injectable"


def test_the_end_counts_renewals():
    assert MORNING.ends_on == date(2027, 5, 9)
    assert replace(MORNING, duration_days=None, renewals=1).ends_on == date(2027, 1, 21)
    assert replace(MORNING, duration_days=None, units_per_box=None).ends_on is None
    assert replace(MORNING, duration_days=None, boxes=200).ends_on == MONDAY + timedelta(days=364)


def test_no_intake_outside_the_line():
    last = MORNING.ends_on
    assert last is not None
    assert len(MORNING.intakes_on(last)) == 1
    assert MORNING.intakes_on(last + timedelta(days=1)) == ()
    assert MORNING.intakes_on(MONDAY - timedelta(days=1)) == ()
    assert replace(MORNING, posology=needed("1", "douleur", "6", "4")).intakes_on(MONDAY) == ()


def test_an_unknown_price_is_not_zero():
    assert MORNING.total_price == Decimal("2.40")
    assert replace(MORNING, price_per_box=None).total_price is None
    assert replace(MORNING, boxes=None).total_price is None


@given(
    any_posology,
    st.none() | st.integers(1, 365),
    st.none() | st.decimals("0.01", "999", places=2),
    st.booleans(),
)
def test_nothing_is_lost_in_json(given_posology, days, price, ald):
    line = replace(MORNING, posology=given_posology, duration_days=days, price_per_box=price, ald=ald)
    assert Medication.from_json(json.loads(json.dumps(line.to_json()))) == line


CANDESARTAN = replace(
    DOLIPRANE, label="CANDESARTAN EG LABO 8 mg, comprimé", dci_label="CANDÉSARTAN CILEXÉTIL"
)


@pytest.mark.parametrize(
    ("drug", "expected"),
    [(DOLIPRANE, "DOLIPRANE"), (LEVOTHYROX, "LEVOTHYROX"), (HALDOL, ""), (CANDESARTAN, "")],
)
def test_the_brand_is_read_in_the_label(drug, expected):
    assert brand(drug) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("comprimé gastro-résistant(e)", "comprimé gastro-résistant"),
        ("gélule gastro-résistant(e)", "gélule gastro-résistante"),
        ("granule(s)", "granule"),
        ("gomme à mâcher médicamenteux(se)", "gomme à mâcher médicamenteuse"),
        ("vernis à ongles médicamenteux(se)", "vernis à ongles médicamenteux"),
        ("pansement adhésif(ve)", "pansement adhésif"),
        ("comprimé", "comprimé"),
    ],
)
def test_the_form_agrees(form, expected):
    assert readable_form(form) == expected


@pytest.mark.parametrize(
    ("dosage", "expected"),
    [
        ("50 µg", "50 microgrammes"),
        ("50 mcg/mL", "50 microgrammes/mL"),
        ("2,50 mg", "2,5 mg"),
        ("2,0 mg", "2 mg"),
        ("100 mg", "100 mg"),
        ("0,50 POUR CENT", "0,5 %"),
        ("250,00 mg + 50,00 mg", "250 mg + 50 mg"),
        ("0,05 mg", "0,05 mg"),
    ],
)
def test_strengths_cannot_be_misread(dosage, expected):
    assert readable_dosage(dosage) == expected


def test_the_box_asked_for_wins_even_withdrawn():
    box = chosen_box(LEVOTHYROX, "3400930046616", Decimal(28))
    assert box is not None
    assert box.cip13 == "3400930046616"


@pytest.mark.parametrize(("needed_units", "size"), [(28, 30), (56, 30), (84, 90), (90, 90), (None, 30)])
def test_few_boxes_without_much_left(needed_units, size):
    box = chosen_box(LEVOTHYROX, "", Decimal(needed_units) if needed_units else None)
    assert box is not None
    assert box.units_per_box == size


def test_no_box_can_be_counted_without_its_content():
    assert chosen_box(HALDOL, "") is None
    assert chosen_box(replace(HALDOL, presentations=(FakeBox("1", Decimal(0)),)), "") is None
