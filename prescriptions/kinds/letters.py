"""Numbers in French words, for what the law wants in letters: units of intake, number of intakes and strength
(CSP R5132-29; rule B13), number of lines (arrêté du 31 mars 1999; rule B12).

Traditional spelling: hyphens below one hundred only, « vingt et un », « deux cents », « deux cent un ».
"""

from __future__ import annotations

from decimal import Decimal

from prescriptions.kinds.letter_units import BEFORE_VOWEL, COUNTED, MEASURED, Noun

_UNITS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}
LARGEST = 999_999
"""Beyond, the sentence would need « million de »: no dose of a secured medicine goes there."""


def in_letters(number: int, *, feminine: bool = False) -> str:
    """Write `number`, 0 to 999 999, in words: « vingt et un », « quatre-vingts », « deux cent un », « mille ».

    With `feminine`, it agrees with a feminine noun: « vingt et une lignes ». Raises ValueError out of range.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"only whole numbers from 0 to {LARGEST} are written in letters")
    thousands, rest = divmod(number, 1000)
    words = _thousands(thousands)
    if rest or not words:
        words.append(_below_thousand(rest))
    text = " ".join(words)
    return f"{text}e" if feminine and text.endswith("un") else text


def _thousands(count: int) -> list[str]:
    """« mille », « deux mille », « quatre-vingt mille »: mille never agrees, and nothing agrees before it."""
    if count < 2:
        return ["mille"] * count
    words = _below_thousand(count)
    agreed = words.endswith(("vingts", "cents"))
    return [words[:-1] if agreed else words, "mille"]


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    head = "cent" if hundreds == 1 else f"{_UNITS[hundreds]} cent"
    if rest:
        return f"{head} {_below_hundred(rest)}"
    return head if hundreds == 1 else f"{head}s"


def _below_hundred(number: int) -> str:
    if number < 20:
        return _UNITS[number]
    tens = number // 10
    # soixante-dix and quatre-vingt-dix count on from sixty and eighty.
    base = tens - 1 if tens in (7, 9) else tens
    rest = number - base * 10
    if rest == 0:
        return "quatre-vingts" if base == 8 else _TENS[base]
    linked = rest in (1, 11) and base != 8
    return f"{_TENS[base]} et {_UNITS[rest]}" if linked else f"{_TENS[base]}-{_UNITS[rest]}"


def count(number: int, *, feminine: bool = False) -> str:
    """Write a count twice, so that it cannot be altered: « trois (3) »."""
    return f"{in_letters(number, feminine=feminine)} ({number})"


def decimal_in_letters(value: Decimal, *, feminine: bool = False) -> str:
    """Write a decimal as it is read aloud, without trailing zero (rule A23): « douze virgule cinq », « zéro
    virgule zéro vingt-cinq ». Raises ValueError when either side is out of range.
    """
    whole, _, fraction = f"{value:f}".partition(".")
    fraction = fraction.rstrip("0")
    if not fraction:
        return in_letters(int(whole), feminine=feminine)
    zeros = ["zéro"] * (len(fraction) - len(fraction.lstrip("0")))
    return " ".join([in_letters(int(whole)), "virgule", *zeros, in_letters(int(fraction))])


def quantity_in_letters(value: Decimal, unit: str) -> str:
    """Write a quantity and its unit in words, agreed; French plural begins at 2.

    Halves and quarters of what is counted are said as one says them: « un demi-comprimé », « une gélule et
    demie », « trois quarts de comprimé ». What is measured is read digit by digit: « deux virgule cinq
    milligrammes ». An unknown unit is kept as it is written.
    """
    if noun := COUNTED.get(unit):
        return _counted(value, noun)
    noun = MEASURED.get(unit) or Noun(unit, unit, "m")
    return f"{decimal_in_letters(value, feminine=noun.feminine)} {noun.agreed(value)}"


_QUARTERS = {Decimal("0.25"): "un quart", Decimal("0.75"): "trois quarts"}
_HALF = Decimal("0.5")


def _counted(value: Decimal, noun: Noun) -> str:
    whole, rest = divmod(value, 1)
    if not rest or rest not in (*_QUARTERS, _HALF):
        return f"{decimal_in_letters(value, feminine=noun.feminine)} {noun.agreed(value)}"
    if not whole:
        return _part(rest, noun)
    left = ("demie" if noun.feminine else "demi") if rest == _HALF else _QUARTERS[rest]
    return f"{in_letters(int(whole), feminine=noun.feminine)} {noun.agreed(value)} et {left}"


def _part(rest: Decimal, noun: Noun) -> str:
    """« un demi-comprimé », « une demi-ampoule », « un quart d’ampoule »."""
    if rest == _HALF:
        return f"{'une' if noun.feminine else 'un'} demi-{noun.singular}"
    return f"{_QUARTERS[rest]} {'d’' if noun.singular.startswith(BEFORE_VOWEL) else 'de '}{noun.singular}"
