"""From a posology and a strength to milligrams a day or a week: exact, or None when the base does not allow it.

Only strengths told for the unit of the posology are used (« 500 mg » for « un comprimé », « 10 mg » for « 1 ml »); nothing
is guessed: a medicine found by its common name alone has no strength.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from prescriptions.kinds.medicament.posology import Phase, Posology, RhythmKind
from prescriptions.kinds.medicament.units import spelled
from prescriptions.referentials.facts import SubstanceFacts
from prescriptions.referentials.words import fold
from prescriptions.safety.case import CaseLine
from prescriptions.safety.substances import named

_MG = {
    "g": Decimal(1000),
    "mg": Decimal(1),
    "microgramme": Decimal("0.001"),
    "microgrammes": Decimal("0.001"),
}
_AMOUNT = re.compile(r"\s*(\d[\d\s]*(?:[.,]\d+)?)\s*(g|mg|microgrammes?)\b")
_VOLUME = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*ml\b")
_WEEK = 7


def units_a_day(posology: Posology) -> Decimal:
    """Return the most units taken on one day."""
    if posology.as_needed is not None:
        return posology.as_needed.max_per_24h
    return max((_of_a_day(phase) for phase in posology.phases), default=Decimal(0))


def units_a_week(posology: Posology) -> Decimal:
    """Return the most units taken in seven days."""
    if posology.as_needed is not None:
        return posology.as_needed.max_per_24h * _WEEK
    return max((_of_a_day(phase) * _days_a_week(phase) for phase in posology.phases), default=Decimal(0))


def units_an_intake(posology: Posology) -> Decimal:
    """Return the most units taken at once."""
    if posology.as_needed is not None:
        return posology.as_needed.dose
    return max((i.dose for phase in posology.phases for i in phase.intakes), default=Decimal(0))


def mg_an_intake(line: CaseLine, substance: str) -> Decimal | None:
    """Return the most milligrams of a substance (folded name) taken at once, None when it cannot be told."""
    unit = mg_a_unit(line, substance)
    return units_an_intake(line.posology) * unit if unit is not None and line.posology else None


def mg_a_day(line: CaseLine, substance: str) -> Decimal | None:
    """Return the most milligrams a day of a substance (folded name), None when it cannot be told."""
    unit = mg_a_unit(line, substance)
    return units_a_day(line.posology) * unit if unit is not None and line.posology else None


def mg_a_week(line: CaseLine, substance: str) -> Decimal | None:
    """Return the most milligrams a week of a substance (folded name), None when it cannot be told."""
    unit = mg_a_unit(line, substance)
    return units_a_week(line.posology) * unit if unit is not None and line.posology else None


def told_a_day(line: CaseLine) -> str:
    """Return what is taken a day in a few signs: milligrams of each substance, else units, else nothing known. Part of keys."""
    if line.posology is None:
        return "?"
    names = [fold(substance.base_name) for substance in line.drug.active] if line.drug else []
    doses = [mg_a_day(line, name) for name in names]
    if doses and None not in doses:
        return "/".join(f"{dose.normalize():f}" for dose in doses if dose is not None)
    return f"{units_a_day(line.posology).normalize():f} {spelled(line.posology.unit)}"


def mg_a_unit(line: CaseLine, substance: str) -> Decimal | None:
    """Return the milligrams of a substance in one unit of the posology."""
    if line.drug is None or line.posology is None or not named(line, (substance,)):
        return None
    unit = spelled(line.posology.unit)
    if unit in _MG:
        return _MG[unit]
    if not line.strength_told:
        return None
    return _of_unit(line.drug.substances, substance, unit)


@lru_cache(maxsize=4096)
def _of_unit(substances: tuple[SubstanceFacts, ...], substance: str, unit: str) -> Decimal | None:
    """Every pair of lines asks it again: the answer is kept."""
    told = [s for s in substances if re.search(rf"\b{re.escape(substance)}", fold(s.name))]
    moieties = [s for s in told if s.nature == "FT"] or told
    found = {_in_unit(s.dosage, s.reference, unit) for s in moieties}
    return found.pop() if len(found) == 1 else None


def _in_unit(dosage: str, reference: str, unit: str) -> Decimal | None:
    amount = _AMOUNT.match(fold(dosage))
    if amount is None:
        return None
    mg = _number(amount[1]) * _MG[amount[2]]
    held, volume = fold(reference), _VOLUME.match(fold(reference))
    if unit == "mL":
        return mg / _number(volume[1]) if volume and _number(volume[1]) else None
    return mg if re.match(rf"(?:une?|1)\s+{re.escape(fold(unit))}\b", held) else None


def _number(text: str) -> Decimal:
    return Decimal(re.sub(r"\s", "", text).replace(",", "."))


def _of_a_day(phase: Phase) -> Decimal:
    return sum((intake.dose for intake in phase.intakes), Decimal(0))


def _days_a_week(phase: Phase) -> int:
    """Of a rhythm, the fullest week; of a short step, its days at most."""
    rhythm = phase.rhythm
    if rhythm.kind == RhythmKind.WEEKDAYS:
        taken = len(rhythm.weekdays)
    elif rhythm.kind == RhythmKind.EVERY_N:
        taken = -(-_WEEK // rhythm.every_n) if rhythm.every_n > 0 else _WEEK
    else:
        taken = _WEEK
    return min(taken, phase.days) if phase.days else taken
