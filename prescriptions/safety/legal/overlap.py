"""No new prescription of a narcotic over a period already covered, unless it is expressly written (rules B17, B22)."""

from __future__ import annotations

from collections.abc import Iterator

from prescriptions.safety.answers import Voice
from prescriptions.safety.case import Case, CaseLine, Origin
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.substances import base_codes

VOICE = Voice(Check.OVERLAP, Source("CSP R5132-33", None, "B17"))


def check(case: Case) -> Iterator[Finding]:
    """Compare each narcotic, or medicine whose label forbids overlap, with what already covers its days."""
    for line in case.proposed:
        if line.rules is not None and (line.rules.narcotic or line.rules.no_overlap):
            yield from _of_line(case, line)


def _of_line(case: Case, line: CaseLine) -> Iterator[Finding]:
    for other in case.lines:
        if _is_earlier(case, line, other) and base_codes(line) & base_codes(other):
            together = overlap(line, other)
            if together is None:
                yield VOICE.not_done(
                    [line, other],
                    f"{line.name} : chevauchement non contrôlé",
                    "Une date de début ou de fin manque.",
                )
            elif together:
                yield _finding(line, other)


def _is_earlier(case: Case, line: CaseLine, other: CaseLine) -> bool:
    """Another prescription of the same prescriber. In one prescription, only a label that forbids overlap speaks: a background
    dose and a rescue dose of one opioid are written together.
    """
    if other is line or other.origin is Origin.EXTERNAL:
        return False
    if other.origin is Origin.CURRENT:
        return other.same_prescriber
    forbids = line.rules is not None and line.rules.no_overlap
    return forbids and case.lines.index(other) < case.lines.index(line)


def overlap(a: CaseLine, b: CaseLine) -> bool | None:
    """Tell whether two lines share a day; None when a date is missing."""
    if a.starts_on is None or b.starts_on is None:
        return None
    first, last = (a, b) if a.starts_on <= b.starts_on else (b, a)
    if first.starts_on == last.starts_on:
        return True
    return None if first.ends_on is None or last.starts_on is None else last.starts_on <= first.ends_on


def _finding(line: CaseLine, other: CaseLine) -> Finding:
    until = f" jusqu’au {other.ends_on:%d/%m/%Y}" if other.ends_on else ""
    if line.overlap_reason:
        text = f"La mention est imprimée : chevauchement autorisé, {line.overlap_reason}."
        return VOICE.alert(Level.INFO, [line, other], f"{line.name} : chevauchement motivé", text)
    return VOICE.alert(
        Level.REASON,
        [line, other],
        f"{line.name} : déjà prescrit{until}",
        "Une nouvelle ordonnance ne peut couvrir la même période que sur mention expresse : "
        "décalez le début, ou donnez le motif, qui sera imprimé.",
    )
