"""What a line freezes about a medicine."""

from datetime import date
from decimal import Decimal

import pytest

from prescriptions.referentials.facts import UnknownSpeciality, specialities_facts, speciality_facts
from prescriptions.referentials.freshness import check_base_age, current_release
from prescriptions.referentials.models import DrugBaseRelease, HybridMember, Speciality
from prescriptions.referentials.models.release import READING


def test_the_facts_of_a_speciality(drug_base, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        facts = speciality_facts("60002283")
    assert facts.label == "ANASTROZOLE ACCORD 1 mg, comprimé pelliculé"
    assert (facts.dci_label, facts.dosage, facts.intake_unit) == ("ANASTROZOLE", "1 mg", "comprimé")
    assert facts.routes == ("orale",)
    assert facts.marketed
    assert facts.is_generic
    assert not facts.is_local_route
    assert [chip.text_fr for chip in facts.chips] == ["Liste I"]
    assert facts.release_date == date(2026, 5, 19)
    box = facts.presentations[0]
    assert (box.cip13, box.cip7) == ("3400949497294", "4949729")
    assert (box.units_per_box, box.price) == (Decimal(30), Decimal("25.36"))
    assert box.reimbursement_rate == 100


def test_a_combination_names_its_substances_in_order(drug_base):
    ixprim = Speciality.objects.filter(label__startswith="IXPRIM 37,5 mg/325 mg", marketed=True)[0]
    facts = speciality_facts(ixprim.cis)
    assert facts.dci_label == "TRAMADOL + PARACÉTAMOL"
    assert {substance.name for substance in facts.substances} == {"PARACÉTAMOL", "CHLORHYDRATE DE TRAMADOL"}


def test_a_collyre_acts_locally_and_a_suppository_does_not(drug_base):
    collyre = Speciality.objects.filter(label__startswith="TIMOPTOL", marketed=True)[0]
    suppository = Speciality.objects.filter(intake_unit="suppositoire", marketed=True)[0]
    assert speciality_facts(collyre.cis).is_local_route
    assert not speciality_facts(suppository.cis).is_local_route


def test_an_unknown_code_says_what_to_do(drug_base):
    with pytest.raises(UnknownSpeciality, match="Cherchez le médicament par son nom"):
        speciality_facts("00000000")


@pytest.mark.parametrize(
    ("today", "level"),
    [
        (date(2026, 5, 20), "ok"),
        (date(2026, 6, 23), "ok"),
        (date(2026, 6, 24), "amber"),
        (date(2026, 7, 18), "amber"),
        (date(2026, 7, 19), "red"),
    ],
)
def test_an_ageing_base_is_told(today, level):
    release = DrugBaseRelease(source="Base", published_on=date(2026, 5, 19), reading=READING)
    age = check_base_age(release, today)
    assert age.level == level
    assert "19/05/2026" in age.sentence


def test_a_base_read_by_another_version_is_red():
    release = DrugBaseRelease(source="Base", published_on=date(2026, 5, 19), reading=READING - 1)
    age = check_base_age(release, date(2026, 5, 20))
    assert age.level == "red"
    assert "relancer son import" in age.sentence


def test_no_base_at_all_is_red(db):
    assert check_base_age(None, date(2026, 5, 20)).level == "red"


def test_the_loaded_base_says_its_day(drug_base):
    release = current_release()
    assert release is not None
    assert "19/05/2026" in check_base_age(release, date(2026, 5, 20)).sentence


def test_salts_are_one_substance(drug_base):
    kardegic = Speciality.objects.filter(label__startswith="KARDEGIC 75", marketed=True)[0]
    aspirin = Speciality.objects.filter(label__startswith="ASPIRINE", marketed=True).order_by("sort_rank")[0]
    [salt], [plain] = speciality_facts(kardegic.cis).active, speciality_facts(aspirin.cis).active
    assert salt.name == "DL-LYSINE (ACÉTYLSALICYLATE DE)"
    assert (salt.base_code, salt.base_name) == (plain.base_code, plain.base_name)
    assert salt.base_name == "ACIDE ACÉTYLSALICYLIQUE"


def test_a_complex_of_two_medicines_is_both(drug_base):
    entresto = Speciality.objects.filter(label__startswith="ENTRESTO", marketed=True)[0]
    assert {s.base_name for s in speciality_facts(entresto.cis).active} == {"SACUBITRIL", "VALSARTAN"}


def test_atc_codes_are_propagated_when_all_agree_and_say_so(drug_base):
    marketed = Speciality.objects.filter(marketed=True).exclude(atc="")
    assert marketed.filter(atc_is_propagated=False).count() == 7650
    assert marketed.count() >= 9500
    assert not Speciality.objects.filter(atc_is_propagated=True, is_homeopathy=True).exists()
    entresto = Speciality.objects.filter(label__startswith="ENTRESTO 6 mg", marketed=True)[0]
    facts = speciality_facts(entresto.cis)
    assert (facts.atc, facts.atc_is_propagated) == ("C09DX04", True)


def test_groups_are_known(drug_base):
    facts = speciality_facts("60002283")
    assert len(facts.generic_groups) == 1
    hybrid = HybridMember.objects.filter(speciality__marketed=True)[0]
    of_hybrid = speciality_facts(hybrid.speciality_id)
    assert (of_hybrid.hybrid_groups, of_hybrid.membership) == ((hybrid.group,), "groupe hybride")
    reference = Speciality.objects.filter(label__startswith="ARIMIDEX 1 mg")[0]
    assert [facts.membership, speciality_facts(reference.cis).membership] == [
        "générique",
        "référence de génériques",
    ]
    assert speciality_facts("60234100").membership == ""


def test_many_facts_cost_as_many_queries_as_one(drug_base, django_assert_max_num_queries):
    codes = list(Speciality.objects.filter(marketed=True).values_list("cis", flat=True)[:200:10])
    with django_assert_max_num_queries(7):
        found = specialities_facts([*codes, "00000000"])
    assert set(found) == set(codes)
    assert found[codes[0]] == speciality_facts(codes[0])
