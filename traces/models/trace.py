"""The workstation trace (teleservice.md, Part 2): the whole schema is our assumption, no public one exists.

Append-only: the database refuses UPDATE, DELETE and TRUNCATE. No name, no INS, no drug, no free text.
"""

from __future__ import annotations

import uuid
from datetime import datetime

import pgtrigger
from django.db import models

from traces.operations import Operation, Outcome

NO_TRUNCATE = pgtrigger.Trigger(
    name="no_truncate",
    operation=pgtrigger.Truncate,
    when=pgtrigger.Before,
    level=pgtrigger.Statement,
    func="RAISE EXCEPTION 'pgtrigger: traces are append-only';",
)


class TraceQuerySet(models.QuerySet["Trace"]):
    """Traces, as screens and batches read them."""

    def for_prescription(self, identifier: str) -> TraceQuerySet:
        """Return what happened to one e-prescription, oldest first."""
        return self.filter(prescription_identifier=identifier).order_by("occurred_at")

    def undelivered(self) -> TraceQuerySet:
        """Return traces that no batch has taken yet."""
        return self.filter(delivery=None)

    def of_period(
        self, first: datetime, last: datetime, *, rpps: str = "", finess: str = ""
    ) -> TraceQuerySet:
        """Return what happened from `first` (included) to `last` (excluded), oldest first: extraction on request."""
        wanted = {"actor_rpps": rpps, "finess": finess}
        chosen = {name: value for name, value in wanted.items() if value}
        return self.filter(occurred_at__gte=first, occurred_at__lt=last, **chosen).order_by(
            "occurred_at", "pk"
        )


class Trace(models.Model):
    """One operation of the service, by one person, from one workstation. Everything transmitted is stored here at once.

    A change of version or of settings never changes what was recorded. `occurred_at` is transmitted in UTC, to the millisecond.
    """

    id = models.UUIDField("traceId", primary_key=True, default=uuid.uuid4, editable=False)
    schema_version = models.CharField(max_length=10, default="sim-1")
    occurred_at = models.DateTimeField()
    workstation = models.UUIDField(null=True, blank=True)
    lps_name = models.CharField(max_length=40)
    lps_version = models.CharField(max_length=20)
    lps_idam = models.CharField(max_length=20)
    actor_rpps = models.CharField(max_length=11, blank=True)
    finess = models.CharField(max_length=9)
    auth_mode = models.CharField(max_length=10, blank=True)
    assertion_id = models.CharField(max_length=64, blank=True)
    operation = models.CharField(max_length=12, choices=[(o.value, o.name) for o in Operation])
    message_id = models.UUIDField(null=True, blank=True)
    correlation_id = models.CharField(max_length=64, blank=True)
    prescription_identifier = models.CharField(max_length=18, blank=True)
    outcome = models.CharField(max_length=8, choices=[(o.value, o.name) for o in Outcome])
    error_code = models.CharField(max_length=64, blank=True)
    severity = models.CharField(max_length=13, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    attempt = models.PositiveIntegerField(null=True, blank=True)
    environment = models.CharField(max_length=12)
    payload_sha256 = models.CharField(max_length=64, blank=True)

    objects = TraceQuerySet.as_manager()

    class Meta:
        verbose_name = "trace"
        indexes = [
            models.Index(fields=["prescription_identifier"], name="trace_of_prescription"),
            models.Index(fields=["finess", "occurred_at"], name="trace_of_house"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            NO_TRUNCATE,
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.outcome}"
