"""What no check, or no check by class, can be made on: said once for the treatment, not once per check."""

from __future__ import annotations

from collections.abc import Iterator

from prescriptions.safety.answers import Voice, names
from prescriptions.safety.case import Case, CaseLine
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.substances import atc_of

LINES = Voice(Check.UNKNOWN_LINE, Source("Base publique des médicaments", None, "A22"))
FREE_TEXT = Voice(Check.FREE_TEXT, Source("Base publique des médicaments", None, "A22"))
CLASSES = Voice(Check.UNKNOWN_CLASS, Source("Base publique des médicaments", None, "A40"))

BY_CLASS = frozenset(
    {Check.ANTIBIOTIC, Check.DUPLICATE, Check.ALLERGY, Check.RENAL, Check.ELDERLY, Check.LOAD}
)
"""Checks that read the ATC code, in part or in whole."""


def unknown_lines(case: Case) -> tuple[CaseLine, ...]:
    """Return the lines in free text, or that the base does not know."""
    return tuple(line for line in case.lines if line.drug is None)


def unknown_classes(case: Case) -> tuple[CaseLine, ...]:
    """Return the lines of known systemic medicines without an ATC code; local forms are compared by substance alone."""
    return tuple(
        line
        for line in case.lines
        if line.drug is not None and not line.drug.is_local_route and not atc_of(line)
    )


def check(case: Case) -> Iterator[Finding]:
    """Say which lines no check could read."""
    lines = unknown_lines(case)
    if lines:
        text = "En texte libre, ou hors de la base des médicaments : aucun contrôle n’a pu être fait sur ces lignes."
        bound = [line for line in lines if line.recognised]
        if bound:
            text += f" La loi des substances reconnues (ordonnance, durée) est appliquée : {names(bound)}."
        yield LINES.not_done(lines, f"Non contrôlé : {names(lines)}", text)


def free_text(case: Case) -> Iterator[Finding]:
    """Refuse free text that calls a restricted speciality of the base by its name: its rules would be left out."""
    for line in case.proposed:
        if line.drug is None and line.recognised is not None and line.recognised.speciality:
            voice = FREE_TEXT.citing(FREE_TEXT.source.text, line.release_date)
            text = (
                f"La base a « {line.recognised.speciality} », dont la prescription a ses conditions : retirez cette ligne et "
                "choisissez le médicament dans la liste. Le texte libre reste possible pour une préparation."
            )
            yield voice.alert(Level.HARD, [line], f"{line.name} : à choisir dans la base", text)


def classes(case: Case) -> Iterator[Finding]:
    """Say which lines the checks by class could not read."""
    lines = unknown_classes(case)
    if lines:
        text = (
            "La base ne donne pas leur code ATC : antibiotique, doublon et allergie de classe, psychotropes et sédatifs n’ont "
            "pu être reconnus que par le nom des substances."
        )
        yield CLASSES.not_done(lines, f"Classe inconnue : {names(lines)}", text)
