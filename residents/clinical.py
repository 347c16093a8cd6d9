"""Figures computed from measures: age, renal clearance, and when a measure is too old to be trusted.

Pure functions: no database, no clock. Units are in the names of the arguments.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

MICROMOL_PER_MG_DL = 88.4
"""Serum creatinine: 1 mg/dL = 88.4 µmol/L (molar mass 113.12 g/mol)."""


@dataclass(frozen=True)
class Staleness:
    """After how many months a measure is shown as old, and where that comes from."""

    months: int
    source: str


STALE_AFTER: dict[str, Staleness] = {
    "WEIGHT": Staleness(
        3, "Règle A05 : poids de plus de 3 mois (référentiel HAS des logiciels d’aide à la prescription)"
    ),
    "CREATININE": Staleness(6, "Règle A05 : créatininémie de plus de 6 mois (même référentiel)"),
}
"""Kind of measure → its limit. A height has none: it is read for information."""

PLAUSIBLE: dict[str, tuple[int, int, str]] = {
    "WEIGHT": (20, 250, "Un poids se situe entre 20 et 250 kg : vérifiez la valeur et l’unité."),
    "HEIGHT": (100, 220, "Une taille se situe entre 100 et 220 cm : vérifiez la valeur et l’unité."),
    "CREATININE": (
        15,
        1500,
        "Une créatininémie se situe entre 15 et 1 500 µmol/L. Si le résultat est en mg/L, "
        "multipliez-le par 8,84.",
    ),
    "CLEARANCE": (
        1,
        250,
        "Une clairance se situe entre 1 et 250 mL/min : vérifiez la valeur et l’unité.",
    ),
}
"""Kind → bounds outside which a value is a slip of the keyboard, and what to say (ours, wide on purpose)."""


def age(born: date, on: date) -> int:
    """Return the age in completed years on the day `on`."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def months_before(day: date, months: int) -> date:
    """Return the same day `months` months earlier, or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_stale(kind: str, measured_on: date, today: date) -> bool:
    """Tell whether a measure of that kind is too old on `today`. Exactly at the limit it still holds."""
    limit = STALE_AFTER.get(kind)
    return limit is not None and measured_on < months_before(today, limit.months)


def cockcroft(weight_kg: float, creatinine_umol_l: float, age_years: int, sex: str) -> float:
    """Return the creatinine clearance in mL/min (Cockcroft and Gault, Nephron 1976; for adapting doses).

    `sex` is F or M. Constant 1.04 for a woman, 1.23 for a man, with creatinine in µmol/L.
    """
    constant = {"F": 1.04, "M": 1.23}[sex]
    return max(140 - age_years, 0) * weight_kg * constant / creatinine_umol_l


def ckd_epi_2009(creatinine_umol_l: float, age_years: int, sex: str) -> float:
    """Return the estimated glomerular filtration rate in mL/min/1.73 m² (CKD-EPI 2009; for diagnosis, not
    for doses).

    Levey et al., Ann Intern Med 2009, without the ethnic coefficient, which France does not use.
    """
    kappa, alpha, factor = {"F": (0.7, -0.329, 1.018), "M": (0.9, -0.411, 1.0)}[sex]
    ratio = creatinine_umol_l / MICROMOL_PER_MG_DL / kappa
    return float(141 * min(ratio, 1) ** alpha * max(ratio, 1) ** -1.209 * 0.993**age_years * factor)
