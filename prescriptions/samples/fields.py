"""A line of any kind whose form is told as data (kinds/form.py): each field typed, or left as it was proposed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from prescriptions.kinds.form import FLAG_FIELDS, Content, Field, Widget
from prescriptions.samples import words

_FLAG_CHANCES = {"ald": 0.35, "atmp": 0.1, "prevention": 0.1, "non_reimbursable": 0.1}
_TYPED, _TICKED = 0.6, 0.3


def fill(rng: Random, content: Content, fields: Iterable[Field], day: date) -> Content:
    """Type a line over what was proposed, on an ordonnance dated `day`. The reading of the kind decides if it holds."""
    typed: Content = {}
    for field in fields:
        if field.widget is Widget.DATE:
            typed[field.name] = later(rng, day).isoformat()
        elif field.widget is Widget.CHOICE:
            typed[field.name] = rng.choice([value for value, _ in field.choices])
        elif field.widget is Widget.TICK:
            typed[field.name] = rng.random() < _TICKED
        elif field.widget is Widget.NUMBER:
            typed[field.name] = rng.choice(words.NUMBERS[field.name]) if rng.random() < _TYPED else ""
        else:
            typed[field.name] = written(rng, field.name, _TYPED)
    return content | typed | flags(rng, content)


def written(rng: Random, name: str, chance: float) -> str:
    """Draw words for the field `name`, or nothing."""
    return rng.choice(words.TEXTS[name]) if rng.random() < chance else ""


def flags(rng: Random, content: Content) -> Content:
    """Draw the four flags of any line; what was proposed ticked stays so."""
    return {flag.name: content[flag.name] or rng.random() < _FLAG_CHANCES[flag.name] for flag in FLAG_FIELDS}


def later(rng: Random, day: date) -> date:
    """Draw the start: most often the day itself, else some days later."""
    return day + timedelta(days=rng.choice((0, 0, 0, 1, 10, 45)))
