"""Going on without the service: the legal motive, who recorded it, on which paper (rules Z5, B18, B19, E03)."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models

from prescriptions.models.prescription import Prescription
from residents.models import StaffMember


class PaperFallback(models.Model):
    """Why one prescription is on paper. One each, never changed."""

    class Motive(models.TextChoices):
        """Exceptions of CSP R4073-2, in our words: the article was read through secondary sources (hypothèse)."""

        SERVICE = "SERVICE", "service de l’Assurance maladie indisponible"
        CONNEXION = "CONNEXION", "connexion à internet absente ou insuffisante"
        TECHNIQUE = "TECHNIQUE", "impossibilité technique ponctuelle du poste ou du logiciel"
        DURABLE = "DURABLE", "impossibilité technique durable"
        IDENTITE = "IDENTITE", "données d’identification du patient non disponibles"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    prescription = models.OneToOneField(Prescription, on_delete=models.PROTECT, related_name="fallback")
    motive = models.CharField(max_length=12, choices=Motive.choices)
    secured_lot = models.CharField(max_length=40, blank=True)
    """Lot number of the secured paper, when the ordonnance must be printed on it (CSP R5132-5)."""
    recorded_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "repli papier"
        constraints = [
            models.CheckConstraint(
                name="fallback_motive_known",
                condition=models.Q(motive__in=["SERVICE", "CONNEXION", "TECHNIQUE", "DURABLE", "IDENTITE"]),
            )
        ]
        indexes = [models.Index(fields=["recorded_at"], name="fallback_by_date")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.get_motive_display()
