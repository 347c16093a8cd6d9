"""Signing: the basket becomes statements that never change, one per legal kind, each with its own life (rule Z6).

What the city pays gets an identifier and a place in the outbox; what the house pays becomes an internal order; when the
service cannot be used, what would have left goes on paper with its legal motive.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from amo_gateway.identifiers import IdentifiantGenerator, SimIdentifiantGenerator
from prescriptions.doorbell import ring_aside
from prescriptions.kinds.codes import Kind
from prescriptions.models import Prescription, PrescriptionLine, SigningAct, Status, Submission
from prescriptions.workflow.errors import ContentChanged, CorrectedElsewhere, NotReady, Superseded
from prescriptions.workflow.paper import PaperMotive, keep_motive
from prescriptions.workflow.review import LineReview, Part, Review, review
from prescriptions.workflow.traces import trace_signature
from prescriptions.workflow.transitions import move
from residents.models import StaffMember

identifiers: IdentifiantGenerator = SimIdentifiantGenerator(settings.AMO_INSTALLATION_ID)


@dataclass(frozen=True)
class Hand:
    """Who signs, when, from where; on paper when `motive` is given."""

    by: StaffMember
    act: SigningAct
    at: datetime
    workstation: UUID | None
    motive: PaperMotive | None


@transaction.atomic
def sign(
    draft: Prescription,
    *,
    by: StaffMember,
    digest: str,
    workstation: UUID | None,
    motive: PaperMotive | None = None,
) -> list[Prescription]:
    """Freeze, number and queue what `by` reviewed. The caller has confirmed who they are (workflow/confirm.py).

    `digest` is the one of the review they saw: anything that changed since is refused (`ContentChanged`).
    One transaction: signature act, frozen statements, identifiers, outbox rows and traces; doorbells ring on commit.
    Returns the prescriptions made, the draft itself first.
    """
    locked = Prescription.objects.drafts_of(by).select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if locked is None:
        raise Superseded
    seen = review(locked)
    if not seen.can_sign:
        raise NotReady(seen.obstacles, not_allowed=bool(seen.refusals))
    if seen.digest != digest:
        raise ContentChanged
    if locked.corrects is not None and locked.corrects.status != Status.REJECTED:
        raise CorrectedElsewhere
    hand = _hand(locked, seen, by, workstation, motive)
    parts = [(_give(locked, part, rank), part) for rank, part in enumerate(seen.parts)]
    for prescription, part in parts:  # every line finds its place while all of them are still drafts
        _move_lines(prescription, part)
    for prescription, part in parts:
        _freeze(prescription, part, hand, _checks(seen, part))
    made = {found.pk: found for found in Prescription.objects.filter(signing_act=hand.act)}
    return [made[prescription.pk] for prescription, _ in parts]


def _hand(
    draft: Prescription, seen: Review, by: StaffMember, workstation: UUID | None, motive: PaperMotive | None
) -> Hand:
    now = timezone.now()
    act = SigningAct.objects.create(
        signer=by,
        establishment=draft.establishment,
        workstation=workstation,
        method=SigningAct.Method.PIN,
        preview_sha256=seen.digest,
        signed_at=now,
    )
    return Hand(by, act, now, workstation, motive)


def _give(basket: Prescription, part: Part, rank: int) -> Prescription:
    """Return the draft that will hold this part: the basket for the first one, a new one for each other."""
    corrects = basket.corrects if basket.corrects and basket.corrects.kind == part.kind else None
    if rank == 0:
        Prescription.objects.filter(pk=basket.pk).update(kind=part.kind, corrects=corrects)
        return basket
    return Prescription.objects.create(
        establishment=basket.establishment,
        resident=basket.resident,
        prescriber=basket.prescriber,
        kind=part.kind,
        corrects=corrects,
        split_from=basket,
    )


def _move_lines(prescription: Prescription, part: Part) -> None:
    for position, line in enumerate(part.lines, 1):
        PrescriptionLine.objects.filter(pk=line.line.pk).update(
            prescription=prescription, position=position, **_summary(line)
        )


def _checks(seen: Review, part: Part) -> dict[str, Any] | None:
    """Return what is kept of the checks with this part; None when none of its lines was checked."""
    ranks = [rank for rank, line in enumerate(seen.lines, 1) if line in part.lines]
    is_checked = part.kind == Kind.MEDICAMENT and seen.safety is not None
    return seen.safety.kept(ranks) if seen.safety is not None and is_checked else None


def _freeze(prescription: Prescription, part: Part, hand: Hand, checks: dict[str, Any] | None) -> None:
    """Sign one part on the way the law gives it: sent, kept in the house, or on paper."""
    facts: dict[str, Any] = {
        "signing_act": hand.act,
        "signed_at": hand.at,
        "frozen": part.statement.to_json(),
        "checks": checks,
    }
    if not part.leaves:
        _moved(prescription, Status.HOUSE, facts)
    elif hand.motive is not None:
        _moved(prescription, Status.PAPER, facts)
        keep_motive(prescription, part.paper, hand.motive, by=hand.by, workstation=hand.workstation)
    else:
        _send(prescription, facts, hand)


def _summary(line: LineReview) -> dict[str, Any]:
    """What lists and the treatment plan read of a signed line, without opening the statement."""
    order = line.order
    if order is None:
        raise AssertionError("only complete lines are signed")
    return {
        "label": order.name[:300],
        "detail": order.detail[:300],
        "sentence": order.sentence,
        "regime": order.regime,
        "starts_on": order.starts_on,
        "ends_on": order.ends_on,
    }


def _moved(prescription: Prescription, status: Status, facts: dict[str, Any]) -> None:
    if not move(prescription.pk, status, sources=(Status.DRAFT,), **facts):
        raise Superseded


def _send(prescription: Prescription, facts: dict[str, Any], hand: Hand) -> None:
    """Number it, queue it, trace it; the doorbell rings once all is committed."""
    identifier = identifiers.generate()
    _moved(prescription, Status.SIGNED, facts | {"identifier": identifier})
    finess = prescription.establishment.finess
    trace_signature(identifier, rpps=hand.by.rpps, finess=finess, workstation=hand.workstation)
    submission = Submission.objects.create(
        prescription_id=prescription.pk,
        queued_at=hand.at,
        next_attempt_at=hand.at,
        workstation=hand.workstation,
    )
    transaction.on_commit(lambda: ring_aside(submission.pk))
