"""Celery: the doorbell and the sweep. Tasks carry a primary key, never content."""

import logging
from itertools import chain

from celery import Task, shared_task
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from prescriptions import transmission
from prescriptions.doorbell import TRANSMIT, ring, waiting
from prescriptions.models import Submission
from prescriptions.workflow import outcomes, publishing

logger = logging.getLogger(__name__)
SWEEP_LIMIT = 500
BELLS_AT_ONCE, SECONDS_AT_ONCE = 25, 0.5
"""How long a task goes on answering bells before it gives its place back."""


@shared_task(name=TRANSMIT, bind=True)
def transmit(self: "Task[[int], None]", submission_id: int) -> None:
    """Try one submission if it is due, then, in a worker, those whose bells wait. A second ring does nothing."""
    bells = () if self.request.called_directly else waiting(BELLS_AT_ONCE, SECONDS_AT_ONCE)
    for key in chain([submission_id], bells):
        if not attempt(key):
            return


def attempt(submission_id: int) -> bool:
    """Try one submission. False when the database failed: nothing else is worth trying now."""
    try:
        transmission.transmit(submission_id)
    except DatabaseError as error:
        # Nothing was decided: the row stays due. The text of the error may quote values: it goes no further.
        logger.error("submission %s: database error %s", submission_id, type(error).__name__)
        close_old_connections()  # a broken one would serve the next tasks: Celery keeps it (CELERY_DB_REUSE_MAX)
        return False
    except Exception as error:
        # A fault of ours must not turn for ever in silence: it counts as an attempt, and a person is called in the end.
        # Its text and traceback may hold health data: only its type is written.
        logger.error("submission %s: internal error %s", submission_id, type(error).__name__)
        outcomes.broke(submission_id)
    return True


@shared_task(name="prescriptions.tasks.sweep")
def sweep() -> int:
    """Ring for every due row: what guarantees delivery whatever happened to the broker or to a worker."""
    due = list(Submission.objects.due(timezone.now()).values_list("pk", flat=True)[:SWEEP_LIMIT])
    for pk in due:
        ring(pk)
    return len(due)


@shared_task(name="prescriptions.tasks.publish_documents")
def publish_documents() -> int:
    """Make the CDA documents of what was registered since: beside the sending, never in its way."""
    made = 0
    for prescription in publishing.missing():
        try:
            publishing.publish(prescription)
            made += 1
        except DatabaseError as error:
            logger.error("document of %s: database error %s", prescription.pk, type(error).__name__)
            close_old_connections()
            break
        except Exception as error:
            # One that cannot be made stops no other; its text may hold health data: only its type is written.
            logger.error("document of %s: %s", prescription.pk, type(error).__name__)
            publishing.failed(prescription)
    return made
