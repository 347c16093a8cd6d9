"""From a posology to the intakes of a day, and to how many units a treatment takes. Pure arithmetic on
dates.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from prescriptions.kinds.medicament.posology import Intake, Phase, Posology, RhythmKind, in_the_day

LONGEST_DAYS = 365
"""No count goes further: no prescription does (CSP R5132-21)."""


def phase_on(posology: Posology, starts_on: date, day: date) -> tuple[Phase, date] | None:
    """Return the phase that covers `day` and its first day; None before the start or after the last
    bounded phase.
    """
    first = starts_on
    for phase in posology.phases:
        if day < first:
            return None
        if phase.days is None or day < first + timedelta(days=phase.days):
            return phase, first
        first += timedelta(days=phase.days)
    return None


def is_intake_day(phase: Phase, first: date, day: date) -> bool:
    """Tell whether the rhythm of `phase`, begun on `first`, has intakes on `day`."""
    rhythm = phase.rhythm
    if rhythm.kind == RhythmKind.EVERY_N:
        return (day - first).days % rhythm.every_n == 0
    if rhythm.kind == RhythmKind.WEEKDAYS:
        return day.isoweekday() in {weekday.iso for weekday in rhythm.weekdays}
    return True


def intakes_on(posology: Posology, starts_on: date, day: date) -> tuple[Intake, ...]:
    """Return the planned intakes of `day`, in order. An if-needed dose is never planned."""
    found = phase_on(posology, starts_on, day)
    if found is None or not is_intake_day(*found, day):
        return ()
    return tuple(sorted(found[0].intakes, key=in_the_day))


def units_on(posology: Posology, starts_on: date, day: date) -> Decimal:
    """Return how many units are taken on `day`; for an if-needed treatment, the most that may be."""
    if posology.as_needed is not None:
        return posology.as_needed.max_per_24h if day >= starts_on else Decimal(0)
    return sum((intake.dose for intake in intakes_on(posology, starts_on, day)), Decimal(0))


def total_units(posology: Posology, starts_on: date, days: int) -> Decimal:
    """Return how many units `days` days of treatment take, from `starts_on`."""
    return sum(
        (units_on(posology, starts_on, starts_on + timedelta(days=rank)) for rank in range(days)), Decimal(0)
    )


def days_covered(posology: Posology, starts_on: date, units: Decimal) -> int:
    """Return how many days of treatment `units` last from `starts_on`, a year at most."""
    left = units
    for rank in range(LONGEST_DAYS):
        left -= units_on(posology, starts_on, starts_on + timedelta(days=rank))
        if left < 0:
            return rank
    return LONGEST_DAYS
