"""An official label in capitals, put in sentence case for reading.

No word is added or changed. A NABM label goes on with rules of billing, cut by the table in the middle of a
sentence: they are left out here, the official label keeps them.
"""

from __future__ import annotations

import re

from prescriptions.referentials.tables.acronyms import ACRONYMS, NOTES, PLAIN, UNITS

_WORD = re.compile(r"[^\W_]+")
_LOST = "\ufffd"
"""A character the published file has lost (« 4 M ? 5 CM »): shown as a space."""
_MAKER = re.compile(r",(?! )(?!\d)([^,]+)$")
_MEASURE = re.compile(r"\d*(?:CM|MM|ML|M|G|KG|L|H)[23]?|\d+(?:E|EME|ER|ERE)")
_NOTE = re.compile(rf"(?<=\S)[ .]+(?:{'|'.join(NOTES)})")
_NAMED_BY_A_LETTER = re.compile(r"(?:CLASSE|VITAMINE|HEPATITE|TYPE|GROUPE|GRIPPAUX \() ?$")
_ENDS = re.compile(r"(?:(?<=\w\w)|(?<=\.\w)|(?<=\)))\.\s")
"""The end of a sentence; a full stop after a single letter is none, unless it closes « T.S.H. »."""


def readable(label: str, *, maker: bool = False, cut_at: int = 0) -> str:
    """Return `label` in sentence case.

    `maker`: what follows a comma without a space is a maker's name and stays in capitals (LPP labels).
    `cut_at`: the table cuts its labels at this length: rules of billing go, and a cut sentence too (NABM labels).
    """
    text = label.replace(_LOST, " ")
    if cut_at:
        text = _named(text, cut=len(label) >= cut_at)
    name = _MAKER.search(text) if maker else None
    body = text[: name.start()] if name else text
    body = re.sub(r"\s+", " ", re.sub(r"\s*,(?=[^\d\s])", ", ", body)).strip(" ,")
    sentence = _WORD.sub(lambda word: _cased(word, body), body)
    if re.search(r"[\w)][\w)]\.$", sentence):
        sentence = sentence[:-1]
    sentence = sentence[:1].upper() + sentence[1:]
    return f"{sentence}, {name[1].strip(' .')}" if name else sentence


def _named(text: str, *, cut: bool) -> str:
    """Return the part of a label that names the act."""
    note = _NOTE.search(text)
    if note:
        closing = "." if re.search(r"\.\w$", text[: note.start()]) else ""
        return text[: note.start()] + closing
    if not cut:
        return text
    ends = [match.start() for match in _ENDS.finditer(text)]
    return text[: ends[-1]] if ends else f"{text.rstrip()}…"


def _cased(word: re.Match[str], text: str) -> str:
    """Keep acronyms and codes, lower the rest."""
    kept, before = word[0], text[: word.start()]
    if len(kept) > 1:
        return kept if _is_acronym(kept) else kept.lower()
    return kept if _names_something(kept, before, text[word.end() : word.end() + 1]) else kept.lower()


def _names_something(letter: str, before: str, after: str) -> bool:
    """Tell a letter that names something (vitamine D) from a word (à, d’) and from a unit (7 g)."""
    if after in ("'", "’"):
        return False
    if letter in "GMLH" and re.search(r"\d ?$", before):
        return False
    return letter not in "AY" or _NAMED_BY_A_LETTER.search(before) is not None


def _is_acronym(word: str) -> bool:
    if word in ACRONYMS:
        return True
    if word in UNITS or word in PLAIN or _MEASURE.fullmatch(word):
        return False
    return any(c.isdigit() for c in word) or not set(word) & set("AEIOUY")
