"""Making a batch: what waits in one house, in order, chained to the batch before."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from traces.export import GENESIS, digest, to_record
from traces.models import Trace, TraceBatch, TraceDelivery

BATCH_SIZE = 500
_CHAIN_LOCK = 0x74726163
"""« trac »: first half of the advisory lock; the second is the house. One chain a house, no fork."""


@transaction.atomic
def make_batch(finess: str) -> TraceBatch | None:
    """Gather up to 500 waiting traces of the house `finess`; None when none waits, or when a batch of it is still open.

    One open batch a house: while the service is down traces gather instead of making hundreds of small batches.
    """
    _lock(finess)
    if TraceBatch.objects.open().filter(finess=finess).exists():
        return None
    waiting = Trace.objects.undelivered().filter(finess=finess).order_by("occurred_at", "pk")[:BATCH_SIZE]
    traces = list(waiting)
    if not traces:
        return None
    last = TraceBatch.objects.filter(finess=finess).order_by("-sequence").first()
    now = timezone.now()
    batch = TraceBatch.objects.create(
        finess=finess, sequence=last.sequence + 1 if last else 1, made_at=now, next_attempt_at=now
    )
    TraceDelivery.objects.bulk_create(_chained(batch, traces, _head(last)))
    return batch


def _lock(finess: str) -> None:
    """Wait for any other maker of batches of this house, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_CHAIN_LOCK, finess])


def _head(last: TraceBatch | None) -> str:
    """Return the digest the next record continues."""
    tail = last.deliveries.order_by("-position").first() if last else None
    return tail.record_hash if tail else GENESIS


def _chained(batch: TraceBatch, traces: Iterable[Trace], previous: str) -> list[TraceDelivery]:
    deliveries = []
    for position, trace in enumerate(traces):
        seal = digest(to_record(trace, previous))
        delivery = TraceDelivery(
            trace=trace, batch=batch, position=position, prev_hash=previous, record_hash=seal
        )
        deliveries.append(delivery)
        previous = seal
    return deliveries
