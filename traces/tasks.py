"""Celery: the regular sending of traces."""

from celery import shared_task

from traces.transmission import transmit_due


@shared_task(name="traces.tasks.transmit_traces")
def transmit_traces() -> int:
    """Make and send the batches that are due. Two at once do no harm: batches are claimed."""
    return transmit_due()
