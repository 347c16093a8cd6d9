"""What was printed: the first is the original, every other one says DUPLICATA (rule A51)."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from prescriptions.models.prescription import Prescription
from residents.models import StaffMember


class Printout(models.Model):
    """One act of printing, with the exact bytes of the PDF."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    prescription = models.ForeignKey(Prescription, on_delete=models.PROTECT, related_name="printouts")
    is_duplicate = models.BooleanField()
    printed_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "impression"
        ordering = ["printed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["prescription"], condition=Q(is_duplicate=False), name="printout_one_original"
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return "Duplicata" if self.is_duplicate else "Original"
