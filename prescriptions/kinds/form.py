"""The form of a line told as data: its fields, the shape of what is typed in them, their place on the screen.

The medicine draws its own form (its posology is a grid); the seven other kinds are tables of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Content = dict[str, Any]
MAX_TEXT = 500


class Widget(StrEnum):
    """How a field is typed."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `width` in twelfths of the line; `unit` is written inside the field; `folded` hides it among the others."""

    name: str
    label: str
    widget: Widget = Widget.TEXT
    unit: str = ""
    width: int = 3
    choices: tuple[tuple[str, str], ...] = ()
    placeholder: str = ""
    folded: bool = False
    """Shown under « Autres précisions »: what most lines do not need."""


FLAG_FIELDS = (
    Field("ald", "Rapport avec l’ALD", Widget.TICK),
    Field("atmp", "Accident du travail ou maladie professionnelle", Widget.TICK, folded=True),
    Field("prevention", "Prévention", Widget.TICK, folded=True),
    Field("non_reimbursable", "Non remboursable", Widget.TICK, folded=True),
)
COMMENT = Field("comment", "Note à l’exécutant", width=9, folded=True)
STARTS_ON = Field("starts_on", "Début", Widget.DATE)


def normalised(fields: Iterable[Field], hidden: Iterable[str], raw: object) -> Content:
    """Return `raw` in the shape of the form: every field present, text where text is, ticks where ticks are."""
    given = raw if isinstance(raw, Mapping) else {}
    ticks = {field.name for field in fields if field.widget is Widget.TICK}
    names = [*hidden, *(field.name for field in fields)]
    return {name: given.get(name) is True if name in ticks else text_of(given.get(name)) for name in names}


def text_of(raw: object, most: int = MAX_TEXT, *, keeps: str = "") -> str:
    """Return `raw` as a field keeps it, `most` characters at most. Numbers are written as they read; what is neither text nor
    number is an empty field. Characters no database or document can carry are dropped, unless `keeps` names them.
    """
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str):
        return ""
    return "".join(_printable(character, keeps) for character in raw)[:most]


def _printable(character: str, keeps: str) -> str:
    """Return a character as it may be kept: a space for any other kind of space, so that no words are glued."""
    if character.isprintable() or character in keeps:
        return character
    return " " if character.isspace() else ""


def posted(fields: Iterable[Field], data: Mapping[str, Any], saved: Mapping[str, Any]) -> Content:
    """Return what a form posted, over what was saved: what was chosen never comes from the form again."""
    typed: Content = {}
    for field in fields:
        if field.widget is Widget.TICK:
            typed[field.name] = field.name in data
        elif field.name in data:
            typed[field.name] = str(data[field.name]).strip()[:MAX_TEXT]
    return {**saved, **typed}
