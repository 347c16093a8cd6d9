"""The list of crushing that a house owns: its file, and what its words allow (rule B127). Format: docs/guide-exploitation.md."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from prescriptions.referentials.words import fold
from prescriptions.safety.tables.crushing import ALLOWING, FORBIDDING


class UnreadableList(ValueError):
    """The file of the house cannot be read as a crushing list; the text says where and what is expected."""


class Verdict(IntEnum):
    """What a conduct says of crushing or opening, from the mildest: the highest wins when a medicine has two rows."""

    ALLOWED = 0
    UNCLEAR = 1
    FORBIDDEN = 2


@dataclass(frozen=True, slots=True)
class Conduct:
    """What the list says of a medicine, in its own words, and how it was understood."""

    words: str
    verdict: Verdict

    @classmethod
    def of(cls, words: str) -> Conduct:
        """Read the words; those that neither forbid nor allow are unclear, never allowed."""
        text = fold(words)
        if re.search(FORBIDDING, text):
            return cls(words, Verdict.FORBIDDEN)
        return cls(words, Verdict.ALLOWED if re.search(ALLOWING, text) else Verdict.UNCLEAR)


@dataclass(frozen=True, slots=True)
class CrushingList:
    """The list of the house: CIS → conduct, its name and its day."""

    source: str
    dated: date
    by_cis: Mapping[str, Conduct]


def read_crushing_list(path: Path) -> CrushingList:
    """Read the file, once for each time it was written. Raises UnreadableList."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise UnreadableList(
            f"{path.name} ne s’ouvre pas : vérifiez CRUSHING_LIST et les droits de lecture."
        ) from error


@lru_cache(maxsize=4)
def _read(path: Path, _written_at: int) -> CrushingList:
    rows = [(rank, row) for rank, row in enumerate(_rows(path.read_bytes()), 1) if any(row)]
    if not rows:
        raise UnreadableList(f"{path.name} est vide : première ligne « nom de la liste;AAAA-MM-JJ ».")
    (rank, heading), *entries = rows
    source, day = _heading(heading, f"{path.name}, ligne {rank}")
    return CrushingList(source, day, MappingProxyType(_by_cis(entries, path.name)))


def _rows(raw: bytes) -> Iterable[list[str]]:
    """UTF-8, marked or not, else cp1252: both leave a spreadsheet."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return ([cell.strip() for cell in row] for row in csv.reader(text.splitlines(), delimiter=";"))


def _heading(row: list[str], where: str) -> tuple[str, date]:
    try:
        source, dated = row
        day = datetime.strptime(dated, "%Y-%m-%d").date()
    except ValueError as error:
        raise UnreadableList(f"{where} : « nom de la liste;AAAA-MM-JJ » est attendu.") from error
    if not source:
        raise UnreadableList(f"{where} : le nom de la liste manque.")
    return source, day


def _by_cis(entries: Iterable[tuple[int, list[str]]], name: str) -> dict[str, Conduct]:
    found: dict[str, Conduct] = {}
    for rank, row in entries:
        if len(row) != 2 or not re.fullmatch(r"\d{8}", row[0]) or not row[1]:
            raise UnreadableList(f"{name}, ligne {rank} : « code CIS à huit chiffres;conduite » est attendu.")
        cis, conduct = row[0], Conduct.of(row[1])
        found[cis] = max(conduct, found.get(cis, conduct), key=lambda told: told.verdict)
    return found
