"""A place in a JSON document, with its path: each reading gives a value or says, in French, where and why it cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from prescriptions.referentials.words import fold

LONGEST_TEXT = 500
LONGEST_NAME = 60
LONGEST_LIST = 200
LARGEST = Decimal(1_000_000)


class InvalidTreatment(ValueError):
    """The document cannot be read. `path` is the place, `message` says what is expected; neither quotes the value."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path} : {message}")
        self.path, self.message = path, message


@dataclass(slots=True)
class Node:
    """A value and its path. Names of fields are found whatever their accents, in English or in French (`aliases`)."""

    path: str
    value: Any
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    """Fields already asked for; what is left is told as ignored."""

    def fail(self, message: str) -> InvalidTreatment:
        """Return the error of this place."""
        return InvalidTreatment(self.path, message)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was given."""
        return self.value is None or self.value == ""

    def get(self, name: str) -> Node:
        """Return the field `name` of an object; an empty node when it is not given."""
        if not isinstance(self.value, Mapping):
            raise self.fail("un objet est attendu")
        accepted = {name, *self.aliases.get(name, ())}
        for key, value in self.value.items():
            if isinstance(key, str) and _plain(key) in accepted:
                self.read.add(key)
                return Node(f"{self.path}.{key}", value, self.aliases)
        return Node(f"{self.path}.{name}", None, self.aliases)

    def ignored(self) -> Iterator[str]:
        """Yield the paths of the fields nobody asked for."""
        if isinstance(self.value, Mapping):
            for key in self.value:
                if key not in self.read:
                    yield f"{self.path}.{_printable(key)[:LONGEST_NAME]}"

    def items(self) -> Iterator[Node]:
        """Yield the elements of a list; nothing when it is not given."""
        if self.is_empty:
            return
        if not isinstance(self.value, list):
            raise self.fail("une liste est attendue")
        if len(self.value) > LONGEST_LIST:
            raise self.fail(f"{LONGEST_LIST} éléments au plus")
        for rank, value in enumerate(self.value):
            yield Node(f"{self.path}[{rank}]", value, self.aliases)

    def text(self, default: str = "") -> str:
        """Return a text; a number given as such is taken as written."""
        if self.is_empty:
            return default
        if isinstance(self.value, bool) or not isinstance(self.value, str | int | float | Decimal):
            raise self.fail("un texte est attendu")
        text = _printable(str(self.value)).strip()
        if len(text) > LONGEST_TEXT:
            raise self.fail(f"{LONGEST_TEXT} caractères au plus")
        return text

    def number(self) -> Decimal | None:
        """Return a positive number, point or comma; None when it is not given."""
        text = self.text().replace(",", ".")
        if not text:
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            raise self.fail("un nombre est attendu") from None
        if not value.is_finite() or not 0 <= value <= LARGEST:
            raise self.fail("un nombre positif est attendu")
        return value

    def whole(self, most: int) -> int | None:
        """Return a whole number up to `most`; None when it is not given."""
        value = self.number()
        if value is not None and (value != value.to_integral_value() or value > most):
            raise self.fail(f"un nombre entier, {most} au plus, est attendu")
        return None if value is None else int(value)

    def day(self) -> date | None:
        """Return a day, AAAA-MM-JJ or JJ/MM/AAAA; None when it is not given."""
        text = self.text()
        if not text:
            return None
        iso = "-".join(reversed(text.split("/"))) if "/" in text else text[:10]
        try:
            value = date.fromisoformat(iso)
        except ValueError:
            raise self.fail("une date AAAA-MM-JJ est attendue") from None
        if not 1900 <= value.year <= 2100:
            raise self.fail("une date entre 1900 et 2100 est attendue")
        return value

    def flag(self) -> bool | None:
        """Return true or false, « oui » or « non »; None when it is not given."""
        if isinstance(self.value, bool):
            return self.value
        return (
            self.choice({"oui": True, "true": True, "non": False, "false": False})
            if not self.is_empty
            else None
        )

    def choice(self, table: Mapping[str, Any]) -> Any:
        """Return what a word means, whatever its case and accents; None when it is not given."""
        word = _plain(self.text())
        if not word:
            return None
        if word not in table:
            raise self.fail(f"valeurs admises : {', '.join(table)}")
        return table[word]


def _printable(text: str) -> str:
    """What no base and no terminal can carry is a space."""
    return "".join(c if c.isprintable() else " " for c in text)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """« Créatinine », « creatinine » and « trouble de déglutition », « trouble_de_deglutition » meet here."""
    return "_".join(fold(text).replace("-", " ").replace("’", "'").split())
