"""All the checks of a treatment, in one call. A check that breaks down is said not done, and reported; never OK."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prescriptions.safety import scope
from prescriptions.safety.answers import Voice
from prescriptions.safety.case import Case
from prescriptions.safety.clinical import (
    VERSION,
    allergies,
    crushing,
    duplicates,
    elderly,
    interactions,
    load,
    renal,
)
from prescriptions.safety.finding import Check, Finding, Report, Source, Status, worst_first
from prescriptions.safety.knowledge import Knowledge
from prescriptions.safety.legal import access, dispensing, duration, overlap, supply, wording

logger = logging.getLogger(__name__)

Run = Callable[[Case, Knowledge], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Checker:
    """One check and its function."""

    check: Check
    run: Run
    clinical: bool


def _plain(function: Callable[[Case], Iterable[Finding]]) -> Run:
    return lambda case, _: function(case)


LEGAL: tuple[Checker, ...] = tuple(
    Checker(check, _plain(function), clinical=False)
    for check, function in (
        (Check.UNKNOWN_LINE, scope.check),
        (Check.FREE_TEXT, scope.free_text),
        (Check.UNKNOWN_CLASS, scope.classes),
        (Check.UNIT, wording.unit),
        (Check.MAX_DURATION, duration.check),
        (Check.FRACTION, dispensing.fraction),
        (Check.OVERLAP, overlap.check),
        (Check.SECURED, dispensing.secured),
        (Check.HOSPITAL, access.hospital),
        (Check.INITIAL, access.initial),
        (Check.SPECIALIST, access.specialist),
        (Check.ATTESTATION, wording.attestation),
        (Check.SUBSTITUTION, wording.substitution),
        (Check.PHARMACY, dispensing.pharmacy),
        (Check.ANTIBIOTIC, wording.antibiotic),
        (Check.PROFESSION, access.profession),
        (Check.SUPPLY, supply.check),
    )
)
CLINICAL: tuple[Checker, ...] = (
    Checker(Check.INTERACTION, interactions.check, clinical=True),
    Checker(Check.CRUSHING, crushing.check, clinical=True),
    Checker(Check.ALLERGY, allergies.check, clinical=True),
    *(
        Checker(check, _plain(function), clinical=True)
        for check, function in (
            (Check.DUPLICATE, duplicates.check),
            (Check.RENAL, renal.check),
            (Check.ELDERLY, elderly.check),
            (Check.LOAD, load.check),
        )
    ),
)

_DEFAULT = Knowledge()


def run(case: Case, *, clinical: bool, knowledge: Knowledge = _DEFAULT) -> Report:
    """Return what every legal check finds and, when `clinical`, every check of the engine (rules A40, Z2)."""
    findings: list[Finding] = []
    statuses: dict[Check, Status] = {}
    for checker in (*LEGAL, *(CLINICAL if clinical else ())):
        found = _guarded(checker, case, knowledge)
        statuses[checker.check] = _status(found)
        findings.extend(found)
    _lower(statuses, case)
    if not clinical:
        findings.append(_engine_off())
    return Report(worst_first(findings), statuses, VERSION if clinical else "")


def _status(found: list[Finding]) -> Status:
    kinds = {finding.status for finding in found}
    return next((status for status in (Status.ALERT, Status.NOT_DONE) if status in kinds), Status.OK)


def _lower(statuses: dict[Check, Status], case: Case) -> None:
    """A check that passed over a line it cannot read did not end OK."""
    blind = set(statuses) if scope.unknown_lines(case) else set()
    if scope.unknown_classes(case):
        blind |= scope.BY_CLASS
    for check in blind & statuses.keys():
        if statuses[check] is Status.OK:
            statuses[check] = Status.NOT_DONE


def _guarded(checker: Checker, case: Case, knowledge: Knowledge) -> list[Finding]:
    """The head of a check: a fault of ours is reported by its type alone, which names no one, and said not done."""
    try:
        return list(checker.run(case, knowledge))
    except Exception as error:
        logger.error("safety check %s failed: %s", checker.check.value, type(error).__name__)
        voice = Voice(checker.check, Source("Logiciel", None, "A40"), checker.clinical)
        headline = f"{checker.check.name_fr} : contrôle en panne"
        return [
            voice.not_done(
                case.lines,
                headline,
                "Le contrôle n’a pas abouti. L’incident est signalé ; relisez vous-même.",
            )
        ]


def _engine_off() -> Finding:
    voice = Voice(Check.INTERACTION, Source("Réglage de l’établissement", None, "Z2"), clinical=True)
    text = (
        "Interactions, doublons, allergies, fonction rénale, écrasement et sujet âgé ne sont pas contrôlés."
    )
    return voice.not_done([], "Contrôles cliniques désactivés", text)
