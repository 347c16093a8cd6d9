"""Celery: the doorbell and the sweep. Tasks carry a primary key, never content."""

from celery import shared_task
from django.utils import timezone

from prescriptions import transmission
from prescriptions.doorbell import TRANSMIT, ring
from prescriptions.models import Submission

SWEEP_LIMIT = 500


@shared_task(name=TRANSMIT)
def transmit(submission_id: int) -> None:
    """Try one submission if it is due; a second ring for the same row does nothing."""
    transmission.transmit(submission_id)


@shared_task(name="prescriptions.tasks.sweep")
def sweep() -> int:
    """Ring for every due row: what guarantees delivery whatever happened to the broker or to a worker."""
    due = list(Submission.objects.due(timezone.now()).values_list("pk", flat=True)[:SWEEP_LIMIT])
    for pk in due:
        ring(pk)
    return len(due)
