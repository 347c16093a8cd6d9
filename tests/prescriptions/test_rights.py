"""Who may prescribe what: profession × kind, then the lists of devices, on real codes of the LPP."""

import pytest

from prescriptions.kinds.codes import Kind
from prescriptions.rights import DEFAULTS, TABLE, UNKNOWN, Right, Verdict, right
from tests.official_lists import load_official_lists
from tests.prescriptions.kinds.samples import finish

MED, DM, BIO = Kind.MEDICAMENT, Kind.DISPOSITIF_MEDICAL, Kind.ACTE_BIOLOGIE_MEDICALE
IDE, KINE, PEDI = Kind.ACTE_INFIRMIER, Kind.ACTE_KINESITHERAPIE, Kind.ACTE_PEDICURIE
ORTHO, ORTHOPTIE = Kind.ACTE_ORTHOPHONIE, Kind.ACTE_ORTHOPTIE
ALL = {MED, DM, BIO, IDE, KINE, PEDI, ORTHO, ORTHOPTIE}

# Profession (nomenclature TRE_G15): what is allowed, what is allowed with a warning, the rule that speaks. The rest is refused.
PROFESSIONS = {
    "10": (ALL, set(), "B100"),  # physician
    "21": (set(), set(), "B109"),  # pharmacist
    "40": (set(), {MED, BIO}, "B104"),  # dental surgeon
    "50": (set(), set(), "B105"),  # midwife
    "60": (set(), {DM}, "B106"),  # nurse
    "70": (set(), {DM}, "B108"),  # physiotherapist
    "80": (set(), set(), "B108"),  # podiatrist
    "91": (set(), set(), "B108"),  # speech therapist
    "92": (set(), set(), "B108"),  # orthoptist
    "94": (set(), set(), "B108"),  # occupational therapist
    "86": (set(), set(), "B100"),  # dietician, like anybody unknown
    "99": (set(), set(), "B100"),
    "": (set(), set(), "B100"),
    "1": (set(), set(), "B100"),
    "10 ": (set(), set(), "B100"),
}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("profession", PROFESSIONS)
def test_who_may_prescribe_what(profession, kind):
    allowed, warned, rule = PROFESSIONS[profession]
    found = right(profession, kind)
    expected = "ALLOWED" if kind in allowed else "WARN" if kind in warned else "REFUSED"
    assert found.verdict.value == expected
    assert rule in found.rule


def test_every_refusal_and_every_warning_says_why_and_from_which_text():
    rows: list[Right] = [*TABLE.values(), *DEFAULTS.values(), UNKNOWN]
    for row in rows:
        assert row.source
        assert row.rule.startswith("B10")
        if row.verdict is not Verdict.ALLOWED:
            assert row.reason[0].isupper()
            assert row.reason.endswith(".")
            assert len(row.reason.split()) > 4


# --- The lists of devices -----------------------------------------------------------------------
@pytest.fixture
def lists(db):
    load_official_lists()


def device(code: str, **changes: str):
    return finish(DM, lambda: (code, {"duration_days": "28", **changes}))[2]


NURSE = [
    ("1303688", True),  # hydrocolloid dressings
    ("6383373", True),  # PANS. HYDROCEL ABSORP IMPTE
    ("6312462", True),  # COMP. NON TISSEES STERI
    ("1371030", True),  # PANSEMENT, FIXATION, BANDE, CREPE
    ("1119424", True),  # INCONTINENCE, ETUI PENIEN
    ("1112669", True),  # intermittent catheter
    ("1130578", True),  # nasogastric tube
    ("1155897", True),  # pouch of a stomy
    ("1101826", True),  # lancets
    ("1117454", True),  # AUTOPIQUEUR
    ("1202705", True),  # anti-escarre cushion
    ("1236839", True),  # anti-escarre mattress
    ("1146349", True),  # PERFUSION, PIED/POTENCE A SERUM
    ("1100235", True),  # COLOSTOMIE
    ("1121326", False),  # a weekly fee of a home perfusion provider
    ("1285619", False),  # walker
    ("1241763", False),  # bed
    ("1168411", False),  # SONDE DE GASTROSTOMIE
    ("1148130", False),  # oxygen concentrator
    ("4107723", False),  # wheelchair
    ("3418823", False),  # SONDE POUR DEFIBRILLATION: an implant
    ("3446771", False),  # POMPE IMPLANTABLE POUR PERFUSION
    ("3115583", False),  # RACHIS, COUSSINET: an implant
    ("3167150", False),  # IMPLANT OPHTALMOLOGIQUE … BANDE
    ("2120725", False),  # an orthopaedic cushion, made to measure
]
PHYSIOTHERAPIST = [
    ("1285619", True),  # walker
    ("1296787", True),  # forearm crutch
    ("1202705", True),  # anti-escarre cushion
    ("1231782", True),  # SOULEVE-MALADE, rented
    ("7110418", True),  # CORRECTION ORTHOPEDIQUE, PIED, ATTELLE
    ("1298680", True),  # wheelchair, rented for 28 days
    ("4107723", False),  # wheelchair, bought
    ("4113920", False),  # electric wheelchair
    ("7110306", False),  # COLLIER CERVICAL: not on the list
    ("7280103", False),  # spectacle frame sold by « OPTIC C CANNES »
    ("3147821", False),  # OSTEOSYNTHESE, BROCHE FILETEE OU CANNELEE
    ("1303688", False),  # hydrocolloid dressings
    ("1148130", False),  # oxygen concentrator
]


@pytest.mark.parametrize(
    ("profession", "code", "allowed"),
    [("60", *row) for row in NURSE] + [("70", *row) for row in PHYSIOTHERAPIST],
)
def test_a_device_on_or_off_the_list_of_a_profession(lists, profession, code, allowed):
    order = device(code)
    found = right(profession, DM, order)
    assert found.verdict is (Verdict.WARN if allowed else Verdict.REFUSED), order.label
    if not allowed:
        assert found.reason == "Ce dispositif n’est pas sur la liste de votre profession."
        assert "Arrêté" in found.source


@pytest.mark.parametrize(
    ("days", "renewals", "allowed"), [("91", "0", True), ("92", "0", False), ("28", "3", False)]
)
def test_a_physiotherapist_rents_a_wheelchair_for_less_than_three_months(lists, days, renewals, allowed):
    order = device("1298680", duration_days=days, renewals=renewals)
    assert (right("70", DM, order).verdict is Verdict.WARN) is allowed


def test_a_physician_prescribes_any_device(lists):
    assert right("10", DM, device("3418823")).verdict is Verdict.ALLOWED


def test_a_list_waits_for_the_line_to_be_complete():
    assert right("60", DM).verdict is Verdict.WARN
    assert right("60", DM).reason.startswith("Pendant une série d’actes infirmiers")
