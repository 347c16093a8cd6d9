"""Putting an edition of the thesaurus in service, as a whole or not at all. The newest edition wins."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.db import connection, transaction

from prescriptions.referentials import replacing
from prescriptions.referentials.models import (
    ListRelease,
    OfficialList,
    ThesaurusLink,
    ThesaurusMember,
    ThesaurusPair,
)
from prescriptions.referentials.releases import record_release, release_in_service
from prescriptions.referentials.replacing import (
    MAX_LOSS,
    ImportRefused,
    MalformedFile,
    Say,
    copy_rows,
    read_archive,
    silent,
)

from .contents import CROSSWALK, SOURCE, LinkRow, PairRow, ThesaurusContents
from .parse import published_on

ARCHIVE = Path(__file__).resolve().parent.parent / "bundled" / "ansm-2023-09.tar.xz"
_MODELS = (ThesaurusPair, ThesaurusMember, ThesaurusLink)
_LOCK = 0x41_4E_53_4D  # "ANSM": two imports at once would wait for each other here


def from_archive() -> ThesaurusContents:
    """Read the copy shipped with the product."""
    files = read_archive(ARCHIVE)
    [text] = [name for name in files if name.endswith(".layout.txt")]
    return ThesaurusContents(text, files)


def from_folder(folder: Path) -> ThesaurusContents:
    """Read the newest text of a folder, with its table of substances, or the shipped one when it has none."""
    texts = {path.name: path.read_bytes() for path in sorted(folder.glob("*.layout.txt"))}
    if not texts:
        raise MalformedFile(
            f"Aucun fichier *.layout.txt dans {folder}. Convertissez le PDF du thésaurus : "
            "pdftotext -layout thesaurus.pdf thesaurus_AAAA-MM.layout.txt"
        )
    newest = max(texts, key=lambda name: published_on(texts[name].decode("utf-8-sig")))
    table = folder / CROSSWALK
    crosswalk = table.read_bytes() if table.is_file() else read_archive(ARCHIVE)[CROSSWALK]
    return ThesaurusContents(newest, {newest: texts[newest], CROSSWALK: crosswalk})


def archive_sha256() -> str:
    """Return the identity of the shipped copy without unpacking it."""
    return replacing.archive_sha256(ARCHIVE)


def is_loaded(sha256: str) -> bool:
    """Tell whether this very edition is the loaded one, rows included."""
    current = ListRelease.objects.filter(which=OfficialList.ANSM, current=True, sha256=sha256)
    return current.exists() and ThesaurusPair.objects.exists()


def put_in_service(
    contents: ThesaurusContents, *, published: date | None = None, force: bool = False, say: Say = silent
) -> ListRelease:
    """Load contents already read, in one transaction, unless they are older, smaller or badly read."""
    day = published or contents.published_on()
    say(f"{len(contents.pairs)} interactions lues…")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        refuse(contents, day, force=force)
        rows = len(contents.pairs)
        release = record_release(OfficialList.ANSM, SOURCE, contents.sha256, published_on=day, rows=rows)
        _replace_rows(contents, release)
    say(f"{release.source} : édition du {release.published_on:%d/%m/%Y} en service.")
    return release


def refuse(contents: ThesaurusContents, day: date, *, force: bool) -> None:
    """Raise ImportRefused when this edition must not replace the one in service. `force` never lets a bad reading in."""
    faults = contents.faults()
    current = release_in_service(OfficialList.ANSM)
    if current and not force:
        if day < current.published_on:
            faults.append(
                f"édition du {day:%d/%m/%Y}, celle en service est du {current.published_on:%d/%m/%Y}"
            )
        if len(contents.pairs) < current.rows * (1 - MAX_LOSS):
            faults.append(f"interactions : {current.rows} → {len(contents.pairs)}")
    if faults:
        raise ImportRefused(
            f"Import refusé, le thésaurus en service reste en place : {' ; '.join(faults)}. "
            "Vérifiez le fichier ; s'il est plus ancien ou plus court à dessein, relancez avec --force."
        )


def _replace_rows(contents: ThesaurusContents, release: ListRelease) -> None:
    """DELETE, not TRUNCATE: readers keep the old rows until the commit."""
    with connection.cursor() as cursor:
        for model in _MODELS:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608  a table name of ours
        pairs = ((release.pk, *row) for row in contents.pairs)
        copy_rows(cursor, ThesaurusPair, ("release", *PairRow._fields), pairs)
        copy_rows(cursor, ThesaurusMember, ("protagonist", "member"), contents.members)
        copy_rows(cursor, ThesaurusLink, LinkRow._fields, contents.links)
