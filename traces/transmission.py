"""Sending traces in batches: make batches of what is new, send what is due. Nothing is held while the network is used."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from amo_gateway.credentials import load
from amo_gateway.errors import GatewayError
from amo_gateway.traces_channel import BatchAck, HttpTracesChannel
from traces.export import GENESIS, digest, to_record
from traces.models import Trace, TraceBatch, TraceDelivery

logger = logging.getLogger(__name__)
BATCH_SIZE = 500
_CHAIN_LOCK = 0x74726163  # « trac »: one chain, no fork
RETRY_DELAYS: tuple[int, ...] = (60, 300, 900, 3600, 7200, 14400, 43200, 86400)
"""Seconds before each new attempt; after the last one the batch is a dead letter (hypothèse, no public rule)."""


def transmit_due() -> int:
    """Make the batches there are to make, then send every due one. Return how many were acknowledged."""
    if not settings.AMO_TRACES_ENDPOINT:
        return 0
    while make_batch():
        pass
    due = list(TraceBatch.objects.due(timezone.now()).values_list("pk", "next_attempt_at", "attempts"))
    return sum(send(TraceBatch.objects.get(pk=pk)) for pk, at, tries in due if claim(pk, at, tries))


@transaction.atomic
def make_batch() -> TraceBatch | None:
    """Gather up to 500 waiting traces of one house into a batch, chained to the one before; None when none waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    first = Trace.objects.undelivered().order_by("occurred_at").first()
    if first is None:
        return None
    now = timezone.now()
    batch = TraceBatch.objects.create(finess=first.finess, made_at=now, next_attempt_at=now)
    last = (
        TraceDelivery.objects.order_by("-batch__made_at", "-position")
        .values_list("record_hash", flat=True)
        .first()
    )
    previous, deliveries = last or GENESIS, []
    for position, trace in enumerate(
        Trace.objects.undelivered().filter(finess=first.finess).order_by("occurred_at")[:BATCH_SIZE]
    ):
        record_hash = digest(to_record(trace, previous))
        deliveries.append(
            TraceDelivery(
                trace=trace, batch=batch, position=position, prev_hash=previous, record_hash=record_hash
            )
        )
        previous = record_hash
    TraceDelivery.objects.bulk_create(deliveries)
    return batch


def claim(pk: UUID, due_at: datetime | None, attempts: int) -> bool:
    """Take a batch for one attempt, by pushing its date forward; False when another sender was faster."""
    hold = timezone.now() + timedelta(seconds=settings.AMO_LEASE_SECONDS)
    mine = TraceBatch.objects.filter(pk=pk, next_attempt_at=due_at, attempts=attempts)
    return bool(mine.update(next_attempt_at=hold, attempts=F("attempts") + 1))


def send(batch: TraceBatch) -> bool:
    """Send a claimed batch and write what the other side said. The same records leave at every attempt."""
    deliveries = batch.deliveries.select_related("trace").order_by("position")
    records = [to_record(delivery.trace, delivery.prev_hash) for delivery in deliveries]
    try:
        credentials = load(settings.AMO_CREDENTIALS_DIR, batch.finess)
        channel = HttpTracesChannel(
            settings.AMO_TRACES_ENDPOINT,
            ca_file=settings.AMO_CA_FILE,
            credentials=credentials,
            timeout=settings.AMO_TIMEOUT_SECONDS,
            environment=settings.AMO_ENVIRONMENT,
        )
        answer = channel.send(str(batch.pk), records)
    except GatewayError as error:
        postpone(batch, error.code)
        return False
    acknowledge(batch, answer)
    return True


@transaction.atomic
def acknowledge(batch: TraceBatch, answer: BatchAck) -> None:
    """Write the acknowledgement of each trace; one that the answer does not name is sent again in this batch."""
    now = timezone.now()
    batch.deliveries.filter(pk__in=[UUID(trace_id) for trace_id in answer.accepted]).update(
        accepted_at=now, rejected_code=""
    )
    for trace_id, code in answer.rejected.items():
        batch.deliveries.filter(pk=UUID(trace_id)).update(rejected_code=code[:64])
    if batch.deliveries.filter(accepted_at=None, rejected_code="").exists():
        postpone(batch, "accuse_incomplet")
    else:
        TraceBatch.objects.filter(pk=batch.pk).update(acknowledged_at=now, next_attempt_at=None, last_code="")


def postpone(batch: TraceBatch, code: str) -> None:
    """Say when the next attempt is due; after the last one, leave the batch to a person."""
    logger.warning("trace batch %s not acknowledged: %s (attempt %s)", batch.pk, code, batch.attempts)
    exhausted = batch.attempts > len(RETRY_DELAYS)
    delay = 0 if exhausted else RETRY_DELAYS[batch.attempts - 1] * settings.AMO_RETRY_SCALE
    when = None if exhausted else timezone.now() + timedelta(seconds=delay)
    TraceBatch.objects.filter(pk=batch.pk).update(next_attempt_at=when, last_code=code)
