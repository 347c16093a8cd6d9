"""What every import of a base does alike: read its files, refuse what shrank, copy rows in one go."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from django.db.models import Model

MAX_LOSS = 0.10
"""Share of rows a table may lose against the loaded base before we refuse (our own threshold)."""

Say = Callable[[str], None]


def silent(line: str) -> None:
    """Say nothing."""


class ImportRefused(RuntimeError):
    """The new base is not credible beside the loaded one; nothing was changed."""


class OlderRefused(ImportRefused):
    """The version in service is newer than the given one."""


class MalformedFile(ValueError):
    """A file of the base does not look like itself; the text says which, where, and what to do."""


def refuse_losses(losses: list[str]) -> None:
    """Raise ImportRefused when some table lost too many rows; each loss says which, before and after."""
    if losses:
        raise ImportRefused(
            "Import refusé, la base en service reste en place. "
            f"Trop de lignes perdues ({'; '.join(losses)}). "
            "Vérifiez que les fichiers sont complets ; s'ils le sont, relancez avec --force."
        )


def refuse_older(new: date, current: date | None) -> None:
    """Raise ImportRefused when what is in service is newer; importing the same day again is no step back."""
    if current is not None and new < current:
        raise OlderRefused(
            f"Import refusé, la version en service reste en place : elle est du {current:%d/%m/%Y}, plus récente que "
            f"celle du {new:%d/%m/%Y}. Vérifiez le dossier ; pour revenir en arrière à dessein, relancez avec --force."
        )


def digest(files: Mapping[str, bytes]) -> str:
    """Return the identity of a set of files: digest of their names and digests, whatever carried them."""
    lines = (f"{name} {hashlib.sha256(files[name]).hexdigest()}\n" for name in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def read_files(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Return the files of a folder; every one of them must be there."""
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise MalformedFile(
            f"Fichiers absents de {folder} : {', '.join(missing)}. Téléchargez-les sur le site de la base."
        )
    return {name: (folder / name).read_bytes() for name in names}


def read_archive(archive: Path) -> dict[str, bytes]:
    """Return the files of a shipped archive."""
    with tarfile.open(archive, "r:xz") as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]


def archive_sha256(archive: Path) -> str:
    """Return the identity of a shipped archive, as its manifest tells it, without unpacking it."""
    manifest = archive.with_name(archive.name.replace(".tar.xz", ".json"))
    return str(json.loads(manifest.read_text())["sha256"])


def copy_rows(
    cursor: Any, model: type[Model], fields: Iterable[str], lines: Iterable[tuple[Any, ...]]
) -> None:
    """Copy lines, in the order of `fields`, into the table of `model`. Raises MalformedFile on what the table refuses."""
    column_of = {field.name: field.column for field in model._meta.concrete_fields}
    columns = ", ".join(f'"{column_of[field]}"' for field in fields)
    copying: AbstractContextManager[Any] = cursor.copy(
        f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
    )
    try:
        with copying as copy:
            for line in lines:
                copy.write_row(line)
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        where = (error.diag.context or error.diag.message_detail or "").splitlines()
        raise MalformedFile(
            f"La table « {model._meta.verbose_name_plural} » refuse une ligne des fichiers ({' '.join(where[:1])}). "
            "Vérifiez qu’ils ont été téléchargés en entier et sans conversion."
        ) from error
