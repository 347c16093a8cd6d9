"""Swallowing, conditions, coded allergies at the record: three states each, codes believed only from the tables."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from residents.clinical_state import AllergyValue, ConditionValue, clinical_state
from residents.coding import ALLERGENS, DIAGNOSES, Coded
from residents.models import Allergy, Condition, Measure, Resident

DIABETES = Coded("", "E119", "Diabète sucré de type 2, sans complication")
ULCER = Coded("", "K279", "Ulcère digestif, siège non précisé")
PENICILLINS = Coded("CLASS", "PENICILLINES", "Pénicillines")


@pytest.fixture
def tables(monkeypatch):
    """Three codes in the tables, whatever base is loaded."""
    monkeypatch.setattr(DIAGNOSES, "_find", {"E119": DIABETES, "K279": ULCER}.get)
    monkeypatch.setattr(ALLERGENS, "_find", {"CLASS:PENICILLINES": PENICILLINS}.get)


def url(name: str, resident: Resident, *more: object) -> str:
    return str(reverse(f"residents:{name}", args=[resident.pk, *more]))


def page(client, resident) -> str:
    return client.get(url("identity", resident)).content.decode().replace("\u00a0", " ")


def reloaded(resident: Resident) -> Resident:
    return Resident.objects.get(pk=resident.pk)


def diabetes(present: str = "1") -> dict[str, str]:
    return {"label": "diab", "choice": "E119", "present": present}


def test_nothing_is_asked_at_first(cast):
    assert (cast.louis.swallowing_trouble, cast.louis.conditions_status) == ("NOT_ASKED", "NOT_ASKED")
    state = clinical_state(cast.louis)
    assert (state.swallowing_trouble, state.weight, state.conditions) == (None, None, ())


@pytest.mark.parametrize(("state", "read"), [("YES", True), ("NO", False), ("NOT_ASKED", None)])
def test_swallowing_has_three_states(cast, as_member, state, read):
    Resident.objects.filter(pk=cast.jeanne.pk).update(swallowing_trouble="YES")
    client = as_member(cast.perrin)
    assert client.post(url("set_swallowing", cast.jeanne), {"swallowing_trouble": state}).status_code == 302
    assert clinical_state(reloaded(cast.jeanne)).swallowing_trouble is read
    assert ("Troubles de la déglutition</span>" in page(client, cast.jeanne)) is (state == "YES")


@pytest.mark.parametrize("value", ["", "PEUT-ETRE"])
def test_a_state_that_is_none_is_refused(cast, as_member, value):
    answer = as_member(cast.roussel).post(url("set_swallowing", cast.jeanne), {"swallowing_trouble": value})
    assert answer.status_code == 422
    assert reloaded(cast.jeanne).swallowing_trouble == "NOT_ASKED"


def test_a_condition_comes_with_the_words_of_the_table(cast, as_member, tables):
    assert as_member(cast.roussel).post(url("add_condition", cast.jeanne), diabetes()).status_code == 302
    found = cast.jeanne.conditions.get()
    assert (found.code, found.dotted, found.label, found.present) == ("E119", "E11.9", DIABETES.label, True)
    assert found.noted_by == cast.roussel
    assert reloaded(cast.jeanne).conditions_status == "PRESENT"
    assert "E11.9" in page(as_member(cast.benali), cast.jeanne)


def test_one_absent_says_nothing_of_the_others(cast, as_member, tables):
    client = as_member(cast.roussel)
    client.post(url("add_condition", cast.jeanne), diabetes("0"))
    assert reloaded(cast.jeanne).conditions_status == "NOT_ASKED"
    assert "Absent : Diabète" in page(client, cast.jeanne)
    client.post(url("no_condition", cast.jeanne))
    assert reloaded(cast.jeanne).conditions_status == "NONE_KNOWN"
    client.post(url("remove_condition", cast.jeanne, cast.jeanne.conditions.get().pk))
    assert reloaded(cast.jeanne).conditions_status == "NONE_KNOWN"


def test_without_any_left_the_question_is_open_again(cast, as_member, tables):
    client = as_member(cast.roussel)
    client.post(url("add_condition", cast.jeanne), diabetes())
    client.post(url("no_condition", cast.jeanne))
    assert reloaded(cast.jeanne).conditions_status == "PRESENT"
    client.post(url("remove_condition", cast.jeanne, cast.jeanne.conditions.get().pk))
    assert reloaded(cast.jeanne).conditions_status == "NOT_ASKED"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"choice": ""}, "Choisissez dans la liste"),
        ({"choice": "Z999"}, "Choisissez dans la liste"),
        ({"label": "", "choice": ""}, "À renseigner"),
        ({"present": "2"}, "choix"),
        ({"choice": "K279"}, "déjà noté"),
    ],
)
def test_what_is_not_a_new_diagnosis_of_the_table_is_refused(cast, as_member, tables, change, words):
    Condition.objects.create(resident=cast.jeanne, code="K279", label=ULCER.label)
    answer = as_member(cast.roussel).post(url("add_condition", cast.jeanne), diabetes() | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert cast.jeanne.conditions.count() == 1


def test_the_base_keeps_a_diagnosis_once(cast):
    Condition.objects.create(resident=cast.jeanne, code="K279", label=ULCER.label)
    with pytest.raises(IntegrityError), transaction.atomic():
        Condition.objects.create(resident=cast.jeanne, code="K279", label=ULCER.label, present=False)


def test_a_condition_of_somebody_else_stays(cast, as_member):
    other = Condition.objects.create(resident=cast.louis, code="I10", label="Hypertension essentielle")
    as_member(cast.roussel).post(url("remove_condition", cast.jeanne, other.pk))
    assert Condition.objects.filter(pk=other.pk).exists()


def test_an_excipient_is_noted_by_hand_and_said_unchecked(cast, as_member, tables):
    client = as_member(cast.roussel)
    page = client.post(
        url("add_allergy", cast.jeanne), {"label": "Lactose", "choice": "EXCIPIENT"}, follow=True
    ).content.decode()
    allergy = cast.jeanne.allergies.get()
    assert (allergy.kind, allergy.code, allergy.label) == ("EXCIPIENT", "", "Lactose")
    assert "Allergie notée comme excipient : non contrôlée." in page
    assert "excipient, non contrôlée" in page
    assert "« Lactose »" in page


def test_an_allergy_chosen_in_the_list_is_coded(cast, as_member, tables):
    client = as_member(cast.perrin)
    client.post(url("add_allergy", cast.jeanne), {"label": "péni", "choice": "CLASS:PENICILLINES"})
    allergy = cast.jeanne.allergies.get()
    assert (allergy.kind, allergy.code, allergy.label) == ("CLASS", "PENICILLINES", "Pénicillines")
    assert "Pénicillines" in page(client, cast.jeanne)


def test_an_unknown_choice_is_free_text_and_said_unchecked(cast, as_member, tables):
    client = as_member(cast.perrin)
    client.post(url("add_allergy", cast.jeanne), {"label": "latex", "choice": "SUBSTANCE:12345"})
    allergy = cast.jeanne.allergies.get()
    assert (allergy.kind, allergy.code, allergy.label) == ("FREE", "", "latex")
    assert "texte libre, non contrôlée" in page(client, cast.jeanne)


def test_who_may_write(cast, as_member, tables):
    posts = {"set_swallowing": {"swallowing_trouble": "NO"}, "add_condition": diabetes(), "no_condition": {}}
    for person, status in (
        (cast.benali, 403),
        (cast.garnier, 403),
        (cast.sellier, 404),
        (cast.martineau, 302),
    ):
        client = as_member(person)
        assert {client.post(url(name, cast.jeanne), data).status_code for name, data in posts.items()} == {
            status
        }
    html = page(as_member(cast.benali), cast.jeanne)
    assert "Déglutition" in html
    assert url("add_condition", cast.jeanne) not in html


def test_the_state_read_by_the_checks(cast):
    for number in range(5):
        Measure.objects.create(resident=cast.jeanne, kind="WEIGHT", value=str(50 + number))
    Allergy.objects.create(resident=cast.jeanne, kind="CLASS", code="AINS", label="AINS", severe=True)
    Condition.objects.create(resident=cast.jeanne, code="I10", label="Hypertension", present=False)
    with CaptureQueriesContext(connection) as queries:
        state = clinical_state(cast.jeanne)
    assert len(queries) == 3
    assert (state.birth_date, state.sex) == (cast.jeanne.birth_date, "F")
    assert state.weight is not None
    assert str(state.weight.value) == "54.0"
    assert state.creatinine is not None
    assert str(state.creatinine.value) == "78.0"
    assert state.allergies == (AllergyValue("CLASS", "AINS", "AINS", True),)
    assert state.conditions == (ConditionValue("I10", "Hypertension", False),)
    assert (state.allergy_status, state.conditions_status) == ("NONE_KNOWN", "NOT_ASKED")
