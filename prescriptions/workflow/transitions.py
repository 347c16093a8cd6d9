"""Moving a prescription from one state to another: compare-and-swap, never read-then-write."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from prescriptions.models import Prescription, Status
from prescriptions.models.status import TRANSITIONS


def move(pk: UUID, to: Status, *, sources: Iterable[Status], **facts: Any) -> bool:
    """Move prescription `pk` to `to` with `facts`, if it stands in one of `sources`. Tell whether it moved.

    Must run inside the transaction that writes the trace of the move.
    """
    sources = tuple(sources)
    unknown = {(source, to) for source in sources} - TRANSITIONS
    if unknown or not connection.in_atomic_block:
        raise AssertionError(f"no such move, or no transaction: {unknown}")
    return bool(Prescription.objects.filter(pk=pk, status__in=sources).update(status=to, **facts))
