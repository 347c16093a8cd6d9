"""Going on without the service: the legal motive is recorded, the ordonnance is printed without number nor code, and
the e-prescription, if there was one, is given up on purpose (CSP R4073-2, R5132-5; rules Z5, B18, E03).
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from prescriptions.documents.statement import Statement
from prescriptions.kinds.order import Paper
from prescriptions.models import PaperFallback, Prescription, Status, Submission
from prescriptions.workflow.errors import AlreadyCorrected, InFlight, NoMotive, NoSecuredPaper, Superseded
from prescriptions.workflow.traces import trace_by_person
from prescriptions.workflow.transitions import move
from residents.models import StaffMember
from traces.operations import Operation

FROM = (Status.SIGNED, Status.STALLED, Status.REJECTED)
"""Where one may give up the service from."""


@dataclass(frozen=True)
class PaperMotive:
    """Why it is on paper, and the lot of the secured paper when the law wants one."""

    motive: str
    secured_lot: str = ""


def check_motive(motive: PaperMotive, papers: set[Paper]) -> None:
    """Refuse a motive that is not in the list, and a secured ordonnance without its secured paper (rule B18)."""
    if motive.motive not in PaperFallback.Motive.values:
        raise NoMotive
    if Paper.SECURISEE in papers and not motive.secured_lot.strip():
        raise NoSecuredPaper


def keep_motive(
    prescription: Prescription,
    paper: Paper,
    motive: PaperMotive,
    *,
    by: StaffMember,
    workstation: UUID | None,
) -> None:
    """Write the motive beside the prescription, with its trace, inside the caller's transaction."""
    check_motive(motive, {paper})
    PaperFallback.objects.create(
        prescription_id=prescription.pk,
        motive=motive.motive,
        secured_lot=motive.secured_lot.strip()[:40] if paper is Paper.SECURISEE else "",
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    trace_by_person(Operation.ABANDONNER, prescription, by, workstation)


@transaction.atomic
def give_up(
    prescription: Prescription, motive: PaperMotive, *, by: StaffMember, workstation: UUID | None
) -> Prescription:
    """Stop sending a signed e-prescription and put it on paper, whoever of its prescribers does it.

    The outbox row is locked first: a worker in the middle of a try is respected (`InFlight`), and none can begin one. What
    was corrected and signed again is not put on paper too: the resident would have it twice.
    """
    paper = Paper(Statement.from_json(prescription.frozen or {}).paper)
    row = Submission.objects.select_for_update().get(prescription=prescription)
    if row.is_in_flight:
        raise InFlight
    if prescription.corrections.exclude(status=Status.DRAFT).exists():
        raise AlreadyCorrected
    Submission.objects.filter(pk=row.pk).update(next_attempt_at=None)
    if not move(prescription.pk, Status.PAPER, sources=FROM, outcome_code=""):
        raise Superseded
    keep_motive(prescription, paper, motive, by=by, workstation=workstation)
    return Prescription.objects.get(pk=prescription.pk)
