"""Wake a worker. The broker may be dead: the row is the queue, the sweep is the guarantee."""

import logging
import threading
import time
from collections.abc import Iterator

from celery import current_app
from kombu import Connection, Queue
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
TRANSMIT = "prescriptions.tasks.transmit"
BELLS = Queue("bells")
"""Bells to answer now. Those with a delay, and every other task, go through the default queue."""
_UNREACHABLE = (OperationalError, ConnectionError, TimeoutError, RedisError)


def ring(submission_id: int, countdown: float = 0) -> None:
    """Ask a worker to look at this submission, now or in `countdown` seconds."""
    where = {"countdown": countdown} if countdown else {"queue": BELLS}
    try:
        current_app.send_task(TRANSMIT, args=(submission_id,), **where)
    except _UNREACHABLE:
        logger.warning("broker unreachable: submission %s waits for the sweep", submission_id)


def ring_aside(submission_id: int) -> None:
    """Ring without making a person wait: an unreachable broker takes seconds to say so, whatever its time limits."""
    threading.Thread(target=ring, args=(submission_id,), name="doorbell", daemon=True).start()


def waiting(most: int, seconds: float) -> Iterator[int]:
    """Take the bells that wait, one by one: `most` at most, none once `seconds` have passed.

    One message of Celery costs a worker about as much as one document: a task that answers the next bells itself
    spares it. A worker that dies takes one bell with it at most: the row stays due, the sweep rings again.
    """
    until = time.monotonic() + seconds
    with current_app.connection_or_acquire() as broker:
        while most > 0 and time.monotonic() < until and (submission_id := _take(broker)) is not None:
            yield submission_id
            most -= 1


def _take(broker: Connection) -> int | None:
    try:
        bell = BELLS(broker.default_channel).get(no_ack=True, accept=["json"])
    except _UNREACHABLE:
        return None
    return None if bell is None else int(bell.payload[0][0])
