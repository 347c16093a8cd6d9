"""Allergies by substance and by class; what cannot be checked is said, free text first (rule A04)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from prescriptions.kinds.medicament.drug import brand
from prescriptions.referentials.words import fold
from prescriptions.safety.answers import Voice
from prescriptions.safety.case import AllergyKind, Case, CaseLine, Known, KnownAllergy
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.knowledge import Knowledge
from prescriptions.safety.substances import base_names, by_atc, named
from prescriptions.safety.tables.allergy_classes import CLASSES, DATED, SOURCE, AllergyClass

VOICE = Voice(Check.ALLERGY, Source(SOURCE, DATED, "A04"), clinical=True)


ATC = re.compile(r"[A-DGHJ-NPRSV]\d\d(?:[A-Z](?:[A-Z](?:\d\d)?)?)?")
"""A code of the WHO from its second level on: « J01C » is a class as good as ours."""


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding]:
    """Compare every line with every allergy."""
    allergies = case.resident.allergies
    if not allergies:
        if case.resident.allergy_status is not Known.NONE_KNOWN:
            text = "« Non renseignées » n’est pas « aucune » : demandez, puis notez-le au dossier."
            yield VOICE.not_done([], "Allergies non renseignées", text)
        return
    yield from _unchecked(allergies)
    known = _known(allergies, knowledge)
    for allergy in allergies:
        yield from _of_allergy(case.lines, allergy, known)


def _known(allergies: Sequence[KnownAllergy], knowledge: Knowledge) -> Collection[str]:
    """Return the codes that the base has, of substances and of the ATC: comparing with a code of nothing compares nothing."""
    told = [a for a in allergies if a.kind not in (AllergyKind.FREE, AllergyKind.EXCIPIENT)]
    codes = {code for a in told if (code := _code(a)) and all(code != group.code for group in CLASSES)}
    return knowledge.codes(codes) if codes else ()


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


def _of_allergy(
    lines: Sequence[CaseLine], allergy: KnownAllergy, known: Collection[str]
) -> Iterator[Finding]:
    if allergy.kind is AllergyKind.EXCIPIENT:
        return
    groups, found = classes_of(allergy), False
    for line in lines:
        finding = _of_line(line, allergy, groups)
        if finding is not None:
            found = True
            yield finding
    usual = any(group in CLASSES for group in groups)
    if not (found or usual or _code(allergy) in known or allergy.kind is AllergyKind.FREE):
        what = "porte un code que les tables ne connaissent pas" if allergy.code else "n’est pas codée"
        text = (
            f"« {allergy.label} » {what} : aucune ligne ne porte ce nom, la classe n’a pas pu être comparée."
        )
        yield VOICE.not_done([], f"Allergie non codée : {allergy.label}", text)


def classes_of(allergy: KnownAllergy) -> tuple[AllergyClass, ...]:
    """Return the classes an allergy belongs to: by its code, ours or ATC, by the words of its label, or as a member."""
    text, code = fold(allergy.label), _code(allergy)
    worded = (
        group
        for group in CLASSES
        if code == group.code
        or any(re.search(rf"\b{re.escape(word)}(?:e?s|x)?\b", text) for word in group.words)
        or any(re.search(rf"\b{re.escape(member)}\b", text) for member in group.members)
    )
    return tuple(dict.fromkeys((*_of_atc(code), *worded)))


def _code(allergy: KnownAllergy) -> str:
    """Return the code as it is compared; an ATC code may stand in the label (« classe : J01C »)."""
    given = (allergy.code.strip(), allergy.label.strip())
    return next((text.upper() for text in given if ATC.fullmatch(text.upper())), given[0])


def _of_atc(code: str) -> Iterator[AllergyClass]:
    """Yield the class an ATC code is, after the narrowest usual class it belongs to: « J01CA04 » is a penicillin."""
    if ATC.fullmatch(code):
        fitting = [(len(atc), group) for group in CLASSES for atc in group.atc if code.startswith(atc)]
        if fitting:
            yield max(fitting, key=lambda pair: pair[0])[1]
        yield AllergyClass(code, f"ATC {code}", (), (code,))


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
    """By code, salts folded, else by name: the label holds the whole name of a substance, or the brand of the line."""
    if line.drug is None or allergy.kind is AllergyKind.CLASS:
        return False
    if allergy.code and any(allergy.code in (s.code, s.base_code) for s in line.drug.active):
        return True
    text, called = fold(allergy.label), fold(brand(line.drug))
    if called and re.search(rf"\b{re.escape(called)}\b", text):
        return True
    return any(name and re.search(rf"\b{re.escape(name)}\b", text) for name in base_names(line.drug))
