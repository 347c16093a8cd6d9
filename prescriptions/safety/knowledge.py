"""What the checks know beyond the case: the interactions in service, the list of crushing of the house."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from prescriptions.referentials.facts import SpecialityFacts, known_codes
from prescriptions.referentials.interactions import Interaction, thesaurus_in_service
from prescriptions.safety.crushing_list import CrushingList

Pairs = Mapping[tuple[int, int], Sequence[Interaction]]
"""Positions of two medicines, and the entries about them."""


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
    crushing_fault: str = ""
    """Why the list of the house is not there although it should be, in French."""
