"""No line break between a quantity and what it counts: « 1 » at the end of a line and « comprimé » on the
next is misread.
"""

import re

NBSP = "\u00a0"
BREAK = "\u200b"
"""Zero-width space: a place where a line may end."""

_LONGEST_WORD = 40
_TOO_LONG = re.compile(rf"\S{{{_LONGEST_WORD}}}(?=\S)")
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=\S)")
_BEFORE_MARK = re.compile(r" (?=[:;!?»%€])|(?<=«) ")
_NUMBER_SIGN = re.compile(r"(?<=n°) ")


def hard_spaces(text: str) -> str:
    """Return `text` with no-break spaces after numbers and around French punctuation.

    A word wider than its column may be cut, so that it never runs off the paper; others are untouched.
    """
    text = _TOO_LONG.sub(lambda word: word[0] + BREAK, text)
    for pattern in (_AFTER_NUMBER, _BEFORE_MARK, _NUMBER_SIGN):
        text = pattern.sub(NBSP, text)
    return text
