"""What a prescriber answered to an alert, so that the same alert does not ask twice (rules A44, A45)."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pgtrigger
from django.db import models

from residents.models import Resident, StaffMember

LASTS = timedelta(days=365)
"""An answer is good for twelve months (rule A44, our reading); its key changes with pair, level, release and dose."""


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    """Answers that still hold."""

    def standing(self, resident: Resident, prescriber: StaffMember, now: datetime) -> AcknowledgementQuerySet:
        """Return what `prescriber` answered for `resident` in the last twelve months."""
        return self.filter(resident=resident, prescriber=prescriber, made_at__gte=now - LASTS)


class Acknowledgement(models.Model):
    """One reason given to one alert. Never changed: another reason is another row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="acknowledgements")
    prescriber = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    headline = models.CharField(max_length=300)
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse à une alerte"
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["resident", "prescriber", "key"], name="acknowledgement_by_key")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.headline
