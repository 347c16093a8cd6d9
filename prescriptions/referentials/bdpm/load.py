"""Replacing the loaded base by another, as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from prescriptions.referentials.freshness import current_release
from prescriptions.referentials.models import (
    Composition,
    DrugBaseRelease,
    GenericGroup,
    GenericMember,
    HybridGroup,
    HybridMember,
    PrescriptionCondition,
    Presentation,
    SearchWord,
    Shortage,
    Speciality,
    TransparencyPage,
)
from prescriptions.referentials.models.release import READING
from prescriptions.referentials.replacing import MAX_LOSS, Say, copy_rows, refuse_losses, refuse_older, silent

from . import rows as parse
from .derive import Derived, derive, search_words, units_per_box
from .folding import Bases
from .sources import SOURCE, SourceFiles

_LOCK = 0x42_44_50_4D  # "BDPM": two imports at once would wait for each other here
_TABLES: tuple[type[Model], ...] = (
    Speciality,
    Presentation,
    Composition,
    PrescriptionCondition,
    GenericGroup,
    GenericMember,
    HybridGroup,
    HybridMember,
    Shortage,
    TransparencyPage,
    SearchWord,
)


def is_loaded(sha256: str) -> bool:
    """Tell whether this very release is the loaded one, read as this version reads it, rows included."""
    loaded = DrugBaseRelease.objects.filter(current=True, sha256=sha256, reading=READING)
    return loaded.exists() and Speciality.objects.exists()


def import_base(
    source: SourceFiles, *, published_on: date | None = None, force: bool = False, say: Say = silent
) -> DrugBaseRelease:
    """Load `source` in place of the current base, in one transaction: readers see the old or the new one."""
    say("Lecture des fichiers…")
    contents = BaseContents(source)
    return put_in_service(contents, published_on=published_on, force=force, say=say)


def put_in_service(
    contents: BaseContents, *, published_on: date | None = None, force: bool = False, say: Say = silent
) -> DrugBaseRelease:
    """Load contents already read, in one transaction, unless they are older or lose too much."""
    say(f"{len(contents.specialities)} spécialités lues, calcul des noms et des mots de recherche…")
    counts = contents.counts()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        day, current = published_on or contents.source.published_on(), current_release()
        if not force:
            refuse_older(day, current.published_on if current else None)
            _refuse_losses(counts, current)
        release = _record(contents.source, day, counts)
        _replace_rows(contents, release, say)
    say(f"Base du {release.published_on:%d/%m/%Y} en service.")
    return release


class BaseContents:
    """The parsed files and what is derived from them."""

    def __init__(self, source: SourceFiles) -> None:
        self.source = source
        files = source.files
        self.composition = list(parse.composition(files["CIS_COMPO_bdpm.txt"]))
        self.generics = list(parse.generics(files["CIS_GENER_bdpm.txt"]))
        self.presentations = list(parse.presentations(files["CIS_CIP_bdpm.txt"]))
        self.conditions = list(parse.conditions(files["CIS_CPD_bdpm.txt"]))
        self.shortages = list(parse.shortages(files["CIS_CIP_Dispo_Spec.txt"]))
        self.atc = list(parse.atc_codes(files["CIS_MITM.txt"]))
        self.hybrids = list(parse.hybrids(files.get(parse.HYBRIDS, b"")))
        self.hybrid_groups = list(parse.hybrid_groups(files.get(parse.HYBRID_GROUPS, b"")))
        self.pages = list(parse.transparency_pages(files["HAS_LiensPageCT_bdpm.txt"]))
        self.bases = Bases(self.composition)
        rows = parse.specialities(files["CIS_bdpm.txt"])
        self.specialities: list[Derived] = derive(
            rows, self.composition, self.generics, self.atc, self.presentations, self.conditions, self.bases
        )
        self.groups = {row.group: row.group_label for row in self.generics}
        self.words = list(search_words(self.specialities))

    def counts(self) -> dict[str, int]:
        """Return the number of rows per table, and of specialities with an ATC code."""
        return {
            "specialities": len(self.specialities),
            "marketed": sum(s.row.marketed for s in self.specialities),
            "presentations": len(self.presentations),
            "composition": len(self.composition),
            "conditions": len(self.conditions),
            "generic_groups": len(self.groups),
            "generic_members": len(self.generics),
            "shortages": len(self.shortages),
            "atc": len(self.atc),
            "transparency_pages": len(self.pages),
        }


_NAMES_FR = {
    "specialities": "spécialités",
    "marketed": "spécialités commercialisées",
    "presentations": "présentations",
    "composition": "lignes de composition",
    "conditions": "conditions de prescription",
    "generic_groups": "groupes génériques",
    "generic_members": "membres de groupes génériques",
    "shortages": "informations de disponibilité",
    "atc": "codes ATC",
    "transparency_pages": "liens vers les avis de la HAS",
}
_VOLATILE = frozenset({"shortages"})
"""Supply notices come and go (993 in 01/2026, 766 in 05/2026): only their disappearance is refused."""


def _refuse_losses(counts: dict[str, int], current: DrugBaseRelease | None) -> None:
    """Refuse an empty table, or one that lost more than MAX_LOSS of its rows."""
    before = current.row_counts if current else {}
    losses = [
        f"{_NAMES_FR[name]} : {before.get(name, 0)} → {count}"
        for name, count in counts.items()
        if count == 0 or (name not in _VOLATILE and count < before.get(name, 0) * (1 - MAX_LOSS))
    ]
    refuse_losses(losses)


def _record(source: SourceFiles, published_on: date, counts: dict[str, int]) -> DrugBaseRelease:
    """Make this release the current one; importing the same bytes again updates its line."""
    DrugBaseRelease.objects.filter(current=True).update(current=False)
    release, _ = DrugBaseRelease.objects.update_or_create(
        sha256=source.sha256,
        defaults={
            "source": SOURCE,
            "published_on": published_on,
            "imported_at": timezone.now(),
            "row_counts": counts,
            "reading": READING,
            "current": True,
        },
    )
    return release


def _replace_rows(contents: BaseContents, release: DrugBaseRelease, say: Say) -> None:
    """Delete and copy every table. DELETE, not TRUNCATE: readers keep the old rows until the commit."""
    with connection.cursor() as cursor:
        for model in _TABLES:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608  a table name of ours
        for model, fields, lines in _copies(contents, release):
            say(f"Chargement : {model._meta.verbose_name_plural}…")
            copy_rows(cursor, model, fields, lines)
        for index in ("speciality_search", "search_word_trigrams"):
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
        cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in _TABLES)}")


def _copies(
    contents: BaseContents, release: DrugBaseRelease
) -> Iterator[tuple[type[Model], tuple[str, ...], Iterable[tuple[Any, ...]]]]:
    """Yield, table by table, the model, its columns and its lines."""
    specialities = [_speciality(s, release.pk, rank) for rank, s in enumerate(contents.specialities)]
    yield Speciality, tuple(specialities[0]), (tuple(line.values()) for line in specialities)
    units = {s.row.cis: s.intake_unit for s in contents.specialities}
    yield (
        Presentation,
        ("cip13", "cip7", "speciality", "label", "marketed", "price", "reimbursement_rate", "units_per_box"),
        ((*row, units_per_box(row.label, units.get(row.cis, ""))) for row in contents.presentations),
    )
    yield (
        Composition,
        (
            *("speciality", "element", "substance_code", "name", "dosage", "reference", "nature", "link"),
            *("base_code", "base_name"),
        ),
        ((*row, *contents.bases.of(row.substance_code)) for row in contents.composition),
    )
    yield PrescriptionCondition, ("speciality", "label"), contents.conditions
    yield GenericGroup, ("number", "label"), contents.groups.items()
    yield (
        GenericMember,
        ("group", "speciality", "kind", "rank"),
        ((g, cis, k, r) for g, _, cis, k, r in contents.generics),
    )
    yield HybridGroup, parse.HybridGroupRow._fields, contents.hybrid_groups
    yield HybridMember, ("group", "speciality"), contents.hybrids
    yield TransparencyPage, parse.TransparencyRow._fields, contents.pages
    yield (
        Shortage,
        ("speciality", "cip13", "kind", "label", "started_on", "updated_on", "back_on", "url"),
        contents.shortages,
    )
    yield SearchWord, ("word", "is_name"), contents.words


def _speciality(derived: Derived, release_id: int, rank: int) -> dict[str, Any]:
    row = derived.row
    return {
        "cis": row.cis,
        "release": release_id,
        "label": row.label,
        "form": row.form,
        "routes": row.routes,
        "amm_status": row.amm_status,
        "marketed": row.marketed,
        "holder": row.holder,
        "under_surveillance": row.under_surveillance,
        "is_homeopathy": derived.is_homeopathy,
        "is_parallel_import": derived.is_parallel_import,
        "alert_status": row.alert_status,
        "atc": derived.atc,
        "atc_is_propagated": derived.atc_is_propagated,
        "is_generic": derived.is_generic,
        "dci_label": derived.dci_label,
        "dosage": derived.dosage,
        "intake_unit": derived.intake_unit,
        "is_local_route": derived.is_local_route,
        "search": derived.search,
        "named_by_dci": derived.named_by_dci,
        "sort_rank": rank,
    }
