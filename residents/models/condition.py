"""Diseases and past history of a resident, coded in CIM-10 so that checks can read them (rule A03)."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from residents.models.resident import Resident
from residents.models.staff import StaffMember

CODE = r"^[A-Z][0-9]{2}[0-9A-Z+*]{0,5}$"
"""Shape of a CIM-10 code as the official table writes it, without its dot: « I10 », « E119 »."""


class Condition(models.Model):
    """One disease or state: present, or affirmed absent. What nobody noted is neither."""

    resident = models.ForeignKey(
        Resident, on_delete=models.CASCADE, related_name="conditions", verbose_name="résident"
    )
    code = models.CharField("code CIM-10", max_length=8, validators=[RegexValidator(CODE)])
    label = models.CharField("libellé", max_length=300)
    present = models.BooleanField("présent", default=True)
    noted_on = models.DateField("noté le", default=timezone.localdate)
    noted_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="noté par"
    )

    class Meta:
        verbose_name = "antécédent"
        ordering = ["-present", "label"]
        constraints = [
            models.UniqueConstraint(fields=["resident", "code"], name="condition_once_per_resident")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def dotted(self) -> str:
        """The code as people read it: « E11.9 »."""
        return self.code if len(self.code) <= 3 else f"{self.code[:3]}.{self.code[3:]}"
