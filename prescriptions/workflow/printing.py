"""Printing: an act that is kept with its exact bytes. The first paper is the original, every other one a DUPLICATA (A51)."""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from prescriptions.documents.sheet import to_sheet
from prescriptions.documents.statement import Statement
from prescriptions.models import Prescription, Printout, Status
from prescriptions.printing.sheet import FallbackBlock, Sheet, State
from prescriptions.printing.typeset import to_pdf
from prescriptions.workflow.errors import NotRegistered
from prescriptions.workflow.traces import trace_by_person
from residents.models import StaffMember
from traces.operations import Operation

PRINTABLE = (Status.REGISTERED, Status.PAPER, Status.HOUSE)


@transaction.atomic
def print_ordonnance(
    prescription: Prescription, *, by: StaffMember, workstation: UUID | None = None
) -> Printout:
    """Print what is registered, with its number and its code; what went on paper or stays in the house, with neither.

    Raises NotRegistered while the service has not confirmed. An internal order leaves no trace of the service's: it has
    nothing to do with it.
    """
    locked = (
        Prescription.objects.select_for_update(of=("self",))
        .select_related("establishment")
        .get(pk=prescription.pk)
    )
    if locked.status not in PRINTABLE:
        raise NotRegistered
    is_duplicate = locked.printouts.exists()
    pdf = to_pdf(ordonnance(locked, State.DUPLICATA if is_duplicate else State.ORIGINAL))
    if locked.status != Status.HOUSE:
        trace_by_person(Operation.IMPRIMER, locked, by, workstation)
    return Printout.objects.create(
        prescription=locked,
        is_duplicate=is_duplicate,
        printed_by=by,
        printed_at=timezone.now(),
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )


def ordonnance(prescription: Prescription, state: State) -> Sheet:
    """Return the ordonnance of a registered prescription, or of one that went on paper."""
    on_paper = prescription.status == Status.PAPER
    return to_sheet(
        Statement.from_json(prescription.frozen or {}),
        state=state,
        identifier=None if on_paper else prescription.identifier,
        signed_at=prescription.signed_at,
        printed_on=timezone.localdate() if state is State.DUPLICATA else None,
        fallback=_fallback(prescription) if on_paper else None,
    )


def _fallback(prescription: Prescription) -> FallbackBlock:
    kept = prescription.fallback
    return FallbackBlock(
        motive=kept.get_motive_display(),
        recorded_on=timezone.localdate(kept.recorded_at),
        secured_lot=kept.secured_lot,
    )
