"""The acts of a profession as data: what may be chosen, under which words, and what the law wants said of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from prescriptions.kinds.charges import Charge
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import DocumentCode, Hit, UnknownChoice, free_hit
from prescriptions.referentials.words import STOP_WORDS, fold


class Need(StrEnum):
    """A field without which the line is not an order."""

    INDICATION = "indication"
    SITE = "site"
    PRODUCT = "product"
    FREQUENCY = "frequency"


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
    placeholder: str
    session: str
    """What is counted: « séance », « passage »."""
    charge: Charge
    rule: str
    acts: tuple[Act, ...]
    source: str
    document: DocumentCode
    always: frozenset[Need] = frozenset()
    """What every act of the profession needs."""
    words: str = ""
    """What people call the profession: « kiné marche » says no more than « marche »."""

    def find(self, slug: str) -> Act:
        """Return the act of this slug. Raises UnknownChoice."""
        for act in self.acts:
            if act.slug == slug:
                return act
        raise UnknownChoice("Cet acte n’est plus proposé : retirez la ligne et choisissez-en un autre.")

    def search(self, query: str) -> list[Hit]:
        """Return the acts whose words begin with those typed, then the words themselves as free text (rule A22)."""
        typed = [word for word in _words(query) if word not in STOP_WORDS]
        found = [Hit(value=act.slug, name=act.label) for act in self.acts if self._matches(typed, act)]
        return [*found, free_hit(query)]

    def _matches(self, typed: Iterable[str], act: Act) -> bool:
        words = _words(f"{act.label} {act.words} {self.words}")
        return all(any(_begins(word, part) for word in words) for part in typed)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _begins(word: str, typed: str) -> bool:
    """A plural typed answers for a singular: « fausses routes »."""
    singular = typed[:-1] if len(typed) > 3 and typed[-1] in "sx" else typed
    return word.startswith((typed, singular))
