"""A printed sentence with its numbers in letters, for the ordonnance sécurisée (CSP R5132-29; rule B13)."""

from __future__ import annotations

import re
from decimal import Decimal

from prescriptions.kinds.letter_units import COUNTED, MEASURED, VOLUMES_AND_TIMES
from prescriptions.kinds.letters import LARGEST, decimal_in_letters, in_letters, quantity_in_letters

_SPACE = "[ \u00a0\u202f]"
_NOUNS = "|".join(map(re.escape, sorted({*COUNTED, *MEASURED}, key=len, reverse=True)))
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_REFERENCES = (
    # « 1er décembre 2026 », « n° 4 », « 3e ».
    rf"\d{{1,2}}(?:er)?{_SPACE}(?:{_MONTHS})(?:{_SPACE}\d{{4}})?|n°{_SPACE}?\S+|\d+(?:er|re|ère|ème|e)(?!\w)"
)
_KEPT = (
    # Dates, blood pressures, names: « 23/11/2026 », « 120/80 », « B12 », « prendre10mg », which is glued.
    rf"(?!(?:1/2|1/4|3/4)(?![\d/]))\d+(?:/\d+)+|(?<!\w)[A-Za-zÀ-ÖØ-öø-ÿ][\w.-]*\d[\w./-]*|{_REFERENCES}"
)
_CLOCK = rf"(?P<hours>\d{{1,2}}){_SPACE}?h(?:{_SPACE}?(?P<minutes>[0-5]\d)(?!{_SPACE}?(?:{_NOUNS})))?(?!\w)"
_NUMBER = (
    rf"(?:(?P<fraction>1/2|1/4|3/4|[½¼¾])|(?P<number>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|\d+)(?P<decimals>[.,]\d+)?)"
    rf"(?P<space>{_SPACE}?)(?:(?P<noun>{_NOUNS})(?!\w)(?P<per>(?:/(?:{_NOUNS})(?!\w))*))?"
)
_TOKEN = re.compile(rf"(?P<kept>{_KEPT})|(?P<slash>(?<!\d)/)?(?:{_CLOCK}|{_NUMBER})")
_RANGE = re.compile(r"(?<![\w/.-])\d+(?:[-–]\d+)+(?!\d|/\d)")
_COUNTS_TOO = re.compile(rf"(?:à|ou|et|–) (?:\d+|½){_SPACE}(?P<noun>{_NOUNS})(?!\w)")
"""What follows the first number of « 1 à 2 injections », which counts the same noun."""
_AS_ONE_READS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![\w/.,])[x×](?=\d)"), "x "),  # « x2 »
    (re.compile(rf"(?<![\d/.,])([13]){_SPACE}?/{_SPACE}?([24])(?![\d/.,])"), r"\1/\2"),  # « 1 / 2 »
    (re.compile(rf"(?<![\d/.,])(\d{{1,3}}){_SPACE}(?:1/2|½)(?![\d/])"), r"\1,5"),  # « 3 1/2 »
    (re.compile(rf"(?<![\d/.,])(\d{{1,3}}){_SPACE}(?:1/4|¼)(?![\d/])"), r"\1,25"),
    (re.compile(rf"(?<![\d/.,])(\d{{1,3}}){_SPACE}(?:3/4|¾)(?![\d/])"), r"\1,75"),
    (re.compile(rf"({_NOUNS})/h(?!\w)"), r"\1/heure"),  # « µg/h »
    (re.compile(rf"({_NOUNS})/j(?!\w)"), r"\1/jour"),
)
"""What is typed in short, written out before the numbers are read."""
_AMOUNT = r"\d+(?:[.,]\d+)?"
_STRENGTHS = re.compile(
    rf"(?<![\w/.,])(?P<amounts>{_AMOUNT}(?:/{_AMOUNT})+){_SPACE}?(?P<unit>{'|'.join(MEASURED)})(?!\w)"
)
"""« 40/80 mg »: two amounts of one unit, and neither a date nor a fraction."""
_ALLOWED = re.compile(rf"\d{{1,2}}/\d{{1,2}}/\d{{4}}|(?<!\w)[A-Z]{{1,3}}\d{{1,3}}(?!\w)|{_REFERENCES}")
"""What may stay in digits: dates, references and short names (« B12 », « D3 »), which no amount looks like."""
_LEFT = re.compile(rf"\S*[\d\u2150-\u215e½¼¾]\S*(?:{_SPACE}\d+)*")
_FRACTIONS = {
    "1/2": Decimal("0.5"), "½": Decimal("0.5"), "1/4": Decimal("0.25"), "¼": Decimal("0.25"),
    "3/4": Decimal("0.75"), "¾": Decimal("0.75"),
}  # fmt: skip


def numbers_in_letters(text: str) -> str:
    """Rewrite every number of `text` in words: « 2 comprimés à 8 h pendant 28 jours » → « deux comprimés à huit
    heures pendant vingt-huit jours ».

    Kept in digits: dates, references and names with digits (« B12 », « n° 4 », « 3e »), blood pressures, and
    what is beyond letters.LARGEST. A number agrees with the noun it counts when the noun is known.
    """
    for short, written in _AS_ONE_READS:
        text = short.sub(written, text)
    text = _STRENGTHS.sub(_each_with_its_unit, text)
    # « 10-8 » would read « dix-huit ».
    return _TOKEN.sub(_rewritten, _RANGE.sub(lambda found: re.sub("[-–]", " – ", found[0]), text))


def left_in_digits(text: str) -> str:
    """Return the first piece of `text` that would stay in digits although it may be an amount; empty when there is none.

    The law wants the strength, the amount and the number of intakes in letters (CSP R5132-29): what cannot be rewritten
    for sure has to be typed again.
    """
    found = _LEFT.search(_ALLOWED.sub("", numbers_in_letters(text)))
    return found[0].strip(",;:()") if found else ""


def _each_with_its_unit(match: re.Match[str]) -> str:
    if match["amounts"] in _FRACTIONS:
        return match[0]
    return "/".join(f"{amount} {match['unit']}" for amount in match["amounts"].split("/"))


def _rewritten(match: re.Match[str]) -> str:
    if match["kept"]:
        return match[0]
    if match["hours"]:
        return _led(match, _clock(match))
    return _led(match, _quantity(match))


def _led(match: re.Match[str], words: str) -> str:
    """Put back the slash before the number: « par » when a strength is divided by a volume or a time."""
    if not match["slash"]:
        return words
    divides = match["hours"] or match["noun"] in VOLUMES_AND_TIMES
    return f" par {words}" if divides else f"/{words}"


def _clock(match: re.Match[str]) -> str:
    """« huit heures », « vingt heures trente », « une heure »."""
    hours = int(match["hours"])
    words = f"{in_letters(hours, feminine=True)} heure{'s' if hours > 1 else ''}"
    minutes = int(match["minutes"] or 0)
    return f"{words} {in_letters(minutes, feminine=True)}" if minutes else words


def _quantity(match: re.Match[str]) -> str:
    value = _FRACTIONS.get(match["fraction"]) or _value(match)
    if value > LARGEST:
        return match[0]
    if noun := match["noun"]:
        return quantity_in_letters(value, noun) + "".join(map(_per, match["per"].split("/")[1:]))
    shared = _COUNTS_TOO.match(match.string, match.end())
    feminine = bool(shared and (COUNTED.get(shared["noun"]) or MEASURED[shared["noun"]]).feminine)
    words = decimal_in_letters(value, feminine=feminine) if match["number"] else _FRACTION_WORDS[value]
    # « 3x » glued: a space keeps the word readable.
    glued = not match["space"] and match.string[match.end() : match.end() + 1].isalnum()
    return words + (match["space"] or (" " if glued else ""))


_FRACTION_WORDS = {Decimal("0.5"): "un demi", Decimal("0.25"): "un quart", Decimal("0.75"): "trois quarts"}


def _value(match: re.Match[str]) -> Decimal:
    digits = re.sub(_SPACE, "", match["number"])
    return Decimal(digits + (match["decimals"] or "").replace(",", "."))


def _per(unit: str) -> str:
    noun = COUNTED.get(unit) or MEASURED[unit]
    return f" par {noun.singular}"
