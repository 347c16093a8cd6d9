"""How a check words its answers: one `Voice` per check holds what all of its findings share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b

from prescriptions.kinds.medicament.sentence import enumeration
from prescriptions.kinds.wording import count
from prescriptions.safety.case import CaseLine
from prescriptions.safety.doses import told_a_day
from prescriptions.safety.finding import Check, Finding, Level, Source, Status


@dataclass(frozen=True, slots=True)
class Voice:
    """A check, its usual source, and whether it belongs to the clinical engine."""

    check: Check
    source: Source
    clinical: bool = False

    def citing(self, text: str, dated: date | None, rule: str = "") -> Voice:
        """Return the same voice with another source."""
        return replace(self, source=Source(text, dated, rule or self.source.rule))

    def alert(
        self,
        level: Level,
        lines: Iterable[CaseLine],
        headline: str,
        text: str = "",
        *,
        band: str = "",
        expanded: bool = True,
        levels: tuple[str, ...] = (),
    ) -> Finding:
        """Say what was found. `band`: what changes the answer, the duration or the dose; part of the key of acknowledgement."""
        about = tuple(lines)
        return Finding(
            check=self.check,
            status=Status.ALERT,
            lines=tuple(line.key for line in about),
            level=level,
            headline=headline,
            text=text,
            source=self.source,
            clinical=self.clinical,
            ack_key=self._key(about, level, band, levels),
            levels=levels,
            expanded=expanded,
        )

    def not_done(self, lines: Iterable[CaseLine], headline: str, text: str = "") -> Finding:
        """Say what could not be checked, and why."""
        return Finding(
            check=self.check,
            status=Status.NOT_DONE,
            lines=tuple(line.key for line in lines),
            headline=headline,
            text=text,
            source=self.source,
            clinical=self.clinical,
        )

    def _key(self, lines: tuple[CaseLine, ...], level: Level, band: str, levels: tuple[str, ...]) -> str:
        """Rule A44: the medicines (not the lines: they are renewed), the levels, the release, the band of dose.

        A digest: a key goes into pages, and says nothing of anybody.
        """
        what = "+".join(sorted(identity(line) for line in lines))
        dated = self.source.dated.isoformat() if self.source.dated else ""
        told = "|".join((what, "/".join(levels) or level.value, dated, band))
        return f"{self.check.value}-{blake2b(told.encode(), digest_size=12).hexdigest()}"


def identity(line: CaseLine) -> str:
    """Return what the medicine of a line is remembered by: its substances, else its name."""
    if line.drug is None:
        return line.label.casefold()
    codes = sorted({substance.base_code for substance in line.drug.active})
    return "-".join(codes) or line.drug.cis


def doses(lines: Iterable[CaseLine]) -> str:
    """Return the band of dose of these lines, whatever their order: an answer holds for the doses it was given to (A44)."""
    return "+".join(sorted(f"{identity(line)}={told_a_day(line)}" for line in lines))


NAMED_AT_MOST = 3
"""Medicines that a headline names; more are counted there, and named in the text (ours)."""


def few(lines: Sequence[CaseLine]) -> str:
    """Return the names of these lines when they are few, else their number: « 12 médicaments »."""
    return names(lines) if len(lines) <= NAMED_AT_MOST else count(len(lines), "médicament")


def names(lines: Iterable[CaseLine]) -> str:
    """Return the short names of these lines, each once, in order."""
    return enumeration(list(dict.fromkeys(line.name for line in lines)))
