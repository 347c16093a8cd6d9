"""How many marketed medicines each rule concerns, beside the figures counted by hand (B13–B26, B40, B41).

The figures were counted over CIS_CPD_bdpm 05/2026: they tell whether the table of labels still reads it well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from .rules import DispensingRules

Test = Callable[[DispensingRules], bool]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """`figure`: what was counted by hand, `count`: what the rules give now."""

    name: str
    rule: str
    figure: int
    count: int

    @property
    def gap(self) -> float:
        """The difference, as a share of the figure."""
        return abs(self.count - self.figure) / self.figure


def rule_counts(all_rules: Collection[DispensingRules]) -> list[RuleCount]:
    """Count each rule over the rules of the marketed medicines, as their labels alone say it."""
    return [RuleCount(name, rule, figure, sum(map(test, all_rules))) for name, rule, figure, test in _FIGURES]


def unmapped(labels: Iterable[str], is_mapped: Callable[[str], bool]) -> dict[str, int]:
    """Return the labels the table does not know, with their number, most frequent first."""
    found: dict[str, int] = {}
    for label in labels:
        if not is_mapped(label):
            found[label] = found.get(label, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _labelled(field: str) -> Test:
    """Tell whether the labels say it; what substance_rules.py sets beyond them does not count."""
    return lambda rules: bool(getattr(rules, field)) and not rules.why_set(field)


def _max(days: int) -> Test:
    return lambda rules: (
        rules.max_days == days and rules.max_days_alternative is None and not rules.why_set("max_days")
    )


def _fraction(days: int) -> Test:
    return lambda rules: rules.fraction_days == days


def _hospital_initial(days: int) -> Test:
    return lambda rules: (
        rules.initial is not None and rules.initial.by == "hospital" and rules.initial.period_days == days
    )


def _specialist(rules: DispensingRules) -> bool:
    initial = rules.initial
    return bool(rules.specialists) or (
        initial is not None and (initial.by == "specialist" or bool(initial.specialists))
    )


def _signed_or_neutrophils(rules: DispensingRules) -> bool:
    return rules.attestation or any(label.startswith("ordonnance avec la num") for label in rules.labels)


_FIGURES: tuple[tuple[str, str, int, Test], ...] = (
    ("stupéfiant", "B13", 269, _labelled("narcotic")),
    ("ordonnance sécurisée", "B13", 540, _labelled("secured")),
    ("en toutes lettres", "B13", 442, _labelled("in_letters")),
    ("28 jours au plus", "B14", 318, _max(28)),
    ("84 jours au plus", "B25", 205, _max(84)),
    ("180 jours au plus", "B21", 92, _max(180)),
    ("7 jours au plus", "B14", 21, _max(7)),
    ("7 ou 28 jours au plus", "B14", 19, lambda rules: rules.max_days_alternative == 28),
    ("14 jours au plus", "B24", 6, _max(14)),
    ("délivrance par 7 jours", "B15", 92, _fraction(7)),
    ("délivrance par 14 jours", "B15", 44, _fraction(14)),
    ("chevauchement interdit", "B17", 16, _labelled("no_overlap")),
    ("réserve hospitalière", "B40", 757, _labelled("hospital_only")),
    ("prescription hospitalière", "B40", 1141, _labelled("hospital_prescription")),
    ("prescription initiale hospitalière annuelle", "B40", 363, _hospital_initial(365)),
    ("prescription initiale hospitalière semestrielle", "B40", 287, _hospital_initial(180)),
    ("prescription initiale hospitalière trimestrielle", "B40", 31, _hospital_initial(90)),
    ("spécialistes", "B40", 2077, _specialist),
    ("surveillance particulière", "B40", 1450, _labelled("surveillance")),
    ("attestation, accord ou numération datée", "B41", 169, _signed_or_neutrophils),
)
