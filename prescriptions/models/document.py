"""The CDA document of a prescription: what goes to the shared record and to secure mail, kept with its digest."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models

from prescriptions.models.prescription import Prescription


class CdaDocument(models.Model):
    """One document a prescription, made once, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    """`ClinicalDocument/id`, as the OID 2.25.<this>."""
    prescription = models.OneToOneField(Prescription, on_delete=models.PROTECT, related_name="document")
    xml = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "document CDA"
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Document CDA {self.pk}"
