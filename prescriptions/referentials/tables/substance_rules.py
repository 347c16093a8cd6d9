"""What the labels of some medicines lack, by substance or by class of law: set here, never taken away.

Each line gives its text and its day. The labels stay as they are; what is set is told in
`DispensingRules.overridden`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SubstanceRule:
    """`substances`: common names, folded. `max_days` shortens, never lengthens, what the labels allow."""

    substances: frozenset[str]
    secured: bool
    in_letters: bool
    max_days: int
    since: date
    source: str


SUBSTANCE_RULES: tuple[SubstanceRule, ...] = (
    SubstanceRule(
        substances=frozenset({"tramadol", "codeine", "dihydrocodeine"}),
        secured=True,
        in_letters=True,
        max_days=84,
        since=date(2025, 3, 1),
        source="Décision de l’ANSM : tramadol, codéine et dihydrocodéine sur ordonnance sécurisée, 12 semaines au plus",
    ),
)

NARCOTIC_MAX_DAYS = 28
NARCOTIC_SOURCE = "CSP R5132-30 : un stupéfiant se prescrit pour vingt-huit jours au plus"
