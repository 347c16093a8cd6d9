"""Common names, strengths, intake units and box contents, read from the real spellings."""

from decimal import Decimal

import pytest

from prescriptions.referentials.bdpm.derive import intake_unit, units_per_box
from prescriptions.referentials.bdpm.naming import brand_part, common_name, label_strength, main_substances
from prescriptions.referentials.bdpm.pairing import named_strength
from prescriptions.referentials.bdpm.rows import CompositionRow


def substance(name, nature="SA", link=1, dosage="", reference=""):
    return CompositionRow("60000001", "comprimé", "00001", name, dosage, reference, nature, link)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("CHLORHYDRATE DE TRAMADOL", "TRAMADOL"),
        ("FUMARATE ACIDE DE BISOPROLOL", "BISOPROLOL"),
        ("ALFUZOSINE (CHLORHYDRATE D')", "ALFUZOSINE"),
        ("CLOPIDOGREL (HYDROGÉNOSULFATE DE)", "CLOPIDOGREL"),
        ("CLAVULANIQUE (ACIDE)", "ACIDE CLAVULANIQUE"),
        ("POTASSIUM (CHLORURE DE)", "CHLORURE DE POTASSIUM"),
        ("CHLORURE DE POTASSIUM", "CHLORURE DE POTASSIUM"),
        ("VALPROATE DE SODIUM", "VALPROATE DE SODIUM"),
        ("DINITRATE D'ISOSORBIDE", "DINITRATE D'ISOSORBIDE"),
        ("LÉVOTHYROXINE SODIQUE ANHYDRE", "LÉVOTHYROXINE"),
        ("CLOPIDOGREL BASE", "CLOPIDOGREL"),
        ("CANDÉSARTAN CILEXÉTIL", "CANDÉSARTAN CILEXÉTIL"),
        ("HÉPARINE CALCIQUE", "HÉPARINE CALCIQUE"),
        ("INSULINE GLARGINE ", "INSULINE GLARGINE"),
        ("PHOSPHATE DE CODÉINE HÉMIHYDRATÉ", "CODÉINE"),
    ],
)
def test_a_salt_is_folded_into_the_common_name(raw, name):
    assert common_name(raw) == name


def test_the_moiety_names_the_substance_it_is_linked_to():
    composition = [
        substance("CLAVULANATE DE POTASSIUM", link=2),
        substance("ACIDE CLAVULANIQUE", "FT", 2),
        substance("AMOXICILLINE TRIHYDRATÉE"),
        substance("AMOXICILLINE ANHYDRE", "FT"),
    ]
    assert named_strength("MARQUE, poudre", list(main_substances(composition))).names == [
        "AMOXICILLINE",
        "ACIDE CLAVULANIQUE",
    ]


@pytest.mark.parametrize(
    ("label", "strength"),
    [
        ("DOLIPRANE 1000 mg, comprimé", "1000 mg"),
        ("IXPRIM 37,5 mg/325 mg, comprimé pelliculé", "37,5 mg/325 mg"),
        ("LEVOTHYROX 50 microgrammes, comprimé sécable", "50 microgrammes"),
        ("LANTUS 100 Unités/ml, solution injectable en flacon", "100 Unités/ml"),
        ("UVEDOSE 100 000 UI, solution buvable en ampoule", "100 000 UI"),
        ("DURAGESIC 25 microgrammes/heure, dispositif", "25 microgrammes/heure"),
        ("LOVENOX 4 000 UI (40 mg)/0,4 ml, solution injectable", "4 000 UI (40 mg)/0,4 ml"),
        ("BIMATOPROST/TIMOLOL EG 0,3 mg/mL + 5 mg/mL, collyre", "0,3 mg/mL + 5 mg/mL"),
        ("CHLORURE DE SODIUM 0,9 % B. BRAUN, solution injectable", "0,9 %"),
    ],
)
def test_the_strength_is_read_from_the_label(label, strength):
    assert label_strength(label) == strength


def test_without_strength_in_the_label_the_composition_tells_it_with_its_reference():
    cream = substance("TROLAMINE", dosage="0,670 g", reference="100 g d'émulsion")
    assert (
        named_strength("BIAFINE, émulsion pour application cutanée", [cream]).strength
        == "0,670 g pour 100 g d'émulsion"
    )
    tablet = substance("TRUC", dosage="5 mg", reference="un comprimé")
    assert named_strength("TRUC, comprimé", [tablet]).strength == "5 mg"
    assert (
        named_strength("GAZ, gaz", [substance("OXYGÈNE", dosage="qs", reference="un flacon")]).strength == ""
    )


def test_the_brand_stops_at_the_strength_or_the_form():
    assert brand_part("DOLIPRANE 1000 mg, comprimé") == "DOLIPRANE "
    assert brand_part("BIAFINE, émulsion pour application cutanée") == "BIAFINE"


@pytest.mark.parametrize(
    ("form", "route", "label", "unit"),
    [
        ("comprimé pelliculé", "orale", "X 5 mg, comprimé pelliculé", "comprimé"),
        (
            "poudre pour solution buvable",
            "orale",
            "X 75 mg, poudre pour solution buvable en sachet",
            "sachet",
        ),
        ("granulés pour solution buvable", "orale", "X, granulés en sachet", "sachet"),
        ("granules", "sublinguale", "X 5CH, granules", "granule"),
        ("solution buvable en gouttes", "orale", "X, solution buvable en gouttes", "goutte"),
        ("sirop", "orale", "X, sirop", "mL"),
        ("solution buvable", "orale", "X 100 000 UI, solution buvable en ampoule", "ampoule"),
        ("collyre en solution", "ophtalmique", "X, collyre", "goutte"),
        ("crème", "cutanée", "X, crème", "application"),
        ("dispositif", "transdermique", "X 25 microgrammes/heure, dispositif transdermique", "patch"),
        ("suspension pour inhalation", "inhalée", "X 100 microgrammes/dose", "dose"),
        ("solution injectable", "sous-cutanée", "X, solution injectable en seringue préremplie", "injection"),
        ("gaz pour inhalation", "inhalée", "OXYGENE", "litre"),
    ],
)
def test_the_form_proposes_the_unit_of_the_posology(form, route, label, unit):
    assert intake_unit(form, [route], label, "", "") == unit


def test_an_insulin_is_counted_in_units():
    label = "LANTUS 100 unités/ml, solution injectable en stylo prérempli"
    assert intake_unit("solution injectable", ["sous-cutanée"], label, "INSULINE GLARGINE", "") == "unité"


@pytest.mark.parametrize(
    ("label", "unit", "units"),
    [
        ("plaquette(s) thermoformée(s) PVC PVDC aluminium de 30 comprimé(s)", "comprimé", "30"),
        ("3 plaquette(s) PVC-Aluminium de 10 comprimé(s)", "comprimé", "30"),
        ("28 plaquette(s) perforée(s) PVC aluminium de 1 comprimé(s)", "comprimé", "28"),
        ("8 sachet(s)-dose(s) polytéréphtalate (PET) aluminium polyéthylène de 6 g", "sachet", "8"),
        ("30 sachet(s) papier aluminium polyéthylène", "sachet", "30"),
        ("1 flacon(s) en verre brun de 150 ml", "mL", "150"),
        ("10 récipient(s) unidose(s) polyéthylène de 5 ml", "récipient unidose", "10"),
        ("1 flacon(s) pressurisé(s) aluminium de 200 dose(s) avec valve doseuse", "dose", "200"),
        ("plaquette(s) PVC de 84 comprimés roses et 7 comprimés blancs", "comprimé", None),
        ("1 bouteille(s) aluminium de 5 l", "litre", None),
        ("1 tube(s) aluminium verni de 30 g", "application", None),
    ],
)
def test_the_content_of_a_box_is_read_or_left_unknown(label, unit, units):
    assert units_per_box(label, unit) == (Decimal(units) if units else None)
