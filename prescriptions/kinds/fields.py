"""Raw fields as they were typed, read one by one: each becomes a value or a problem in French. Nothing
here raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

Raw = Mapping[str, Any]
MAX_DAYS = 365
"""CSP R5132-21: a prescription of listed medicines covers twelve months at most (rule B33), renewals
included.
"""
MAX_DOSE = Decimal(100_000)
MAX_DECIMALS = 3
_YEARS = range(2000, 2101)
_NUMBER = re.compile(r"\d{1,7}([.,]\d{1,9})?", re.ASCII)
_FRACTIONS = {"½": "0.5", "1/2": "0.5", "¼": "0.25", "1/4": "0.25", "¾": "0.75", "3/4": "0.75"}
"""How physicians write halves and quarters of a tablet."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
"""Control characters, line breaks, and what is not text at all: neither paper nor XML can carry them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What stops a line: the field to go to, the sentence to show, the rule behind it."""

    field: str
    message_fr: str
    rule: str


@dataclass(slots=True)
class Fields:
    """One raw content, and the problems met while reading it."""

    raw: Raw
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, path: str, message: str, rule: str) -> None:
        """Note a problem at `path`."""
        self.problems.append(Problem(path, message, rule))

    def text(self, name: str, source: Raw | None = None, *, most: int = 500) -> str:
        """Return what was typed, on one line, trimmed; a number given as such is taken as typed."""
        value = (self.raw if source is None else source).get(name, "")
        if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
            return ""
        return _UNPRINTABLE.sub(" ", str(value)).strip()[:most]

    def short(self, name: str, most: int, rule: str) -> str:
        """Return what was typed, refused when it is longer than a line of the message holds: nothing is cut in silence."""
        value = self.text(name)
        if len(value) > most:
            self.refuse(name, f"Écrivez {most} caractères au plus : il y en a {len(value)}.", rule)
        return value[:most]

    def ticked(self, name: str) -> bool:
        """Tell whether a box was ticked."""
        return self.raw.get(name) is True

    def group(self, name: str) -> Raw:
        """Return a group of fields; empty when there is none."""
        value = self.raw.get(name)
        return value if isinstance(value, Mapping) else {}

    def quantity(self, path: str, text: str, rule: str = "A30") -> Decimal | None:
        """Read a quantity: decimal comma or point, ½, 1/4. Zero and blank mean none."""
        if not text:
            return None
        value = decimal_of(text)
        if value is None or value > MAX_DOSE:
            self.refuse(path, f"« {text[:20]} » n’est pas une quantité : écrivez par exemple 1 ou 0,5.", rule)
        return value if value and value <= MAX_DOSE else None

    def whole(self, path: str, text: str, *, most: int, unit: str, rule: str) -> int | None:
        """Read a whole number from 0 to `most`; blank means none."""
        if not text:
            return None
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or int(text) > most:
            of = "d’" if unit[:1] in "aeiouy" else "de "
            self.refuse(path, f"Écrivez un nombre entier {of}{unit}, {most} au plus.", rule)
            return None
        return int(text)

    def count(self, name: str, *, most: int, unit: str, rule: str) -> int | None:
        """Read a number of things from a field of the line, from 1 to `most`; zero and blank mean none."""
        return self.whole(name, self.text(name), most=most, unit=unit, rule=rule) or None

    def day(self, name: str, message: str) -> date | None:
        """Read an ISO date of this century."""
        try:
            value = date.fromisoformat(self.text(name))
        except ValueError:
            value = date.min
        if value.year in _YEARS:
            return value
        self.refuse(name, message, "A30")
        return None


def decimal_of(text: str) -> Decimal | None:
    """Return the exact value of a typed quantity, « 1,5 », « 0.25 », « 1/2 », « 1 ½ »; None when it is not
    one.
    """
    compact = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
    whole, _, last = compact.rpartition(" ")
    if last in _FRACTIONS:
        base = Decimal(whole) if re.fullmatch(r"\d{1,3}", whole, re.ASCII) else None
        return Decimal(_FRACTIONS[last]) + base if base is not None else _fraction_alone(whole, last)
    plain = compact.replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        return None
    value = Decimal(plain.replace(",", "."))
    trimmed = value.normalize()
    return value if -int(trimmed.as_tuple().exponent) <= MAX_DECIMALS else None


def _fraction_alone(whole: str, last: str) -> Decimal | None:
    return None if whole else Decimal(_FRACTIONS[last])


def clock_of(text: str) -> time | None:
    """Return the time of day of « 08:00 »; None when it is not one."""
    return time.fromisoformat(text) if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII) else None


def rows(value: object) -> Sequence[Raw]:
    """Return the groups of a list of groups, anything else left out."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
