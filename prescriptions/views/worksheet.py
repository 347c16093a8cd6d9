"""What the prescribing screen shows of a draft: rows, the open one with its fields, what is missing, what will leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from prescriptions.kinds.entry import Caption
from prescriptions.kinds.form import Field
from prescriptions.kinds.medicament.paper import fraction_of, names_its_pharmacy
from prescriptions.kinds.medicament.sentence import enumeration
from prescriptions.models import PrescriptionLine
from prescriptions.referentials.facts import PresentationFacts, SpecialityFacts
from prescriptions.referentials.rules import DispensingRules
from prescriptions.safety.legal.wording import is_antibiotic
from prescriptions.templatetags.french import NBSP, euros, plural
from prescriptions.views.line_form import MOMENTS, field_name
from prescriptions.workflow.review import LineReview, Part, Review
from prescriptions.workflow.safety import Safety

MAX_RENEWALS = 11
"""A dispensing lasts a month at most and an ordonnance twelve months (CSP R5123-2): eleven renewals at most."""


@dataclass(frozen=True)
class Problem:
    """What stops a line, and the form field to go to (empty when there is none)."""

    field: str
    message: str


@dataclass(frozen=True)
class Input:
    """One field of a form told as data, and what was typed in it."""

    spec: Field
    value: Any


@dataclass(frozen=True)
class Legalities:
    """Which legal fields a medicine shows: those a rule of its own may ask."""

    names_its_pharmacy: bool
    fraction_days: int | None
    rules: DispensingRules | None
    is_antibiotic: bool

    @classmethod
    def of(cls, drug: Any) -> Legalities:
        """Ask the drug base; a preparation has the rules of the restricted substances it names."""
        asks = isinstance(drug, SpecialityFacts) and is_antibiotic(drug)
        return cls(names_its_pharmacy(drug), fraction_of(drug), drug.rules, asks)


@dataclass(frozen=True)
class Row:
    """One line of the basket."""

    number: int
    seen: LineReview
    is_open: bool
    asks: bool = False
    """Whether an alert about it waits for a reason."""

    @property
    def line(self) -> PrescriptionLine:
        """The line itself."""
        return self.seen.line

    @property
    def facts(self) -> SpecialityFacts | None:
        """What the drug base says of the speciality; None for a preparation and for the other kinds."""
        return self.seen.subject if isinstance(self.seen.subject, SpecialityFacts) else None

    @property
    def caption(self) -> Caption:
        """How the line is called, and what its table says."""
        return self.seen.caption

    @property
    def has_posology(self) -> bool:
        """Tell whether the line draws the grid of a medicine; the others are tables of fields."""
        return not self.seen.entry.fields

    @property
    def fields(self) -> list[Input]:
        """The fields of the line, with what was typed in each."""
        entry = self.seen.entry
        fields = entry.tailored(entry.fields, self.seen.subject) if self.seen.subject else entry.fields
        return [Input(field, self.content.get(field.name, "")) for field in fields]

    @property
    def shown_fields(self) -> list[Input]:
        """Those always in sight."""
        return [field for field in self.fields if not field.spec.folded]

    @property
    def folded_fields(self) -> list[Input]:
        """Those most lines do not need."""
        return [field for field in self.fields if field.spec.folded]

    @property
    def fold_is_open(self) -> bool:
        """Tell whether one of them was filled in."""
        return any(field.value for field in self.folded_fields)

    @property
    def content(self) -> Mapping[str, Any]:
        """What was typed so far."""
        content: dict[str, Any] = self.line.content
        return content

    @property
    def name(self) -> str:
        """Common name and strength, as the line is called everywhere: « APIXABAN 2,5 mg »."""
        return self.seen.caption.name

    @property
    def sentence(self) -> str:
        """The posology as it reads now; empty while it cannot be read."""
        return self.seen.sentence

    @property
    def is_single_step(self) -> bool:
        """Tell whether the posology does not change along the way."""
        return len(self.content.get("phases", ())) < 2

    @property
    def until(self) -> date | None:
        """Last day of the first dispensing, when it can be told."""
        started, days = self.content.get("starts_on", ""), str(self.content.get("duration_days", ""))
        try:
            return date.fromisoformat(started) + timedelta(days=int(days) - 1) if days.isdecimal() else None
        except (ValueError, OverflowError):
            return None

    @property
    def duration(self) -> str:
        """« 28 j », « 28 j × 6 » with its renewals."""
        days, renewals = (str(self.content.get(name, "")) for name in ("duration_days", "renewals"))
        if not days:
            return ""
        times = f" × {int(renewals) + 1}" if renewals.isdecimal() and int(renewals) else ""
        return f"{days}{NBSP}j{times}"

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stops this line from being signed."""
        return tuple(Problem(field_name(p.field), p.message_fr) for p in self.seen.problems)

    @property
    def boxes(self) -> str:
        """Boxes computed for one dispensing, as a hint in the field; empty when they cannot be."""
        return str(self.seen.boxes or "")

    @property
    def amount(self) -> str:
        """What the sentence amounts to, beside it: « 2 boîtes, 6,20 € »."""
        boxes = self.seen.boxes
        price = self.seen.order.total_price if self.seen.order else None
        parts = [f"{boxes} boîte{plural(boxes)}" if boxes else "", euros(price)]
        return ", ".join(part for part in parts if part)

    @property
    def routes(self) -> list[str]:
        """The routes one may choose: those of the medicine, and what was typed."""
        known = getattr(self.seen.subject, "routes", ())
        return list(dict.fromkeys([*known, self.content.get("route") or ""]))

    @property
    def packs(self) -> list[tuple[str, str]]:
        """The marketed boxes one may choose, with their price; the empty choice leaves it to the pharmacist."""
        boxes = self.facts.presentations if self.facts else ()
        return [
            (box.cip13, _pack(box)) for box in boxes if box.marketed or box.cip13 == self.content.get("cip13")
        ]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the prescriber should look at, without being stopped."""
        return tuple(warning.message_fr for warning in self.seen.warnings)

    @property
    def legal(self) -> Legalities | None:
        """What the law asks of this medicine, for the fields that answer it; None for the other kinds."""
        drug = self.seen.subject
        return Legalities.of(drug) if self.has_posology and drug else None


@dataclass(frozen=True)
class Worksheet:
    """The whole screen."""

    rows: tuple[Row, ...]
    refusals: tuple[str, ...] = ()
    can_sign: bool = False
    leaving: tuple[Part, ...] = ()
    staying: tuple[Part, ...] = ()
    safety: Safety | None = None
    unchecked: tuple[tuple[int, str], ...] = ()

    moments = tuple(zip(MOMENTS, ("Matin", "Midi", "Soir", "Coucher"), strict=True))
    rhythms = (("DAILY", "Tous les jours"), ("EVERY_N", "Tous les N jours"), ("WEEKDAYS", "Certains jours"))
    weekdays = (
        ("MO", "lun."),
        ("TU", "mar."),
        ("WE", "mer."),
        ("TH", "jeu."),
        ("FR", "ven."),
        ("SA", "sam."),
        ("SU", "dim."),
    )
    regimes = (
        ("CONTINU", "Au long cours"),
        ("PONCTUEL", "Cure courte"),
        ("SI_BESOIN", "Si besoin"),
        ("DOSE_UNIQUE", "Dose unique"),
    )
    renewals = (
        ("0", "Ne pas renouveler"),
        *((str(n), f"À renouveler {n} fois") for n in range(1, MAX_RENEWALS + 1)),
    )

    @cached_property
    def rows_worst_first(self) -> list[Row]:
        """The open line first, then the others in order: the checks follow the line in focus."""
        return sorted(self.rows, key=lambda row: (not row.is_open, row.number))

    @property
    def incomplete(self) -> list[Row]:
        """Lines that are not ready."""
        return [row for row in self.rows if row.problems]

    @property
    def opened(self) -> Row | None:
        """The open line."""
        return next((row for row in self.rows if row.is_open), None)

    @property
    def tally(self) -> str:
        """« 2 bloquants · 1 motif · 3 non contrôlés »."""
        blocking = len(self.incomplete) + len(self.refusals)
        asking = len(self.safety.asking) if self.safety else 0
        unchecked = len(self.unchecked) + (len(self.safety.not_done) if self.safety else 0)
        counts = ((blocking, "bloquant"), (asking, "motif"), (unchecked, "non contrôlé"))
        return " · ".join(f"{count} {word}{plural(count)}" for count, word in counts if count)

    @property
    def missing(self) -> str:
        """Why one cannot sign yet, in a few words beside the button."""
        if not self.rows:
            return "Aucune ligne à signer"
        numbers = [str(row.number) for row in self.incomplete]
        asking = len(self.safety.asking) if self.safety else 0
        said = (
            f"À compléter : ligne{plural(len(numbers))} {enumeration(numbers)}" if numbers else "",
            f"{asking} motif{plural(asking)} à donner" if asking else "",
        )
        if any(said):
            return " · ".join(part for part in said if part)
        return "Signature impossible, voir les contrôles" if self.refusals else ""

    @property
    def complete_lines(self) -> str:
        """« lignes 1, 2 et 4 »: those where every mandatory mention is present."""
        numbers = [str(row.number) for row in self.rows if not row.problems]
        return f"ligne{plural(len(numbers))} {enumeration(numbers)}" if numbers else ""


def worksheet(seen: Review | None, *, opened: str = "") -> Worksheet:
    """Arrange a review for the screen; `opened` is the id of the line that is open."""
    if seen is None:
        return Worksheet(())
    asking = {rank for found in (seen.safety.asking if seen.safety else ()) for rank in found.ranks}
    rows = tuple(
        Row(rank, line, str(line.line.pk) == opened, rank in asking)
        for rank, line in enumerate(seen.lines, start=1)
    )
    return Worksheet(
        rows, tuple(seen.refusals), seen.can_sign, seen.leaving, seen.staying, seen.safety, seen.unchecked
    )


def _pack(box: PresentationFacts) -> str:
    price = f" · {euros(box.price)}" if box.price is not None else " · prix inconnu"
    rate = f" · remboursé {box.reimbursement_rate} %" if box.reimbursement_rate else ""
    return f"{box.label}{price}{rate}"
