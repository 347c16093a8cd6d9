"""Finding a medicine as one types it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prescriptions.referentials.models import Shortage, Speciality
from prescriptions.referentials.query import nearest, official_code, terms, typing_errors
from prescriptions.referentials.search import search_specialities
from prescriptions.referentials.words import base_quantity, fold, plain_number
from tests.referentials.queries import QUERIES as BEDSIDE

QUERIES = [
    line.split("\t")
    for line in (Path(__file__).parent / "queries.tsv").read_text().splitlines()
    if not line.startswith("#")
]


def answers(criteria, hit):
    fields = {
        "dci": hit.dci_label,
        "label": hit.label,
        "dosage": hit.dosage,
        "form": f"{hit.form} {hit.label}",
    }
    return all(fold(value) in fold(fields[name]) for name, value in (c.split("=") for c in criteria))


def test_the_first_result_is_right_for_real_life_queries(drug_base):
    wrong = []
    for query, *criteria in QUERIES:
        hits = search_specialities(query)
        if not hits or not answers(criteria, hits[0]):
            wrong.append(query)
    assert len(QUERIES) >= 60
    assert len(wrong) / len(QUERIES) <= 0.05, wrong


def test_what_is_typed_at_the_bedside_comes_first(drug_base):
    wrong = [query.typed for query in BEDSIDE if not _first_is(query)]
    assert len(BEDSIDE) >= 100
    assert len(wrong) / len(BEDSIDE) <= 0.05, wrong


def _first_is(query):
    hits = search_specialities(query.typed, limit=1)
    criteria = [f"{name}={value}" for name, value in query._asdict().items() if name != "typed" and value]
    return bool(hits) and answers(criteria, hits[0])


def test_a_number_of_the_name_is_no_strength(drug_base):
    found = dict(Speciality.objects.values_list("label", "dosage"))
    assert found["OROCAL VITAMINE D3 500 mg/200 UI, comprimé à sucer"] == "500 mg/200 UI"
    assert found["HUMALOG MIX25 100 UI/ml, suspension injectable en cartouche"] == "100 UI/ml"
    assert found["UMULINE PROFIL 30 100 UI/mL, suspension injectable en cartouche"] == "100 UI/mL"
    assert found["MAG 2 100 mg, comprimé"] == "100 mg"
    assert found["DONEPEZIL CRISTERS10 mg, comprimé pelliculé"] == "10 mg"
    assert found["TECENTRIQ 1 875 mg, solution injectable"] == "1 875 mg"


@pytest.mark.parametrize("query", ["paracetamol", "dolipranne 500", "3400949497294", "collyre timolol"])
def test_a_search_takes_two_queries_at_most(drug_base, django_assert_max_num_queries, query):
    with django_assert_max_num_queries(2):
        assert search_specialities(query)


@pytest.mark.parametrize("query", ["doli 1g", "DOLIPRANE 1 G", "doliprane 1000mg", "doliprane 1000"])
def test_one_gram_and_a_thousand_milligrams_are_the_same(drug_base, query):
    assert search_specialities(query)[0].dosage == "1000 mg"


@pytest.mark.parametrize("query", ["levotirox 50", "levothirox 50", "levohtyrox 50", "levothyroxx 50"])
def test_a_typing_error_still_finds(drug_base, query):
    assert search_specialities(query)[0].label.startswith("LEVOTHYROX 50")


def test_accents_and_case_do_not_matter(drug_base):
    assert search_specialities("PARACÉTAMOL 500") == search_specialities("paracetamol 500")


def test_the_substance_comes_before_the_brands_and_weaker_before_stronger(drug_base):
    hits = search_specialities("amlodipine", limit=400)
    by_substance = set(Speciality.objects.filter(named_by_dci=True).values_list("cis", flat=True))
    named = [hit.cis in by_substance for hit in hits]
    assert named == sorted(named, reverse=True)
    singles = [hit for hit in hits if hit.dci_label == "AMLODIPINE" and hit.label.startswith("AMLODIPINE")]
    assert [hit.dosage for hit in singles] == sorted(
        (hit.dosage for hit in singles), key=lambda dosage: int(dosage.split()[0])
    )


def test_what_is_reserved_for_hospitals_comes_after_the_rest(drug_base):
    hits = [hit for hit in search_specialities("paracetamol", limit=500) if hit.dci_label == "PARACÉTAMOL"]
    hits = [hit for hit in hits if hit.label.startswith("PARACETAMOL")]
    reserved = [any(chip.tone == "blocking" for chip in hit.chips) for hit in hits]
    assert reserved == sorted(reserved)
    assert True in reserved


def test_a_word_typed_whole_comes_before_its_continuations(drug_base):
    assert search_specialities("amlodipine 5")[0].dosage == "5 mg"
    assert search_specialities("bisoprolol 1")[0].dci_label == "BISOPROLOL"


def test_only_marketed_specialities_answer_unless_asked(drug_base):
    assert search_specialities("motilium") == []
    [*hits] = search_specialities("motilium", marketed_only=False)
    assert hits
    assert all("Non commercialisé" in [chip.text_fr for chip in hit.chips] for hit in hits)


def test_homeopathy_answers_only_when_asked(drug_base):
    assert search_specialities("aconitum napellus boiron") == []
    assert search_specialities("aconitum napellus boiron", homeopathy=True)


@pytest.mark.parametrize(
    "code", ["60002283", "4949729", "3400949497294", "34009 4949 7294", "0103400949497294172812311012AB"]
)
def test_a_code_finds_its_speciality(drug_base, code):
    assert [hit.cis for hit in search_specialities(code)] == ["60002283"]


def test_a_shortage_is_told_with_the_result(drug_base):
    notice = Shortage.objects.filter(kind=Shortage.Kind.OUT_OF_STOCK)[0]
    [hit] = search_specialities(notice.speciality_id)
    assert hit.shortage == "Rupture de stock"
    assert "OUT_OF_STOCK" in [chip.code for chip in hit.chips]


@pytest.mark.parametrize("query", ["", "   ", "'", "de la", "mg", "zzqqxx 12", "''':*&|!"])
def test_what_asks_nothing_finds_nothing(drug_base, query):
    assert search_specialities(query) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.from_regex(r"[a-z0-9 ,./'%µàé-]{1,40}", fullmatch=True))
def test_no_text_breaks_the_search(drug_base, query):
    assert len(search_specialities(query, limit=5)) <= 5


def test_a_half_typed_unit_does_not_empty_the_list(drug_base):
    for typed in ("paracetamol 500 m", "paracetamol 500 mg", "paracetamol 500 g", "paracetamol 500 gé"):
        assert search_specialities(typed), typed


def test_every_speciality_answers_to_the_words_of_its_own_name(drug_base):
    """Every fiftieth speciality, whole base: its brand and strength find it."""
    rows = Speciality.objects.order_by("sort_rank").values_list("cis", "label")[::50]
    for cis, label in rows:
        name = label.split(",")[0]
        hits = search_specialities(name, marketed_only=False, homeopathy=True, limit=200)
        assert cis in [hit.cis for hit in hits], name


@given(st.integers(1, 10**6))
def test_a_number_keeps_its_value_whatever_its_zeros(number):
    assert plain_number(f"{number},00") == plain_number(f"0{number}") == str(number)
    assert base_quantity(str(number), "g") == base_quantity(str(number * 1000), "mg")


@given(st.text("abcde", max_size=8), st.text("abcde", max_size=8))
def test_typing_errors_are_a_distance(a, b):
    assert typing_errors(a, b) == typing_errors(b, a)
    assert (typing_errors(a, b) == 0) == (a == b)
    assert typing_errors(a, b) <= max(len(a), len(b))


def test_the_nearest_words_are_few_and_near():
    assert nearest("kardejic", ["kardegic", "karvezide"]) == ["kardegic"]
    assert nearest("xyz", ["xyza"]) == []
    assert nearest("amoxyc", ["amoxicilline", "amodex"]) == ["amoxicilline"]


def test_a_code_is_told_from_words():
    assert official_code("03400949497294") == "3400949497294"
    assert official_code("60002283") == "60002283"
    assert official_code("doliprane 1000") == ""
    assert official_code("1000") == ""
    assert [term.word for term in terms("doliprane de 500 mg")] == ["doliprane", ""]
