"""Reading the official text, laid out in columns (`pdftotext -layout` of the ANSM's PDF).

A heading starts its line in capitals; « + NAME » under it opens an entry; the entry's body has the mechanism on
the left and, on the right, the level then what to do. Between a heading and its first entry: « Voir aussi »
(the classes it belongs to), or the members of the class between parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from prescriptions.referentials.replacing import MalformedFile
from prescriptions.referentials.tables.thesaurus import LEVEL_WORDS
from prescriptions.referentials.words import fold

_RIGHT = 75
"""Column from which a text is of the right side: it starts between 81 and 104 all over the edition of 2023."""
_BODY_INDENT = 10
_PIECE = re.compile(r"\S+(?: \S+)*")
_PAGE_NUMBER = re.compile(r"\s*\d+\s*")
_DAY = re.compile(r"^\s*(\d{1,2})(?:er)? ([a-zéû]+) (\d{4})\s*$", re.MULTILINE)
_MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()  # noqa: SIM905
)
ORDER = ("CI", "AD", "PE", "APEC")


@dataclass(slots=True)
class Entry:
    """One « + NAME » under its heading, as printed. `line`: its rank in the text."""

    heading: str
    partner: str
    line: int
    left: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)

    @property
    def levels(self) -> tuple[str, ...]:
        """Worst first; empty when the first line on the right is no level."""
        parts = [part.strip() for part in _straight(self.right[0]).split(" - ")] if self.right else []
        found = {LEVEL_WORDS.get(part, "") for part in parts}
        return () if "" in found else tuple(level for level in ORDER if level in found)

    @property
    def mechanism(self) -> str:
        """The left column, in one line."""
        return " ".join(self.left)

    @property
    def conduct(self) -> str:
        """The right column under the level, one line per paragraph or dash."""
        lines: list[str] = []
        for text in self.right[1:]:
            if not lines or not text or text.startswith("- ") or lines[-1].endswith(":") or not lines[-1]:
                lines.append(text)
            else:
                lines[-1] += f" {text}"
        return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class Heading:
    """A protagonist of the thesaurus: a substance, or a class with its members."""

    name: str
    preamble: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def see_also(self) -> tuple[str, ...]:
        """The classes it belongs to, as printed."""
        text = " ".join(self.preamble)
        match = re.search(r"Voir aussi : (.*?)(?: \(|$)", text)
        return tuple(part.strip() for part in match[1].split(" - ")) if match else ()

    @property
    def members(self) -> tuple[str, ...]:
        """The substances between parentheses; a « voir aussi » between parentheses is none of them."""
        text = "\n".join(self.preamble)
        lists = (
            m[1] for m in re.finditer(r"^\((?!voir aussi)(.*?)(?:\)$|\Z)", text, re.MULTILINE | re.DOTALL)
        )
        joined = next(lists, "")
        return tuple(" ".join(part.split()) for part in _outer_commas(joined)) if joined else ()


def published_on(text: str) -> date:
    """Return the day printed on the first page."""
    match = _DAY.search(text[:4000])
    if match is None or fold(match[2]) not in _MONTHS:
        raise MalformedFile(
            "Le thésaurus ne porte pas sa date en première page. Vérifiez le fichier, ou donnez la date avec --date."
        )
    return date(int(match[3]), _MONTHS.index(fold(match[2])) + 1, int(match[1]))


def headings(text: str) -> Iterator[Heading]:
    """Yield the protagonists that have entries, in the order of the text."""
    current: Heading | None = None
    before = ""
    for number, line in _lines(text):
        if _is_heading(line) and current is not None and before == current.name:
            current.name += f" {line.strip()}"
        elif _is_heading(line):
            if current and current.entries:
                yield current
            current = Heading(line.strip())
        elif current is not None:
            _take(current, number, line)
        before = line.strip()
    if current and current.entries:
        yield current


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines without the page breaks and their numbers."""
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.replace("\f", "").rstrip()
        if not ("\f" in raw and _PAGE_NUMBER.fullmatch(line)):
            yield number, line


def _is_heading(line: str) -> bool:
    return bool(line) and not line[0].isspace() and line[0] not in "+(-" and line == line.upper()


def _take(heading: Heading, number: int, line: str) -> None:
    """Give a line to the entry it continues, or to what stands before the entries."""
    if line.startswith("+"):
        heading.entries.append(Entry(heading.name, line[1:].strip(), number))
    elif not heading.entries:
        heading.preamble.append(line.strip())
    elif _continues_name(heading.entries[-1], line):
        heading.entries[-1].partner += f" {line.strip()}"
    else:
        _take_body(heading.entries[-1], line)


def _continues_name(entry: Entry, line: str) -> bool:
    indent = len(line) - len(line.lstrip())
    return bool(line) and indent < _BODY_INDENT and not entry.left and not entry.right


def _take_body(entry: Entry, line: str) -> None:
    pieces = [(match.start(), match[0]) for match in _PIECE.finditer(line)]
    left = " ".join(text for start, text in pieces if start < _RIGHT)
    right = " ".join(text for start, text in pieces if start >= _RIGHT)
    if left:
        entry.left.append(_straight(left))
    if right or entry.right:
        entry.right.append(_straight(right))


def _straight(text: str) -> str:
    return text.replace("’", "'")


def _outer_commas(text: str) -> Iterable[str]:
    """Cut at the commas outside parentheses."""
    depth, start = 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            yield text[start:at]
            start = at + 1
    yield text[start:]
