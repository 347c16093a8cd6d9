"""Acts of biology, on the real table of 2019, and the usual panels."""

import copy
from dataclasses import replace
from decimal import Decimal

import pytest

from prescriptions.referentials.biology import PANELS, UnknownAct, act_facts, search_acts, search_panels
from prescriptions.referentials.lists.contents import NabmContents
from prescriptions.referentials.lists.load import archive_sha256, put_in_service
from prescriptions.referentials.lists.readable import readable
from prescriptions.referentials.models import ListRelease, NabmAct
from prescriptions.referentials.replacing import ImportRefused, digest, read_archive
from tests.official_lists import bundled


def test_the_whole_list_is_there(official_lists):
    assert NabmAct.objects.count() == 1_076
    assert NabmAct.objects.filter(ends_on=None).count() == 964
    assert NabmAct.objects.filter(ends_on=None, is_act=True).count() == 941
    assert all(len(code) == 4 for code in NabmAct.objects.values_list("code", flat=True))
    release = ListRelease.objects.get(which="nabm", current=True)
    assert str(release) == "Nomenclature des actes de biologie médicale (NABM) du 01/02/2019"


def test_the_shipped_copy_is_what_its_manifest_says():
    assert digest(read_archive(NabmContents.archive)) == archive_sha256(NabmContents)


def test_an_act_by_its_code_with_or_without_zeros(official_lists):
    facts = act_facts("0552")
    assert (facts.label, facts.coefficient, facts.active) == ("GLUCOSE", Decimal("5.00"), True)
    assert act_facts("552") == facts
    assert search_acts("552")[0] == search_acts("0552")[0] == replace(facts, release="")


def test_an_act_out_of_force_answers_by_its_code_only(official_lists):
    assert not act_facts("0548").active
    assert [hit.code for hit in search_acts("0548")] == ["0548"]
    assert "0548" not in {hit.code for hit in search_acts("fer serique", 100)}


def test_supplements_of_the_laboratory_are_never_proposed(official_lists):
    assert not {hit.code for hit in search_acts("supplement urgence", 100)} & {"9001", "9004"}
    assert search_acts("biologie erroné") == []


def test_an_unknown_code_is_said_unknown(official_lists):
    for code in ("9998", "abc", "", "12345"):
        with pytest.raises(UnknownAct):
            act_facts(code)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("inr", "0127"),
        ("TSH", "1208"),
        ("hba1c", "1577"),
        ("hémoglobine glyquée", "1577"),
        ("iono", "1609"),
        ("kaliémie", "1609"),
        ("NFS", "1104"),
        ("hemograme", "1104"),
        ("CRP", "1804"),
        ("créatinine", "0593"),
        ("ECBU", "5201"),
        ("vitamine d", "1139"),
        ("vit D", "1139"),
        ("vitamine B12", "1374"),
        ("ferritine", "1213"),
        ("transaminases", "0522"),
        ("ASAT", "0522"),
        ("gamma gt", "0519"),
        ("BNP", "1821"),
        ("albumine", "1806"),
        ("glycémie", "0552"),
        ("calcémie", "0578"),
        ("digoxine", "0327"),
        ("lithium", "0557"),
        ("coproculture", "5207"),
        ("cholestérol", "0996"),
        ("psa", "7318"),
    ],
)
def test_the_act_one_means_comes_first(official_lists, typed, expected):
    assert search_acts(typed)[0].code == expected


@pytest.mark.parametrize("typed", ["", "  ", "zzzzzzz", "'", "' | '", "\\"])
def test_nothing_found_is_an_empty_answer(official_lists, typed):
    assert search_acts(typed) == []


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("PROTEINE C REACTIVE (CRP)", "Proteine C reactive (CRP)"),
        ("HBA1C : DOSAGE", "HBA1C : dosage"),
        ("CALCIUM.", "Calcium"),
        ("GENOME (ARN) VIH - 1 : CHARGE VIRALE", "Genome (ARN) VIH - 1 : charge virale"),
        ("FERRITINE COTATION NON CUMULABLE AVEC CELLE DE L'ACTE   1822", "Ferritine"),
        ("VITAMINE A : DOSAGE", "Vitamine A : dosage"),
    ],
)
def test_a_label_is_put_in_sentence_case(label, expected):
    assert readable(label, cut_at=99) == expected


def test_readable_keeps_the_words_of_the_label(official_lists):
    def letters(text):
        return [c for c in text.upper() if c.isalnum()]

    for act in NabmAct.objects.all():
        assert letters(act.label)[: len(letters(act.readable))] == letters(act.readable), act.code
        assert len(act.readable) >= 2, act.code


# --- Panels -------------------------------------------------------------------------------------
def test_every_code_of_every_panel_is_an_act_in_force(official_lists):
    for panel in PANELS:
        assert panel.codes, panel.slug
        for code in panel.codes:
            assert NabmAct.objects.filter(pk=code, ends_on=None, is_act=True).exists(), (panel.slug, code)


def test_panels_have_distinct_names():
    assert len({panel.slug for panel in PANELS}) == len({panel.name for panel in PANELS}) == len(PANELS)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("inr", "inr"),
        ("AVK", "inr"),
        ("iono", "iono-creat"),
        ("rénal", "iono-creat"),
        ("nfs", "nfs"),
        ("tsh", "tsh"),
        ("hba1c", "hba1c"),
        ("albumine", "nutrition"),
        ("dénutrition", "nutrition"),
        ("crp", "crp"),
        ("bilan hep", "hepatique"),
        ("vitamine D", "calcium-vitamine-d"),
        ("b12", "carences"),
        ("ferritine", "carences"),
        ("ecbu", "ecbu"),
        ("bilan d'entrée", "entree"),
        ("fer", "carences"),
    ],
)
def test_a_panel_is_found_by_its_name_or_a_synonym(typed, slug):
    assert search_panels(typed)[0].slug == slug


def test_without_words_the_favourites_are_proposed():
    assert [panel.slug for panel in search_panels("")] == [panel.slug for panel in PANELS[:6]]


def test_a_panel_needs_every_word():
    assert search_panels("inr lunaire") == []
    assert search_panels("0127") == []


# --- Importing ----------------------------------------------------------------------------------
def test_a_list_that_lost_a_tenth_is_refused(official_lists):
    contents = copy.copy(bundled(NabmContents))
    contents.items = contents.items[:900]
    with pytest.raises(ImportRefused, match="codes : 1076 → 900"):
        put_in_service(contents)
    assert NabmAct.objects.count() == 1_076


def test_one_list_replaced_leaves_the_other(official_lists):
    put_in_service(bundled(NabmContents))
    assert set(ListRelease.objects.filter(current=True).values_list("which", flat=True)) >= {"lpp", "nabm"}
