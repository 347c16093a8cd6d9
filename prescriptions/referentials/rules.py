"""The legal conditions of a medicine, as rules: from its official labels, and from what they forget (B13–B26, B40, B41).

`rules_from` is pure: labels and substances in, rules out. What each label means is data
(tables/condition_rules.py, from CIS_CPD_bdpm 05/2026), and so is what the labels of some substances lack
(tables/substance_rules.py, each line with its text and its day).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ListCode = Literal["I", "II", ""]
"""List of poisonous substances (CSP L5132-6): I, II, or none."""

Initiator = Literal["hospital", "specialist"]
Renewal = Literal["free", "specialist", "restricted"]
"""Who may renew: any prescriber, the specialists named, or whoever may begin (the label is silent)."""


@dataclass(frozen=True, slots=True)
class InitialPrescription:
    """The first prescription of a restricted medicine (CSP R5121-77, R5121-84 and following; B40).

    `period_days`: how long it is good for, None when it is never asked again. `specialists`: who may write
    it when `by` is "specialist"; empty when the label does not name them.
    """

    period_days: int | None
    by: Initiator
    specialists: tuple[str, ...] = ()
    renewal: Renewal = "restricted"


@dataclass(frozen=True, slots=True)
class DispensingRules:
    """What the law says of one medicine. Days everywhere; None where the labels say nothing.

    `max_days_alternative`: the longer duration open to injectables given by an active system (7 or 28 days,
    B14). `specialists`: the specialities that may prescribe it at all, empty when not reserved.
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


def rules_from(labels: Iterable[str], substances: Iterable[str]) -> DispensingRules:
    """Return the rules of a medicine bearing these official `labels` and made of these base `substances`.

    `substances`: common names without their salts, as `ActiveSubstance.base_name` gives them.
    """
    return DispensingRules(labels=tuple(labels))
