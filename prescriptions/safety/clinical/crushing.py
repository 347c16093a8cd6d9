"""Forms that must not be crushed or opened, for a resident who swallows with difficulty (rule B127)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from prescriptions.kinds.wording import count
from prescriptions.referentials.facts import SpecialityFacts
from prescriptions.referentials.words import fold
from prescriptions.safety.answers import Voice
from prescriptions.safety.case import Case, CaseLine
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


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding]:
    """Signal what must not be crushed: a reason where crushing is written, an information where it is to be feared."""
    told = [(line, answer) for line in case.lines if (answer := _conduct(line, knowledge)) is not None]
    trouble = case.resident.swallowing_trouble
    for line, (why, voice) in told:
        if line.crush:
            text = f"{_sentence(why)} {INSTEAD}"
            yield voice.alert(
                Level.REASON, [line], f"{line.name} : ne pas écraser", text, band=_form(line, why)
            )
        elif trouble:
            headline = f"{line.name} : trouble de la déglutition"
            yield voice.alert(Level.INFO, [line], headline, f"{_sentence(why)} {INSTEAD}")
    asked = [line for line, _ in told if not line.crush]
    if trouble is None and asked:
        text = "Le trouble de la déglutition n’est pas renseigné : ces formes ne s’écrasent pas."
        yield VOICE.not_done(asked, f"Écrasement non contrôlé : {count(len(asked), 'ligne')}", text)


def _form(line: CaseLine, why: str) -> str:
    """One substance has forms that are crushed and forms that are not: an answer is about a form."""
    return f"{fold(line.drug.form if line.drug else '')}|{fold(why)}"


def _conduct(line: CaseLine, knowledge: Knowledge) -> tuple[str, Voice] | None:
    """Return why the form of a line is kept whole and whose word it is: the list of the house first, then our rules."""
    if line.drug is None:
        return None
    national = knowledge.crushing
    if national is not None and line.drug.cis in national.by_cis:
        return national.by_cis[line.drug.cis], VOICE.citing(national.source, national.dated)
    if not re.search(SOLID, fold(line.drug.form)):
        return None
    why = by_words(line.drug.form, line.drug.label) or next((w for s, w in SUBSTANCES if named(line, s)), "")
    if not why and by_atc(line, *ATC_HAZARD):
        why = "toxique : dangereux pour la personne qui écrase"
    return (why, VOICE) if why else None


@lru_cache(maxsize=4096)
def by_words(form: str, label: str) -> str:
    """Return what the words of a form and of a label say; empty when nothing forbids."""
    text = fold(f"{form} {label}")
    return next((why for pattern, why in WORDS if re.search(pattern, text)), "")


def is_long_release(drug: SpecialityFacts) -> bool:
    """Tell whether the form or the label names a slow release."""
    return re.search(LONG_RELEASE, fold(f"{drug.form} {drug.label}")) is not None


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
