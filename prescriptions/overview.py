"""What the list of residents learns of treatments: running lines, what ends soon, what waits for a person. Two queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from prescriptions.kinds.codes import Kind
from prescriptions.models import Prescription, PrescriptionLine, Status
from prescriptions.models.status import NEEDS_HUMAN
from prescriptions.treatment import RENEW_WITHIN, corrected
from residents.overview import Alert, Deadline, Overview

_ONE_OFF = ("PONCTUEL", "DOSE_UNIQUE")
_WORDS: dict[str, tuple[str, str]] = {
    Status.REJECTED: ("refused", "E-prescription refusée"),
    Status.STALLED: ("todo", "Transmission en panne"),
}


def treatments(resident_ids: Collection[UUID]) -> Mapping[UUID, Overview]:
    """Return one overview per resident who has a treatment or something waiting (a provider of residents/overview.py)."""
    today = timezone.localdate()
    ends = _ends(resident_ids, today)
    alerts = _alerts(resident_ids)
    return {
        pk: Overview(lines=len(ends[pk]), ends_soon=_deadline(ends[pk], today), needs_human=tuple(alerts[pk]))
        for pk in {*ends, *alerts}
    }


def _ends(resident_ids: Collection[UUID], today: date) -> dict[UUID, list[date | None]]:
    """Return the last day of each running line, by resident; None for a line that is not to be renewed."""
    rows = (
        PrescriptionLine.objects.running_on(today)
        .filter(prescription__resident__in=resident_ids, kind=Kind.MEDICAMENT)
        .order_by()
        .values_list("prescription__resident", "ends_on", "regime")
    )
    found: dict[UUID, list[date | None]] = defaultdict(list)
    for resident, ends_on, regime in rows:
        found[resident].append(None if regime in _ONE_OFF else ends_on)
    return found


def _deadline(ends: Collection[date | None], today: date) -> Deadline | None:
    """Return what ends within the renewal limit, the first day only; None when nothing is that close."""
    near = [day for day in ends if day is not None and day - today <= RENEW_WITHIN]
    first = min(near, default=None)
    return None if first is None else Deadline(first, near.count(first))


def _alerts(resident_ids: Collection[UUID]) -> dict[UUID, list[Alert]]:
    rows = (
        Prescription.objects.filter(resident__in=resident_ids, status__in=NEEDS_HUMAN)
        .exclude(corrected("pk"))
        .values_list("resident", "status")
        .annotate(many=Count("pk"))
        .order_by("status")
    )
    found: dict[UUID, list[Alert]] = defaultdict(list)
    for resident, status, many in rows:
        kind, words = _WORDS[status]
        found[resident].append(Alert(kind, words if many == 1 else f"{words} ({many})"))
    return found
