"""Which levels of an entry remain for these two lines, by dose, route or disease; and why (rule A41)."""

from __future__ import annotations

from decimal import Decimal

from prescriptions.kinds.medicament.units import number
from prescriptions.referentials.interactions import Interaction
from prescriptions.referentials.words import fold
from prescriptions.safety.case import Case, CaseLine, Known
from prescriptions.safety.doses import mg_a_day, mg_a_week
from prescriptions.safety.substances import named
from prescriptions.safety.tables.composite_levels import (
    BY_DOSE,
    BY_NAME,
    BY_VEIN,
    INTRAVENOUS,
    ByDose,
    ByName,
)

ULCER = ("K25", "K26", "K27", "K28")
OURS = "Niveau retenu par le logiciel (notre lecture de l’entrée)"
_FIGURES = {"mg_a_day": mg_a_day, "mg_a_week": mg_a_week}


def narrowed(case: Case, a: CaseLine, b: CaseLine, interaction: Interaction) -> tuple[tuple[str, ...], str]:
    """Return the levels that remain, worst first, and what set the others aside (empty when none was)."""
    levels: tuple[str, ...] = interaction.levels
    if len(levels) < 2:
        return levels, ""
    first, second = fold(interaction.first), fold(interaction.second)
    for substance, heading in BY_VEIN:
        if _are(substance, heading, first, second):
            return _by_vein(a, b, substance, levels)
    for named_row in BY_NAME:
        if _are(*named_row.headings, first, second):
            return _by_name(named_row, a, b, levels)
    for row in BY_DOSE:
        if _are(row.heading, row.other, first, second):
            return _by_dose(case, row, a, b, levels)
    return levels, ""


def _are(heading: str, other: str, first: str, second: str) -> bool:
    """« AUTRES » before a heading says the same class with itself."""
    first, second = first.removeprefix("autres "), second.removeprefix("autres ")
    return any(
        one.startswith(heading) and two.startswith(other) for one, two in ((first, second), (second, first))
    )


def _by_name(row: ByName, a: CaseLine, b: CaseLine, levels: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    found = named(a, row.names) or named(b, row.names)
    if found:
        return row.with_one, f"{OURS} : {found}."
    return (row.otherwise, f"{OURS} : sans {' ni '.join(row.names)}.") if row.otherwise else (levels, "")


def _by_vein(
    a: CaseLine, b: CaseLine, substance: str, levels: tuple[str, ...]
) -> tuple[tuple[str, ...], str]:
    line = a if named(a, (substance,)) else b
    routes = line.drug.routes if line.drug else ()
    if routes and not any(INTRAVENOUS in fold(route) for route in routes):
        return ("PE",), f"{OURS} : {substance} hors voie intraveineuse."
    return levels, ""


def _by_dose(
    case: Case, row: ByDose, a: CaseLine, b: CaseLine, levels: tuple[str, ...]
) -> tuple[tuple[str, ...], str]:
    dose = next((d for line in (a, b) if (d := _FIGURES[row.figure](line, row.substance)) is not None), None)
    if dose is None:
        return levels, ""
    remaining = next(band.levels for band in row.bands if band.most is None or dose <= band.most)
    if row.ulcer and len(remaining) > 1:
        remaining = _by_ulcer(case, remaining)
    return remaining, f"{OURS} : {_written(dose)} {row.unit}."


def _by_ulcer(case: Case, levels: tuple[str, ...]) -> tuple[str, ...]:
    """The worse level is that of a history of ulcer, where the record says whether there is one (`ByDose.ulcer`)."""
    ulcers = [c for c in case.resident.conditions if c.is_one_of(ULCER)]
    if any(c.present for c in ulcers):
        return levels[:1]
    absent = bool(ulcers) or case.resident.conditions_status is Known.NONE_KNOWN
    return levels[1:] if absent else levels


def _written(dose: Decimal) -> str:
    return number(dose.quantize(Decimal("0.01")))
