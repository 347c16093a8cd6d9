"""What a line freezes about a medicine."""

from datetime import date
from decimal import Decimal

import pytest

from prescriptions.referentials.facts import UnknownSpeciality, speciality_facts
from prescriptions.referentials.freshness import check_base_age, current_release
from prescriptions.referentials.models import DrugBaseRelease, Speciality


def test_the_facts_of_a_speciality(drug_base, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
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
    release = DrugBaseRelease(source="Base", published_on=date(2026, 5, 19))
    age = check_base_age(release, today)
    assert age.level == level
    assert "19/05/2026" in age.sentence


def test_no_base_at_all_is_red(db):
    assert check_base_age(None, date(2026, 5, 20)).level == "red"


def test_the_loaded_base_says_its_day(drug_base):
    release = current_release()
    assert release is not None
    assert "19/05/2026" in check_base_age(release, date(2026, 5, 20)).sentence
