"""Allergens and diagnoses as one types them; what a form sends is believed only when the tables hold it."""

import re

import pytest
from django.urls import reverse

from prescriptions.clinical_codes import allergen, search_allergens, substances
from prescriptions.referentials.diagnoses import search_diagnoses
from prescriptions.referentials.facts import speciality_facts
from prescriptions.referentials.lists.contents import Cim10Contents
from prescriptions.referentials.lists.load import from_archive, put_in_service
from prescriptions.referentials.models import Diagnosis
from prescriptions.referentials.search import search_specialities
from prescriptions.safety.finding import Check
from prescriptions.workflow.review import review
from residents.models import Allergy, Condition
from residents.models.condition import CODE
from tests.prescriptions.screens.test_prescribing import text

ALLERGIES, DIAGNOSES = reverse("prescriptions:allergy-options"), reverse("prescriptions:diagnosis-options")


def first(typed: str) -> str:
    return search_allergens(typed)[0].text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("pénicilline", "Pénicillines"),
        ("AINS", "AINS et aspirine"),
        ("sulfamide", "Sulfamides anti-infectieux"),
        ("amoxicil", "Amoxicilline"),
        ("kardegic", "Acide acétylsalicylique"),
        ("tramadol", "Tramadol"),
    ],
)
def test_the_first_answer_is_the_right_one(cast, typed, expected):
    assert first(typed) == expected


def test_a_substance_also_offers_its_class(cast):
    assert [hit.text for hit in search_allergens("amoxicil")][:2] == ["Amoxicilline", "Pénicillines"]


def test_each_substance_stands_once_under_the_code_that_medicines_carry(cast):
    codes = [substance.code for substance in substances()]
    assert len(codes) == len(set(codes)) > 1000
    drug = speciality_facts(search_specialities("tramadol 50 mg", limit=1)[0].cis)
    [hit] = [hit for hit in search_allergens("tramadol") if hit.text == "Tramadol"]
    assert hit.value == f"SUBSTANCE:{drug.active[0].base_code}"


@pytest.mark.parametrize(
    "value", ["SUBSTANCE:99999", "SUBSTANCE:", "CLASS:RIEN", "EXCIPIENT:1", "FREE:x", "x"]
)
def test_an_unknown_value_names_nothing(cast, value):
    assert allergen(value) is None


def test_whatever_is_typed_is_answered(cast, nurse):
    for typed in ("", " ", "é", "(", "%", "\x00", "a" * 500, "12", "«»"):
        assert nurse.get(ALLERGIES, {"q": typed}).status_code == 200
        assert nurse.get(DIAGNOSES, {"q": typed}).status_code == 200


def test_free_text_is_offered_last_and_said_unchecked(cast, nurse):
    page = nurse.get(ALLERGIES, {"q": "pollen de bouleau"})
    assert "Écrire « pollen de bouleau » texte libre, non contrôlée" in text(page)
    assert 'data-value=""' in page.content.decode()


def test_an_excipient_noted_at_the_record_documents_a_non_substitution(cast, nurse, write):
    motive = {"non_substitutable": True, "ns_reason": "CIF", "ns_detail": "lactose"}
    line = write("apixaban 2,5", matin="1", duration_days="28", **motive)

    def said() -> list[str]:
        seen = review(line.prescription).safety
        return (
            [f.finding.headline for f in seen.answered if f.finding.check is Check.SUBSTITUTION]
            if seen
            else []
        )

    assert said() == ["APIXABAN 2,5 mg : CIF non documentée"]
    assert 'data-value="EXCIPIENT"' in nurse.get(ALLERGIES, {"q": "lactose"}).content.decode()
    nurse.post(
        reverse("residents:add_allergy", args=[cast.jeanne.pk]), {"label": "lactose", "choice": "EXCIPIENT"}
    )
    assert said() == []


def test_the_care_team_only(cast, login):
    for person, status in (
        (cast.perrin, 200),
        (cast.martineau, 200),
        (cast.benali, 403),
        (cast.garnier, 403),
    ):
        assert {login(person).get(url, {"q": "a"}).status_code for url in (ALLERGIES, DIAGNOSES)} == {status}


def test_from_the_search_to_the_record(cast, nurse):
    where = reverse("residents:add_allergy", args=[cast.jeanne.pk])
    value = re.search(
        r'data-value="(CLASS:[^"]+)"', nurse.get(ALLERGIES, {"q": "pénicilline"}).content.decode()
    )
    assert value is not None
    nurse.post(where, {"label": "ce que dit le champ", "choice": value[1], "severe": "on"})
    nurse.post(where, {"label": "pollen", "choice": "CLASS:INVENTEE"})
    found = Allergy.objects.filter(resident=cast.jeanne).values_list("kind", "code", "label", "severe")
    assert list(found) == [("CLASS", "PENICILLINES", "Pénicillines", True), ("FREE", "", "pollen", False)]


def test_a_diagnosis_of_the_real_list_from_the_search_to_the_record(cast, nurse):
    if not Diagnosis.objects.exists():
        put_in_service(from_archive(Cim10Contents))
    assert not [code for code in Diagnosis.objects.values_list("code", flat=True) if not re.match(CODE, code)]
    first = search_diagnoses("diabète type 2", 1)[0]
    assert f'data-value="{first.code}"' in nurse.get(DIAGNOSES, {"q": "diabète type 2"}).content.decode()
    where = reverse("residents:add_condition", args=[cast.jeanne.pk])
    assert nurse.post(where, {"label": "diab", "choice": first.code, "present": "1"}).status_code == 302
    assert nurse.post(where, {"label": "diab", "choice": "X00Y", "present": "1"}).status_code == 422
    kept = Condition.objects.get()
    assert (kept.code, kept.label) == (first.code, first.label)
