"""A complete medicine line: everything the ordonnance, the message and the treatment plan take from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from math import ceil
from typing import Any

from prescriptions.kinds.charges import Charge
from prescriptions.kinds.medicament import sentence as words
from prescriptions.kinds.medicament.answers import NO_ANSWER, Answers
from prescriptions.kinds.medicament.drug import readable_dosage, readable_form
from prescriptions.kinds.medicament.posology import Intake, Posology
from prescriptions.kinds.medicament.slots import days_covered, intakes_on, units_on
from prescriptions.kinds.medicament.substitution import MOTIVES
from prescriptions.kinds.order import Paper
from prescriptions.kinds.wording import capital, count, days

LONGEST_NAME = 160


class Regime(StrEnum):
    """How long the treatment is meant to last (rule A32)."""

    CONTINU = "CONTINU"
    PONCTUEL = "PONCTUEL"
    SI_BESOIN = "SI_BESOIN"
    DOSE_UNIQUE = "DOSE_UNIQUE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Medication:
    """One medicine, ready to be signed. Days are days of one dispensing; `renewals` repeat it."""

    cis: str
    cip13: str
    label: str
    dci: str
    dosage: str
    form: str
    brand: str
    posology: Posology
    regime: Regime
    starts_on: date
    duration_days: int | None
    renewals: int
    boxes: int | None
    boxes_typed: bool
    units_per_box: Decimal | None
    """What the box counted holds, in the unit of the posology; None when unknown."""
    price_per_box: Decimal | None
    ald: bool
    ns_reason: str
    ns_detail: str
    comment: str
    release: str
    """The base that the facts of the line come from, at the moment it was read whole: the signature keeps it (rule A12)."""
    atmp: bool = False
    prevention: bool = False
    non_reimbursable: bool = False
    off_label: bool = False
    """Prescribed outside its marketing authorisation (« hors AMM », CSP L5121-12-1)."""
    paper: Paper = Paper.SIMPLE
    pharmacy: str = ""
    """Named dispenser, where the reimbursement wants one (CSS L162-4-2; rule B27)."""
    single_dispensing: str = ""
    """Why the dispensing is not split, when the prescriber excludes it (CSP R5132-30; rule B15)."""
    fraction_days: int | None = None
    """Days of one fraction, for the medicines the law splits."""
    answers: Answers = NO_ANSWER

    @property
    def sentence(self) -> str:
        """The posology as the resident, the nurse and the pharmacist read it."""
        return words.sentence(
            self.posology,
            self.duration_days,
            renewals=self.renewals,
            single=self.regime == Regime.DOSE_UNIQUE,
        )

    @property
    def name(self) -> str:
        """Common name and strength: « PARACÉTAMOL 1 g »."""
        return f"{self.dci} {self.dosage}".strip()

    @property
    def detail(self) -> str:
        """The pharmaceutical form, in agreed French."""
        return readable_form(self.form)

    @property
    def charge(self) -> Charge:
        """A medicine (rule B90)."""
        return Charge.MEDICAMENT

    @property
    def urgent(self) -> bool:
        """An urgent medicine has no mark of its own."""
        return False

    @property
    def at_home(self) -> bool:
        """A medicine is dispensed, not carried out."""
        return False

    @property
    def is_unchecked(self) -> bool:
        """Tell whether it was written in free text, as a preparation is: no base knows it (rule A22)."""
        return not self.cis

    @property
    def title(self) -> str:
        """DCI first, brand in brackets (CSP R5132-3; rule A15): « PARACÉTAMOL 1 g comprimé (DOLIPRANE) ».

        A vaccine of twenty-one strains would fill the page: a name that long gives way to that of the
        speciality, which R5132-3 (2°) allows too.
        """
        name = " ".join(
            part for part in (self.dci, readable_dosage(self.dosage), readable_form(self.form)) if part
        )
        if len(name) > LONGEST_NAME:
            return self.label
        return f"{name} ({self.brand})" if self.brand else name

    @property
    def ends_on(self) -> date | None:
        """Last day of the treatment, renewals included (rule A31).

        When only boxes were counted, the last day they cover; None when what a box holds is unknown.
        """
        if self.duration_days is not None:
            return self.starts_on + timedelta(days=self.duration_days * (self.renewals + 1) - 1)
        if not self.boxes or not self.units_per_box:
            return None
        held = self.boxes * self.units_per_box * (self.renewals + 1)
        return self.starts_on + timedelta(days=max(1, days_covered(self.posology, self.starts_on, held)) - 1)

    def intakes_on(self, day: date) -> tuple[Intake, ...]:
        """Return the planned intakes of `day`, in order; none before the start nor after the end of the
        line.
        """
        ends_on = self.ends_on
        if ends_on is not None and day > ends_on:
            return ()
        return intakes_on(self.posology, self.starts_on, day)

    @property
    def total_price(self) -> Decimal | None:
        """Price in euros of one dispensing (rule A16), None when a price or a number of boxes is unknown."""
        return self.price_per_box * self.boxes if self.price_per_box is not None and self.boxes else None

    def printed_texts(self, *, prescribed_on: date | None = None) -> tuple[str, ...]:
        """Return the lines printed under the title: posology, route, quantity and renewal (B02, B03, B36),
        motive (B30), note.

        The start is printed unless it is `prescribed_on`, the date of the ordonnance.
        """
        texts = (self.sentence, self._route_and_quantity(prescribed_on), *self.mentions, self.comment)
        return tuple(text for text in texts if text)

    @property
    def mentions(self) -> tuple[str, ...]:
        """Return what the law wants written beside the posology: motive of non-substitution (B30), off-label use,
        fractions (B15), and what was answered (B17, B40, B41).
        """
        motive = self.ns_detail or MOTIVES.get(self.ns_reason, "")
        found = (
            f"Non substituable ({self.ns_reason} : {motive})." if self.ns_reason else "",
            "Prescription hors autorisation de mise sur le marché." if self.off_label else "",
            self._fraction(self.fraction_days) if self.fraction_days else "",
            *self.answers.mentions,
        )
        return tuple(mention for mention in found if mention)

    def _fraction(self, length: int) -> str:
        """CSP R5132-30: the fraction is written, or its exclusion with the words of the law (rule B15)."""
        if self.single_dispensing:
            return f"Délivrance en une seule fois : {self.single_dispensing.rstrip(' .')}."
        return f"Délivrance fractionnée de {days(length)}."

    def _route_and_quantity(self, prescribed_on: date | None) -> str:
        route = f"Voie {self.posology.route}."
        starts = "" if self.starts_on == prescribed_on else f"À partir du {self.starts_on:%d/%m/%Y}."
        return " ".join(part for part in (route, starts, self._quantity()) if part)

    def _quantity(self) -> str:
        parts = []
        if self.duration_days is not None and self.regime != Regime.DOSE_UNIQUE:
            parts.append(f"QSP {days(self.duration_days)}")
        if self.boxes and (self.boxes_typed or self.duration_days is None):
            parts.append(count(self.boxes, "boîte"))
        parts.append(self._renewals())
        return capital(", ".join(parts)) + "."

    def _renewals(self) -> str:
        if not self.renewals:
            return "ne pas renouveler"
        again = f"à renouveler {self.renewals} fois"
        whole = self.duration_days and self.duration_days * (self.renewals + 1)
        return f"{again} ({days(whole)} en tout)" if whole else again

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON, without loss."""
        return {
            **{name: getattr(self, name) for name in (*_PLAIN, *_SINCE_TWO)},
            "posology": self.posology.to_json(),
            "regime": self.regime.value,
            "paper": self.paper.value,
            "answers": self.answers.to_json(),
            "starts_on": self.starts_on.isoformat(),
            "units_per_box": _text(self.units_per_box),
            "price_per_box": _text(self.price_per_box),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Medication:
        """Read what `to_json` wrote."""
        return cls(
            **{name: data[name] for name in _PLAIN},
            **{name: data[name] for name in _SINCE_TWO if name in data},
            paper=Paper(data.get("paper", Paper.SIMPLE)),
            answers=Answers.from_json(data.get("answers", {})),
            posology=Posology.from_json(data["posology"]),
            regime=Regime(data["regime"]),
            starts_on=date.fromisoformat(data["starts_on"]),
            units_per_box=_decimal(data["units_per_box"]),
            price_per_box=_decimal(data["price_per_box"]),
        )


_PLAIN = (
    "cis", "cip13", "label", "dci", "dosage", "form", "brand", "duration_days", "renewals", "boxes", "boxes_typed", "ald",
    "ns_reason", "ns_detail", "comment", "release",
)  # fmt: skip
_SINCE_TWO = (
    "atmp", "prevention", "non_reimbursable", "off_label", "pharmacy", "single_dispensing", "fraction_days",
)  # fmt: skip
"""Fields that a statement of version 1 does not hold."""


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def most_units(posology: Posology, starts_on: date, days: int, renewals: int = 0) -> Decimal:
    """Return how many units the heaviest dispensing takes: a rhythm or a taper may weigh on one more than
    on another.
    """
    starts = (starts_on + timedelta(days=days * rank) for rank in range(renewals + 1))
    return max(
        sum((units_on(posology, starts_on, first + timedelta(days=d)) for d in range(days)), Decimal(0))
        for first in starts
    )


def boxes_needed(units: Decimal, units_per_box: Decimal) -> int:
    """Return how many boxes hold `units` (rule A36), rounded up; at least one."""
    return max(1, ceil(units / units_per_box))
