"""One line of a prescription: the raw content while it is written, the reading of it once signed."""

from __future__ import annotations

import uuid
from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Q

from prescriptions.kinds.codes import Kind
from prescriptions.models.prescription import Prescription
from prescriptions.models.status import Status

_FROZEN = """
    PERFORM 1 FROM prescriptions_prescription p
     WHERE p.id IN ({rows}) AND p.status <> 'DRAFT';
    IF FOUND THEN
        RAISE EXCEPTION 'pgtrigger: a line of a signed prescription never changes';
    END IF;
    RETURN {row};
"""
_BEFORE, _AFTER = "OLD.prescription_id", "NEW.prescription_id"


class PrescriptionLineQuerySet(models.QuerySet["PrescriptionLine"]):
    """Signed lines as the treatment of a resident."""

    def signed(self) -> PrescriptionLineQuerySet:
        """Return the lines of prescriptions that left the draft state and were not refused."""
        return self.exclude(prescription__status__in=[Status.DRAFT, Status.REJECTED])

    def running_on(self, day: date) -> PrescriptionLineQuerySet:
        """Return signed lines whose treatment covers `day` or is still to come."""
        return self.signed().filter(Q(ends_on=None) | Q(ends_on__gte=day))


class PrescriptionLine(models.Model):
    """One order of one kind, each kind in its own folder of kinds/."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    prescription = models.ForeignKey(Prescription, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30, default=Kind.MEDICAMENT)
    version = models.PositiveIntegerField(default=0)
    """Grows with every save of a draft: two tabs cannot silently overwrite each other."""
    content = models.JSONField(default=dict)
    """What the prescriber typed, possibly incomplete (kinds/<kind>/content.py reads it)."""

    label = models.CharField(max_length=300, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    sentence = models.TextField(blank=True)
    regime = models.CharField(max_length=12, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = PrescriptionLineQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne de prescription"
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["prescription", "position"], name="line_in_order")]
        triggers = [
            pgtrigger.Trigger(
                name="signed_lines_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_FROZEN.format(rows=f"{_BEFORE}, {_AFTER}", row="NEW"),
            ),
            pgtrigger.Trigger(
                name="signed_lines_not_added",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_FROZEN.format(rows=_AFTER, row="NEW"),
            ),
            pgtrigger.Trigger(
                name="signed_lines_not_deleted",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=_FROZEN.format(rows=_BEFORE, row="OLD"),
            ),
        ]

    def __str__(self) -> str:
        return self.label or f"Ligne {self.position}"

    @property
    def kind_label(self) -> str:
        """The kind, in French."""
        return Kind(self.kind).label
