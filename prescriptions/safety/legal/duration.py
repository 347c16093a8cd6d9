"""Maximum duration of a prescription (rules B14, B20 to B26, B33)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prescriptions.kinds.wording import days
from prescriptions.safety.answers import Voice, names
from prescriptions.safety.case import Case, CaseLine
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.substances import base_codes, by_atc

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
    """Refuse what lasts longer than the law allows, renewals included, in one line or in several of one substance."""
    for line in case.proposed:
        yield from _of_line(line)
    yield from _in_a_row(case.proposed)


def _of_line(line: CaseLine) -> Iterator[Finding]:
    most, voice = _most(line)
    if most is None:
        return
    lasts = treated_days(line)
    if lasts is None:
        yield voice.not_done(
            [line],
            f"{line.name} : durée non donnée, {days(most)} au plus",
            "La prescription ne compte que des boîtes, ou rien : la durée maximale n’a pas pu être comparée.",
        )
    elif lasts > most:
        yield voice.alert(
            Level.HARD,
            [line],
            f"{line.name} : {days(lasts)}, {days(most)} au plus",
            _conduct(line, most),
            band=str(most),
        )


def treated_days(line: CaseLine) -> int | None:
    """Days the line prescribes: its duration with renewals, or its steps when they say more; None when neither is told."""
    steps = [phase.days for phase in line.posology.phases] if line.posology else []
    bounded = sum(step for step in steps if step)
    if line.whole_days is None:
        return bounded if steps and None not in steps else None
    return max(line.whole_days, bounded)


def _in_a_row(lines: Sequence[CaseLine]) -> Iterator[Finding]:
    """Count the days that lines of one substance cover together: twelve weeks after twelve weeks are twenty-four."""
    for group in _by_substance([line for line in lines if _most(line)[0]]):
        most, voice = max(((limit or 0, said) for limit, said in map(_most, group)), key=lambda pair: pair[0])
        covered = _covered(group)
        if covered > most and all((treated_days(line) or 0) <= most for line in group):
            yield voice.alert(
                Level.HARD,
                group,
                f"{names(group)} : {days(covered)} en {len(group)} lignes, {days(most)} au plus",
                "Les lignes d’une même substance se suivent et s’ajoutent : réduisez leur durée ou leurs renouvellements.",
                band=str(most),
            )


def _by_substance(lines: Sequence[CaseLine]) -> Iterator[tuple[CaseLine, ...]]:
    """Yield, once each, the groups of two lines or more that share a substance."""
    codes = dict.fromkeys(code for line in lines for code in sorted(base_codes(line)))
    groups = dict.fromkeys(tuple(line for line in lines if code in base_codes(line)) for code in codes)
    return (group for group in groups if len(group) > 1)


def _covered(lines: Sequence[CaseLine]) -> int:
    """Days that these lines cover, each day once; a line without a start or a length covers none."""
    spans = sorted(
        (line.starts_on.toordinal(), line.starts_on.toordinal() + (treated_days(line) or 0))
        for line in lines
        if line.starts_on
    )
    total, reached = 0, 0
    for first, after in spans:
        total += max(0, after - max(first, reached))
        reached = max(reached, after)
    return total


def _most(line: CaseLine) -> tuple[int | None, Voice]:
    """Return the most days of a line, and the voice that says so."""
    rules = line.rules
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
    rules, dated = line.rules, line.release_date
    if rules is None:
        return VOICE
    told = rules.why_set("max_days")
    if told:
        return VOICE.citing(" ; ".join(told), dated, "B20")
    usual = ORDER_1991 if by_atc(line, "N05B", "N05C") and not rules.secured else NARCOTICS
    return usual.citing(usual.source.text, dated)


def _conduct(line: CaseLine, most: int) -> str:
    rules = line.rules
    text = f"Réduisez la durée ou les renouvellements : {days(most)} en tout."
    if rules and rules.max_days_alternative and not line.pump:
        longer = days(rules.max_days_alternative)
        text += f" {longer.capitalize()} sont possibles avec un système actif de perfusion : dites-le sur la ligne."
    return text
