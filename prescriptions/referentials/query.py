"""From what was typed to what the index is asked. Nothing here reads the database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .tables.abbreviations import ABBREVIATIONS
from .words import STOP_WORDS, UNITS, Token, base_quantity, fold, tokens

MAX_TERMS = 8
MAX_LETTERS = 120
"""What is read of a query; the rest is ignored."""

_MEANINGS = {typed.replace(" ", ""): meaning for typed, meaning in ABBREVIATIONS.items()}
_PHRASES = sorted((typed for typed in ABBREVIATIONS if " " in typed), key=len, reverse=True)
_PHRASE = re.compile(rf"\b(?:{'|'.join(map(re.escape, _PHRASES))})\b")
_CODE = re.compile(r"\d{7,13}", re.ASCII)
_SCAN = re.compile(r"(?:\]d2)?01(0\d{13})")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked, as two pieces of tsquery: met as typed, or met by its beginning.

    `word` is set when the base must be asked whether it knows that word at all.
    """

    exact: str
    prefix: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the base says of a word: some name, or anything at all, begins so; else the nearest words."""

    in_names: bool
    anywhere: bool
    near: Sequence[str] = ()


def official_code(query: str) -> str:
    """Return the CIS, CIP7 or CIP13 in `query` (typed, or scanned from a box), else an empty string."""
    scanned = _SCAN.match(query.strip())
    if scanned:
        return scanned[1][1:]
    digits = re.sub(r"\s", "", query)
    if len(digits) == 14 and digits.startswith("0"):
        digits = digits[1:]
    return digits if _CODE.fullmatch(digits) else ""


def terms(query: str, *, of_drugs: bool = True) -> list[Term]:
    """Return what is asked, word by word, stop words and lonely units left out.

    `of_drugs`: read the abbreviations of medicines (« para », « vit d »).
    """
    text = fold(query[:MAX_LETTERS])
    if of_drugs:
        text = _PHRASE.sub(lambda match: match[0].replace(" ", ""), text)
    found = list(tokens(text))
    kept: list[Term] = []
    for position, token in enumerate(found[:MAX_TERMS]):
        after_number = position > 0 and bool(found[position - 1].number) and not found[position - 1].unit
        if token.number:
            kept.append(_quantity(token, last=position == len(found) - 1))
        elif token.word not in STOP_WORDS and not (after_number and _begins_a_unit(token.word)):
            kept.append(_word(token.word, _MEANINGS if of_drugs else {}))
    return kept


def tsqueries(asked: Sequence[Term], known: Mapping[str, Known]) -> tuple[str, str] | None:
    """Return the tsquery of an exact match and that of any match; None when a word is unknown to the base."""
    exact: list[str] = []
    prefix: list[str] = []
    for term in asked:
        answer = known.get(term.word)
        if answer is None:
            exact.append(term.exact)
            prefix.append(term.prefix)
        elif answer.anywhere:
            names_only = answer.in_names and len(asked) == 1
            exact.append(term.exact)
            prefix.append(term.prefix.split(" | '~")[0] if names_only else term.prefix)
        elif answer.near:
            exact.append(_any_of(answer.near))
            prefix.append(_any_of(answer.near))
        else:
            return None
    return _all_of(exact), _all_of(prefix)


def nearest(word: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates at the smallest number of typing errors from `word`, none when all are too far.

    A candidate is compared whole and by its beginning, since the word may be half typed. Allowed: one error
    from four letters, two from six, three from ten.
    """
    allowed = sum(len(word) >= size for size in (4, 6, 10))
    scores = {c: min(typing_errors(word, c), typing_errors(word, c[: len(word)]) + 0.5) for c in candidates}
    best = min(scores.values(), default=allowed + 1)
    return [c for c, score in scores.items() if score == best] if best <= allowed else []


def typing_errors(a: str, b: str) -> float:
    """Return the number of letters added, dropped, changed or swapped between two words."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        before, previous, row = row, before, [i]
        for j, other in enumerate(b, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _quantity(token: Token, *, last: bool) -> Term:
    if not token.unit:
        return Term(exact=f"'{token.number}'", prefix=f"'{token.number}':*")
    whole = f"'{base_quantity(token.number, token.unit)}'"
    if last and token.spaced and len(token.unit) == 1 and token.unit.isalpha():
        # « paracetamol 500 g » may be the start of « 500 gélule ».
        return Term(whole, f"({whole} | ('{token.number}' & ('{token.unit}':* | '~{token.unit}':*)))")
    return Term(whole, whole)


def _word(word: str, meanings: Mapping[str, str]) -> Term:
    stem = word[:-1] if len(word) > 4 and word.endswith("s") else word
    exact = [f"'{spelling}' | '~{spelling}'" for spelling in dict.fromkeys((word, stem))]
    prefix = f"'{stem}':* | '~{stem}':*"
    meaning = meanings.get(word)
    if meaning is None:
        return Term(" | ".join(exact), prefix, word)
    expansion = "(" + " & ".join(f"({_word(part, meanings).exact})" for part in meaning.split()) + ")"
    return Term(f"{' | '.join(exact)} | {expansion}", f"{expansion} | {prefix}")


def _begins_a_unit(word: str) -> bool:
    return any(unit.startswith(word) for unit in UNITS)


def _any_of(words: Iterable[str]) -> str:
    return " | ".join(f"'{word}' | '~{word}'" for word in words)


def _all_of(parts: Iterable[str]) -> str:
    return " & ".join(f"({part})" for part in parts)


def words_to_look_up(asked: Iterable[Term]) -> Iterator[str]:
    """Yield the words the base must be asked about, each once."""
    yield from dict.fromkeys(term.word for term in asked if term.word)
