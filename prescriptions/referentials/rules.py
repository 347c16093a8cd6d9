"""The legal conditions of a medicine, as rules: from its official labels, and from what they forget (B13–B26, B40, B41).

`rules_from` is pure: labels and substances in, rules out. What each label means is data
(tables/condition_rules.py, from CIS_CPD_bdpm 05/2026), and so is what the labels of some substances lack
(tables/substance_rules.py, each line with its text and its day).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from .tables.condition_rules import CONDITION_RULES, DAYS_IN, PERIODS, Effect
from .tables.substance_rules import NARCOTIC_MAX_DAYS, NARCOTIC_SOURCE, SUBSTANCE_RULES, SubstanceRule
from .words import fold

ListCode = Literal["I", "II", ""]
"""List of poisonous substances (CSP L5132-6): I, II, or none."""

Initiator = Literal["hospital", "specialist"]
Renewal = Literal["free", "specialist", "restricted"]
"""Who may renew: any prescriber, the specialists named, or (the labels are silent) any prescriber as long as the
initial prescription is good (CSP R5121-88 2° and R5121-91 2°)."""


@dataclass(frozen=True, slots=True)
class InitialPrescription:
    """The first prescription of a restricted medicine (CSP R5121-77, R5121-88, R5121-91; B40).

    `period_days`: how long it is good for, None when it is never asked again. `specialists`: who may write
    it; empty when the label does not name them. `only_for`: the persons it is asked for, empty for everybody.
    """

    period_days: int | None
    by: Initiator
    specialists: tuple[str, ...] = ()
    renewal: Renewal = "restricted"
    only_for: str = ""


@dataclass(frozen=True, slots=True)
class DispensingRules:
    """What the law says of one medicine. Days everywhere; None where the labels say nothing.

    `max_days_alternative`: the longer duration open to injectables given by an active system (7 or 28 days,
    B14). `specialists`: the specialities that may write the next prescription (the renewal, when the first
    one is enough or reserved to others), empty when any prescriber may.
    `attestation`: a signed paper, or an agreement to collect. `dated_exam`: an examination to name on the
    prescription with its day. `labels`: the official labels, as written. `overridden`: what was set against
    or beyond them, each with its source.
    """

    list_code: ListCode = ""
    narcotic: bool = False
    secured: bool = False
    in_letters: bool = False
    max_days: int | None = None
    max_days_alternative: int | None = None
    fraction_days: int | None = None
    no_overlap: bool = False
    hospital_only: bool = False
    hospital_prescription: bool = False
    initial: InitialPrescription | None = None
    specialists: tuple[str, ...] = ()
    attestation: bool = False
    dated_exam: bool = False
    surveillance: bool = False
    labels: tuple[str, ...] = ()
    overridden: tuple[str, ...] = ()

    def why_set(self, *fields: str) -> tuple[str, ...]:
        """Return the sources of what was set here for these fields; empty when the labels alone speak."""
        told = (text.partition(" : ") for text in self.overridden)
        return tuple(source for field, _, source in told if field in fields)


def rules_from(labels: Iterable[str], substances: Iterable[str]) -> DispensingRules:
    """Return the rules of a medicine bearing these official `labels` and made of these base `substances`.

    `substances`: common names without their salts, as `ActiveSubstance.base_name` gives them.
    """
    return _rules(tuple(labels), frozenset(fold(name) for name in substances))


def is_mapped(label: str) -> bool:
    """Tell whether the table knows this label, be it to set nothing."""
    return bool(_effects(label))


_PATTERNS = tuple((re.compile(pattern), effect, value) for pattern, effect, value in CONDITION_RULES)


@lru_cache(maxsize=1024)
def _effects(label: str) -> tuple[tuple[Effect, str], ...]:
    """Return what each row that knows `label` sets, with its value."""
    written = " ".join(label.split())
    matches = ((pattern.fullmatch(fold(written)), effect, value) for pattern, effect, value in _PATTERNS)
    return tuple(
        (effect, value.format(*_caught(match, written))) for match, effect, value in matches if match
    )


def _caught(match: re.Match[str], written: str) -> list[str]:
    """Return what the groups caught, with its accents: folding keeps the places of letters."""
    return [written[match.start(group) : match.end(group)] for group in range(1, match.re.groups + 1)]


@lru_cache(maxsize=4096)
def _rules(labels: tuple[str, ...], substances: frozenset[str]) -> DispensingRules:
    said: dict[Effect, list[str]] = {}
    for label in labels:
        for effect, value in _effects(label):
            said.setdefault(effect, []).append(value)
    return _completed(_from_labels(labels, said), substances)


def _from_labels(labels: tuple[str, ...], said: Mapping[Effect, list[str]]) -> DispensingRules:
    initial = _initial(said)
    return DispensingRules(
        list_code=_list_code(said.get("list_code", [])),
        narcotic="narcotic" in said,
        secured="secured" in said,
        in_letters="in_letters" in said,
        max_days=_shortest(said.get("max_days", [])),
        max_days_alternative=_shortest(said.get("max_days_alternative", [])),
        fraction_days=_shortest(said.get("fraction_days", [])),
        no_overlap="no_overlap" in said,
        hospital_only="hospital_only" in said,
        hospital_prescription="hospital_prescription" in said,
        initial=initial,
        specialists=_who_writes_next(initial, said),
        attestation="attestation" in said,
        dated_exam="dated_exam" in said,
        surveillance="surveillance" in said,
        labels=labels,
    )


def _list_code(values: list[str]) -> ListCode:
    if "I" in values:
        return "I"
    return "II" if "II" in values else ""


def _initial(said: Mapping[Effect, list[str]]) -> InitialPrescription | None:
    """Return the initial prescription the labels ask for; one of hospital and of specialists is of hospital."""
    periods = [*said.get("initial_hospital", []), *said.get("initial_specialist", [])]
    if not periods:
        return None
    known = [days for days in map(PERIODS.__getitem__, periods) if days]
    by_hospital = "initial_hospital" in said
    everybody = by_hospital or len(said["initial_specialist"]) > len(said.get("initial_for", []))
    return InitialPrescription(
        period_days=min(known, default=None),
        by="hospital" if by_hospital else "specialist",
        specialists=_names(said.get("specialist", [])),
        renewal=_renewal(said),
        only_for="" if everybody else " ; ".join(sorted(said["initial_for"])),
    )


def _renewal(said: Mapping[Effect, list[str]]) -> Renewal:
    if "renewal_free" in said:
        return "free"
    return "specialist" if "renewal_specialist" in said else "restricted"


def _who_writes_next(
    initial: InitialPrescription | None, said: Mapping[Effect, list[str]]
) -> tuple[str, ...]:
    if initial is None:
        return _names([*said.get("specialist", []), *said.get("renewal_specialist", [])])
    return _names(said.get("renewal_specialist", []))


def _names(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value.upper() for value in values}))


def _shortest(durations: Iterable[str]) -> int | None:
    """Return « 12 semaines » as 84; the shortest when several are said, None when none is."""
    parts = (duration.split() for duration in durations)
    return min((int(number) * DAYS_IN[unit] for number, unit in parts), default=None)


def _completed(rules: DispensingRules, substances: frozenset[str]) -> DispensingRules:
    """Set what the labels lack (tables/substance_rules.py), and say so."""
    if rules.narcotic and rules.max_days is None:
        rules = replace(rules, max_days=NARCOTIC_MAX_DAYS, overridden=(f"max_days : {NARCOTIC_SOURCE}.",))
    for rule in SUBSTANCE_RULES:
        if rules.list_code and rule.substances & substances:
            rules = _with_substance(rules, rule)
    return rules


def _with_substance(rules: DispensingRules, rule: SubstanceRule) -> DispensingRules:
    """Homeopathic dilutions, on no list, never come here."""
    days = min(rules.max_days or rule.max_days, rule.max_days)
    lacking = {
        "secured": rule.secured and not rules.secured,
        "in_letters": rule.in_letters and not rules.in_letters,
        "max_days": days != rules.max_days,
    }
    why = f"{rule.source}, depuis le {rule.since:%d/%m/%Y}."
    return replace(
        rules,
        secured=rules.secured or rule.secured,
        in_letters=rules.in_letters or rule.in_letters,
        max_days=days,
        overridden=(
            *rules.overridden,
            *(f"{field} : {why}" for field, set_here in lacking.items() if set_here),
        ),
    )
