"""A complete device line: what the ordonnance, the message and the CDA document take from it (rule B50)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from prescriptions.kinds.charges import Charge
from prescriptions.kinds.order import Plain
from prescriptions.kinds.wording import capital, count, days


class Side(StrEnum):
    """Side of the body, in the words of the wire."""

    NONE = ""
    RIGHT = "droit"
    LEFT = "gauche"
    BOTH = "bilateral"


SIDES = {Side.RIGHT: "côté droit", Side.LEFT: "côté gauche", Side.BOTH: "des deux côtés"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Device(Plain):
    """One device, bought or rented. Days are days of one dispensing; `renewals` repeat it."""

    code: str
    """Code LPP, 7 digits."""
    label: str
    """Label of the published table, in sentence case."""
    is_rental: bool
    quantity: int
    starts_on: date
    duration_days: int | None
    """Days of rental, or days the quantity is meant for."""
    renewals: int
    side: Side
    size: str
    site: str
    """Where on the body."""
    personal: bool
    """Chosen for this resident's own handicap (wheelchairs of the annex of 1999)."""
    tariff: Decimal | None
    """Euros, one unit (or one period of rental), from the table."""
    ald: bool
    atmp: bool
    prevention: bool
    non_reimbursable: bool
    comment: str
    release: str
    annex: str = ""
    """Wording of the annex of 1999 it falls under: the house pays (rule B91); empty when the city does."""
    is_service: bool = False
    """Paid by the period without being rented: oxygen, positive pressure, perfusion at home."""
    tariff_is_current: bool = True
    """False when the table was too old for its tariff to be printed."""

    @property
    def title(self) -> str:
        """Designation and code (CSS R165-38, L161-38)."""
        return f"{self.label} (LPP {self.code})"

    @property
    def name(self) -> str:
        """The designation."""
        return self.label

    @property
    def detail(self) -> str:
        """The code."""
        return f"LPP {self.code}"

    @property
    def sentence(self) -> str:
        """« Location de 1 unité pendant 28 jours, à renouveler 5 fois. »"""
        amount = count(self.quantity, "forfait" if self.is_service else "unité")
        head = f"Location de {amount}" if self.is_rental else f"Quantité : {amount}"
        during = f" pendant {days(self.duration_days)}" if self.duration_days else ""
        again = f", à renouveler {self.renewals} fois" if self.renewals else ", ne pas renouveler"
        return f"{head}{during}{again}."

    @property
    def regime(self) -> str:
        """A device that lasts or comes back is a long treatment; else a single delivery."""
        return "CONTINU" if self.duration_days or self.renewals else "PONCTUEL"

    @property
    def ends_on(self) -> date | None:
        """Last day, renewals included; None when no duration was given."""
        if not self.duration_days:
            return None
        return self.starts_on + timedelta(days=self.duration_days * (self.renewals + 1) - 1)

    @property
    def total_price(self) -> Decimal | None:
        """Tariff of one delivery; None when the table is too old, and for what is paid by a period it does not say."""
        if self.tariff is None or self.is_rental or self.is_service or not self.tariff_is_current:
            return None
        return self.tariff * self.quantity

    @property
    def charge(self) -> Charge:
        """The house pays what the annex of 1999 lists (rules B91, B92)."""
        return Charge.DM_ANNEXE_1999 if self.annex else Charge.LPP_AUTRE

    @property
    def urgent(self) -> bool:
        """An urgent device has no mark of its own."""
        return False

    @property
    def at_home(self) -> bool:
        """A device is delivered, not carried out."""
        return False

    @property
    def is_unchecked(self) -> bool:
        """A device always has a code: without it the pharmacy cannot dispense (rule B52)."""
        return False

    def printed_texts(self, *, prescribed_on: date | None = None) -> tuple[str, ...]:
        """Return quantity, duration and renewals; side, size, place; note."""
        starts = "" if self.starts_on == prescribed_on else f"À partir du {self.starts_on:%d/%m/%Y}."
        size = f"taille {self.size}" if self.size else ""
        where = ", ".join(part for part in (SIDES.get(self.side, ""), size, self.site) if part)
        where = f"{capital(where)}." if where else ""
        own = "Affecté au résident, pour son propre handicap." if self.personal else ""
        texts = (f"{self.sentence} {starts}".strip(), where, own, self.comment)
        return tuple(text for text in texts if text)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON, without loss."""
        tariff = None if self.tariff is None else str(self.tariff)
        return {
            **asdict(self),
            "side": self.side.value,
            "starts_on": self.starts_on.isoformat(),
            "tariff": tariff,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Device:
        """Read what `to_json` wrote."""
        tariff = None if data["tariff"] is None else Decimal(data["tariff"])
        starts_on = date.fromisoformat(data["starts_on"])
        return cls(**data | {"side": Side(data["side"]), "starts_on": starts_on, "tariff": tariff})
