"""The prescription: a draft that belongs to its author, then a signed content that never changes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.order import Paper
from prescriptions.kinds.registry import heading
from prescriptions.models.status import DOCUMENTED, SENT, TRANSITIONS, Status
from residents.access import Permission, establishments_where
from residents.models import Establishment, Resident, StaffMember

if TYPE_CHECKING:
    from prescriptions.models.submission import Submission


class SigningAct(models.Model):
    """One act of signature: who, when, where, how, on what. It may cover several prescriptions."""

    class Method(models.TextChoices):
        """How the signer proved their will."""

        PIN = "PIN", "Code de signature"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signer = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    workstation = models.UUIDField(null=True, blank=True)
    method = models.CharField(max_length=10, choices=Method.choices)
    preview_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = "acte de signature"
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Signature du {self.signed_at:%d/%m/%Y %H:%M}"


class PrescriptionQuerySet(models.QuerySet["Prescription"]):
    """Prescriptions, always reached through what the user may see."""

    def visible_to(self, user: StaffMember) -> PrescriptionQuerySet:
        """Return signed prescriptions of the user's establishments, and the drafts they wrote themselves."""
        here = Q(establishment__in=establishments_where(user, Permission.VIEW_RESIDENTS))
        return self.filter(here & (~Q(status=Status.DRAFT) | Q(prescriber=user)))

    def drafts_of(self, user: StaffMember) -> PrescriptionQuerySet:
        """Return the open drafts of `user`, where they may still prescribe."""
        return self.filter(
            status=Status.DRAFT,
            prescriber=user,
            establishment__in=establishments_where(user, Permission.PRESCRIBE),
        )


class Prescription(models.Model):
    """What a prescriber ordered for a resident; one legal kind once signed (rule Z6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="prescriptions")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="prescriptions")
    prescriber = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="prescriptions")
    kind = models.CharField(max_length=30, default=Kind.MEDICAMENT)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="splits"
    )
    """The basket it was signed with, when it is not the first part of it (rule Z6)."""

    signing_act = models.ForeignKey(
        SigningAct, on_delete=models.PROTECT, null=True, blank=True, related_name="prescriptions"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    identifier = models.CharField(
        "numéro d’e-prescription", max_length=18, null=True, blank=True, unique=True
    )
    frozen = models.JSONField(null=True, blank=True)
    """The statement that was signed (documents/statement.py): prescriber, patient and lines as they were that day."""

    checks = models.JSONField(null=True, blank=True)
    """What the checks said at the signature, and the reasons given (workflow/safety.py); null when nothing was checked."""

    returned_identifier = models.CharField(max_length=18, blank=True)
    registered_at = models.DateTimeField(null=True, blank=True)
    outcome_code = models.CharField(max_length=64, blank=True)
    """Code of the refusal or of what stopped the transmission (amo_gateway/codes.py says it in French)."""

    has_document = models.BooleanField(default=False)
    """Whether its CDA document is kept; the index below holds only those still to be made."""

    document_failures = models.PositiveSmallIntegerField(default=0)

    objects = PrescriptionQuerySet.as_manager()

    class Meta:
        verbose_name = "prescription"
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["establishment", "status", "-signed_at"], name="prescription_by_house"),
            models.Index(fields=["resident", "status"], name="prescription_by_resident"),
            models.Index(
                fields=["signed_at"],
                condition=Q(status__in=DOCUMENTED, has_document=False),
                name="prescription_undocumented",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "prescriber"],
                condition=Q(status=Status.DRAFT, split_from=None),
                name="prescription_one_draft_each",
            ),
            models.CheckConstraint(
                name="prescription_signed_is_whole",
                condition=Q(
                    status=Status.DRAFT, signed_at=None, identifier=None, frozen=None, signing_act=None
                )
                | (~Q(status=Status.DRAFT) & ~Q(signed_at=None) & ~Q(frozen=None) & ~Q(signing_act=None)),
            ),
            models.CheckConstraint(
                name="prescription_sent_has_number",
                condition=(Q(status__in=SENT) & ~Q(identifier=None))
                | Q(status=Status.DRAFT)
                | Q(status=Status.HOUSE, identifier=None)
                | Q(status=Status.PAPER),
            ),
            models.CheckConstraint(
                name="prescription_registered_is_dated",
                condition=(Q(status=Status.REGISTERED) & ~Q(registered_at=None) & ~Q(returned_identifier=""))
                | (~Q(status=Status.REGISTERED) & Q(registered_at=None)),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="status_moves",
                field="status",
                transitions=sorted((a.value, b.value) for a, b in TRANSITIONS),
            ),
            pgtrigger.ReadOnly(
                name="identity_fixed", fields=["id", "establishment", "resident", "prescriber"]
            ),
            pgtrigger.Protect(
                name="signed_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__in=[s.value for s in Status if s != Status.DRAFT]),
            ),
            pgtrigger.Protect(
                name="content_frozen",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__status=Status.DRAFT.value)
                & (
                    pgtrigger.Q(old__frozen__df=pgtrigger.F("new__frozen"))
                    | pgtrigger.Q(old__checks__df=pgtrigger.F("new__checks"))
                    | pgtrigger.Q(old__kind__df=pgtrigger.F("new__kind"))
                    | pgtrigger.Q(old__corrects__df=pgtrigger.F("new__corrects"))
                    | pgtrigger.Q(old__split_from__df=pgtrigger.F("new__split_from"))
                    | pgtrigger.Q(old__identifier__df=pgtrigger.F("new__identifier"))
                    | pgtrigger.Q(old__signed_at__df=pgtrigger.F("new__signed_at"))
                    | pgtrigger.Q(old__signing_act__df=pgtrigger.F("new__signing_act"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Prescription {self.identifier or 'en brouillon'}"

    @property
    def outbox(self) -> Submission | None:
        """The outbox row; None for what is never sent: a draft, an internal order, an ordonnance on paper."""
        found: Submission | None = getattr(self, "submission", None)
        return found

    @property
    def attempts(self) -> int:
        """How many times it was tried at the service."""
        return self.outbox.attempts if self.outbox else 0

    @property
    def heading(self) -> str:
        """Title of its ordonnance: « Soins infirmiers », « Médicaments, ordonnance sécurisée »."""
        return heading(Kind(self.kind), Paper((self.frozen or {}).get("paper", Paper.SIMPLE)))

    @property
    def kind_label(self) -> str:
        """The legal kind of its lines, in French."""
        return Kind(self.kind).label

    @property
    def is_draft(self) -> bool:
        """Tell whether the content may still change."""
        return self.status == Status.DRAFT
