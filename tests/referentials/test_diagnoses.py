"""Diagnoses of the CIM-10, found as people say them."""

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prescriptions.referentials.diagnoses import UnknownDiagnosis, diagnosis_facts, search_diagnoses
from prescriptions.referentials.lists.contents import Cim10Contents
from prescriptions.referentials.lists.load import archive_sha256, from_archive, put_in_service
from prescriptions.referentials.models import Diagnosis, ListRelease
from prescriptions.referentials.replacing import digest, read_archive
from prescriptions.referentials.tables.diagnosis_words import USUAL_DIAGNOSES


@lru_cache(maxsize=1)
def bundled():
    return from_archive(Cim10Contents)


def _load():
    try:
        put_in_service(bundled())
    finally:
        connection.close()


@pytest.fixture
def diagnoses(db):
    """The shipped list, whole."""
    if not Diagnosis.objects.exists():
        with ThreadPoolExecutor(max_workers=1) as pool:
            pool.submit(_load).result()


def test_the_whole_list_is_there(diagnoses):
    assert Diagnosis.objects.count() == 19_270
    assert str(ListRelease.objects.get(which="cim", current=True)).endswith("du 01/01/2016")


def test_the_shipped_copy_is_small_and_is_what_its_manifest_says():
    assert Cim10Contents.archive.stat().st_size < 400_000
    assert digest(read_archive(Cim10Contents.archive)) == archive_sha256(Cim10Contents)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("hta", "I10"),
        ("hypertention", "I10"),
        ("alzheimer", "G309"),
        ("alzeimer", "G309"),
        ("fibrillation auriculaire", "I489"),
        ("fa", "I489"),
        ("diabète type 2", "E119"),
        ("diabete", "E119"),
        ("bpco", "J449"),
        ("avc", "I64"),
        ("ait", "G459"),
        ("insuffisance cardiaque", "I500"),
        ("insuffisance rénale chronique", "N189"),
        ("escarre", "L899"),
        ("dénutrition", "E440"),
        ("parkinson", "G20"),
        ("infection urinaire", "N390"),
        ("chutes", "R296"),
        ("ostéoporose", "M819"),
        ("hypothyroidie", "E039"),
        ("dmla", "H353"),
        ("démence", "F03"),
        ("démence vasculaire", "F011"),
        ("fracture col fémur", "S720"),
        ("embolie pulmonaire", "I269"),
        ("rgo", "K219"),
        ("constipation", "K590"),
        ("zona", "B029"),
        ("lombalgie", "M545"),
        ("angor", "I209"),
        ("déshydratation", "E86"),
        ("soins palliatifs", "Z515"),
        ("I10", "I10"),
        ("e11.9", "E119"),
    ],
)
def test_a_diagnosis_is_found_as_one_says_it(diagnoses, typed, code):
    assert search_diagnoses(typed)[0].code == code


def test_a_cancer_is_a_malignant_tumour(diagnoses):
    assert search_diagnoses("cancer sein")[0].code.startswith("C50")


def test_the_usual_codes_exist(diagnoses):
    assert Diagnosis.objects.filter(pk__in=USUAL_DIAGNOSES).count() == len(set(USUAL_DIAGNOSES))


def test_a_code_has_its_facts_with_or_without_its_dot(diagnoses):
    assert diagnosis_facts("E11.9") == diagnosis_facts("e119")
    assert diagnosis_facts("E119").dotted == "E11.9"
    assert diagnosis_facts("I10").dotted == "I10"


@pytest.mark.parametrize("code", ["", "Z999999", "XXXXXX", "10", "I10 ; DROP", "é"])
def test_an_unknown_code_is_said_unknown(diagnoses, code):
    with pytest.raises(UnknownDiagnosis):
        diagnosis_facts(code)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=50) | st.from_regex(r"[A-Z][0-9]{1,4}\.?[0-9+*]{0,3}", fullmatch=True))
def test_no_text_breaks_the_search(diagnoses, typed):
    assert len(search_diagnoses(typed, 5)) <= 5
