"""What one edition of the thesaurus becomes, and whether it is credible."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from prescriptions.referentials.replacing import MalformedFile, digest
from prescriptions.referentials.tables.thesaurus import HAND_ENTRIES

from .names import Protagonists, key, names_of, substance_key
from .parse import Heading, headings, published_on

SOURCE = "ANSM, thésaurus des interactions médicamenteuses"
CROSSWALK = "bdpm_substance_to_ansm.csv"
MIN_SYMMETRY = 0.98
"""Share of entries whose reverse is in the text too (C2): below, the text was badly read."""


class PairRow(NamedTuple):
    """One entry."""

    heading: str
    partner: str
    printed: str
    levels: list[str]
    mechanism: str
    conduct: str
    line: int


class LinkRow(NamedTuple):
    """One substance of the drug base and a protagonist it is."""

    substance_code: str
    protagonist: str
    certain: bool


class ThesaurusContents:
    """The parsed text, and the substances of the drug base in it."""

    def __init__(self, text_name: str, files: dict[str, bytes]) -> None:
        self.sha256 = digest(files)
        self._text = files[text_name].decode("utf-8-sig")
        self.headings: list[Heading] = list(headings(self._text))
        if not self.headings:
            raise MalformedFile(
                f"{text_name} : aucune interaction trouvée. Gardez les colonnes du PDF (pdftotext -layout)."
            )
        self.protagonists = Protagonists(heading.name for heading in self.headings)
        self.pairs = list(self._pairs())
        self.pairs += self._hand_pairs()
        self._crosswalk = files[CROSSWALK]

    def published_on(self) -> date:
        """Return the day printed on the first page."""
        return published_on(self._text)

    def _pairs(self) -> Iterator[PairRow]:
        for heading in self.headings:
            for entry in heading.entries:
                partner = self.protagonists.find(entry.partner) or entry.partner
                yield PairRow(
                    heading.name,
                    partner,
                    entry.partner,
                    list(entry.levels),
                    entry.mechanism,
                    entry.conduct,
                    entry.line,
                )

    def _hand_pairs(self) -> list[PairRow]:
        """What the text says in plain paragraphs, unless it now says another level in its columns."""
        read = {(row.heading, row.partner): row.levels for row in self.pairs}
        rows = (
            PairRow(heading, partner, printed, [level], text, "", 0)
            for name, printed, level, text in HAND_ENTRIES
            if (heading := self.protagonists.find(name)) and (partner := self.protagonists.find(printed))
        )
        return [row for row in rows if read.get((row.heading, row.partner), row.levels) == row.levels]

    @cached_property
    def members(self) -> list[tuple[str, str]]:
        """Each protagonist with its members: those listed, those that say « voir aussi », and itself."""
        found: dict[tuple[str, str], None] = {}
        for heading in self.headings:
            found[heading.name, heading.name] = None
            found.update(dict.fromkeys((heading.name, member) for member in heading.members))
            classes = (self.protagonists.find(name) for name in heading.see_also)
            found.update(dict.fromkeys((name, heading.name) for name in classes if name))
        return list(found)

    @cached_property
    def links(self) -> list[LinkRow]:
        """The crosswalk, one line per protagonist that this edition still names.

        What was matched by its whole name must be a name of the protagonist or of one of its members, or it
        is left out: « sodium (chlorure de) » is no citrate. What was matched by one word stays, uncertain.
        """
        listed: dict[str, set[str]] = {}
        for protagonist, member in self.members:
            listed.setdefault(protagonist, set()).add(substance_key(member))
        found: dict[tuple[str, str], bool] = {}
        for code, names, protagonist, certain in _crosswalk_lines(self._crosswalk):
            heading = self.protagonists.find(protagonist)
            if heading and not (certain and names.isdisjoint(listed[heading])):
                found[code, heading] = certain
        return [LinkRow(code, heading, certain) for (code, heading), certain in found.items()]

    def faults(self) -> list[str]:
        """Say what makes this reading not credible: entries without level, symmetry, conflicts of levels."""
        unread = [row.line for row in self.pairs if not row.levels]
        levels = {(key(row.heading), key(row.partner)): row.levels for row in self.pairs if row.line}
        reverse = [(levels[pair], levels[pair[::-1]]) for pair in levels if pair[::-1] in levels]
        conflicts = sum(one != other for one, other in reverse)
        symmetry = len(reverse) / len(levels)
        found = []
        if unread:
            found.append(f"{len(unread)} entrées sans niveau (première : ligne {unread[0]})")
        if symmetry < MIN_SYMMETRY:
            found.append(f"symétrie {symmetry:.1%} au lieu de {MIN_SYMMETRY:.0%} au moins")
        if conflicts:
            found.append(f"{conflicts // 2 or 1} couples de niveaux contradictoires")
        return found


def _crosswalk_lines(raw: bytes) -> Iterator[tuple[str, set[str], str, bool]]:
    """Yield each substance's code, names, one protagonist, and whether it was matched by its whole name."""
    for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))):
        written = [*row["bdpm_names"].split(" / "), *row["linked_FT_names"].split(" / ")]
        names = {called for name in written if name for called in names_of(name)}
        for protagonist in (*row["ansm_own_heading"].split("; "), *row["ansm_classes"].split("; ")):
            if protagonist:
                yield row["bdpm_substance_code"], names, protagonist, row["match"] != "token"
