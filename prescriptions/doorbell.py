"""Wake a worker. The broker may be dead: the row is the queue, the sweep is the guarantee."""

import logging
import threading

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
TRANSMIT = "prescriptions.tasks.transmit"


def ring(submission_id: int, countdown: float = 0) -> None:
    """Ask a worker to look at this submission, now or in `countdown` seconds."""
    try:
        current_app.send_task(TRANSMIT, args=(submission_id,), countdown=countdown or None)
    except (OperationalError, ConnectionError, TimeoutError):
        logger.warning("broker unreachable: submission %s waits for the sweep", submission_id)


def ring_aside(submission_id: int) -> None:
    """Ring without making a person wait: an unreachable broker takes seconds to say so, whatever its time limits."""
    threading.Thread(target=ring, args=(submission_id,), name="doorbell", daemon=True).start()
