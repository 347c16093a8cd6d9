"""The names of a combination and the amounts beside them are read in one order (A15, B02)."""

from collections import Counter, defaultdict
from itertools import combinations as combinations_of_two

import pytest

from prescriptions.referentials.bdpm.naming import label_strength, main_substances
from prescriptions.referentials.bdpm.pairing import (
    amounts_by_name,
    label_order,
    named_strength,
    written_amounts,
)
from prescriptions.referentials.bdpm.rows import CompositionRow
from tests.drug_base import bundled_contents


def substances(*rows, reference="un comprimé"):
    return [
        CompositionRow("60000001", "comprimé", "00001", name, dosage, reference, "SA", rank)
        for rank, (name, dosage) in enumerate(rows, 1)
    ]


@pytest.mark.parametrize(
    ("cis", "names", "strength"),
    [
        ("61007874", "AMLODIPINE + VALSARTAN", "10 mg/160 mg"),
        ("67891013", "SULFAMÉTHOXAZOLE + TRIMÉTHOPRIME", "800 mg/160 mg"),
        ("62404028", "VÉRAPAMIL + TRANDOLAPRIL", "180 mg/2 mg"),
        ("67415847", "ÉNALAPRIL + LERCANIDIPINE", "20 mg/10 mg"),
        ("61073237", "FLUTICASONE + SALMÉTÉROL", "250 microgrammes/25 microgrammes/dose"),
        ("62159778", "LISINOPRIL + HYDROCHLOROTHIAZIDE", "20 mg/12,5 mg"),
        ("66384797", "PARACÉTAMOL + CODÉINE", "500 mg/30 mg"),
        # Salts beside bases: 24,3 mg of sacubitril are the 24 mg of the label.
        ("65122144", "SACUBITRIL + VALSARTAN", "24 mg/26 mg"),
        ("64757532", "LÉVODOPA + CARBIDOPA", "20 mg/ml + 5 mg/ml"),
        ("65082408", "TROPICAMIDE + PHÉNYLÉPHRINE + LIDOCAÏNE", "0,2 mg/ml + 3,1 mg/ml + 10 mg/ml"),
        # A phase a pill: neither the label nor the composition gives one amount a name.
        ("64977368", "LÉVONORGESTREL + ÉTHINYLESTRADIOL", ""),
        # The amounts and the names of the label contradict each other: those of the composition.
        (
            "60418221",
            "AZÉLASTINE + FLUTICASONE",
            "125 microgrammes + 365 microgrammes pour 1 mL de suspension",
        ),
    ],
)
def test_a_combination_of_the_base_reads_rightly(cis, names, strength):
    [found] = [found for found in bundled_contents().specialities if found.row.cis == cis]
    assert (found.dci_label, found.dosage) == (names, strength)


@pytest.fixture(scope="module")
def combinations():
    """The marketed specialities of several names, each with the amounts the composition gives to each name."""
    composition = defaultdict(list)
    for line in bundled_contents().composition:
        composition[line.cis].append(line)
    marketed = [found for found in bundled_contents().specialities if found.row.marketed]
    known = {s.row.cis: amounts_by_name(list(main_substances(composition[s.row.cis]))) for s in marketed}
    return [(found, known[found.row.cis]) for found in marketed if len(known[found.row.cis]) > 1]


def is_crossed(names, amounts, known):
    """Two names would each have the composition's amount if theirs were exchanged, and have not as they stand."""
    read = [(known[name], amount) for name, amount in zip(names, amounts, strict=True)]
    return any(
        mine in others and theirs in own and not (mine in own and theirs in others)
        for (own, mine), (others, theirs) in combinations_of_two(read, 2)
    )


def test_no_marketed_combination_has_crossed_amounts(combinations):
    crossed, checked = [], 0
    for found, known in combinations:
        names, amounts = found.dci_label.split(" + "), written_amounts(found.dosage)
        if len(amounts) == len(names):
            checked += 1
            crossed += [found.row.cis] if is_crossed(names, amounts, known) else []
    assert (crossed, checked) == ([], 1_473)


def test_the_test_sees_a_crossing():
    known = {"VALSARTAN": written_amounts("160 mg"), "AMLODIPINE": written_amounts("10 mg")}
    assert is_crossed(["VALSARTAN", "AMLODIPINE"], written_amounts("10 mg/160 mg"), known)
    assert not is_crossed(["AMLODIPINE", "VALSARTAN"], written_amounts("10 mg/160 mg"), known)


def test_what_cannot_be_decided_is_counted(combinations):
    """Where the label writes several amounts and nobody can tell whose: the composition's are shown, or none."""
    counts: Counter[str] = Counter()
    for found, known in combinations:
        written = label_strength(found.row.label)
        if len(written_amounts(written)) < 2:
            continue
        order = label_order(found.row.label, written_amounts(written), known)
        if order is None:
            assert found.dosage != written
            counts["composition" if found.dosage else "nothing"] += 1
        else:
            assert found.dci_label.split(" + ") == order
            counts["reordered" if order != list(known) else "as composed"] += 1
    assert counts == {"as composed": 1_099, "reordered": 102, "composition": 11, "nothing": 1}


def test_the_amounts_alone_put_the_names_in_order():
    rows = substances(("VALSARTAN", "160 mg"), ("BÉSILATE D'AMLODIPINE", "10 mg"))
    assert named_strength("MARQUE 10 mg/160 mg, comprimé", rows).names == ["AMLODIPINE", "VALSARTAN"]


def test_amounts_too_near_to_be_told_apart_are_those_of_the_composition():
    rows = substances(("ALPHA", "10 mg"), ("BETA", "10,5 mg"))
    assert named_strength("MARQUE 12 mg/12,1 mg, comprimé", rows) == (["ALPHA", "BETA"], "10 mg + 10,5 mg")


def test_the_names_of_the_label_decide_when_the_units_cannot():
    rows = substances(("MÉTRONIDAZOLE", "250 mg"), ("SPIRAMYCINE", "1,5 M UI"))
    found = named_strength("SPIRAMYCINE/METRONIDAZOLE X 1,5 M.U.I./250 mg, comprimé", rows)
    assert found == (["SPIRAMYCINE", "MÉTRONIDAZOLE"], "1,5 M.U.I./250 mg")


def test_one_amount_for_several_names_is_that_of_the_whole():
    rows = substances(("DIOSMINE", "450 mg"), ("HESPÉRIDINE", "50 mg"))
    assert named_strength("DAFLON 500 mg, comprimé", rows) == (["DIOSMINE", "HESPÉRIDINE"], "500 mg")


@pytest.mark.parametrize(
    ("strength", "amounts"),
    [
        ("100/6 microgrammes/dose", [("mg", "0.1"), ("mg", "0.006")]),
        ("50 mg/1,5 mg par g", [("mg", "50"), ("mg", "1.5")]),
        ("0,3 mg/mL + 5 mg/mL", [("mg", "0.3"), ("mg", "5")]),
        ("4 000 UI (40 mg)/0,4 ml", [("ui", "4000")]),
        ("15 %/8 %/2 %", [("mg", "15000"), ("mg", "8000"), ("mg", "2000")]),
        ("1000 mg/880 UI", [("mg", "1000"), ("ui", "880")]),
    ],
)
def test_the_amounts_of_a_strength_are_read_without_their_reference(strength, amounts):
    assert [(found.base, str(found.value.normalize() + 0)) for found in written_amounts(strength)] == amounts
