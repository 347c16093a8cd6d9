"""A complete examination: what the ordonnance and the message take from it (CSP L6211-8; rule B60)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from prescriptions.kinds.charges import Charge
from prescriptions.kinds.order import Plain
from prescriptions.kinds.wording import capital


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam(Plain):
    """One examination, once or again and again. `every_days` and `occurrences` go together."""

    code: str
    """Code NABM, 4 digits; empty for free text."""
    label: str
    fasting: bool
    urgent: bool
    starts_on: date
    """When it is wished."""
    every_days: int | None
    occurrences: int | None
    context: str
    """Clinical context, for the biologist."""
    at_home: bool
    """Drawn where the resident lives."""
    ald: bool
    atmp: bool
    prevention: bool
    non_reimbursable: bool
    comment: str
    release: str

    @property
    def title(self) -> str:
        """The examination and its code."""
        return f"{self.label} (NABM {self.code})" if self.code else self.label

    @property
    def name(self) -> str:
        """The examination."""
        return self.label

    @property
    def detail(self) -> str:
        """The code, or that there is none."""
        return f"NABM {self.code}" if self.code else "hors nomenclature ou texte libre"

    @property
    def frequency(self) -> str:
        """« tous les 7 jours, 4 fois »; empty when it is done once."""
        if not self.every_days:
            return ""
        rhythm = "tous les jours" if self.every_days == 1 else f"tous les {self.every_days} jours"
        return f"{rhythm}, {self.occurrences} fois"

    @property
    def sentence(self) -> str:
        """« Une fois, le 24/11/2026, à jeun. » or « Tous les 7 jours, 4 fois, à partir du 24/11/2026. »"""
        when = f"{self.starts_on:%d/%m/%Y}"
        head = f"{self.frequency}, à partir du {when}" if self.frequency else f"une fois, le {when}"
        parts = [head, "à jeun" if self.fasting else "", "urgent" if self.urgent else ""]
        words = ", ".join(part for part in parts if part)
        return f"{capital(words)}."

    @property
    def regime(self) -> str:
        """What comes back is a long follow-up; else it is done once."""
        return "CONTINU" if self.every_days else "PONCTUEL"

    @property
    def ends_on(self) -> date | None:
        """Day of the last one."""
        again = (self.every_days or 0) * ((self.occurrences or 1) - 1)
        return self.starts_on + timedelta(days=again)

    @property
    def charge(self) -> Charge:
        """Biology (rule B97)."""
        return Charge.BIOLOGIE

    @property
    def is_unchecked(self) -> bool:
        """Tell whether it was written in free text (rule A22)."""
        return not self.code

    def printed_texts(self, *, prescribed_on: date | None = None) -> tuple[str, ...]:
        """Return when and how; context; where it is drawn; note."""
        texts = (
            self.sentence,
            f"Contexte : {self.context.rstrip(' .')}." if self.context else "",
            "Prélèvement au lieu de vie du patient." if self.at_home else "",
            self.comment,
        )
        return tuple(text for text in texts if text)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON, without loss."""
        return {**asdict(self), "starts_on": self.starts_on.isoformat()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Exam:
        """Read what `to_json` wrote."""
        return cls(**data | {"starts_on": date.fromisoformat(data["starts_on"])})
