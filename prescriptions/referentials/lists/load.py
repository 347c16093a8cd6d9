"""Replacing a loaded list by another, as a whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.db import connection, transaction

from prescriptions.referentials import replacing
from prescriptions.referentials.models import ListRelease
from prescriptions.referentials.releases import record_release, release_in_service
from prescriptions.referentials.replacing import (
    MAX_LOSS,
    Say,
    copy_rows,
    read_archive,
    read_files,
    refuse_losses,
    refuse_older,
    silent,
)

from .contents import ListContents

_LOCK = 0x4C_49_53_54  # "LIST": two imports at once would wait for each other here


def from_folder(contents: type[ListContents], folder: Path) -> ListContents:
    """Read the downloaded files of a list."""
    return contents(read_files(folder, contents.file_names))


def from_archive(contents: type[ListContents]) -> ListContents:
    """Read the copy shipped with the product."""
    return contents(read_archive(contents.archive))


def archive_sha256(contents: type[ListContents]) -> str:
    """Return the identity of the shipped copy without unpacking it."""
    return replacing.archive_sha256(contents.archive)


def is_loaded(contents: type[ListContents], sha256: str) -> bool:
    """Tell whether this very release is the loaded one, rows included."""
    release = ListRelease.objects.filter(which=contents.which, current=True, sha256=sha256)
    return release.exists() and contents.item_model._default_manager.exists()


def put_in_service(
    contents: ListContents, *, published_on: date | None = None, force: bool = False, say: Say = silent
) -> ListRelease:
    """Load contents already read, in one transaction, unless they are older or lose too much."""
    say(f"{len(contents.items)} codes lus…")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        day = published_on or contents.published_on()
        if not force:
            _refuse(contents, day)
        rows = len(contents.items)
        release = record_release(
            contents.which, contents.source, contents.sha256, published_on=day, rows=rows
        )
        _replace_rows(contents, release)
    say(f"{release.source} : version du {release.published_on:%d/%m/%Y} en service.")
    return release


def _refuse(contents: ListContents, day: date) -> None:
    current = release_in_service(contents.which)
    refuse_older(day, current.published_on if current else None)
    before, after = (current.rows if current else 0), len(contents.items)
    refuse_losses([f"codes : {before} → {after}"] if after < before * (1 - MAX_LOSS) else [])


def _replace_rows(contents: ListContents, release: ListRelease) -> None:
    """Delete and copy both tables. DELETE, not TRUNCATE: readers keep the old rows until the commit."""
    models = (contents.item_model, contents.word_model)
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608  a table name of ours
        fields, lines = contents.lines(release.pk)
        copy_rows(cursor, contents.item_model, fields, lines)
        copy_rows(cursor, contents.word_model, ("word", "is_name"), contents.words)
        for index in contents.indexes:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
        cursor.execute(f"ANALYZE {', '.join(tables)}")
