"""Who pays: the perimeter of an EHPAD without PUI, row by row of rules B90–B98, for both tariff options."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prescriptions.funding import SHORT, TABLE, Route, funding
from prescriptions.kinds.charges import Charge
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.registry import KINDS
from residents.models import Establishment
from tests.drug_base import load_drug_base
from tests.official_lists import load_official_lists
from tests.prescriptions.kinds.samples import FREE, HOUSE, SAMPLES, WHEELCHAIR, complete, finish, written

# What CASF R314-161 to R314-168 and the annex of 1999 say: rule, charge, partial tariff, global tariff.
ROWS = [
    ("B90", Charge.MEDICAMENT, "VILLE", "VILLE"),
    ("B91", Charge.DM_ANNEXE_1999, "FORFAIT", "FORFAIT"),
    ("B92", Charge.LPP_AUTRE, "VILLE", "VILLE"),
    ("B93", Charge.MEDECIN_GENERALISTE, "VILLE", "FORFAIT"),
    ("B94", Charge.MEDECIN_SPECIALISTE, "VILLE", "VILLE"),
    ("B95", Charge.SOINS_INFIRMIERS, "FORFAIT", "FORFAIT"),
    ("B96", Charge.AUXILIAIRE_MEDICAL, "VILLE", "FORFAIT"),
    ("B97", Charge.BIOLOGIE, "VILLE", "FORFAIT"),
    ("B97", Charge.RADIOLOGIE_SIMPLE, "VILLE", "FORFAIT"),
    ("B98", Charge.HORS_TARIF_SOINS, "VILLE", "VILLE"),
]


@dataclass(frozen=True)
class House:
    """As much of an establishment as its tariff."""

    tariff_option: str


@dataclass(frozen=True)
class Line:
    """As much of a line as who pays it."""

    charge: Charge
    non_reimbursable: bool = False


PARTIAL, WHOLE = House("PARTIEL"), House("GLOBAL")


@pytest.mark.parametrize(("rule", "charge", "partial", "whole"), ROWS)
def test_every_row_of_the_perimeter_for_every_tariff(rule, charge, partial, whole):
    answers = {house.tariff_option: funding(Line(charge), house) for house in (PARTIAL, WHOLE)}
    assert {option: answer.route.value for option, answer in answers.items()} == {
        "PARTIEL": partial,
        "GLOBAL": whole,
    }
    for answer in answers.values():
        assert (answer.rule, answer.leaves) == (rule, answer.route is not Route.FORFAIT)
        assert answer.reason.endswith(".")
        assert answer.source
        assert answer.short == SHORT[answer.route]


@pytest.mark.parametrize(("rule", "charge", "partial", "whole"), ROWS)
def test_what_is_not_reimbursed_is_paid_by_nobody_but_what_the_house_owes_it_owes(
    rule, charge, partial, whole
):
    for house, usual in ((PARTIAL, partial), (WHOLE, whole)):
        answer = funding(Line(charge, non_reimbursable=True), house)
        assert answer.route.value == ("FORFAIT" if usual == "FORFAIT" else "HORS_AM")
        assert answer.leaves is (usual != "FORFAIT")
        assert answer.rule == rule


def test_the_table_and_the_tariff_options_are_whole():
    assert set(TABLE) == set(Charge) == {row[1] for row in ROWS}
    assert set(Establishment.TariffOption.values) == {"PARTIEL", "GLOBAL"}
    assert set(SHORT) == set(Route)


# --- Which line is charged to what --------------------------------------------------------------
@pytest.fixture
def tables(db):
    load_drug_base()
    load_official_lists()


CHARGES = {
    Kind.MEDICAMENT: Charge.MEDICAMENT,
    Kind.DISPOSITIF_MEDICAL: Charge.LPP_AUTRE,
    Kind.ACTE_BIOLOGIE_MEDICALE: Charge.BIOLOGIE,
    Kind.ACTE_INFIRMIER: Charge.HORS_TARIF_SOINS,  # peritoneal dialysis (rule B71)
    Kind.ACTE_KINESITHERAPIE: Charge.AUXILIAIRE_MEDICAL,
    Kind.ACTE_PEDICURIE: Charge.AUXILIAIRE_MEDICAL,
    Kind.ACTE_ORTHOPHONIE: Charge.AUXILIAIRE_MEDICAL,
    Kind.ACTE_ORTHOPTIE: Charge.AUXILIAIRE_MEDICAL,
}


@pytest.mark.parametrize("kind", Kind)
def test_the_line_of_each_kind_reaches_its_charge(tables, kind):
    assert complete(kind)[2].charge is CHARGES[kind]


@pytest.mark.parametrize("kind", HOUSE)
def test_what_the_house_pays_never_leaves_whatever_its_tariff(tables, kind):
    order = finish(kind, HOUSE[kind])[2]
    assert not any(funding(order, house).leaves for house in (PARTIAL, WHOLE))


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_samples_leave_under_the_partial_tariff(tables, kind):
    assert funding(complete(kind)[2], PARTIAL).route is Route.VILLE


@pytest.mark.parametrize(
    ("code", "personal", "charge"),
    [
        ("1202705", False, Charge.DM_ANNEXE_1999),  # anti-escarre cushion
        ("1241763", False, Charge.DM_ANNEXE_1999),  # bed, rented
        ("1303688", False, Charge.DM_ANNEXE_1999),  # hydrocolloid dressings
        ("1100241", False, Charge.DM_ANNEXE_1999),  # oral nutrients (rule B53)
        ("1285619", True, Charge.DM_ANNEXE_1999),  # a walker stays in the annex, ticked or not
        (WHEELCHAIR, False, Charge.DM_ANNEXE_1999),
        (WHEELCHAIR, True, Charge.LPP_AUTRE),
        ("1112669", False, Charge.DM_ANNEXE_1999),  # intermittent catheter, by the nurse
        ("1112669", True, Charge.LPP_AUTRE),  # by the resident
        ("1148130", False, Charge.LPP_AUTRE),  # oxygen concentrator
        ("1155897", False, Charge.LPP_AUTRE),  # pouch of a stomy
        ("4111854", False, Charge.LPP_AUTRE),  # electric wheelchair
        ("2648828", False, Charge.LPP_AUTRE),  # orthopaedic shoe
    ],
)
def test_a_device_on_its_side_of_the_annex(tables, code, personal, charge):
    changes = {"personal": personal, "duration_days": "28"}
    order = finish(Kind.DISPOSITIF_MEDICAL, lambda: (code, changes))[2]
    assert order.charge is charge
    assert funding(order, WHOLE).leaves is (charge is Charge.LPP_AUTRE)


def test_only_dialysis_is_a_nursing_act_that_leaves(tables):
    entry = KINDS[Kind.ACTE_INFIRMIER]
    acts = {hit.value for hit in entry.search("", {}) if not hit.value.startswith("libre:")}
    leaving = {
        act
        for act in acts
        if funding(Line(entry.charge(*written(Kind.ACTE_INFIRMIER, act, {}))), PARTIAL).leaves
    }
    assert len(acts) > 20
    assert leaving == {"dialyse"}


values = st.booleans() | st.sampled_from(["", "1", "28", "sacrum"]) | st.text(max_size=8)


@pytest.mark.parametrize(
    ("kind", "sample"),
    [(kind, sample) for samples in (SAMPLES, HOUSE, FREE) for kind, sample in samples.items()],
)
def test_the_line_being_typed_is_paid_as_the_finished_one(tables, kind, sample):
    entry = KINDS[kind]
    content, subject, _ = finish(kind, sample)

    @settings(max_examples=40, deadline=None)
    @given(st.dictionaries(st.sampled_from(sorted(content)), values))
    def same(typed):
        raw = entry.normalise({**content, **typed, "code": content.get("code", "")})
        order = entry.read(raw, subject, None).order
        if order is not None:
            assert entry.charge(raw, subject) is order.charge
            assert (raw["non_reimbursable"] is True) == order.non_reimbursable

    same()
