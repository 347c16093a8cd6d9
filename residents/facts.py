"""What the identity banner says of a resident beyond their traits: last measures, clearance, allergies.

Two queries, whatever the history.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from residents.clinical import age, ckd_epi_2009, cockcroft, is_stale
from residents.clinical_state import latest_measures
from residents.models import Measure, Resident


@dataclass(frozen=True)
class Reading:
    """The latest measure of one kind: value in its unit, day, and whether it is too old."""

    value: Decimal
    on: date
    stale: bool


@dataclass(frozen=True)
class Clearance:
    """The clearance in mL/min with the day of its creatinine; or no value, and why in French (`because`)."""

    value: int | None
    on: date | None = None
    stale: bool = False
    because: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything the banner shows that does not stand on the resident's own row."""

    weight: Reading | None
    height: Reading | None
    creatinine: Reading | None
    clearance: Clearance
    filtration: int | None
    """CKD-EPI 2009, mL/min/1.73 m²; None when creatinine or sex is missing."""
    coded_allergies: tuple[str, ...]
    free_allergies: tuple[str, ...]
    """Excipients and free text: no check can use them (A04)."""


def facts_of(resident: Resident, today: date | None = None) -> Facts:
    """Read the facts of `resident` as they stand on `today` (by default, now)."""
    today = today or timezone.localdate()
    latest = {kind: _reading(kind, measure, today) for kind, measure in latest_measures(resident).items()}
    weight, creatinine = latest.get("WEIGHT"), latest.get("CREATININE")
    allergies = list(resident.allergies.all())
    return Facts(
        weight=weight,
        height=latest.get("HEIGHT"),
        creatinine=creatinine,
        clearance=clearance(resident, weight, creatinine, today),
        filtration=_filtration(resident, creatinine, today),
        coded_allergies=tuple(a.label for a in allergies if a.is_checked),
        free_allergies=tuple(a.label for a in allergies if not a.is_checked),
    )


def clearance(
    resident: Resident, weight: Reading | None, creatinine: Reading | None, today: date
) -> Clearance:
    """Compute Cockcroft, or say in French why it cannot be computed. It is as old as the older of its
    measures.
    """
    missing = [
        name for name, reading in (("le poids", weight), ("la créatinine", creatinine)) if reading is None
    ]
    if weight is None or creatinine is None:
        verb = "manquent" if len(missing) > 1 else "manque"
        return Clearance(None, because=f"parce que {verb} {' et '.join(missing)}")
    if resident.sex not in {"F", "M"}:
        return Clearance(None, because="parce que le sexe est indéterminé")
    value = cockcroft(
        float(weight.value), float(creatinine.value), age(resident.birth_date, today), resident.sex
    )
    return Clearance(round(value), creatinine.on, weight.stale or creatinine.stale)


def _reading(kind: str, measure: Measure, today: date) -> Reading:
    return Reading(measure.value, measure.measured_on, is_stale(kind, measure.measured_on, today))


def _filtration(resident: Resident, creatinine: Reading | None, today: date) -> int | None:
    if creatinine is None or resident.sex not in {"F", "M"}:
        return None
    return round(ckd_epi_2009(float(creatinine.value), age(resident.birth_date, today), resident.sex))
