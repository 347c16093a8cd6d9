"""What the checks know beyond the case: the interactions in service, the list of crushing of the house."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from prescriptions.referentials.facts import SpecialityFacts, known_codes
from prescriptions.referentials.interactions import Interaction, thesaurus_in_service

Pairs = Mapping[tuple[int, int], Sequence[Interaction]]
"""Positions of two medicines, and the entries about them."""


class UnreadableList(ValueError):
    """The file of the house is not a crushing list; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class CrushingList:
    """The national list, from a file the house owns: CIS → what to do."""

    source: str
    dated: date
    by_cis: Mapping[str, str]


def pairs_in_service(drugs: Sequence[SpecialityFacts]) -> Pairs | None:
    """Return the entries of the thesaurus in service about these medicines; None when none is in service."""
    thesaurus = thesaurus_in_service()
    return thesaurus.interactions_of(drugs) if thesaurus else None


def absent_from_thesaurus(drugs: Sequence[SpecialityFacts]) -> list[tuple[str, ...]]:
    """Return, for each of these medicines, the names of its substances that the thesaurus in service does not name."""
    thesaurus = thesaurus_in_service()
    silent = (thesaurus.unknown_substances(drug) if thesaurus else drug.active for drug in drugs)
    return [tuple(substance.base_name for substance in substances) for substances in silent]


Known = Callable[[Collection[str]], Collection[str]]
"""Of these codes, those of a substance of the base in service, or of an ATC class that it has."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Where the checks look beyond the case. These functions may read the base; a check that fails says so."""

    pairs: Callable[[Sequence[SpecialityFacts]], Pairs | None] = pairs_in_service
    absent: Callable[[Sequence[SpecialityFacts]], Sequence[tuple[str, ...]]] = absent_from_thesaurus
    crushing: CrushingList | None = None
    codes: Known = known_codes


@lru_cache(maxsize=4)
def read_crushing_list(path: Path) -> CrushingList:
    """Read « cis;conduite » lines, UTF-8, after a first line « source;AAAA-MM-JJ » naming the list and its day.

    Raises UnreadableList, and OSError when the file cannot be opened. Read once per process.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines, delimiter=";") if row]
    try:
        (source, dated), *entries = rows
        by_cis = {cis.strip(): conduct.strip() for cis, conduct in entries}
        day = datetime.strptime(dated.strip(), "%Y-%m-%d").date()
    except ValueError as error:
        raise UnreadableList(
            f"{path.name} : première ligne « source;AAAA-MM-JJ », puis une ligne « cis;conduite » par médicament."
        ) from error
    return CrushingList(source.strip(), day, MappingProxyType(by_cis))
