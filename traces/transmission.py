"""Sending traces in batches. Nothing is held while the network is used; a batch sent twice counts once (`traceId`).

Format, channel and rhythm are ours (hypothèse): no public text defines them.
"""

import logging
import random
from collections import defaultdict
from contextlib import closing
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from amo_gateway.credentials import load
from amo_gateway.errors import GatewayError, Rejected
from amo_gateway.traces_channel import BatchAck, HttpTracesChannel, TracesChannel
from traces.batching import make_batch
from traces.codes import ALTERED, INCOMPLETE, safe_code
from traces.export import digest, to_record
from traces.houses import credentials_reference
from traces.models import Trace, TraceBatch

logger = logging.getLogger(__name__)
MAX_BATCHES_A_RUN = 20
"""Of one house, in one run: the next ring of the bell goes on."""
RETRY_DELAYS: tuple[int, ...] = (60, 300, 900, 3600, 7200, 14400, 43200, 86400)
"""Seconds before each new attempt, before jitter; after the last one the batch is a dead letter (hypothèse, no public rule)."""
JITTER = 0.2


def transmit_due() -> int:
    """Send what is due and what waits, house by house. Return how many batches were acknowledged."""
    if not settings.AMO_TRACES_ENDPOINT:
        return 0
    due = TraceBatch.objects.due(timezone.now()).values_list("finess", flat=True)
    waiting = Trace.objects.undelivered().order_by().values_list("finess", flat=True).distinct()
    return sum(transmit_house(finess) for finess in sorted({*due, *waiting}))


def transmit_house(finess: str) -> int:
    """Send the batches of one house one after the other, until one fails or nothing is left. Return how many went.

    A house without usable keys keeps its traces: no attempt is counted, the log says why.
    """
    sent = 0
    try:
        with closing(_open_channel(finess)) as channel:
            while sent < MAX_BATCHES_A_RUN and (batch := _next(finess)) and send(batch, channel):
                sent += 1
    except GatewayError as error:
        logger.warning("traces of house %s are kept, nothing can be sent: %s", finess, error.code)
    return sent


def _open_channel(finess: str) -> HttpTracesChannel:
    return HttpTracesChannel(
        settings.AMO_TRACES_ENDPOINT,
        ca_file=settings.AMO_CA_FILE,
        credentials=load(settings.AMO_CREDENTIALS_DIR, credentials_reference(finess)),
        timeout=settings.AMO_TIMEOUT_SECONDS,
        environment=settings.AMO_ENVIRONMENT,
        allowed_hosts=settings.AMO_ALLOWED_HOSTS,
    )


def _next(finess: str) -> TraceBatch | None:
    """Return the next batch of the house, claimed; None when there is none or another sender has it."""
    batch = TraceBatch.objects.due(timezone.now()).filter(finess=finess).first() or make_batch(finess)
    return batch if batch and claim(batch) else None


def claim(batch: TraceBatch) -> bool:
    """Take a batch for one attempt, by pushing its date forward; False when another sender was faster.

    The attempt number fences what follows: a sender that lost its lease can no longer decide for the batch.
    """
    hold = timezone.now() + timedelta(seconds=settings.AMO_LEASE_SECONDS)
    seen = TraceBatch.objects.filter(
        pk=batch.pk, next_attempt_at=batch.next_attempt_at, attempts=batch.attempts
    )
    if not seen.update(next_attempt_at=hold, attempts=F("attempts") + 1):
        return False
    batch.next_attempt_at, batch.attempts = hold, batch.attempts + 1
    return True


def send(batch: TraceBatch, channel: TracesChannel) -> bool:
    """Send a claimed batch and write what the other side said; True when every trace got its answer."""
    deliveries = list(batch.deliveries.select_related("trace").order_by("position"))
    records = [to_record(delivery.trace, delivery.prev_hash) for delivery in deliveries]
    if [digest(record) for record in records] != [delivery.record_hash for delivery in deliveries]:
        logger.error("trace batch %s no longer matches its digests: not sent", batch.pk)
        give_up(batch, ALTERED)
        return False
    try:
        answer = channel.send(str(batch.pk), records)
    except Rejected as error:
        give_up(batch, error.code)
        return False
    except GatewayError as error:
        postpone(batch, error.code)
        return False
    return acknowledge(batch, answer)


@transaction.atomic
def acknowledge(batch: TraceBatch, answer: BatchAck) -> bool:
    """Write the acknowledgement of each trace; when one is not named, the same batch is sent again (False)."""
    now = timezone.now()
    waiting = batch.deliveries.filter(accepted_at=None)
    waiting.filter(pk__in=[UUID(trace_id) for trace_id in answer.accepted]).update(
        accepted_at=now, rejected_code=""
    )
    refused: dict[str, list[UUID]] = defaultdict(list)
    for trace_id, code in answer.rejected.items():
        refused[safe_code(code)].append(UUID(trace_id))
    for code, trace_ids in refused.items():
        logger.error("%s traces of batch %s refused: %s", len(trace_ids), batch.pk, code)
        waiting.filter(pk__in=trace_ids).update(rejected_code=code)
    if waiting.filter(rejected_code="").exists():
        postpone(batch, INCOMPLETE)
        return False
    TraceBatch.objects.filter(pk=batch.pk).update(acknowledged_at=now, next_attempt_at=None, last_code="")
    return True


def postpone(batch: TraceBatch, code: str) -> None:
    """Say when the next attempt is due; after the last one, leave the batch to a person."""
    if batch.attempts > len(RETRY_DELAYS):
        give_up(batch, code)
        return
    spread = random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  spreads load, protects nothing
    delay = RETRY_DELAYS[batch.attempts - 1] * spread * settings.AMO_RETRY_SCALE
    logger.warning(
        "trace batch %s not acknowledged: %s (attempt %s)", batch.pk, safe_code(code), batch.attempts
    )
    _mine(batch).update(next_attempt_at=timezone.now() + timedelta(seconds=delay), last_code=safe_code(code))


def give_up(batch: TraceBatch, code: str) -> None:
    """Make the batch a dead letter: kept whole, seen in `TraceBatch.objects.stuck()`, reopened by a person."""
    logger.error(
        "trace batch %s waits for a person: %s (attempt %s)", batch.pk, safe_code(code), batch.attempts
    )
    _mine(batch).update(next_attempt_at=None, last_code=safe_code(code))


def reopen_stuck() -> int:
    """A person asks to try the dead letters again: same batches, same records. Return how many."""
    return TraceBatch.objects.stuck().order_by().update(next_attempt_at=timezone.now(), attempts=0)


def _mine(batch: TraceBatch) -> QuerySet[TraceBatch]:
    """Return the batch, unless a later attempt has begun or an earlier one succeeded meanwhile."""
    return TraceBatch.objects.filter(pk=batch.pk, attempts=batch.attempts, acknowledged_at=None)
