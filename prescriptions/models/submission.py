"""The outbox row: the only truth about what must still reach the Assurance Maladie.

`next_attempt_at` is at once the due date, the claim and the crash recovery: a worker claims by pushing it forward;
if the worker dies, the row is simply due again. NULL means nothing is left to do.
"""

from __future__ import annotations

import uuid
from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from prescriptions.models.prescription import Prescription

IN_FLIGHT = Q(attempts__gt=0, last_code="", next_attempt_at__isnull=False)
"""A worker holds the row: it has begun an attempt and has not said how it ended."""


def _attempts_limit() -> int:
    return int(settings.AMO_MAX_ATTEMPTS)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """The queue, read as a table."""

    def due(self, now: datetime) -> SubmissionQuerySet:
        """Return the rows whose next attempt has come, oldest first."""
        return self.filter(next_attempt_at__lte=now).order_by("next_attempt_at")


class Submission(models.Model):
    """One e-prescription to register, with the exact bytes that were signed for it."""

    prescription = models.OneToOneField(Prescription, on_delete=models.PROTECT, related_name="submission")
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    queued_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    attempts_limit = models.PositiveIntegerField(default=_attempts_limit)
    """How many attempts before a person must decide; raised when that person asks for more."""
    signed_xml = models.BinaryField(null=True, blank=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    last_code = models.CharField(max_length=64, blank=True)
    other_identifier = models.CharField(max_length=18, blank=True)
    """One the service once answered in place of ours: kept whatever came after, for who must explain it."""
    workstation = models.UUIDField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "envoi"
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=~Q(next_attempt_at=None), name="submission_due"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="submission_bytes_with_digest",
                condition=(Q(signed_xml=None) & Q(signed_sha256=""))
                | (~Q(signed_xml=None) & ~Q(signed_sha256="")),
            )
        ]
        triggers = [
            # Sign once: bytes that may already have left are never replaced.
            pgtrigger.Protect(
                name="bytes_signed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__signed_xml__isnull=False)
                & (
                    pgtrigger.Q(old__signed_xml__df=pgtrigger.F("new__signed_xml"))
                    | pgtrigger.Q(old__message_id__df=pgtrigger.F("new__message_id"))
                ),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Envoi {self.message_id}"

    @property
    def is_in_flight(self) -> bool:
        """Tell whether a worker holds the row (IN_FLIGHT, said of a row already read)."""
        return self.attempts > 0 and self.last_code == "" and self.next_attempt_at is not None
