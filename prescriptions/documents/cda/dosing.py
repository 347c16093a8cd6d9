"""From a posology to the shape a CDA line can carry: one mode of administration, and parts of one dose each.

The modes are those of IHE PCC as the ANS defines them (FR-Traitement-prescrit). « Doses combinées » is an association of
several medicines in one intake, which a line never is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from prescriptions.kinds.medicament.medication import Medication, Regime
from prescriptions.kinds.medicament.posology import Intake, Phase, Rhythm, in_the_day

_IHE = "1.3.6.1.4.1.19376.1.5.3.1.4"


class Mode(StrEnum):
    """Mode of administration: the templateId it is said with."""

    NORMAL = f"{_IHE}.7.1"
    TAPERED = f"{_IHE}.8"
    """By steps (« doses progressives »), whatever changes from one to the next."""
    SPLIT = f"{_IHE}.9"
    """Different doses at different moments (« doses fractionnées »)."""
    CONDITIONAL = f"{_IHE}.10"
    """If needed (« doses conditionnelles »)."""
    DELAYED = f"{_IHE}.21"
    """« Doses à début différé »: said beside NORMAL, for a treatment that begins after the ordonnance."""


@dataclass(frozen=True, slots=True)
class Part:
    """Intakes of one dose, over a stretch of days, on one rhythm."""

    dose: Decimal
    first: date
    last: date | None
    rhythm: Rhythm
    """Counted from `first`."""
    intakes: tuple[Intake, ...]


@dataclass(frozen=True, slots=True)
class Dosing:
    """How a line is taken. No parts: the posology stands in the text alone."""

    modes: tuple[Mode, ...]
    first: date
    last: date | None
    parts: tuple[Part, ...]

    @property
    def has_sub_lines(self) -> bool:
        """Every mode but the normal one details its parts in lines of their own."""
        return self.modes[0] != Mode.NORMAL


def dosing(line: Medication, written_on: date) -> Dosing:
    """Return the shape of a line of an ordonnance written on `written_on`."""
    last = last_day(line)
    parts = tuple(_parts(line, last))
    return Dosing(_modes(line, last, parts, written_on), line.starts_on, last, parts)


def last_day(line: Medication) -> date | None:
    """Return the last day of the treatment, renewals included; None when nothing bounds it."""
    if line.regime == Regime.DOSE_UNIQUE:
        return line.starts_on
    phases = line.posology.phases
    known = [line.ends_on] if line.ends_on else []
    if phases and all(phase.days for phase in phases):
        known.append(line.starts_on + timedelta(days=sum(phase.days or 0 for phase in phases) - 1))
    return min(known, default=None)


def _modes(
    line: Medication, last: date | None, parts: tuple[Part, ...], written_on: date
) -> tuple[Mode, ...]:
    if line.posology.as_needed is not None:
        return (Mode.CONDITIONAL,)
    if parts and len(line.posology.phases) > 1:
        return (Mode.TAPERED,)
    if len(parts) > 1:
        return (Mode.SPLIT,)
    later = line.starts_on > written_on and last is not None
    return (Mode.NORMAL, Mode.DELAYED) if later else (Mode.NORMAL,)


def _parts(line: Medication, last: date | None) -> Iterator[Part]:
    """One part a dose of each step; a step that begins after the end of the line is never taken."""
    if (needed := line.posology.as_needed) is not None:
        yield Part(needed.dose, line.starts_on, last, Rhythm(), ())
        return
    first = line.starts_on
    for phase in line.posology.phases:
        if last is not None and first > last:
            return
        end = first + timedelta(days=phase.days - 1) if phase.days else last
        yield from _of_one_dose(phase, first, min(end, last) if end and last else end)
        first += timedelta(days=phase.days or 0)


def _of_one_dose(phase: Phase, first: date, last: date | None) -> Iterator[Part]:
    groups: dict[Decimal, list[Intake]] = {}
    for intake in sorted(phase.intakes, key=in_the_day):
        groups.setdefault(intake.dose, []).append(intake)
    for dose, intakes in groups.items():
        yield Part(dose, first, last, phase.rhythm, tuple(intakes))
