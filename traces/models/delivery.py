"""What has been transmitted: kept beside the traces, which never change.

The chain (`prev_hash`) runs through the batches of one house, in order, since each house calls with its own certificate.
It is computed when a batch is made, under a lock of that house: recording a trace, on the hot path, takes no lock.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from django.db import models
from django.db.models import Q

from traces.models.trace import Trace


class BatchState(StrEnum):
    """Where a batch stands, in French."""

    OPEN = "en attente d’envoi"
    ACKNOWLEDGED = "acquitté"
    STUCK = "à reprendre par une personne"


class TraceBatchQuerySet(models.QuerySet["TraceBatch"]):
    """Batches by what is left to do."""

    def due(self, now: datetime) -> TraceBatchQuerySet:
        """Return the batches to send now, in the order of their chain."""
        return self.filter(next_attempt_at__lte=now).order_by("finess", "sequence")

    def open(self) -> TraceBatchQuerySet:
        """Return the batches that software will try again by itself."""
        return self.exclude(next_attempt_at=None)

    def stuck(self) -> TraceBatchQuerySet:
        """Return the dead letters: refused, or given up on after too many attempts; waiting for a person."""
        return self.filter(next_attempt_at=None, acknowledged_at=None).order_by("finess", "sequence")


class TraceBatch(models.Model):
    """Up to 500 traces of one house, sent together. `next_attempt_at` is the due date and the claim, as for an e-prescription."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finess = models.CharField(max_length=9)
    sequence = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    last_code = models.CharField(max_length=64, blank=True)

    objects = TraceBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lot de traces"
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=~Q(next_attempt_at=None), name="tracebatch_due"
            )
        ]
        constraints = [models.UniqueConstraint(fields=["finess", "sequence"], name="tracebatch_in_order")]

    def __str__(self) -> str:
        return f"Lot {self.id}"

    @property
    def state(self) -> BatchState:
        """Where this batch stands: derived, never stored."""
        if self.acknowledged_at is not None:
            return BatchState.ACKNOWLEDGED
        return BatchState.STUCK if self.next_attempt_at is None else BatchState.OPEN


class TraceDelivery(models.Model):
    """One trace in one batch: its place in the chain, and what the other side said of it."""

    trace = models.OneToOneField(Trace, on_delete=models.PROTECT, related_name="delivery", primary_key=True)
    batch = models.ForeignKey(TraceBatch, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    position = models.PositiveSmallIntegerField()
    prev_hash = models.CharField(max_length=64)
    record_hash = models.CharField(max_length=64)
    accepted_at = models.DateTimeField(null=True, blank=True)
    rejected_code = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "remise de trace"
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="delivery_in_order")]

    def __str__(self) -> str:
        return f"{self.trace_id} dans {self.batch_id}"
