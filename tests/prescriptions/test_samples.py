"""Samples for validators outside: whole, of every kind, saying the same thing in every file, the same for one seed."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from amo_gateway import schemas
from amo_gateway.signing.verify import verify
from prescriptions.kinds.codes import Kind
from prescriptions.models import PrescriptionLine
from prescriptions.samples import pools
from prescriptions.samples.draw import DECK, Sample, draw
from residents.identifiers import is_finess, is_rpps, validate_ins
from tests.drug_base import load_drug_base
from tests.official_lists import load_official_lists
from tests.prescriptions.cda import rules

pytestmark = pytest.mark.django_db
COUNT, SEED = 24, 2026


def _write(folder: Path, *, count: int = COUNT, seed: int | None = SEED) -> str:
    told = StringIO()
    chosen = {} if seed is None else {"seed": seed}
    call_command("sample_documents", folder, count=count, every_case=True, stderr=told, **chosen)
    return told.getvalue()


@pytest.fixture(scope="module")
def tables(django_db_setup, django_db_blocker):
    """The tables in service, read outside any transaction."""
    with django_db_blocker.unblock():
        load_drug_base()
        load_official_lists()
        yield pools.load()


@pytest.fixture(scope="module")
def folder(tables, tmp_path_factory) -> Path:
    """Twenty-four samples of one seed."""
    place = tmp_path_factory.mktemp("samples") / "made"
    _write(place)
    return place


@pytest.fixture(scope="module")
def samples(folder) -> list[tuple[Path, dict]]:
    """Each sample's folder, and what was seen."""
    return [(path.parent, json.loads(path.read_text())) for path in sorted(folder.glob("*/seen.json"))]


def _squashed(text: str) -> str:
    """Letters only: a line broken by the page is still the same words."""
    return re.sub(r"\s+", "", text)


def _pdf_text(folder: Path) -> str:
    with PdfReader(folder / "ordonnance.pdf") as reader:
        return _squashed(" ".join(page.extract_text() for page in reader.pages))


def test_every_kind_is_there_with_and_without_a_number(folder, samples):
    assert len(samples) == COUNT
    assert {seen["kind"] for _, seen in samples} == set(Kind.values) == set(DECK)
    assert {seen["identifier"] is None for _, seen in samples} == {True, False}
    rows = list(csv.DictReader((folder / "index.csv").read_text().splitlines(), delimiter=";"))
    assert [row["numero"] for row in rows] == [place.name for place, _ in samples]
    assert [row["genre"] for row in rows] == [seen["kind"] for _, seen in samples]
    assert "index.csv" in (folder / "README.txt").read_text()


def test_every_message_is_valid_and_signed_whole(folder, samples):
    for place, seen in samples:
        path = place / "epu.xml"
        assert path.exists() == (seen["identifier"] is not None)
        if path.exists():
            schemas.check(path.read_bytes())
            proven = verify(path.read_bytes(), folder / "ca.pem")
            said = "".join(map(str, proven.signed_xml.itertext()))
            assert proven.claimed_role == f"RPPS {seen['prescriber']['rpps']}"
            assert seen["identifier"] in said
            assert (seen["prescriber"]["replaces"] or seen["prescriber"]["rpps"]) in said
            for line in seen["lines"]:
                assert line["name"] in said


def test_every_ordonnance_says_what_was_seen(samples):
    for place, seen in samples:
        text = _pdf_text(place)
        number = seen["identifier"] or seen["paper_fallback"]["motive"]
        assert _squashed(number) in text
        printed = [line for zone in seen["printed"]["zones"] for line in zone["lines"]]
        assert len(printed) == len(seen["lines"])
        for words in (
            *(w for line in printed for w in (line["title"], *line["texts"])),
            *seen["printed"]["mentions"],
        ):
            assert _squashed(words) in text, place
        if seen["paper"] != "SECURISEE":
            for line in seen["lines"]:
                assert _squashed(line["title"]) in text


def test_every_cda_document_satisfies_the_main_rules(samples):
    for place, seen in samples:
        document = rules.check((place / "cda.xml").read_bytes())
        signed = document.one("h:legalAuthenticator/h:time/@value")
        assert signed[:8] == seen["written_on"].replace("-", "")


def test_people_have_numbers_with_right_keys(samples):
    for _, seen in samples:
        assert is_finess(seen["house"]["finess"])
        assert is_rpps(seen["prescriber"]["rpps"])
        assert not seen["prescriber"]["replaces"] or is_rpps(seen["prescriber"]["replaces"])
        if seen["patient"]["ins_number"]:
            validate_ins(seen["patient"]["ins_number"])


def test_one_seed_gives_the_same_samples_whatever_their_number(folder, tables, tmp_path):
    _write(tmp_path / "again", count=3)
    for rank in ("0001", "0002", "0003"):
        for name in ("seen.json", "ordonnance.pdf", "cda.xml"):
            assert (tmp_path / "again" / rank / name).read_bytes() == (folder / rank / name).read_bytes()


def test_without_a_seed_every_draw_differs(tables, tmp_path):
    for name in ("one", "other"):
        _write(tmp_path / name, count=1, seed=None)
    first, second = ((tmp_path / name / "0001" / "seen.json").read_text() for name in ("one", "other"))
    assert first != second


def _drawn(tables: pools.Pools) -> list[Sample]:
    return [draw(tables, 5, rank) for rank in range(1, len(DECK) + 1)]


def test_the_checks_would_let_every_one_be_signed(tables, samples):
    """Nothing blocks, and whatever asks for a reason has one, in what the prescriber saw."""
    for _, seen in samples:
        assert not [found for found in seen["checks"] if found["level"] == "HARD"]
        assert all(found["reason"] for found in seen["checks"] if found["level"] == "REASON")
        assert bool(seen["checks"]) <= (seen["kind"] == "medicament")
    medicines = [seen for _, seen in samples if seen["kind"] == "medicament"]
    assert any(seen["checks"] for seen in medicines)


def test_only_what_leaves_is_drawn_and_nothing_is_written(tables):
    for sample in _drawn(tables):
        assert 1 <= len(sample.lines) <= 12
        assert all(line.funding.leaves for line in sample.lines)
        assert {line.order.paper.value for line in sample.lines} == {sample.statement.paper}
        assert {line.order.pharmacy for line in sample.lines} == {sample.statement.pharmacy}
    assert not PrescriptionLine.objects.exists()


def test_a_folder_in_use_is_left_alone(tables, tmp_path):
    (tmp_path / "note.txt").write_text("à garder")
    with pytest.raises(CommandError, match="n’est pas un dossier vide"):
        _write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


@pytest.mark.parametrize("where", ["file/samples", "/proc/samples"])
def test_a_folder_that_cannot_be_made_is_said_in_french(db, tmp_path, monkeypatch, where):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(pools, "load", list)
    with pytest.raises(CommandError, match="Écriture impossible"):
        call_command("sample_documents", tmp_path / where, count=1, stderr=StringIO())


@pytest.mark.parametrize("count", ["0", "dix", "-3", "10000"])
def test_a_wrong_number_is_refused_in_french(tmp_path, count):
    with pytest.raises(CommandError, match="écrivez un nombre de 1 à"):
        call_command("sample_documents", str(tmp_path), f"--count={count}")


def test_without_the_tables_it_says_what_to_do(tables, tmp_path, monkeypatch):
    monkeypatch.setattr(pools, "current_release", lambda: None)
    with pytest.raises(CommandError, match="import_bdpm"):
        _write(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_by_default_each_one_has_its_four_files_and_a_qualified_identity(tables, tmp_path):
    call_command("sample_documents", tmp_path / "made", count=16, seed=3, stderr=StringIO())
    folders = [folder for folder in (tmp_path / "made").iterdir() if folder.is_dir()]
    assert len(folders) == 16
    for folder in folders:
        assert {file.name for file in folder.iterdir()} == {
            "epu.xml",
            "cda.xml",
            "ordonnance.pdf",
            "seen.json",
        }
        said = json.loads((folder / "seen.json").read_text(encoding="utf-8"))
        assert said["patient"]["ins_status"] == "QUALIFIEE"
        assert said["identifier"]
