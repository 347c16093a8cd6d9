"""Importing the whole base: golden counts, all or nothing, refused when it shrinks."""

import copy
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from prescriptions.referentials.bdpm.load import is_loaded, put_in_service
from prescriptions.referentials.bdpm.rows import FILES
from prescriptions.referentials.bdpm.sources import BUNDLE, OPTIONAL, bundle_sha256, read_bundle, read_folder
from prescriptions.referentials.models import (
    Composition,
    DrugBaseRelease,
    GenericGroup,
    GenericMember,
    HybridGroup,
    PrescriptionCondition,
    Presentation,
    Shortage,
    Speciality,
    TransparencyPage,
)
from prescriptions.referentials.models.release import READING
from prescriptions.referentials.replacing import ImportRefused, MalformedFile, OlderRefused
from tests.drug_base import bundled_contents


def test_the_whole_base_is_there(drug_base):
    specialities = Speciality.objects.all()
    assert specialities.count() == 15_848
    assert specialities.filter(marketed=True).count() == 13_592
    assert specialities.filter(is_homeopathy=True).count() == 1_319
    assert specialities.filter(is_parallel_import=True).count() == 252
    assert specialities.filter(under_surveillance=True).count() == 482
    assert Presentation.objects.count() == 20_903
    assert Presentation.objects.filter(marketed=True).count() == 17_239
    # 466 prices are written « 1,466,29 »; one more passes a thousand with the dispensing fee.
    assert Presentation.objects.filter(price__gte=1000).count() == 467
    assert Composition.objects.count() == 32_389
    assert PrescriptionCondition.objects.count() == 28_151
    assert GenericGroup.objects.count() == 1_659
    assert GenericMember.objects.count() == 10_704
    assert Shortage.objects.count() == 766
    assert Shortage.objects.filter(cip13=None).count() == 731
    assert TransparencyPage.objects.count() == 10_342
    assert HybridGroup.objects.count() == 50


def test_most_boxes_tell_their_content(drug_base):
    tablets = Presentation.objects.filter(speciality__intake_unit__in=["comprimé", "gélule"], marketed=True)
    readable = tablets.exclude(units_per_box=None).count()
    assert readable / tablets.count() > 0.98


def test_the_release_is_recorded(drug_base):
    release = DrugBaseRelease.objects.get(current=True)
    assert release.sha256 == bundle_sha256()
    assert release.row_counts["specialities"] == 15_848
    assert str(release) == "Base de données publique des médicaments du 19/05/2026"


def test_the_shipped_copy_is_small_and_is_what_its_manifest_says():
    assert BUNDLE.stat().st_size < 3_000_000
    source = read_bundle()
    assert set(source.files) == {*FILES, *OPTIONAL}
    assert source.sha256 == bundle_sha256()


def test_a_folder_of_the_same_files_is_the_same_release(tmp_path):
    for name, raw in read_bundle().files.items():
        (tmp_path / name).write_bytes(raw)
    assert read_folder(tmp_path).sha256 == bundle_sha256()


def test_importing_again_changes_nothing(drug_base):
    put_in_service(bundled_contents())
    assert DrugBaseRelease.objects.count() == 1
    assert Speciality.objects.count() == 15_848


def test_a_base_that_lost_a_tenth_of_a_table_is_refused(drug_base):
    contents = copy.copy(bundled_contents())
    contents.presentations = contents.presentations[:18_000]
    with pytest.raises(ImportRefused, match="présentations : 20903 → 18000"):
        put_in_service(contents)
    assert Presentation.objects.count() == 20_903


def test_an_older_base_is_refused_unless_forced(drug_base):
    older = date(2026, 5, 18)
    with pytest.raises(OlderRefused, match="elle est du 19/05/2026, plus récente que celle du 18/05/2026"):
        put_in_service(bundled_contents(), published_on=older)
    assert put_in_service(bundled_contents(), published_on=older, force=True).published_on == older


def test_a_restart_leaves_a_newer_base_in_service(drug_base):
    """The shipped copy is asked for at every start, « if needed »: a newer base loaded since is not put back."""
    DrugBaseRelease.objects.filter(current=True).update(published_on="2026-11-01", sha256="b" * 64)
    with pytest.raises(CommandError, match="plus récente"):
        call_command("import_bdpm", bundled=True)
    out = io.StringIO()
    call_command("import_bdpm", bundled=True, if_needed=True, stdout=out)
    assert out.getvalue().endswith("Base des médicaments déjà en service.\n")
    assert DrugBaseRelease.objects.get(current=True).sha256 == "b" * 64


def test_what_a_table_refuses_is_told_in_french(drug_base):
    contents = copy.copy(bundled_contents())
    row = contents.presentations[0]
    contents.presentations = [row._replace(cip7="1" * 30), *contents.presentations]
    with pytest.raises(MalformedFile, match=r"La table « présentations » refuse une ligne.*line 1"):
        put_in_service(contents)


def test_a_smaller_base_is_accepted_when_forced(drug_base):
    contents = copy.copy(bundled_contents())
    contents.presentations = contents.presentations[:18_000]
    put_in_service(contents, force=True)
    assert Presentation.objects.count() == 18_000


def test_an_empty_table_is_refused_even_the_first_time(db):
    contents = copy.copy(bundled_contents())
    contents.shortages = []
    with pytest.raises(ImportRefused, match="informations de disponibilité"):
        put_in_service(contents)


def test_readers_keep_the_old_base_until_the_new_one_is_whole(drug_base):
    seen = []

    def look_then_stop(line):
        if line.startswith("Chargement : mots"):
            with psycopg.connect(**connection.get_connection_params(), autocommit=True) as reader:
                seen.append(reader.execute("SELECT count(*) FROM referentials_speciality").fetchone())
            raise KeyboardInterrupt

    def load():
        try:
            put_in_service(bundled_contents(), say=look_then_stop)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, pytest.raises(KeyboardInterrupt):
        pool.submit(load).result()
    assert seen == [(15_848,)]
    assert Speciality.objects.count() == 15_848


def test_the_command_does_nothing_when_the_copy_is_in_service(drug_base, django_assert_max_num_queries):
    out = io.StringIO()
    with django_assert_max_num_queries(2):
        call_command("import_bdpm", bundled=True, if_needed=True, stdout=out)
    assert out.getvalue() == "Base des médicaments déjà en service.\n"


def test_a_base_read_by_another_version_is_loaded_again(drug_base):
    DrugBaseRelease.objects.update(reading=READING - 1)
    assert not is_loaded(bundle_sha256())
    put_in_service(bundled_contents())
    assert is_loaded(bundle_sha256())
    assert DrugBaseRelease.objects.get().reading == READING


def test_what_is_read_changes_only_with_the_number_of_the_reading():
    """When this fails, raise READING: the bases already loaded must be read again."""
    read = hashlib.sha256()
    for found in bundled_contents().specialities:
        read.update(
            repr((found.row.cis, found.dci_label, found.dosage, found.intake_unit, found.atc)).encode()
        )
        read.update(found.search.encode())
    assert (READING, read.hexdigest()) == (
        2,
        "069428892047078d7c39a7f563af9c85d855dd93ff89b3dd5fa340e7a88e7523",
    )


def test_the_command_says_what_is_missing(db, tmp_path):
    with pytest.raises(CommandError, match="Fichiers absents"):
        call_command("import_bdpm", str(tmp_path))
    with pytest.raises(CommandError, match="pas les deux"):
        call_command("import_bdpm", str(tmp_path), bundled=True)
