"""Free text that names a restricted medicine: bound by its law, refused when the base has the speciality (A22, B13–B22)."""

import pytest

from prescriptions.referentials.free_text import recognised, strictest, vocabulary_in_service
from prescriptions.referentials.rules import DispensingRules
from tests.drug_base import load_drug_base
from tests.prescriptions.safety.cases import GP, RESIDENT


@pytest.fixture
def check(door):
    """The answer to one line of free text."""

    def checked(text: str, **others):
        line = {"text": text, "duration_days": 28, "posology": {"matin": 1, "route": "orale"}, **others}
        return door({"today": "2026-11-24", "resident": RESIDENT, "prescriber": GP, "lines": [line]})

    return checked


def said(answer, check):
    return [(f["level"], f["headline"]) for f in answer["findings"] if f["check"] == check]


@pytest.mark.parametrize(
    "text",
    [
        "Skenan LP 30 mg", "skénan30mg", "DUROGESIC 25", "OxyContin LP", "Subutex 2 mg", "ritaline", "Lyrica 75", "ixprim",
        "Codoliprane", "Rivotril gouttes", "TRAMADOL EG 50 mg", "Dafalgan codéine", "Dépakine 500", "Leponex",
    ],
)  # fmt: skip
def test_a_restricted_speciality_is_chosen_in_the_list(check, text):
    answer = check(text)
    ((level, headline),) = said(answer, "FREE_TEXT")
    assert level == "HARD"
    assert "à choisir dans la base" in headline
    assert answer["blocking"]


@pytest.mark.parametrize(
    "text",
    [
        "Vaseline salicylée à 10 %", "Apomorphine", "Dafalgan", "Ventoline", "cold cream", "fer", "gel", "chlorure de sodium",
        "solution de Lugol", "minoxidil 5 %", "spironolactone 1 mg/mL, suspension", "acétate d’éthyle", "bain de bouche",
        "crème à l’eau et glycérine", "arrow", "préparation magistrale",
    ],
)  # fmt: skip
def test_a_preparation_is_left_alone(check, text):
    answer = check(text, duration_days=300)
    assert not answer["blocking"]
    assert said(answer, "SECURED") == said(answer, "FREE_TEXT") == []


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("Morphine sirop 10 mg", 28),
        ("gélules de codéine 20 mg", 84),
        ("zolpidem 5 mg", 28),
        ("prégabaline 10 mg", 180),
        ("Alprazolam 0,1 mg", 84),
    ],
)
def test_a_preparation_of_a_restricted_substance_stays_possible_within_its_law(check, text, most):
    assert said(check(text, duration_days=most), "MAX_DURATION") == []
    ((level, headline),) = said(check(text, duration_days=most + 1), "MAX_DURATION")
    assert level == "HARD"
    assert f"{most} jours au plus" in headline
    assert not check(text, duration_days=most)["blocking"]


def test_a_narcotic_in_free_text_is_secured_and_its_days_are_those_of_its_route(check):
    assert said(check("Morphine sirop 10 mg"), "SECURED")[0][1].endswith("en toutes lettres")
    injected = check("Morphine 10 mg/mL", posology={"matin": 1, "route": "sous-cutanée"})
    assert "7 jours au plus" in said(injected, "MAX_DURATION")[0][1]


def test_it_overlaps_what_the_same_prescriber_already_signed(door):
    running = {"dci": "MORPHINE", "dosage": "30 mg", "origin": "current", "duration_days": 28}
    lines = [{"text": "Morphine sirop", "duration_days": 7}, running]
    answer = door({"today": "2026-11-24", "resident": RESIDENT, "prescriber": GP, "lines": lines})
    assert [level for level, _ in said(answer, "OVERLAP")] == ["REASON"]


def test_no_other_check_is_said_done(check):
    answer = check("Morphine sirop 10 mg")
    assert "OK" not in answer["checks"].values()
    assert "La loi des substances reconnues" in next(
        f["text"] for f in answer["findings"] if f["check"] == "UNKNOWN_LINE"
    )


def test_many_texts_cost_one_query(db, django_assert_num_queries):
    load_drug_base()
    vocabulary_in_service()  # read once per process and release
    with django_assert_num_queries(1):
        recognised(["Skenan", "morphine", "vaseline", "Lyrica"])
    with django_assert_num_queries(0):
        recognised([])


def test_the_strictest_of_several_rules():
    loose = DispensingRules(list_code="I", max_days=28, max_days_alternative=28)
    strict = DispensingRules(list_code="II", narcotic=True, max_days=7, fraction_days=7)
    both = strictest([loose, strict])
    assert (both.list_code, both.narcotic, both.max_days, both.max_days_alternative) == ("I", True, 7, None)
    assert both.fraction_days == 7
    by_route = strictest([loose, strict], [loose])
    assert (by_route.narcotic, by_route.max_days) == (True, 28)
    assert strictest([]) == DispensingRules()
