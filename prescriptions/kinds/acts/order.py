"""A complete act: what the ordonnance and the message take from it (CSP R4311-7, R4321-2; rules B70–B81)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from prescriptions.kinds.charges import Charge
from prescriptions.kinds.order import Plain
from prescriptions.kinds.wording import capital, count, days

PERIODS = {"jour": 1, "semaine": 7, "mois": 30}
"""Days of the period a frequency is told for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOrder(Plain):
    """One act, its quantity and its rhythm. `times` per `per`; `sessions` in all."""

    slug: str
    """Of the catalogue; empty for free text."""
    label: str
    session: str
    """What is counted: « séance », « passage »."""
    sessions: int | None
    times: int | None
    per: str
    duration_days: int | None
    starts_on: date
    site: str
    product: str
    indication: str
    precision: str
    at_home: bool
    urgent: bool
    charge: Charge
    ald: bool
    atmp: bool
    prevention: bool
    non_reimbursable: bool
    comment: str

    @property
    def title(self) -> str:
        """The act."""
        return self.label

    @property
    def name(self) -> str:
        """The act."""
        return self.label

    @property
    def detail(self) -> str:
        """Where on the body."""
        return self.site

    @property
    def frequency(self) -> str:
        """« 2 fois par semaine »; empty when it is left to the professional."""
        return f"{self.times} fois par {self.per}" if self.times else ""

    @property
    def sentence(self) -> str:
        """« 10 séances, 2 fois par semaine, pendant 35 jours. »"""
        amount = count(self.sessions, self.session) if self.sessions else ""
        during = f"pendant {days(self.duration_days)}" if self.duration_days else ""
        parts = [part for part in (amount, self.frequency, self.precision, during) if part]
        return (
            capital(", ".join(parts)) + "."
            if parts
            else "Nombre et rythme à l’appréciation du professionnel."
        )

    @property
    def regime(self) -> str:
        """An act is ordered for a time: it never renews by itself."""
        return "PONCTUEL"

    @property
    def ends_on(self) -> date | None:
        """Last day: of the duration, else of the sessions at their rhythm; None when neither is told."""
        length = self.lasting_days
        return self.starts_on + timedelta(days=length - 1) if length else None

    @property
    def lasting_days(self) -> int | None:
        """Days from the first to the last, both counted; None when nothing tells it."""
        return self.duration_days or self._days_of_sessions()

    def _days_of_sessions(self) -> int | None:
        if not self.sessions:
            return None
        if self.sessions == 1:
            return 1
        return -(-self.sessions * PERIODS[self.per] // self.times) if self.times else None

    @property
    def is_unchecked(self) -> bool:
        """Tell whether it was written in free text (rule A22)."""
        return not self.slug

    def printed_texts(self, *, prescribed_on: date | None = None) -> tuple[str, ...]:
        """Return quantity and rhythm; site, product, indication; at the bedside, urgent; note."""
        starts = "" if self.starts_on == prescribed_on else f"À partir du {self.starts_on:%d/%m/%Y}."
        texts = (
            f"{self.sentence} {starts}".strip(),
            " ".join(
                f"{name} : {value.rstrip(' .')}."
                for name, value in (
                    ("Localisation", self.site),
                    ("Produit", self.product),
                    ("Indication", self.indication),
                )
                if value
            ),
            "Acte à réaliser au lieu de vie du patient." if self.at_home else "",
            "Urgent." if self.urgent else "",
            self.comment,
        )
        return tuple(text for text in texts if text)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON, without loss."""
        return {**asdict(self), "charge": self.charge.name, "starts_on": self.starts_on.isoformat()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ActOrder:
        """Read what `to_json` wrote."""
        starts_on = date.fromisoformat(data["starts_on"])
        return cls(**data | {"charge": Charge[data["charge"]], "starts_on": starts_on})
