"""What is known of a resident's body, as plain values for the checks of a treatment. Nothing here names the resident.

Three queries, whatever the history. Statuses keep their three states (rule A03): the caller must not turn « not asked »
into « none ».
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from residents.models import Measure, Resident


@dataclass(frozen=True, slots=True)
class DatedValue:
    """The latest measure of one kind, in its unit, and its day."""

    value: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class AllergyValue:
    """One allergy. `kind` is one of `Allergy.Kind`; `code` is empty for free text."""

    kind: str
    label: str
    code: str
    severe: bool


@dataclass(frozen=True, slots=True)
class ConditionValue:
    """One disease or state in CIM-10; `present` False: affirmed absent."""

    code: str
    label: str
    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicalState:
    """Everything the record holds that a check may read. `sex`: F, M or I. Weight kg, height cm, creatinine µmol/L."""

    birth_date: date
    sex: str
    weight: DatedValue | None
    height: DatedValue | None
    creatinine: DatedValue | None
    allergy_status: str
    """One of `Resident.AllergyStatus`."""
    allergies: tuple[AllergyValue, ...]
    conditions_status: str
    """One of `Resident.ConditionsStatus`."""
    conditions: tuple[ConditionValue, ...]
    swallowing_trouble: bool | None
    """None: not asked."""


_TROUBLE: dict[str, bool] = {Resident.Swallowing.YES: True, Resident.Swallowing.NO: False}


def clinical_state(resident: Resident) -> ClinicalState:
    """Read the state of `resident` as it stands now."""
    latest = latest_measures(resident)
    return ClinicalState(
        birth_date=resident.birth_date,
        sex=resident.sex,
        weight=_dated(latest.get(Measure.Kind.WEIGHT)),
        height=_dated(latest.get(Measure.Kind.HEIGHT)),
        creatinine=_dated(latest.get(Measure.Kind.CREATININE)),
        allergy_status=resident.allergy_status,
        allergies=tuple(AllergyValue(a.kind, a.label, a.code, a.severe) for a in resident.allergies.all()),
        conditions_status=resident.conditions_status,
        conditions=tuple(ConditionValue(c.code, c.label, c.present) for c in resident.conditions.all()),
        swallowing_trouble=_TROUBLE.get(resident.swallowing_trouble),
    )


def latest_measures(resident: Resident) -> dict[str, Measure]:
    """Return the latest measure of each kind. One query."""
    rows = Measure.objects.filter(resident=resident).order_by("kind", "-measured_on", "-id").distinct("kind")
    return {measure.kind: measure for measure in rows}


def _dated(measure: Measure | None) -> DatedValue | None:
    return DatedValue(measure.value, measure.measured_on) if measure is not None else None
