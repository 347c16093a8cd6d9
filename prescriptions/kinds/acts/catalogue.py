"""The acts of a profession as data: what may be chosen, under which words, and what the law wants said of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from prescriptions.kinds.charges import Charge
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import Hit, UnknownChoice, free_value
from prescriptions.referentials.words import fold


class Need(StrEnum):
    """A field without which the line is not an order."""

    INDICATION = "indication"
    SITE = "site"
    PRODUCT = "product"
    FREQUENCY = "frequency"
    SESSIONS = "sessions"


@dataclass(frozen=True, slots=True)
class Act:
    """One act that may be chosen. `words` are what people type for it, beside its label."""

    slug: str
    label: str
    words: str = ""
    needs: frozenset[Need] = frozenset()
    charge: Charge | None = None
    """When it is not the charge of its profession (rule B71: dialysis)."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A profession: its acts, how they are counted, what the law says of their prescription."""

    kind: Kind
    heading: str
    noun: str
    placeholder: str
    session: str
    """What is counted: « séance », « passage »."""
    charge: Charge
    rule: str
    acts: tuple[Act, ...]
    source: str
    always: frozenset[Need] = frozenset()
    """What every act of the profession needs."""

    def find(self, slug: str) -> Act:
        """Return the act of this slug. Raises UnknownChoice."""
        for act in self.acts:
            if act.slug == slug:
                return act
        raise UnknownChoice("Cet acte n’est plus proposé : retirez la ligne et choisissez-en un autre.")

    def search(self, query: str) -> list[Hit]:
        """Return the acts whose words begin with those typed, then the words themselves as free text (rule A22)."""
        typed = fold(query).split()
        found = [Hit(value=act.slug, name=act.label) for act in self.acts if _matches(typed, act)]
        return [
            *found,
            Hit(value=free_value(query.strip()), name=query.strip(), detail="texte libre, non contrôlé"),
        ]


def _matches(typed: Iterable[str], act: Act) -> bool:
    words = fold(f"{act.label} {act.words}").replace("’", " ").replace("'", " ").split()
    return all(any(word.startswith(part) for word in words) for part in typed)
