"""When a dose is taken, in the data types of HL7 v3 (IVL_TS, PIVL_TS, EIVL_TS, SXPR_TS).

The days of the rhythm and the times of the day are two sets: a dose is taken where they meet (operator A). Inside each
set, terms add up (operator I).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from prescriptions.documents.cda.dosing import Part
from prescriptions.documents.cda.markup import day, interval, plain
from prescriptions.kinds.medicament.posology import Intake, Moment, Rhythm, RhythmKind

EVENTS = {Moment.MATIN: "CM", Moment.MIDI: "CD", Moment.SOIR: "CV", Moment.COUCHER: "HS"}
"""HL7 TimingEvent: at breakfast, at lunch, at dinner, at bedtime. The meals stand for the moments of the house."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a set: attributes that say its data type, and its content."""

    attributes: str
    inside: str


Terms = tuple[Term, ...]


def bounds(tag: str, first: date, last: date | None, operator: str = "") -> str:
    """Write the stretch of days of a treatment, or of one of its steps."""
    return f'<{tag} xsi:type="IVL_TS"{operator}>{interval(first, last)}</{tag}>'


def frequency(tag: str, part: Part, *, single: bool = False) -> str:
    """Write the days and the times of the intakes, each as a set that narrows the treatment."""
    return "".join(_set(tag, terms) for terms in (_days(part), _times(part, single=single)) if terms)


def every(tag: str, hours: Decimal) -> str:
    """Write the least time between two intakes of a dose taken if needed."""
    return f'<{tag} xsi:type="PIVL_TS" operator="A"><period value="{plain(hours)}" unit="h"/></{tag}>'


def whole(part: Part, *, gap: Decimal | None) -> str:
    """Write the one effectiveTime of a sub-line: its days, then its frequency, or its least interval `gap`."""
    inside = bounds("comp", part.first, part.last, ' operator="A"')
    inside += every("comp", gap) if gap is not None else frequency("comp", part)
    return f'<effectiveTime xsi:type="SXPR_TS">{inside}</effectiveTime>'


def _set(tag: str, terms: Terms) -> str:
    if len(terms) == 1:
        return f'<{tag} {terms[0].attributes} operator="A">{terms[0].inside}</{tag}>'
    first, *others = terms
    comps = f"<comp {first.attributes}>{first.inside}</comp>" + "".join(
        f'<comp {term.attributes} operator="I">{term.inside}</comp>' for term in others
    )
    return f'<{tag} xsi:type="SXPR_TS" operator="A">{comps}</{tag}>'


def _days(part: Part) -> Terms:
    rhythm = part.rhythm
    if rhythm.kind == RhythmKind.EVERY_N and rhythm.every_n > 1:
        return (_some_days(part.first, rhythm.every_n, "d"),)
    if rhythm.kind == RhythmKind.WEEKDAYS and len(set(rhythm.weekdays)) < 7:
        return _weekdays(rhythm, part.first)
    return ()


def _weekdays(rhythm: Rhythm, first: date) -> Terms:
    """Each week day from its first date on or after `first`, every week."""
    dates = (first + timedelta(days=(weekday.iso - first.isoweekday()) % 7) for weekday in rhythm.weekdays)
    return tuple(_some_days(date_, 1, "wk", ' alignment="DW"') for date_ in dates)


def _some_days(first: date, number: int, unit: str, alignment: str = "") -> Term:
    """A whole day, that comes again every `number` units from `first`."""
    phase = f'<phase><low value="{day(first)}"/><width value="1" unit="d"/></phase>'
    return Term(f'xsi:type="PIVL_TS"{alignment}', f'{phase}<period value="{number:d}" unit="{unit}"/>')


def _times(part: Part, *, single: bool) -> Terms:
    return tuple(_time(intake, part.first, single=single) for intake in part.intakes)


def _time(intake: Intake, first: date, *, single: bool) -> Term:
    if isinstance(intake.at, Moment):
        return Term('xsi:type="EIVL_TS"', f'<event code="{EVENTS[intake.at]}"/>')
    return _clock(intake.at, first, again="" if single else '<period value="1" unit="d"/>')


def _clock(at: time, first: date, *, again: str) -> Term:
    """A time of the day, Europe/Paris: no zone is written, or it would move with summer time."""
    phase = f'<phase><low value="{day(first)}{at:%H%M}"/></phase>'
    return Term('xsi:type="PIVL_TS"', phase + again)
