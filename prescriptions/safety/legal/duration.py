"""Maximum duration of a prescription (rules B14, B20 to B26, B33)."""

from __future__ import annotations

from collections.abc import Iterator

from prescriptions.kinds.wording import days
from prescriptions.safety.answers import Voice
from prescriptions.safety.case import Case, CaseLine
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.substances import by_atc

LISTED_DAYS = 365
"""CSP R5132-21: twelve months for lists I and II."""
NARCOTIC_DAYS = 28
"""CSP R5132-30: twenty-eight days for narcotics, when no label says less."""

VOICE = Voice(Check.MAX_DURATION, Source("CSP R5132-21", None, "B33"))
LABELS = "conditions de prescription de la base publique"
NARCOTICS = VOICE.citing(f"CSP R5132-30 ; {LABELS}", None, "B14")
ORDER_1991 = VOICE.citing(f"Arrêté du 7 octobre 1991 ; {LABELS}", None, "B24, B25")
"""Hypnotics four weeks, anxiolytics twelve."""


def check(case: Case) -> Iterator[Finding]:
    """Refuse what lasts longer than the law allows, renewals included."""
    for line in case.proposed:
        yield from _of_line(line)


def _of_line(line: CaseLine) -> Iterator[Finding]:
    most, voice = _most(line)
    if most is None:
        return
    if line.whole_days is None:
        yield voice.not_done(
            [line],
            f"{line.name} : durée non donnée, {days(most)} au plus",
            "La prescription ne compte que des boîtes, ou rien : la durée maximale n’a pas pu être comparée.",
        )
    elif line.whole_days > most:
        yield voice.alert(
            Level.HARD,
            [line],
            f"{line.name} : {days(line.whole_days)}, {days(most)} au plus",
            _conduct(line, most),
            band=str(most),
        )


def _most(line: CaseLine) -> tuple[int | None, Voice]:
    """Return the most days of a line, and the voice that says so."""
    rules = line.drug.rules if line.drug else None
    if rules is None:
        return None, VOICE
    source = _source(line)
    if rules.max_days_alternative and line.pump:
        return rules.max_days_alternative, source
    if rules.max_days:
        return rules.max_days, source
    if rules.narcotic:
        return NARCOTIC_DAYS, source
    return (LISTED_DAYS if rules.list_code else None), VOICE


def _source(line: CaseLine) -> Voice:
    """The text behind a duration, at the day of the base that bears its label."""
    if line.drug is None:
        return VOICE
    rules, dated = line.drug.rules, line.drug.release_date
    told = rules.why_set("max_days")
    if told:
        return VOICE.citing(" ; ".join(told), dated, "B20")
    usual = ORDER_1991 if by_atc(line, "N05B", "N05C") and not rules.secured else NARCOTICS
    return usual.citing(usual.source.text, dated)


def _conduct(line: CaseLine, most: int) -> str:
    rules = line.drug.rules if line.drug else None
    text = f"Réduisez la durée ou les renouvellements : {days(most)} en tout."
    if rules and rules.max_days_alternative and not line.pump:
        longer = days(rules.max_days_alternative)
        text += f" {longer.capitalize()} sont possibles avec un système actif de perfusion : dites-le sur la ligne."
    return text
