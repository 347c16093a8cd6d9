"""Printing: an act that is kept with its exact bytes. The first paper is the original, every other one a DUPLICATA (A51)."""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from prescriptions.documents.sheet import to_sheet
from prescriptions.documents.statement import Statement
from prescriptions.models import Prescription, Printout, Status
from prescriptions.printing.sheet import State
from prescriptions.printing.typeset import to_pdf
from prescriptions.workflow.errors import NotRegistered
from prescriptions.workflow.traces import trace_by_person
from residents.models import StaffMember
from traces.operations import Operation


@transaction.atomic
def print_ordonnance(
    prescription: Prescription, *, by: StaffMember, workstation: UUID | None = None
) -> Printout:
    """Print a registered e-prescription; the number and the code are on paper only once the service confirmed them."""
    locked = Prescription.objects.select_for_update().select_related("establishment").get(pk=prescription.pk)
    if locked.status != Status.REGISTERED:
        raise NotRegistered
    is_duplicate = locked.printouts.exists()
    now = timezone.now()
    sheet = to_sheet(
        Statement.from_json(locked.frozen or {}),
        state=State.DUPLICATA if is_duplicate else State.ORIGINAL,
        identifier=locked.identifier,
        signed_at=locked.signed_at,
        printed_on=timezone.localdate() if is_duplicate else None,
    )
    pdf = to_pdf(sheet)
    trace_by_person(Operation.IMPRIMER, locked, by, workstation)
    return Printout.objects.create(
        prescription=locked,
        is_duplicate=is_duplicate,
        printed_by=by,
        printed_at=now,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )
