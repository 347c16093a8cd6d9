"""Interactions between medicines, as the ANSM's thesaurus says them (A41, A42; notice of 15/09/2023).

The whole thesaurus is kept in memory, once per release and process: a pair costs no query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .facts import SpecialityFacts

Level = Literal["CI", "AD", "PE", "APEC"]
LEVELS: tuple[Level, ...] = ("CI", "AD", "PE", "APEC")
"""Contre-indication, association déconseillée, précaution d'emploi, à prendre en compte: worst first."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """One entry of the thesaurus that concerns a pair of medicines.

    `levels`: worst first, several when the thesaurus makes the level depend on the dose, the route or the
    person (A41: never to be read as the worst alone). `first`, `second`: the protagonists as the thesaurus
    names them, the one of the first medicine first. `text`: the mechanism; `conduct`: what to do. `certain`:
    False when a substance was matched to the thesaurus by one word of its name only, to be reviewed by a
    pharmacist: such a pair may be shown, never as a certain alert.
    """

    levels: tuple[Level, ...]
    first: str
    second: str
    text: str
    conduct: str
    source: str
    release_date: date
    certain: bool = True

    @property
    def composite(self) -> bool:
        """Tell whether the level varies with conditions that `conduct` states."""
        return len(self.levels) > 1


def interactions_between(a: SpecialityFacts, b: SpecialityFacts) -> tuple[Interaction, ...]:
    """Return the entries that concern `a` with `b`, worst first; nothing when none is loaded or known."""
    return interactions_of((a, b)).get((0, 1), ())


def interactions_of(drugs: Sequence[SpecialityFacts]) -> dict[tuple[int, int], tuple[Interaction, ...]]:
    """Return the entries of every pair that has some, keyed by positions in `drugs`, the smaller first."""
    return {}
