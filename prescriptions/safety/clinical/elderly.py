"""Potentially inappropriate medicines after 75 years (rule B128). Information only, from a list to be validated."""

from __future__ import annotations

from collections.abc import Iterator

from prescriptions.kinds.medicament.units import number
from prescriptions.safety.answers import Voice, names
from prescriptions.safety.case import Case, CaseLine
from prescriptions.safety.clinical.crushing import is_long_release
from prescriptions.safety.doses import mg_a_day
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.substances import by_atc, named
from prescriptions.safety.tables.atc_groups import BENZODIAZEPINES, NSAIDS
from prescriptions.safety.tables.burden import CHOLINESTERASE, STRONG
from prescriptions.safety.tables.potentially_inappropriate import (
    CRITERIA,
    DATED,
    FROM_AGE,
    IMMEDIATE_RELEASE,
    LONG_RELEASE,
    LONG_USE,
    LONG_USE_DAYS,
    MOST_MG_A_DAY,
    SOURCE,
    Criterion,
)
from residents.clinical import age

VOICE = Voice(Check.ELDERLY, Source(SOURCE, DATED, "B128"), clinical=True)


def check(case: Case) -> Iterator[Finding]:
    """Say which lines, and which pairs, meet a criterion."""
    if age(case.resident.birth_date, case.today) < FROM_AGE:
        return
    systemic = [line for line in case.lines if line.drug is not None and not line.drug.is_local_route]
    for line in systemic:
        for criterion in CRITERIA:
            substance = named(line, criterion.names)
            if substance and _applies(line, criterion, substance):
                yield _alert(line, criterion)
    yield from _together(systemic)


def _applies(line: CaseLine, criterion: Criterion, substance: str) -> bool:
    """A criterion about a dose speaks above it, or when the dose cannot be told; about a form or a duration, likewise."""
    if substance in MOST_MG_A_DAY:
        dose = mg_a_day(line, substance)
        return dose is None or dose > MOST_MG_A_DAY[substance]
    long_release = line.drug is not None and is_long_release(line.drug)
    if criterion.code in IMMEDIATE_RELEASE:
        return not long_release
    if criterion.code in LONG_RELEASE:
        return long_release
    return criterion.code not in LONG_USE or (line.whole_days or LONG_USE_DAYS + 1) > LONG_USE_DAYS


def _alert(line: CaseLine, criterion: Criterion) -> Finding:
    text = f"{criterion.group} : {criterion.reason[0].lower()}{criterion.reason[1:]}.{_dose(line)}"
    headline = f"{line.name} : à éviter après {FROM_AGE} ans"
    return VOICE.alert(Level.INFO, [line], headline, text, band=criterion.code, expanded=False)


def _dose(line: CaseLine) -> str:
    substance = named(line, tuple(MOST_MG_A_DAY))
    if not substance:
        return ""
    most, dose = number(MOST_MG_A_DAY[substance]), mg_a_day(line, substance)
    had = f"{number(dose)} mg par jour" if dose is not None else "dose par jour inconnue"
    return f" Repère : {most} mg par jour au plus ; ici {had}."


def _together(lines: list[CaseLine]) -> Iterator[Finding]:
    """Criteria L02, L20, L21, L22: two medicines that should not meet."""
    nsaids = [line for line in lines if by_atc(line, *NSAIDS)]
    drying = [line for line in lines if named(line, STRONG)]
    sleepers = [line for line in lines if by_atc(line, *BENZODIAZEPINES)]
    waking = [line for line in lines if named(line, CHOLINESTERASE)]
    for code, group, what in (
        ("L02", nsaids, "Deux anti-inflammatoires : risque digestif et rénal sans bénéfice."),
        ("L20", drying, "Plusieurs anticholinergiques : leurs effets s’ajoutent."),
        ("L22", sleepers, "Plusieurs benzodiazépines ou apparentés : chutes, confusion."),
    ):
        if len(group) > 1:
            yield _pair(group, what, code)
    if drying and waking and len({line.key for line in (*drying, *waking)}) > 1:
        what = "Anticholinergique et inhibiteur de l’acétylcholinestérase : leurs effets s’opposent."
        yield _pair([*drying, *waking], what, "L21")


def _pair(lines: list[CaseLine], what: str, code: str) -> Finding:
    return VOICE.alert(Level.INFO, lines, what.rstrip("."), f"{names(lines)}.", band=code, expanded=False)
