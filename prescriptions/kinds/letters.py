"""Small whole numbers in French words, for the counts the law wants in letters (arrêté du 31 mars 1999;
rule B12).
"""

_UNITS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}
LARGEST = 99


def in_letters(number: int, *, feminine: bool = False) -> str:
    """Write `number`, 0 to 99, in words: « vingt et un », « quatre-vingts », « soixante et onze ».

    With `feminine`, it agrees with a feminine noun: « vingt et une lignes ». Raises ValueError outside 0–99.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError("only whole numbers from 0 to 99 are written in letters")
    words = _masculine(number)
    return f"{words}e" if feminine and (words == "un" or words.endswith((" un", "-un"))) else words


def _masculine(number: int) -> str:
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
