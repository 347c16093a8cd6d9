"""Allergies by substance and by class; what cannot be checked is said, free text first (rule A04)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from prescriptions.referentials.words import fold
from prescriptions.safety.answers import Voice
from prescriptions.safety.case import AllergyKind, Case, CaseLine, Known, KnownAllergy
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.substances import base_names, by_atc, named
from prescriptions.safety.tables.allergy_classes import CLASSES, DATED, SOURCE, AllergyClass

VOICE = Voice(Check.ALLERGY, Source(SOURCE, DATED, "A04"), clinical=True)


def check(case: Case) -> Iterator[Finding]:
    """Compare every line with every allergy."""
    allergies = case.resident.allergies
    if not allergies:
        if case.resident.allergy_status is not Known.NONE_KNOWN:
            text = "« Non renseignées » n’est pas « aucune » : demandez, puis notez-le au dossier."
            yield VOICE.not_done([], "Allergies non renseignées", text)
        return
    yield from _unchecked(allergies)
    for allergy in allergies:
        yield from _of_allergy(case.lines, allergy)


def _unchecked(allergies: Sequence[KnownAllergy]) -> Iterator[Finding]:
    free = [a for a in allergies if a.kind is AllergyKind.FREE]
    excipients = [a for a in allergies if a.kind is AllergyKind.EXCIPIENT]
    if free:
        number = f"{len(free)} allergie{'s' if len(free) > 1 else ''} en texte libre"
        yield VOICE.not_done([], f"{number} : non contrôlée{'s' if len(free) > 1 else ''}", _labels(free))
    if excipients:
        text = f"{_labels(excipients)} La base publique ne donne pas les excipients."
        yield VOICE.not_done([], "Allergie à un excipient : non contrôlée", text)


def _labels(allergies: Sequence[KnownAllergy]) -> str:
    return f"{', '.join(a.label for a in allergies)}."


def _of_allergy(lines: Sequence[CaseLine], allergy: KnownAllergy) -> Iterator[Finding]:
    if allergy.kind is AllergyKind.EXCIPIENT:
        return
    groups, found = classes_of(allergy), False
    for line in lines:
        finding = _of_line(line, allergy, groups)
        if finding is not None:
            found = True
            yield finding
    if not (found or groups or allergy.code or allergy.kind is AllergyKind.FREE):
        text = f"« {allergy.label} » n’est pas codée : aucune ligne ne porte ce nom, la classe n’a pas pu être comparée."
        yield VOICE.not_done([], f"Allergie non codée : {allergy.label}", text)


def classes_of(allergy: KnownAllergy) -> tuple[AllergyClass, ...]:
    """Return the classes an allergy belongs to: by its code, by the words of its label, or as a member."""
    text = fold(allergy.label)
    return tuple(
        group
        for group in CLASSES
        if allergy.code == group.code
        or any(re.search(rf"\b{re.escape(word)}(?:e?s|x)?\b", text) for word in group.words)
        or any(re.search(rf"\b{re.escape(member)}\b", text) for member in group.members)
    )


def _of_line(line: CaseLine, allergy: KnownAllergy, groups: Sequence[AllergyClass]) -> Finding | None:
    if line.drug is None:
        return None
    grave = " Réaction grave notée." if allergy.severe else ""
    if _is_substance(line, allergy):
        return _alert(line, allergy, f"Allergie notée : {allergy.label}.{grave}")
    for group in groups:
        if by_atc(line, *group.atc) or named(line, group.members):
            return _alert(line, allergy, f"{line.name} est de la classe {group.label.lower()}.{grave}")
    for group in groups:
        if group.crossed and by_atc(line, *group.crossed):
            headline = f"Allergie croisée possible : {line.name}"
            return VOICE.alert(
                Level.INFO, [line], headline, f"{group.crossing}{grave}", band=fold(allergy.label)
            )
    return None


def _alert(line: CaseLine, allergy: KnownAllergy, text: str) -> Finding:
    headline = f"Allergie : {line.name}"
    return VOICE.alert(Level.REASON, [line], headline, text, band=fold(allergy.label))


def _is_substance(line: CaseLine, allergy: KnownAllergy) -> bool:
    """By code, salts folded, else by name: the label holds the whole name of a substance."""
    if line.drug is None or allergy.kind is AllergyKind.CLASS:
        return False
    if allergy.code and any(allergy.code in (s.code, s.base_code) for s in line.drug.active):
        return True
    text = fold(allergy.label)
    return any(name and re.search(rf"\b{re.escape(name)}\b", text) for name in base_names(line.drug))
