"""A workstation activated in a house (experiment.md X12). Houses and people are known by value, never by key."""

import uuid

from django.db import models


class WorkstationQuerySet(models.QuerySet["Workstation"]):
    """Workstations of a house."""

    def active(self) -> "WorkstationQuerySet":
        """Return those that have not been revoked."""
        return self.filter(revoked_at=None)


class Workstation(models.Model):
    """One browser of the house, made known by a signed cookie."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField("nom du poste", max_length=60)
    finess = models.CharField("FINESS", max_length=9, db_index=True)
    enrolled_at = models.DateTimeField("activé le")
    enrolled_by = models.CharField("activé par", max_length=150)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    objects = WorkstationQuerySet.as_manager()

    class Meta:
        verbose_name = "poste de travail"
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label
