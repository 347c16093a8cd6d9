"""What a check answers: OK, ALERT with its level, or NOT_DONE with the reason. Always with a source (rules A40, A46)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Check(StrEnum):
    """Every check, by the name kept with what was acknowledged; never renamed."""

    UNKNOWN_LINE = "UNKNOWN_LINE"
    FREE_TEXT = "FREE_TEXT"
    UNKNOWN_CLASS = "UNKNOWN_CLASS"
    UNIT = "UNIT"
    MAX_DURATION = "MAX_DURATION"
    FRACTION = "FRACTION"
    OVERLAP = "OVERLAP"
    SECURED = "SECURED"
    HOSPITAL = "HOSPITAL"
    INITIAL = "INITIAL"
    SPECIALIST = "SPECIALIST"
    ATTESTATION = "ATTESTATION"
    SUBSTITUTION = "SUBSTITUTION"
    PHARMACY = "PHARMACY"
    ANTIBIOTIC = "ANTIBIOTIC"
    PROFESSION = "PROFESSION"
    SUPPLY = "SUPPLY"
    INTERACTION = "INTERACTION"
    DUPLICATE = "DUPLICATE"
    ALLERGY = "ALLERGY"
    RENAL = "RENAL"
    CRUSHING = "CRUSHING"
    ELDERLY = "ELDERLY"
    LOAD = "LOAD"

    @property
    def name_fr(self) -> str:
        """The French name of the check."""
        return TITLES[self]


TITLES: dict[Check, str] = {
    Check.UNKNOWN_LINE: "Ligne non contrôlée",
    Check.FREE_TEXT: "Texte libre",
    Check.UNKNOWN_CLASS: "Classe inconnue",
    Check.UNIT: "Unité de prise",
    Check.MAX_DURATION: "Durée maximale",
    Check.FRACTION: "Délivrance fractionnée",
    Check.OVERLAP: "Chevauchement",
    Check.SECURED: "Ordonnance sécurisée",
    Check.HOSPITAL: "Prescription hospitalière",
    Check.INITIAL: "Prescription initiale",
    Check.SPECIALIST: "Spécialistes",
    Check.ATTESTATION: "Attestation ou examen daté",
    Check.SUBSTITUTION: "Non-substitution",
    Check.PHARMACY: "Pharmacie nommée",
    Check.ANTIBIOTIC: "Antibiotique",
    Check.PROFESSION: "Droit de prescrire",
    Check.SUPPLY: "Disponibilité",
    Check.INTERACTION: "Interactions",
    Check.DUPLICATE: "Doublons",
    Check.ALLERGY: "Allergies",
    Check.RENAL: "Fonction rénale",
    Check.CRUSHING: "Écrasement",
    Check.ELDERLY: "Sujet âgé",
    Check.LOAD: "Charge sédative et anticholinergique",
}


class Status(StrEnum):
    """How a check ended. A check that could not be made is never OK."""

    OK = "OK"
    ALERT = "ALERT"
    NOT_DONE = "NOT_DONE"


class Level(StrEnum):
    """What an alert asks. HARD: the line cannot be signed so. REASON: a reason is given and kept. INFO: to be read."""

    HARD = "HARD"
    REASON = "REASON"
    INFO = "INFO"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from, the date of that text, and the identifier of the rule in our list."""

    text: str
    dated: date | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer, about a line, a pair of lines, or the whole treatment (`lines` is then empty)."""

    check: Check
    status: Status
    lines: tuple[str, ...] = ()
    """Keys of the lines, as the case gives them."""
    level: Level | None = None
    """None unless the status is ALERT; a NOT_DONE that must not be missed is shown like an alert all the same."""
    headline: str
    """One line, French, no health data beyond the names of the medicines and the figures of the rule."""
    text: str = ""
    source: Source
    clinical: bool
    """Made by the clinical engine (rule Z2)."""
    ack_key: str = ""
    """What an acknowledgement is remembered by; the caller adds the resident and the prescriber (rule A44)."""
    levels: tuple[str, ...] = ()
    """Official levels, worst first: CI, AD, PE, APEC for interactions."""
    expanded: bool = True
    """False for what stays folded until it is asked for."""

    @property
    def composite(self) -> bool:
        """Tell whether several official levels remain, by dose, route or indication: « niveau variable » (rule A41)."""
        return len(self.levels) > 1

    @property
    def title(self) -> str:
        """The French name of the check."""
        return self.check.name_fr

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON, as `check_treatment` answers it."""
        return {
            "check": self.check.value,
            "title": self.title,
            "status": self.status.value,
            "level": self.level.value if self.level else None,
            "lines": list(self.lines),
            "headline": self.headline,
            "text": self.text,
            "source": self.source.text,
            "source_date": self.source.dated.isoformat() if self.source.dated else None,
            "rule": self.source.rule,
            "clinical": self.clinical,
            "composite": self.composite,
            "levels": list(self.levels),
            "expanded": self.expanded,
            "ack_key": self.ack_key,
        }


_LEVEL_RANK = {Level.HARD: 0, Level.REASON: 1, Level.INFO: 3, None: 2}
"""What was not checked stands between what asks a reason and what only informs."""


_OFFICIAL_RANK = {"CI": 1, "AD": 3}
_DANGER = {Check.ALLERGY: 0, Check.RENAL: 2, Check.DUPLICATE: 4, Check.CRUSHING: 5}
_REST = 6


def _danger(finding: Finding) -> int:
    """Order what has the same level by what it may do to the resident: allergy, contra-indication, kidney, association, the
    rest (our reading). A composite level is worth its association, never its worst case alone (rule A41).
    """
    if finding.check is Check.INTERACTION and finding.levels:
        worst = "AD" if finding.composite else finding.levels[0]
        return _OFFICIAL_RANK.get(worst, _REST)
    return _DANGER.get(finding.check, _REST)


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Order: blocking, reasons, not checked, information; then by danger, check and line."""
    ranks = {check: rank for rank, check in enumerate(Check)}
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                _LEVEL_RANK[f.level],
                not f.expanded,
                _danger(f),
                ranks[f.check],
                f.lines,
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the checks said of one treatment, worst first."""

    findings: tuple[Finding, ...]
    """Alerts and what was not done; a check that ends OK is in `statuses` only."""
    statuses: dict[Check, Status]
    """Every check that was asked: ALERT if it found something, else NOT_DONE if part could not be done, else OK."""
    version: str
    """Version of the clinical engine; empty when it did not run."""

    @property
    def alerts(self) -> tuple[Finding, ...]:
        """Return the alerts alone."""
        return tuple(f for f in self.findings if f.status is Status.ALERT)

    @property
    def not_done(self) -> tuple[Finding, ...]:
        """Return what could not be checked."""
        return tuple(f for f in self.findings if f.status is Status.NOT_DONE)

    @property
    def is_blocking(self) -> bool:
        """Tell whether something forbids to sign as it is."""
        return any(f.level is Level.HARD for f in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many findings of each weight, in the words of the panel: HARD, REASON, NOT_DONE, INFO."""
        found = Counter(f.level.value if f.level else f.status.value for f in self.findings)
        return {name: found[name] for name in ("HARD", "REASON", "NOT_DONE", "INFO")}

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON, as `check_treatment` answers it."""
        return {
            "version": self.version,
            "blocking": self.is_blocking,
            "counts": self.counts,
            "checks": {check.value: status.value for check, status in self.statuses.items()},
            "findings": [finding.to_json() for finding in self.findings],
        }
