"""The ANSM's thesaurus: read as it is written, and asked about real medicines."""

import copy
import time
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from prescriptions.referentials.facts import SpecialityFacts, specialities_facts, speciality_facts
from prescriptions.referentials.interactions import (
    LEVELS,
    interactions_between,
    interactions_of,
    unknown_substances,
)
from prescriptions.referentials.models import ListRelease, Speciality, ThesaurusPair
from prescriptions.referentials.replacing import ImportRefused, MalformedFile, digest, read_archive
from prescriptions.referentials.tables.thesaurus import ONLY_BY
from prescriptions.referentials.thesaurus.load import ARCHIVE, archive_sha256, put_in_service
from prescriptions.referentials.thesaurus.parse import headings, published_on
from tests.referentials.thesaurus_base import bundled_thesaurus

TEXT = "thesaurus_2023-09.layout.txt"


def drug(label: str) -> SpecialityFacts:
    found = Speciality.objects.filter(label__istartswith=label, marketed=True).order_by("sort_rank")[0]
    return speciality_facts(found.cis)


def levels(first: str, second: str) -> list[str]:
    return ["|".join(entry.levels) for entry in interactions_between(drug(first), drug(second))]


# --- Reading the text ---------------------------------------------------------------------------
def test_every_entry_of_the_text_is_read():
    """Counts of an independent table made from the same edition (3,216 rows), and the two paragraphs."""
    pairs = bundled_thesaurus().pairs
    counts = Counter("|".join(row.levels) for row in pairs if row.line)
    single = {level: counts[level] for level in LEVELS}
    assert single == {"CI": 526, "AD": 835, "PE": 1283, "APEC": 439}
    assert counts.total() == 3216
    assert counts.total() - sum(single.values()) == 133
    assert len(pairs) == 3218


def test_the_reading_passes_its_own_gate():
    assert bundled_thesaurus().faults() == []
    assert bundled_thesaurus().published_on() == date(2023, 9, 15)


def test_the_classes_have_their_members():
    members = bundled_thesaurus().members
    assert ("ANTICHOLINESTÉRASIQUES", "donepezil") in members
    assert ("LAXATIFS (TYPE MACROGOL)", "macrogol") in members
    assert len({protagonist for protagonist, _ in members}) == 616


def test_what_each_column_says_goes_to_its_place():
    [heading] = headings(
        "ABIRATERONE\n Voir aussi : diurétiques\n\n+ METOPROLOL\n"
        + " " * 20
        + "Diminution de son métabolisme hépatique par".ljust(66)
        + "ASDEC - PE\n"
        + " " * 20
        + "l’abiratérone.".ljust(66)
        + "Surveillance clinique.\n\n\f"
        + " " * 90
        + "12\n"
        + " " * 86
        + "Précaution d'emploi :\n"
        + " " * 86
        + "- si besoin, adaptation.\n"
    )
    [entry] = heading.entries
    assert heading.see_also == ("diurétiques",)
    assert entry.levels == ("AD", "PE")
    assert entry.mechanism == "Diminution de son métabolisme hépatique par l'abiratérone."
    assert entry.conduct == "Surveillance clinique.\nPrécaution d'emploi :\n- si besoin, adaptation."


def test_a_text_without_its_date_is_refused():
    with pytest.raises(MalformedFile, match="--date"):
        published_on("THESAURUS\n")


# --- Real pairs ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("COUMADINE", "DAKTARIN 2 %, gel buccal", "CI"),
        ("PREVISCAN", "LORAMYC", "CI"),
        ("TERALITHE", "LASILIX", "AD"),
        ("TERALITHE", "RAMIPRIL", "AD"),
        ("BRILIQUE", "KARDEGIC", "AD|PE"),
        ("RAMIPRIL", "SPIRONOLACTONE", "AD|PE"),
        ("DIFFU-K", "SPIRONOLACTONE", "AD"),
        ("ELIQUIS", "KARDEGIC", "CI|AD|APEC"),
        ("ZOPICLONE", "OXAZEPAM", "CI|AD|APEC"),
        ("TIMOPTOL", "VERAPAMIL", "AD"),
        ("DONEPEZIL", "OXYBUTYNINE", "APEC"),
        ("ARICEPT", "EXELON", "APEC"),
        ("TARDYFERON", "LEVOTHYROX", "PE"),
        ("DIGOXINE", "AMIODARONE", "PE"),
        ("PRADAXA", "AMIODARONE", "PE"),
        ("DEPAKINE", "LAMOTRIGINE", "AD"),
        ("ESCITALOPRAM", "TRAMADOL", "APEC"),
        ("LASILIX", "METFORMINE", "PE"),
        ("KAYEXALATE", "LEVOTHYROX", "PE"),
        ("FORLAX", "AMLODIPINE", "APEC"),
    ],
)
def test_a_known_pair_has_its_worst_level(thesaurus, first, second, expected):
    assert levels(first, second)[0] == expected
    assert levels(second, first)[0] == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("DOLIPRANE", "AMLODIPINE"),
        ("VOLTARENE EMULGEL", "COUMADINE"),
        ("AMLODIPINE", "AMLOR"),
        ("FORLAX", "MOVICOL"),
        ("DOLIPRANE", "DAFALGAN"),
    ],
)
def test_a_pair_out_of_the_thesaurus_has_none(thesaurus, first, second):
    assert levels(first, second) == []


def test_an_entry_is_told_in_the_order_asked(thesaurus):
    [entry] = interactions_between(drug("COUMADINE"), drug("DAKTARIN 2 %, gel buccal"))
    assert (entry.first, entry.second) == ("ANTIVITAMINES K", "MICONAZOLE")
    assert entry.text.startswith("Hémorragies imprévisibles")
    assert entry.source.startswith("ANSM")
    assert entry.release_date == date(2023, 9, 15)
    assert entry.certain
    assert not entry.composite
    [turned] = interactions_between(drug("DAKTARIN 2 %, gel buccal"), drug("COUMADINE"))
    assert (turned.first, turned.second) == ("MICONAZOLE", "ANTIVITAMINES K")


def test_a_level_that_varies_says_when(thesaurus):
    entry = interactions_between(drug("ELIQUIS"), drug("KARDEGIC"))[0]
    assert entry.composite
    assert "Contre-indication avec" in entry.conduct


def test_a_match_by_one_word_is_never_certain(thesaurus):
    entries = interactions_between(drug("VICTAN"), drug("ZOPICLONE"))
    assert entries
    assert not any(entry.certain for entry in entries)


def test_a_false_match_of_the_table_is_left_out():
    links = {(link.substance_code, link.protagonist) for link in bundled_thesaurus().links}
    assert ("00901", "CITRATES") not in links  # chlorure de sodium
    assert ("00093", "HYPERKALIÉMIANTS") in links  # chlorure de potassium


def test_what_the_thesaurus_does_not_name_is_said(thesaurus):
    assert [s.base_name for s in unknown_substances(drug("DOLIPRANE"))] == []
    assert [s.base_name for s in unknown_substances(drug("AUGMENTIN"))] == ["ACIDE CLAVULANIQUE"]


def test_thirteen_medicines_take_ten_milliseconds_and_one_query(thesaurus, django_assert_num_queries):
    names = (
        "KARDEGIC 75|BISOPROLOL|RAMIPRIL|LASILIX 40|TAHOR|LEVOTHYROX|DOLIPRANE 1000|ZOPICLONE|ESCITALOPRAM"
    )
    names += "|ELIQUIS|MACROGOL|DONEPEZIL|METFORMINE"
    found = specialities_facts([drug(name).cis for name in names.split("|")])
    drugs = list(found.values())
    assert len(drugs) == 13
    interactions_of(drugs)
    with django_assert_num_queries(1):
        started = time.perf_counter()
        pairs = interactions_of(drugs)
        spent = time.perf_counter() - started
    assert spent < 0.010
    assert pairs == {pair: interactions_between(drugs[pair[0]], drugs[pair[1]]) for pair in pairs}
    assert all(i < j for i, j in pairs)
    plain = [
        pair for pair, entries in pairs.items() if "VOIE ORALE" not in entries[0].first + entries[0].second
    ]
    assert len(plain) == 11


def test_without_a_thesaurus_nothing_is_known(drug_base):
    ListRelease.objects.filter(which="ansm").update(current=False)
    coumadine = drug("COUMADINE")
    assert interactions_of([coumadine, drug("DAKTARIN")]) == {}
    assert unknown_substances(coumadine) == coumadine.active


# --- Importing ----------------------------------------------------------------------------------
def test_the_shipped_copy_is_what_its_manifest_says():
    assert ARCHIVE.stat().st_size < 300_000
    assert digest(read_archive(ARCHIVE)) == archive_sha256()


def test_an_older_edition_is_refused_unless_forced(thesaurus):
    older = date(2022, 9, 15)
    with pytest.raises(ImportRefused, match="celle en service est du 15/09/2023"):
        put_in_service(bundled_thesaurus(), published=older)
    put_in_service(bundled_thesaurus(), published=older, force=True)
    assert ListRelease.objects.get(which="ansm", current=True).published_on == older


def test_a_bad_reading_is_refused_even_when_forced(thesaurus):
    damaged = copy.copy(bundled_thesaurus())
    damaged.pairs = [row for row in damaged.pairs if row.heading < row.partner]
    with pytest.raises(ImportRefused, match="symétrie"):
        put_in_service(damaged, force=True)
    first, *others = bundled_thesaurus().pairs
    damaged.pairs = [first._replace(levels=["APEC"]), *others]
    with pytest.raises(ImportRefused, match="contradictoires"):
        put_in_service(damaged, force=True)
    damaged.pairs = [first._replace(levels=[]), *others]
    with pytest.raises(ImportRefused, match="sans niveau"):
        put_in_service(damaged)
    assert ThesaurusPair.objects.count() == 3218


def test_the_command_takes_the_newest_text_of_a_folder(thesaurus, tmp_path):
    text = read_archive(ARCHIVE)[TEXT]
    newer = text.replace(b"15 septembre 2023", b"14 septembre 2024")
    (tmp_path / TEXT).write_bytes(text)
    (tmp_path / "thesaurus_2024-09.layout.txt").write_bytes(newer)
    out = StringIO()
    call_command("import_ansm", str(tmp_path), stdout=out)
    assert "édition du 14/09/2024 en service" in out.getvalue()
    assert interactions_between(drug("COUMADINE"), drug("DAKTARIN"))[0].release_date == date(2024, 9, 14)


def test_the_command_says_what_is_missing(db, tmp_path):
    with pytest.raises(CommandError, match="pdftotext -layout"):
        call_command("import_ansm", str(tmp_path))
    (tmp_path / TEXT).write_text("15 septembre 2023\n")
    with pytest.raises(CommandError, match="aucune interaction"):
        call_command("import_ansm", str(tmp_path))


def test_the_command_does_nothing_when_the_copy_is_in_service(thesaurus):
    out = StringIO()
    call_command("import_ansm", bundled=True, if_needed=True, stdout=out)
    assert out.getvalue() == "Thésaurus déjà en service.\n"


def test_a_pair_says_the_same_from_either_side_and_nothing_of_itself(thesaurus):
    """Two hundred medicines in service, evenly spread over the whole base."""
    in_service = Speciality.objects.filter(marketed=True, is_homeopathy=False).order_by("cis")
    codes = list(in_service.values_list("cis", flat=True))
    drugs = list(specialities_facts(codes[:: len(codes) // 200]).values())
    forward, backward = interactions_of(drugs), interactions_of(drugs[::-1])
    last = len(drugs) - 1
    assert {(last - j, last - i) for i, j in forward} == set(backward)
    for (i, j), entries in forward.items():
        turned = backward[last - j, last - i]
        assert Counter(entry.levels for entry in entries) == Counter(entry.levels for entry in turned)
    with_itself = [entry for one in drugs for entry in interactions_between(one, one)]
    # What the thesaurus says of a substance by two routes (oral and injected iron) is said of the injected one too.
    assert all(not ONLY_BY.keys().isdisjoint({entry.first, entry.second}) for entry in with_itself)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("METHOTREXATE ACCORD 2,5 mg", "KETOPROFENE VIATRIS LP", "AD|PE"),
        ("IMETH", "ADVIL 200", "AD|PE"),
        ("LEPONEX", "TEGRETOL", "AD|PE"),
        ("TARDYFERON", "VENOFER", "AD"),
        ("ZOCOR", "CLARITHROMYCINE", "CI"),
        ("COLCHICINE", "CLARITHROMYCINE", "CI"),
        ("MODOPAR", "HALDOL", "AD"),
        ("HALDOL 1 mg", "CITALOPRAM", "CI|AD"),
        ("ATARAX", "SEROPLEX", "CI|AD"),
        ("ENTRESTO", "RAMIPRIL", "CI"),
        ("BISOPROLOL", "VERAPAMIL", "AD"),
        ("IVABRADINE", "VERAPAMIL", "CI"),
        ("XARELTO", "FLUCONAZOLE", "AD"),
        ("ELIQUIS", "RIFADINE", "AD"),
        ("COUMADINE", "CIFLOX", "PE"),
        ("FOSAMAX", "CACIT 500", "PE"),
        ("ECONAZOLE ARROW 1 %, crème", "COUMADINE", "PE"),
    ],
)
def test_a_pair_of_the_bedside_has_its_worst_level(thesaurus, first, second, expected):
    assert levels(first, second)[0] == expected
