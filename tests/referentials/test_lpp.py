"""Devices of the LPP, on the real table of 2020."""

import copy
import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from prescriptions.referentials.devices import UnknownDevice, device_facts, search_devices
from prescriptions.referentials.lists.contents import LppContents
from prescriptions.referentials.lists.load import archive_sha256, put_in_service
from prescriptions.referentials.lists.readable import readable
from prescriptions.referentials.lists.rows import LPP_LABELS, devices
from prescriptions.referentials.models import ListRelease, LppItem
from prescriptions.referentials.replacing import ImportRefused, MalformedFile, digest, read_archive
from tests.official_lists import bundled


def test_the_whole_list_is_there(official_lists):
    assert LppItem.objects.count() == 19_717
    assert LppItem.objects.filter(ends_on=None).count() == 16_408
    assert LppItem.objects.filter(kind=LppItem.Kind.RENTAL).count() == 67
    assert LppItem.objects.filter(tariff=None).count() == 19_717 - 4_923 + 8  # eight tariffs of zero
    release = ListRelease.objects.get(which="lpp", current=True)
    assert (release.rows, release.sha256) == (19_717, archive_sha256(LppContents))
    assert str(release) == "Liste des produits et prestations (LPP) du 01/05/2020"


def test_the_shipped_copy_is_small_and_is_what_its_manifest_says():
    assert LppContents.archive.stat().st_size < 300_000
    assert digest(read_archive(LppContents.archive)) == archive_sha256(LppContents)


def test_a_walker_bought(official_lists):
    facts = device_facts("1285619")
    assert (facts.label, facts.readable) == ("DEAMBULATEUR, ACHAT", "Deambulateur, achat")
    assert (facts.is_rental, facts.ended) == (False, False)
    assert facts.annex
    assert facts.annex.wording == "déambulateur"


def test_a_tariff_is_in_euros_with_its_date(official_lists):
    facts = device_facts("1255682")
    assert (facts.tariff, facts.tariff_since, facts.is_rental) == (Decimal("10.12"), date(2003, 9, 8), True)


def test_a_code_out_of_force_answers_by_its_code_only(official_lists):
    facts = device_facts("1100070")
    assert facts.ended
    assert [hit.code for hit in search_devices("1100070")] == ["1100070"]
    assert "1100070" not in {hit.code for hit in search_devices("perfusion diffuseur baxter", 500)}


def test_an_unknown_code_is_said_unknown(official_lists):
    for code in ("0000000", "", "12", "abcdefg"):
        with pytest.raises(UnknownDevice):
            device_facts(code)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("deambulateur", "1285619"),
        ("Déambulateur achat", "1285619"),
        ("deambulatuer", "1285619"),
        ("déambu", "1285619"),
        ("rollator", "1285619"),
        ("6210135", "6210135"),
        ("fauteuil roulant", "1298680"),
        ("fauteul roulant", "1298680"),
        ("chaise percée", "1243302"),
        ("canne anglaise", "1296787"),
        ("lit médicalisé location", "1241763"),
        ("sonde naso gastrique", "1130578"),
        ("bandelettes glycémie", "1186722"),
        ("matelas simple", "1211383"),
        ("concentrateur oxygène", "1148130"),
        ("étui pénien", "1163017"),
        ("prothèse auditive", "2351057"),
        ("souleve malade", "1231782"),
        ("soulève-malade", "1231782"),
    ],
)
def test_a_device_is_found_as_one_types_it(official_lists, typed, expected):
    assert expected in [hit.code for hit in search_devices(typed)]


def test_a_complement_is_found_by_what_people_call_it(official_lists):
    found = search_devices("CNO")
    assert len(found) == 20
    assert {hit.annex and hit.annex.id for hit in found} == {"nutriment"}


def test_what_is_current_comes_before_implants(official_lists):
    assert not any(hit.code.startswith("3") for hit in search_devices("pansement"))
    assert search_devices("coussin")[0].code.startswith("12")


@pytest.mark.parametrize("typed", ["", "   ", "zzzzzzzz", "'", "\\", "' | '", "%", "§§§", "de la"])
def test_nothing_found_is_an_empty_answer(official_lists, typed):
    assert search_devices(typed) == []


def test_the_limit_is_kept(official_lists):
    assert len(search_devices("pansement", 5)) == 5


# --- Readable labels ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("DEAMBULATEUR, ACHAT,RUPIANI", "Deambulateur, achat, RUPIANI"),
        (
            "PPC, APNEE SOMMEIL, PATIENT TELEOBSERVE, FORFAIT HEBDO 9.2.",
            "PPC, apnee sommeil, patient teleobserve, forfait hebdo 9.2.",
        ),
        (
            "COMP. NON TISSEES STERI, > OU = 100CM2, BTE DE 2",
            "Comp. non tissees steri, > ou = 100cm2, bte de 2",
        ),
        (
            "AUTOMESURE DE L'INR, LECTEUR COAGUCHEK XS, ROCHE",
            "Automesure de l'INR, lecteur coaguchek XS, roche",
        ),
        (
            "BANDE DE CONTENTION ELASTIQUE EN 1 SENS : V19 EN 7 OU 8 CM DE LARGE",
            "Bande de contention elastique en 1 sens : V19 en 7 ou 8 cm de large",
        ),
        (
            "CHAUSSURES ORTHOPEDIQUES SUR MESURE, DE CLASSE A, LA PAIRE",
            "Chaussures orthopediques sur mesure, de classe A, la paire",
        ),
        ("PANSEMENT, CREPE, 4 M \ufffd 5 CM.", "Pansement, crepe, 4 m 5 cm"),
    ],
)
def test_a_label_is_put_in_sentence_case(label, expected):
    assert readable(label, maker=True) == expected


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789,.()'/+-<>=", max_size=80))
def test_no_word_is_ever_changed(label):
    def letters(text):
        return [c for c in text.upper() if c.isalnum()]

    assert letters(readable(label, maker=True)) == letters(label)


# --- Importing ----------------------------------------------------------------------------------
def test_importing_again_changes_nothing(official_lists):
    put_in_service(bundled(LppContents))
    assert ListRelease.objects.filter(which="lpp").count() == 1
    assert LppItem.objects.count() == 19_717


def test_a_list_that_lost_a_tenth_is_refused_unless_forced(official_lists):
    contents = copy.copy(bundled(LppContents))
    contents.items = contents.items[:17_000]
    with pytest.raises(ImportRefused, match="codes : 19717 → 17000"):
        put_in_service(contents)
    assert LppItem.objects.count() == 19_717
    put_in_service(contents, force=True)
    assert LppItem.objects.count() == 17_000


def test_a_file_without_its_columns_is_refused():
    with pytest.raises(MalformedFile, match=r"NT_LPP\.csv : colonnes absentes"):
        list(devices(b"A;B\n1;2\n"))


def test_a_line_cut_short_is_refused():
    head = read_archive(LppContents.archive)[LPP_LABELS].split(b"\n")[0]
    with pytest.raises(MalformedFile, match=r"NT_LPP\.csv, ligne 2"):
        list(devices(head + b"\n1100028;SOLUTION\n"))


def test_the_command_does_nothing_when_the_copy_is_in_service(official_lists):
    out = io.StringIO()
    call_command("import_lpp", bundled=True, if_needed=True, stdout=out)
    assert out.getvalue() == "Liste déjà en service.\n"


def test_the_command_reads_a_folder_and_says_what_is_missing(official_lists, tmp_path):
    with pytest.raises(CommandError, match="Fichiers absents"):
        call_command("import_lpp", str(tmp_path))
    for name, raw in read_archive(LppContents.archive).items():
        (tmp_path / name).write_bytes(raw)
    out = io.StringIO()
    call_command("import_lpp", str(tmp_path), if_needed=True, stdout=out)
    assert "déjà en service" in out.getvalue()
