"""The checks the prescriber would have seen beside a drawn prescription, and the reasons given to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from prescriptions.documents.statement import Patient, Prescriber
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.medicament.medication import Medication
from prescriptions.safety import case, engine
from prescriptions.safety.finding import Check, Finding, Level
from prescriptions.safety.knowledge import Knowledge
from prescriptions.samples.line import DrawnLine
from prescriptions.workflow.safety import PRINTED, case_line, medicine_right

REASON = "Rapport bénéfice-risque réévalué avec le résident et l’équipe."
"""What is answered, in the panel, to every alert that asks why."""
_NEVER_DRAWN = PRINTED | {Check.PROFESSION}
"""Answered on the line itself, or not what anybody would prescribe."""


def findings(
    lines: Sequence[DrawnLine], patient: Patient, author: Prescriber, day: date
) -> tuple[Finding, ...]:
    """Run the checks of the screen on these lines; the other treatments of a drawn resident are none. Medicines only."""
    proposed = tuple(
        case_line(str(rank), line.order, line.subject if line.order.cis else None, case.Origin.PROPOSED)
        for rank, line in enumerate(lines, start=1)
        if isinstance(line.order, Medication)
    )
    if not proposed:
        return ()
    speciality = f"{author.speciality_code} {author.speciality}".strip()
    who = case.Prescriber(author.profession, speciality, medicine_right(author.profession))
    treatment = case.Case(resident=_traits(patient, day), lines=proposed, today=day, prescriber=who)
    return tuple(engine.run(treatment, clinical=True, knowledge=Knowledge()).findings)


def may_be_signed(lines: Sequence[DrawnLine], patient: Patient, author: Prescriber, day: date) -> bool:
    """Tell whether the screen would let these lines be signed once its questions are answered in the panel."""
    if lines[-1].kind is not Kind.MEDICAMENT:
        return True
    return not any(
        found.level is Level.HARD or (found.level is Level.REASON and found.check in _NEVER_DRAWN)
        for found in findings(lines, patient, author, day)
    )


def shown(found: Finding) -> dict[str, Any]:
    """Return one finding as the panel shows it, in plain JSON, with the reason given to it."""
    reason = REASON if found.level is Level.REASON else ""
    return {**found.to_json(), "lines": [int(key) for key in found.lines], "reason": reason}


def _traits(patient: Patient, day: date) -> case.Traits:
    return case.Traits(
        birth_date=patient.birth_date,
        sex=patient.sex,
        weight=_measured(patient.weight_kg, day),
        height=_measured(patient.height_cm, day),
    )


def _measured(value: str, day: date) -> case.Measured | None:
    return case.Measured(Decimal(value), day) if value else None
