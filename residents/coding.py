"""Official codes of what is noted about a resident, without knowing the tables they come from.

Those tables stand above in the ladder: whoever holds them registers, in its `AppConfig.ready`, how to find one of their
values. What nobody finds stays free text, shown as unchecked (rule A04): a code is never believed because a form sent it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coded:
    """A value of a table: its nature (one of `Allergy.Kind`, empty for a diagnosis), its code and its label."""

    kind: str
    code: str
    label: str


Find = Callable[[str], Coded | None]


class Codebook:
    """One set of tables, filled by who holds them."""

    def __init__(self) -> None:
        self._find: Find | None = None

    def register(self, find: Find) -> Find:
        """Say how a value offered by the search is found again. The last one who says so is asked."""
        self._find = find
        return find

    def find(self, value: str) -> Coded | None:
        """Return what `value` names; None for an empty or unknown value, or when no table is there."""
        return self._find(value) if value and self._find else None


ALLERGENS = Codebook()
"""Substances of the public base of medicines, and classes of allergy."""
DIAGNOSES = Codebook()
"""CIM-10."""
