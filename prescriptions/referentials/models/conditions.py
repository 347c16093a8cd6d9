"""What the law or the supply says of a speciality."""

from __future__ import annotations

from django.db import models

from .speciality import Speciality


class PrescriptionCondition(models.Model):
    """One label of CIS_CPD_bdpm, as written there."""

    speciality = models.ForeignKey(
        Speciality, on_delete=models.DO_NOTHING, db_constraint=False, related_name="conditions"
    )
    label = models.CharField(max_length=250)

    class Meta:
        verbose_name = "condition de prescription"
        verbose_name_plural = "conditions de prescription"

    def __str__(self) -> str:
        return self.label


class Shortage(models.Model):
    """One line of CIS_CIP_Dispo_Spec: a shortage, its end, or the end of marketing."""

    class Kind(models.TextChoices):
        OUT_OF_STOCK = "1", "Rupture de stock"
        UNDER_PRESSURE = "2", "Tension d'approvisionnement"
        DISCONTINUED = "3", "Arrêt de commercialisation"
        BACK = "4", "Remise à disposition"

    speciality = models.ForeignKey(
        Speciality, on_delete=models.DO_NOTHING, db_constraint=False, related_name="shortages"
    )
    cip13 = models.CharField(max_length=13, null=True)
    """The box concerned; null means every box of the speciality."""
    kind = models.CharField(max_length=1, choices=Kind.choices)
    label = models.CharField(max_length=60)
    started_on = models.DateField(null=True)
    updated_on = models.DateField(null=True)
    back_on = models.DateField(null=True)
    url = models.URLField(max_length=400, blank=True)

    class Meta:
        verbose_name = "disponibilité"

    def __str__(self) -> str:
        return self.label
