"""What a resident takes today, what ends soon, and which e-prescriptions wait for a person (rule A07)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from prescriptions.kinds.codes import Kind
from prescriptions.models import Prescription, PrescriptionLine, Status
from prescriptions.models.status import NEEDS_HUMAN
from residents.models import Resident

RENEW_WITHIN = timedelta(days=8)
"""A line ending within this delay is to be renewed: ours, one week and the day it takes to act."""
NEW_FOR = timedelta(days=7)
HISTORY = timedelta(days=365)
ENDLESS_FOR = timedelta(days=180)
"""How long a device or an act without an end stays in the record: ours."""


@dataclass(frozen=True)
class TreatmentLine:
    """A signed line, seen on `today`."""

    line: PrescriptionLine
    today: date
    referring_physician_id: int | None

    @property
    def prescription(self) -> Prescription:
        """The prescription the line belongs to."""
        return self.line.prescription

    @property
    def is_over(self) -> bool:
        """Tell whether the treatment ended before today."""
        return self.line.ends_on is not None and self.line.ends_on < self.today

    @property
    def days_left(self) -> int | None:
        """Days until the last day of treatment; None when the line has no end."""
        return (self.line.ends_on - self.today).days if self.line.ends_on else None

    @property
    def ends_soon(self) -> bool:
        """Tell whether somebody should think of renewing: as long as it lasts, and only what is not a short cure."""
        left = self.days_left
        return left is not None and 0 <= left <= RENEW_WITHIN.days and not self.is_one_off

    @property
    def is_one_off(self) -> bool:
        """Tell whether the line was written for a short time only (rule A32)."""
        return self.line.regime in {"PONCTUEL", "DOSE_UNIQUE"}

    @property
    def is_as_needed(self) -> bool:
        """Tell whether the line is taken only when needed (rule A32)."""
        return self.line.regime == "SI_BESOIN"

    @property
    def is_new(self) -> bool:
        """Tell whether the line began, or will begin, less than a week away from today."""
        return self.line.starts_on is not None and self.today - self.line.starts_on < NEW_FOR

    @property
    def is_refused(self) -> bool:
        """Tell whether the Assurance Maladie refused it and nobody has corrected it yet."""
        return self.prescription.status == Status.REJECTED

    @property
    def is_medicine(self) -> bool:
        """Tell whether it is a medicine; examinations, acts and devices have a place of their own in the record."""
        return self.line.kind == Kind.MEDICAMENT

    @property
    def still_matters(self) -> bool:
        """Tell whether it is not over; what was ordered once without an end leaves the record after a while."""
        started = self.line.starts_on or self.today
        endless = self.line.ends_on is None and not self.is_medicine
        return not self.is_over and not (endless and self.today - started > ENDLESS_FOR)

    @property
    def is_from_another(self) -> bool:
        """Tell whether somebody else than the resident's referring physician wrote it."""
        return self.prescription.prescriber_id != self.referring_physician_id


@dataclass(frozen=True)
class Treatment:
    """Every line of a resident that matters today, or did in the last year."""

    rows: tuple[TreatmentLine, ...]

    @cached_property
    def running(self) -> tuple[TreatmentLine, ...]:
        """Medicines that are taken, or will be: in the order of their names."""
        return _named(row for row in self.rows if row.is_medicine and not row.is_over)

    @cached_property
    def orders(self) -> tuple[TreatmentLine, ...]:
        """Devices, examinations and acts that are under way or to come, by kind then name."""
        found = _named(row for row in self.rows if not row.is_medicine and row.still_matters)
        return tuple(sorted(found, key=lambda row: row.line.kind))

    @cached_property
    def over(self) -> tuple[TreatmentLine, ...]:
        """Lines that ended in the last year, the latest first."""
        ended = [row for row in self.rows if row.is_medicine and row.is_over]
        return tuple(sorted(ended, key=lambda row: row.line.ends_on or date.min, reverse=True))

    @cached_property
    def waiting(self) -> tuple[Prescription, ...]:
        """E-prescriptions that a person must look at, refused ones first, once each."""
        found = {
            row.prescription.pk: row.prescription
            for row in self.rows
            if row.prescription.status in NEEDS_HUMAN
        }
        return tuple(sorted(found.values(), key=lambda p: (p.status != Status.REJECTED, p.signed_at)))

    def tab(self, name: str) -> tuple[TreatmentLine, ...]:
        """Return the lines under one tab of the record; an unknown name is the first tab."""
        picks = {
            "a-renouveler": lambda row: row.ends_soon,
            "si-besoin": lambda row: row.is_as_needed,
            "ponctuels": lambda row: row.is_one_off,
            "autres": lambda row: row.is_from_another,
        }
        if name == "termines":
            return self.over
        return tuple(filter(picks[name], self.running)) if name in picks else self.running

    def counts(self) -> dict[str, int]:
        """Return how many lines stand under each tab."""
        return {name: len(self.tab(name)) for name in TABS}


TABS: dict[str, str] = {
    "en-cours": "En cours",
    "a-renouveler": "À renouveler",
    "si-besoin": "Si besoin",
    "ponctuels": "Ponctuels",
    "termines": "Terminés",
    "autres": "Autres prescripteurs",
}


def treatment_of(resident: Resident, today: date) -> Treatment:
    """Return the treatment of `resident`. One query."""
    lines = (
        PrescriptionLine.objects.filter(prescription__resident=resident)
        .exclude(prescription__status=Status.DRAFT)
        .filter(_still_matters(today))
        .exclude(corrected())
        .select_related("prescription__prescriber", "prescription__submission")
        .defer("content", "prescription__frozen", "prescription__submission__signed_xml")
        .order_by("-prescription__signed_at", "position")
    )
    return Treatment(tuple(TreatmentLine(line, today, resident.referring_physician_id) for line in lines))


def corrected(path: str = "prescription") -> Q:
    """Select what was refused and has since been signed again: the correction speaks for it."""
    again = Prescription.objects.filter(corrects=OuterRef(path)).exclude(status=Status.DRAFT)
    status = f"{path}__status" if path != "pk" else "status"
    return Q(Exists(again)) & Q(**{status: Status.REJECTED})


def _still_matters(today: date) -> Q:
    recent = Q(ends_on=None) | Q(ends_on__gte=today - HISTORY)
    return recent | Q(prescription__status__in=NEEDS_HUMAN)


def _named(rows: Iterable[TreatmentLine]) -> tuple[TreatmentLine, ...]:
    return tuple(sorted(rows, key=lambda row: (row.line.label, row.line.starts_on or row.today)))
