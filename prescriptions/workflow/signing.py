"""Signing: the draft becomes a statement that never changes, with its identifier and its place in the outbox."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from amo_gateway.identifiers import SimIdentifiantGenerator
from prescriptions.doorbell import ring_aside
from prescriptions.models import Prescription, PrescriptionLine, SigningAct, Status, Submission
from prescriptions.workflow.errors import ContentChanged, NotReady, Superseded
from prescriptions.workflow.review import Review, review
from prescriptions.workflow.traces import trace_signature
from prescriptions.workflow.transitions import move
from residents.models import StaffMember

identifiers = SimIdentifiantGenerator(settings.AMO_INSTALLATION_ID)


@transaction.atomic
def sign(draft: Prescription, *, by: StaffMember, digest: str, workstation: UUID | None) -> Prescription:
    """Freeze, number and queue what `by` reviewed. The caller has confirmed who they are (workflow/confirm.py).

    `digest` is the one of the review they saw: anything that changed since is refused (`ContentChanged`).
    One transaction: signature act, frozen statement, identifier, outbox row and trace; the doorbell rings on commit.
    """
    locked = Prescription.objects.drafts_of(by).select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if locked is None:
        raise Superseded
    seen = review(locked)
    if not seen.can_sign:
        raise NotReady(seen.obstacles)
    if seen.digest != digest:
        raise ContentChanged
    _freeze_lines(seen)
    submission = _queue(locked, seen, by, workstation)
    transaction.on_commit(lambda: ring_aside(submission.pk))
    return submission.prescription


def _freeze_lines(seen: Review) -> None:
    for line in seen.lines:
        if (medication := line.medication) is not None:
            PrescriptionLine.objects.filter(pk=line.line.pk).update(
                label=f"{medication.dci} {medication.dosage}".strip()[:300],
                detail=medication.form[:300],
                sentence=medication.sentence,
                regime=medication.regime.value,
                starts_on=medication.starts_on,
                ends_on=medication.ends_on,
            )


def _queue(draft: Prescription, seen: Review, by: StaffMember, workstation: UUID | None) -> Submission:
    now = timezone.now()
    act = SigningAct.objects.create(
        signer=by,
        establishment=draft.establishment,
        workstation=workstation,
        method=SigningAct.Method.PIN,
        preview_sha256=seen.digest,
        signed_at=now,
    )
    identifier = identifiers.generate()
    facts = {
        "signing_act": act,
        "signed_at": now,
        "identifier": identifier,
        "frozen": seen.statement.to_json(),
    }
    if not move(draft.pk, Status.SIGNED, sources=(Status.DRAFT,), **facts):
        raise Superseded
    trace_signature(identifier, rpps=by.rpps, finess=draft.establishment.finess, workstation=workstation)
    signed = Prescription.objects.get(pk=draft.pk)
    return Submission.objects.create(
        prescription=signed, queued_at=now, next_attempt_at=now, workstation=workstation
    )
