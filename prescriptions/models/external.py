"""Medicines that a resident takes without our having prescribed them (rule A06): they enter the checks, never an ordonnance."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from residents.models import Resident, StaffMember


class ExternalLineQuerySet(models.QuerySet["ExternalLine"]):
    """What was noted, as the treatment of a resident."""

    def of(self, resident: Resident) -> ExternalLineQuerySet:
        """Return what was noted for `resident`, with who noted it and who stopped it."""
        return self.filter(resident=resident).select_related("noted_by", "stopped_by")

    def running_on(self, day: date) -> ExternalLineQuerySet:
        """Return what is taken on `day` or is still to come: neither stopped nor past its end by then."""
        not_stopped = Q(stopped_on=None) | Q(stopped_on__gt=day)
        return self.filter(not_stopped, Q(until=None) | Q(until__gte=day))


class ExternalLine(models.Model):
    """One medicine from outside, as somebody told it. Never changed: it is stopped, and noted again."""

    class Source(models.TextChoices):
        """Who it comes from."""

        HOSPITAL = "HOSPITAL", "Hôpital"
        OTHER_PRESCRIBER = "OTHER_PRESCRIBER", "Autre prescripteur"
        SELF_MEDICATION = "SELF_MEDICATION", "Automédication"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resident = models.ForeignKey(
        Resident, on_delete=models.CASCADE, related_name="external_lines", verbose_name="résident"
    )
    source = models.CharField("provenance", max_length=20, choices=Source.choices)
    cis = models.CharField("code CIS", max_length=8, blank=True)
    """Empty for free text: no check can read it."""
    label = models.CharField("médicament", max_length=300)
    """Label of the speciality on the day it was noted, or what was typed."""
    posology = models.CharField("posologie", max_length=200, blank=True)
    """In words, as it was told: the checks of doses do not read it."""
    since = models.DateField("depuis", null=True, blank=True)
    until = models.DateField("jusqu’au", null=True, blank=True)
    noted_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name="noté par"
    )
    noted_on = models.DateField("noté le", default=timezone.localdate)
    stopped_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="arrêté par"
    )
    stopped_on = models.DateField("arrêté le", null=True)

    objects = ExternalLineQuerySet.as_manager()

    class Meta:
        verbose_name = "traitement venu d’ailleurs"
        verbose_name_plural = "traitements venus d’ailleurs"
        ordering = ["label", "noted_on", "id"]
        indexes = [models.Index(fields=["resident", "stopped_on"], name="external_of_resident")]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="external_ends_after_start",
                violation_error_message="La fin précède le début : vérifiez les deux dates.",
            )
        ]

    def __str__(self) -> str:
        return self.label
