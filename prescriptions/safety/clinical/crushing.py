"""Forms that must not be crushed or opened, for a resident who swallows with difficulty (rule B127)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from prescriptions.kinds.wording import capital, count
from prescriptions.referentials.facts import SpecialityFacts
from prescriptions.referentials.words import fold
from prescriptions.safety.answers import Voice
from prescriptions.safety.case import Case, CaseLine
from prescriptions.safety.crushing_list import Conduct, Verdict
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.knowledge import Knowledge
from prescriptions.safety.substances import by_atc, named
from prescriptions.safety.tables.crushing import (
    ATC_HAZARD,
    DATED,
    INSTEAD,
    LONG_RELEASE,
    SOLID,
    SOURCE,
    SUBSTANCES,
    WORDS,
)

VOICE = Voice(Check.CRUSHING, Source(SOURCE, DATED, "B127"), clinical=True)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of the form of one line, by the list of the house or by our rules."""

    line: CaseLine
    conduct: Conduct
    voice: Voice


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding]:
    """Signal what must not be crushed: a reason where crushing is written, an information where it is to be feared."""
    told = [said for line in case.lines if (said := _told(line, knowledge)) is not None]
    trouble = case.resident.swallowing_trouble
    for said in told:
        if said.line.crush:
            yield _written(said)
        elif trouble and said.conduct.verdict is not Verdict.ALLOWED:
            headline = f"{said.line.name} : trouble de la déglutition"
            yield said.voice.alert(Level.INFO, [said.line], headline, _advice(said))
    asked = [s.line for s in told if not s.line.crush and s.conduct.verdict is not Verdict.ALLOWED]
    if trouble is None and asked:
        text = "Le trouble de la déglutition n’est pas renseigné : ces formes ne s’écrasent pas."
        yield VOICE.not_done(asked, f"Écrasement non contrôlé : {count(len(asked), 'ligne')}", text)
    solid = [line for line in case.lines if _is_solid(line)]
    if knowledge.crushing_fault and solid:
        text = f"{knowledge.crushing_fault} Seules les formes de la base publique ont été lues : prévenez l’exploitant."
        yield VOICE.not_done(solid, "Liste d’écrasement de la maison illisible", text)


def _form(line: CaseLine, why: str) -> str:
    """One substance has forms that are crushed and forms that are not: an answer is about a form."""
    return f"{fold(line.drug.form if line.drug else '')}|{fold(why)}"


_WRITTEN: dict[Verdict, tuple[Level, str]] = {
    Verdict.FORBIDDEN: (Level.REASON, "ne pas écraser"),
    Verdict.UNCLEAR: (Level.REASON, "écrasement à vérifier"),
    Verdict.ALLOWED: (Level.INFO, "écrasement ou ouverture admis par la liste"),
}


def _written(said: _Told) -> Finding:
    """Where « à écraser » is written; what the list allows is shown folded, with its own words: they may set a condition."""
    level, words = _WRITTEN[said.conduct.verdict]
    headline = f"{said.line.name} : {words}"
    shown = level is Level.REASON
    band = _form(said.line, said.conduct.words)
    return said.voice.alert(level, [said.line], headline, _advice(said), expanded=shown, band=band)


def _advice(said: _Told) -> str:
    sentence = f"{capital(said.conduct.words.rstrip('.'))}."
    return sentence if said.conduct.verdict is Verdict.ALLOWED else f"{sentence} {INSTEAD}"


def _told(line: CaseLine, knowledge: Knowledge) -> _Told | None:
    """Return what is said of the form of a line and whose word it is: the list of the house first, then our rules."""
    if line.drug is None:
        return None
    house = knowledge.crushing
    if house is not None and line.drug.cis in house.by_cis:
        return _Told(line, house.by_cis[line.drug.cis], VOICE.citing(house.source, house.dated))
    why = _why(line) if _is_solid(line) else ""
    return _Told(line, Conduct(why, Verdict.FORBIDDEN), VOICE) if why else None


def _why(line: CaseLine) -> str:
    """Return why our rules keep a solid form whole; empty when they do not."""
    if line.drug is None:
        return ""
    why = by_words(line.drug.form, line.drug.label) or next((w for s, w in SUBSTANCES if named(line, s)), "")
    return why or ("toxique : dangereux pour la personne qui écrase" if by_atc(line, *ATC_HAZARD) else "")


def _is_solid(line: CaseLine) -> bool:
    return line.drug is not None and re.search(SOLID, fold(line.drug.form)) is not None


@lru_cache(maxsize=4096)
def by_words(form: str, label: str) -> str:
    """Return what the words of a form and of a label say; empty when nothing forbids."""
    text = fold(f"{form} {label}")
    return next((why for pattern, why in WORDS if re.search(pattern, text)), "")


def is_long_release(drug: SpecialityFacts) -> bool:
    """Tell whether the form or the label names a slow release."""
    return re.search(LONG_RELEASE, fold(f"{drug.form} {drug.label}")) is not None
