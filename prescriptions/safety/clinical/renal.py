"""Renal function against the table of clearances (rules A05, B129): Cockcroft for the doses, CKD-EPI told beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from prescriptions.safety.answers import Voice, few, names
from prescriptions.safety.case import Case, CaseLine, Measured, Traits
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.substances import by_atc, named
from prescriptions.safety.tables.renal import DATED, ROWS, SOURCE, RenalRow, Step
from residents.clinical import age, ckd_epi_2009, cockcroft, is_stale

VOICE = Voice(Check.RENAL, Source(SOURCE, DATED, "B129"), clinical=True)
_ASKS = {"AVOID": Level.REASON, "ADAPT": Level.INFO}
HIGHEST = max(step.below for row in ROWS for step in row.steps)
"""mL/min from which no rule of the table speaks: a medicine without a row is then not told (ours)."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """What the doses are compared with, in mL/min, and how it was had, in words with its dates."""

    value: float
    words: str
    stale: tuple[str, ...] = ()
    """Which measures are old."""


def check(case: Case) -> Iterator[Finding]:
    """Say which lines ask for something at this clearance; that it is unknown or old, or that no rule is loaded, once."""
    concerned = [(line, row) for line in case.lines for row in rows_of(line)]
    clearance, missing = clearance_of(case.resident, case.today)
    if clearance is None:
        text = f"Il manque : {', '.join(missing)}."
        yield VOICE.not_done(_lines(concerned), "Contrôle rénal non réalisé", text)
        return
    for line, row in concerned:
        step = next((step for step in row.steps if clearance.value < step.below), None)
        if step is not None:
            yield _alert(line, step, clearance)
    if clearance.stale:
        text = f"{clearance.words} Les seuils ont été comparés à ces valeurs : à refaire."
        headline = f"Fonction rénale ancienne : {', '.join(clearance.stale)}"
        yield VOICE.not_done(_lines(concerned), headline, text)
    if clearance.value < HIGHEST:
        yield from _without_rule(case.lines)


def _without_rule(lines: Sequence[CaseLine]) -> Iterator[Finding]:
    """The table says nothing of these medicines: that is not « nothing to adapt »."""
    silent = [line for line in lines if line.drug and not line.drug.is_local_route and not rows_of(line)]
    if silent:
        text = f"{names(silent)} : notre table ne dit rien de leur adaptation ; lisez le RCP."
        yield VOICE.not_done(
            silent, f"Fonction rénale non contrôlée (aucune règle chargée) : {few(silent)}", text
        )


def _lines(concerned: Sequence[tuple[CaseLine, RenalRow]]) -> list[CaseLine]:
    return list({line.key: line for line, _ in concerned}.values())


def _alert(line: CaseLine, step: Step, clearance: Clearance) -> Finding:
    return VOICE.alert(
        _ASKS[step.weight],
        [line],
        f"{line.name} : clairance {clearance.value:.0f} mL/min, seuil {step.below}",
        f"{step.conduct} {clearance.words}",
        band=str(step.below),
    )


def rows_of(line: CaseLine) -> tuple[RenalRow, ...]:
    """Return the rows of the table for a line, one per substance of a combination; local routes are out of it."""
    if line.drug is None or line.drug.is_local_route:
        return ()
    return tuple(row for row in ROWS if named(line, row.names) or (row.atc and by_atc(line, *row.atc)))


def clearance_of(resident: Traits, today: date) -> tuple[Clearance | None, tuple[str, ...]]:
    """Return the clearance, or None and what is missing. A value given as such comes first, unless the creatinine is newer."""
    creatinine, weight = _positive(resident.creatinine), _positive(resident.weight)
    given = _positive(resident.clearance)
    newer = creatinine is not None and given is not None and creatinine.on > given.on
    if given is not None and not (newer and resident.sex in ("F", "M")):
        old = ("clairance",) if is_stale("CREATININE", given.on, today) else ()
        return Clearance(float(given.value), f"Clairance donnée le {given.on:%d/%m/%Y}.", old), ()
    missing = tuple(
        word
        for word, lacks in (
            ("la créatininémie", creatinine is None),
            ("le sexe", resident.sex not in ("F", "M")),
        )
        if lacks
    )
    if missing or creatinine is None:
        return None, missing + (() if weight else ("le poids",))
    if weight is None:
        return _ckd_epi(resident, creatinine, today), ()
    return _cockcroft(resident, creatinine, weight, today), ()


def _positive(measured: Measured | None) -> Measured | None:
    """A value that the formulas can divide by: « 1e-999999 » is no measure."""
    return measured if measured is not None and 0 < float(measured.value) < math.inf else None


def _cockcroft(resident: Traits, creatinine: Measured, weight: Measured, today: date) -> Clearance:
    years, value = max(age(resident.birth_date, today), 0), float(creatinine.value)
    clearance = cockcroft(float(weight.value), value, years, resident.sex)
    filtration = ckd_epi_2009(value, years, resident.sex)
    words = (
        f"Cockcroft {clearance:.0f} mL/min (créatininémie du {creatinine.on:%d/%m/%Y}, poids du {weight.on:%d/%m/%Y}) ; "
        f"CKD-EPI 2009 {filtration:.0f} mL/min/1,73 m²."
    )
    return Clearance(clearance, words, _stale(creatinine, weight, today))


def _ckd_epi(resident: Traits, creatinine: Measured, today: date) -> Clearance:
    """Without a weight, the filtration stands for the clearance, and it is said."""
    filtration = ckd_epi_2009(float(creatinine.value), max(age(resident.birth_date, today), 0), resident.sex)
    words = (
        f"CKD-EPI 2009 {filtration:.0f} mL/min/1,73 m² (créatininémie du {creatinine.on:%d/%m/%Y}), à défaut de Cockcroft : "
        "le poids manque."
    )
    return Clearance(filtration, words, ("poids manquant", *_stale(creatinine, None, today)))


def _stale(creatinine: Measured, weight: Measured | None, today: date) -> tuple[str, ...]:
    found = []
    if is_stale("CREATININE", creatinine.on, today):
        found.append("créatininémie de plus de 6 mois")
    if weight is not None and is_stale("WEIGHT", weight.on, today):
        found.append("poids de plus de 3 mois")
    return tuple(found)
