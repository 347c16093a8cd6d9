"""From French text to the words the search compares. The importer and the query go through the same door.

A lexeme is one of: a word of a name (`doliprane`), a word of a form behind a tilde (`~comprime`), a number
(`1000`), a quantity in its base unit (`1000mg`, `5ml`, `100000ui`, `0.9%`): « 1 g », « 1g » and « 1000 mg »
meet there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

# unit as folded text -> (base unit, factor towards it)
UNITS: dict[str, tuple[str, Decimal]] = {
    "kg": ("mg", Decimal(1_000_000)),
    "g": ("mg", Decimal(1000)),
    "mg": ("mg", Decimal(1)),
    "microgramme": ("mg", Decimal("0.001")),
    "microgrammes": ("mg", Decimal("0.001")),
    "mcg": ("mg", Decimal("0.001")),
    "ug": ("mg", Decimal("0.001")),
    "ng": ("mg", Decimal("0.000001")),
    "l": ("ml", Decimal(1000)),
    "ml": ("ml", Decimal(1)),
    "mui": ("ui", Decimal(1_000_000)),
    "ui": ("ui", Decimal(1)),
    "unite": ("ui", Decimal(1)),
    "unites": ("ui", Decimal(1)),
    "u": ("ui", Decimal(1)),
    "mmol": ("mmol", Decimal(1)),
    "%": ("%", Decimal(1)),
    "pour cent": ("%", Decimal(1)),
}
_STOP_WORDS = "de du des d l la le les en et ou par pour avec sans au aux un une sur"
STOP_WORDS = frozenset(_STOP_WORDS.split())

_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+)?)(?:(?P<gap>\s*)(?P<unit>{_UNIT})(?![a-z0-9]))?|(?P<word>[a-z][a-z0-9]*)",
    re.ASCII,
)
_SPACED_THOUSANDS = re.compile(rf"(?<![a-z\d.,])\d{{1,3}}(?: \d{{3}})+(?=\s*(?:{_UNIT})(?![a-z0-9]))")
_HYPHENATED = re.compile(r"(?<![a-z0-9])([a-z0-9]+)-([a-z0-9]+)")
_PLAIN = str.maketrans(
    {
        chr(c): unicodedata.normalize("NFKD", chr(c))[0]
        for c in range(0xC0, 0x180)
        if unicodedata.decomposition(chr(c))
    }
    | {"œ": "oe", "æ": "ae", "µ": "u", "μ": "u", "’": "'", "\xa0": " ", "\u202f": " "}
)
_DOTTED = (("l.p.", "lp "), ("l.p ", "lp "), ("m.u.i.", "mui "), ("u.i.", "ui "))


class Token(NamedTuple):
    """A word, or a number with its unit when one follows. `spaced`: the unit stood apart from the number."""

    word: str = ""
    number: str = ""
    unit: str = ""
    spaced: bool = False


def fold(text: str) -> str:
    """Lower case, no accent, no ligature."""
    text = text.lower()
    if text.isascii():
        return text
    text = text.translate(_PLAIN)
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def tokens(text: str) -> Iterator[Token]:
    """Yield the words and quantities of `text` in order."""
    for match in _TOKEN.finditer(_prepared(text)):
        word = match["word"]
        if word:
            yield Token(word=word)
        else:
            yield Token(
                number=plain_number(match["number"]), unit=match["unit"] or "", spaced=bool(match["gap"])
            )


def words(text: str) -> set[str]:
    """Return the words of `text`, stop words left out; a hyphenated pair is also given joined."""
    found = {token.word for token in tokens(text) if token.word}
    found.update(
        a + b for a, b in _HYPHENATED.findall(fold(text)) if not (a + b).isdigit() and not a[0].isdigit()
    )
    return found - STOP_WORDS


def quantities(text: str) -> set[str]:
    """Return the numbers of `text` as they may be typed: bare, in neighbour units, and in the base unit."""
    found: set[str] = set()
    for token in tokens(text):
        if token.number:
            found.add(token.number)
            found.update(_equivalents(token))
    found.update(plain_number(raw) for raw in re.findall(r"[0-9]+(?:[.,][0-9]+)?", fold(text)))
    return found


def base_quantity(number: str, unit: str) -> str:
    """Return the lexeme of a quantity: ("1", "g") gives `1000mg`."""
    base, factor = UNITS[unit]
    return plain_decimal(Decimal(number) * factor) + base


def plain_number(raw: str) -> str:
    """Return « 1,00 » as `1`, « 0,50 » as `0.5`, « 007 » as `7`."""
    raw = raw.replace(",", ".")
    if "." in raw:
        raw = raw.rstrip("0").rstrip(".")
    return (
        raw.lstrip("0") if not raw.startswith("0.") and raw.strip("0") else (raw if raw.strip("0") else "0")
    )


def plain_decimal(value: Decimal) -> str:
    """Return a decimal without exponent nor trailing zeros."""
    return plain_number(f"{value:f}")


def _equivalents(token: Token) -> Iterator[str]:
    if not token.unit:
        return
    base, factor = UNITS[token.unit]
    value = Decimal(token.number) * factor
    yield plain_decimal(value) + base
    if base == "mg":
        yield from (
            plain_decimal(v) for v in (value / 1000, value, value * 1000) if Decimal("0.1") <= v <= 10_000
        )


def _prepared(text: str) -> str:
    text = re.sub(r"\bà\b", " ", text)
    text = fold(text)
    if "." in text:
        for dotted, plain in _DOTTED:
            text = text.replace(dotted, plain)
    return _SPACED_THOUSANDS.sub(lambda match: match[0].replace(" ", ""), text)
