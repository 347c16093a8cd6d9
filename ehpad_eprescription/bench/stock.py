"""Prepared work: e-prescriptions waiting in the outbox, copies of one that was signed by the real verbs."""

from django.utils import timezone

from prescriptions.models import Prescription, SigningAct, Status, Submission
from prescriptions.workflow.signing import identifiers

_BATCH = 500


def template() -> Prescription:
    """The demonstration's signed prescription of median length: neither one line nor the longest."""
    signed = sorted(
        Prescription.objects.exclude(status=Status.DRAFT).select_related("establishment", "submission"),
        key=lambda prescription: len(str(prescription.frozen)),
    )
    return signed[len(signed) // 2]


def add(model: Prescription, count: int) -> list[int]:
    """Put `count` copies in the outbox, each with its own identifier; return their outbox keys."""
    now = timezone.now()
    acts = SigningAct.objects.bulk_create(
        [
            SigningAct(
                signer_id=model.prescriber_id,
                establishment_id=model.establishment_id,
                method=SigningAct.Method.PIN,
                preview_sha256="0" * 64,
                signed_at=now,
            )
            for _ in range(count)
        ],
        batch_size=_BATCH,
    )
    copies = Prescription.objects.bulk_create([_copy(model, act) for act in acts], batch_size=_BATCH)
    rows = [Submission(prescription=copy, queued_at=now, next_attempt_at=now) for copy in copies]
    return [row.pk for row in Submission.objects.bulk_create(rows, batch_size=_BATCH)]


def _copy(model: Prescription, act: SigningAct) -> Prescription:
    return Prescription(
        establishment_id=model.establishment_id,
        resident_id=model.resident_id,
        prescriber_id=model.prescriber_id,
        kind=model.kind,
        status=Status.SIGNED,
        signing_act=act,
        signed_at=act.signed_at,
        identifier=identifiers.generate(),
        frozen=model.frozen,
    )
