"""Which levels of an entry remain for these two lines, by dose, route or disease; and why (rule A41)."""

from __future__ import annotations

from decimal import Decimal

from prescriptions.kinds.medicament.units import number
from prescriptions.referentials.interactions import Interaction
from prescriptions.referentials.words import fold
from prescriptions.safety.case import Case, CaseLine, Known
from prescriptions.safety.doses import mg_a_day, mg_a_week, mg_an_intake
from prescriptions.safety.legal.overlap import overlap
from prescriptions.safety.substances import named
from prescriptions.safety.tables.composite_levels import (
    BY_DOSE,
    BY_NAME,
    BY_VEIN,
    FIGURE_WORDS,
    INTRAVENOUS,
    ByDose,
    ByName,
    Figure,
)

ULCER = ("K25", "K26", "K27", "K28")
OURS = "Niveau retenu par le logiciel (notre lecture de l’entrée)"
_FIGURES = {"mg_a_day": mg_a_day, "mg_a_week": mg_a_week, "mg_an_intake": mg_an_intake}


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
    doses = {figure: _taken(case, row.substance, (a, b), figure) for figure in row.figures}
    known = {figure: dose for figure, dose in doses.items() if dose is not None}
    if len(known) < len(doses):
        return levels, ""
    fitting = (band for band in row.bands if all(limit.holds(known[limit.figure]) for limit in band.limits))
    remaining = next(fitting).levels
    if row.ulcer and len(remaining) > 1:
        remaining = _by_ulcer(case, remaining)
    told = ", ".join(f"{_written(dose)} {FIGURE_WORDS[figure]}" for figure, dose in known.items())
    return remaining, f"{OURS} : {told}."


def _taken(case: Case, substance: str, pair: tuple[CaseLine, ...], figure: Figure) -> Decimal | None:
    """Add up what all the lines of the substance give while those of the pair run; None when one of them cannot be told."""
    mine = [line for line in pair if named(line, (substance,))]
    together = [
        line
        for line in case.lines
        if named(line, (substance,)) and any(line is own or overlap(line, own) is not False for own in mine)
    ]
    doses = [_FIGURES[figure](line, substance) for line in together]
    return sum((dose for dose in doses if dose), Decimal(0)) if doses and None not in doses else None


def _by_ulcer(case: Case, levels: tuple[str, ...]) -> tuple[str, ...]:
    """The worse level is that of a history of ulcer, where the record says whether there is one (`ByDose.ulcer`)."""
    ulcers = [c for c in case.resident.conditions if c.is_one_of(ULCER)]
    if any(c.present for c in ulcers):
        return levels[:1]
    absent = bool(ulcers) or case.resident.conditions_status is Known.NONE_KNOWN
    return levels[1:] if absent else levels


def _written(dose: Decimal) -> str:
    return number(dose.quantize(Decimal("0.01")))
