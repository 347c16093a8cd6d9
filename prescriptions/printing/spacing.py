"""No line break between a quantity and what it counts: « 1 » at the end of a line and « comprimé » on the
next is misread.
"""

import re

NBSP = "\u00a0"
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=\S)")
_BEFORE_MARK = re.compile(r" (?=[:;!?»%€])|(?<=«) ")
_NUMBER_SIGN = re.compile(r"(?<=n°) ")


def hard_spaces(text: str) -> str:
    """Return `text` with no-break spaces after numbers and around French punctuation; words are untouched."""
    for pattern in (_AFTER_NUMBER, _BEFORE_MARK, _NUMBER_SIGN):
        text = pattern.sub(NBSP, text)
    return text
