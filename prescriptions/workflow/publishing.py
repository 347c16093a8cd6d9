"""The CDA document of what was registered, or went on paper: made once from the signed statement, kept with its digest.

Making it typesets the ordonnance: it stays out of the way of the sending, in its own task, and whoever asks for a document
that is not there yet gets it made at once.
"""

import hashlib

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from prescriptions.documents import cda
from prescriptions.documents.cda import DocumentFacts
from prescriptions.documents.sheet import code2d_of
from prescriptions.documents.statement import Statement
from prescriptions.models import CdaDocument, Prescription, Printout
from prescriptions.models.status import DOCUMENTED
from prescriptions.printing.barcode import qr_png
from prescriptions.printing.sheet import State
from prescriptions.printing.typeset import to_pdf
from prescriptions.workflow.errors import NotRegistered, NotShareable
from prescriptions.workflow.printing import ordonnance

BATCH = 50


@transaction.atomic
def publish(prescription: Prescription) -> CdaDocument:
    """Return the document of `prescription`, made now if need be. Raises NotRegistered while it has no proof of delivery."""
    locked = Prescription.objects.select_for_update().get(pk=prescription.pk)
    # Read after the lock: a join would tell what stood before another one made it.
    if made := CdaDocument.objects.filter(prescription=locked).first():
        return made
    if locked.status not in DOCUMENTED:
        raise NotRegistered
    made = CdaDocument(prescription=locked, created_at=timezone.now())
    statement = Statement.from_json(locked.frozen or {})
    made.xml = cda.build(statement, facts_of(made, statement))
    made.sha256 = hashlib.sha256(made.xml).hexdigest()
    made.save(force_insert=True)
    Prescription.objects.filter(pk=locked.pk).update(has_document=True)
    return made


def missing(limit: int = BATCH) -> list[Prescription]:
    """Return those whose document is still to be made: what failed least first, then the oldest."""
    waiting = Prescription.objects.filter(status__in=DOCUMENTED, has_document=False).only("pk")
    return list(waiting.order_by("document_failures", "signed_at")[:limit])


def failed(prescription: Prescription) -> None:
    """Note that a document could not be made: the others pass before it."""
    Prescription.objects.filter(pk=prescription.pk).update(document_failures=F("document_failures") + 1)


def archive_of(document: CdaDocument) -> bytes:
    """Return the IHE XDM zip of a kept document, for secure mail. Raises NotShareable without a qualified INS (rule A55)."""
    statement = Statement.from_json(document.prescription.frozen or {})
    if not statement.patient.is_qualified:
        raise NotShareable
    return cda.archive(bytes(document.xml), statement, facts_of(document, statement))


def facts_of(document: CdaDocument, statement: Statement) -> DocumentFacts:
    """Return what the document says beside the statement."""
    prescription = document.prescription
    identifier = None if hasattr(prescription, "fallback") else prescription.identifier
    if prescription.signed_at is None:
        raise NotRegistered
    return DocumentFacts(
        document_id=document.pk,
        set_id=document.pk,
        version=1,
        identifier=identifier,
        signed_at=prescription.signed_at,
        created_at=document.created_at,
        pdf=_paper(prescription),
        qr_png=qr_png(code2d_of(statement, identifier)) if identifier else None,
        patient_id=prescription.resident_id,
    )


def _paper(prescription: Prescription) -> bytes:
    """Return the original as it was printed, or as it would print: the same sheet gives the same bytes."""
    printed = Printout.objects.filter(prescription=prescription, is_duplicate=False).first()
    return bytes(printed.pdf) if printed else to_pdf(ordonnance(prescription, State.ORIGINAL))
