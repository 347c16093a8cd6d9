"""The page of one e-prescription: its life, its proofs, what one may do; it tells its own state while it moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from amo_gateway.codes import Explanation, explain
from prescriptions.documents import orders
from prescriptions.documents.statement import Statement
from prescriptions.funding import funding
from prescriptions.models import CdaDocument, Prescription, Status, Submission
from prescriptions.models.status import DOCUMENTED
from prescriptions.views.lookup import get_prescription
from prescriptions.workflow import drafts, outcomes, paper
from prescriptions.workflow.errors import WorkflowError
from residents.access import Permission, StaffRequest, allows, requires
from traces.models import Trace
from traces.operations import Operation, Outcome
from traces.workstation import workstation_of

QUICK = timedelta(seconds=30)
"""How long after a signature (or a new try) the page looks every second; then every five."""


@dataclass(frozen=True)
class Attempt:
    """One try at the service, as its trace tells it."""

    number: int
    at: datetime
    outcome: str
    failed: bool


@never_cache
@requires(Permission.VIEW_RESIDENTS)
@require_GET
def detail(request: StaffRequest, pk: UUID) -> HttpResponseBase:
    """The whole page. A draft has no life yet: its author goes back to writing it."""
    prescription = get_prescription(request.user, pk)
    if prescription.is_draft:
        return redirect("prescriptions:prescribe", pk=prescription.resident_id)
    return render(request, "prescriptions/detail.html", _context(request, prescription))


@never_cache
@requires(Permission.VIEW_RESIDENTS)
@require_GET
def state(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The moving part of the page, or 204 when what the page shows (`vu`) is still true."""
    prescription = get_prescription(request.user, pk)
    if prescription.is_draft:
        return HttpResponse(status=204)
    context = _context(request, prescription)
    if request.GET.get("vu") == context["seen"]:
        return HttpResponse(status=204)
    return render(request, "prescriptions/parts/life.html", context | {"is_update": True})


@requires(Permission.RETRY_TRANSMISSION)
@require_POST
def retry(request: StaffRequest, pk: UUID) -> HttpResponseBase:
    """Try again now, with the same bytes and the same number."""
    prescription = get_prescription(request.user, pk, Permission.RETRY_TRANSMISSION)
    try:
        workstation = workstation_of(request, prescription.establishment.finess)
        outcomes.retry(prescription, by=request.user, workstation=workstation)
    except WorkflowError as error:
        messages.warning(request, str(error))
    return redirect("prescriptions:detail", pk=pk)


@requires(Permission.PRESCRIBE)
@require_POST
def correct(request: StaffRequest, pk: UUID) -> HttpResponseBase:
    """Bring the lines of a refused e-prescription back to the prescribing screen."""
    prescription = get_prescription(request.user, pk, Permission.PRESCRIBE)
    try:
        drafts.correct(prescription, by=request.user)
    except WorkflowError as error:
        messages.warning(request, str(error))
        return redirect("prescriptions:detail", pk=pk)
    return redirect("prescriptions:prescribe", pk=prescription.resident_id)


def _context(request: StaffRequest, prescription: Prescription) -> dict[str, Any]:
    submission = prescription.outbox
    quick = submission is not None and _is_quick(prescription, submission)
    house = prescription.establishment_id
    statement = Statement.from_json(prescription.frozen or {})
    corrected_by = prescription.corrections.exclude(status=Status.DRAFT).first()
    return {
        "prescription": prescription,
        "resident": prescription.resident,
        "submission": submission,
        "lines": list(prescription.lines.defer("content")),
        "statement": statement,
        "siblings": Prescription.objects.filter(signing_act=prescription.signing_act_id).count(),
        "funding_reasons": _funding_reasons(prescription, statement),
        "attempts": attempts_of(prescription.identifier or ""),
        "explanation": explanation_of(prescription, submission),
        "corrected_by": corrected_by,
        "printed": prescription.printouts.exists(),
        "can_document": allows(request.user, Permission.PRINT_ORDONNANCE, house)
        and prescription.status in DOCUMENTED,
        "document": CdaDocument.objects.filter(prescription=prescription).defer("xml").first(),
        "can_print": allows(request.user, Permission.PRINT_ORDONNANCE, house),
        "can_retry": allows(request.user, Permission.RETRY_TRANSMISSION, house),
        "can_correct": (can_prescribe := allows(request.user, Permission.PRESCRIBE, house)),
        "can_give_up": can_prescribe and prescription.status in paper.FROM and not corrected_by,
        "said": _SAID.get(prescription.status, "Toujours en transmission."),
        "poll_seconds": 1 if quick else 5,
        "seen": fingerprint(prescription, submission, quick),
    }


def _funding_reasons(prescription: Prescription, statement: Statement) -> list[str]:
    """Why the house pays, each reason once (rules B90–B98)."""
    if prescription.status != Status.HOUSE:
        return []
    found = [funding(order, prescription.establishment) for order in orders.read(statement)]
    return list(dict.fromkeys(f"{paid.reason} ({paid.source})" for paid in found))


def _is_quick(prescription: Prescription, submission: Submission) -> bool:
    started = max(
        prescription.signed_at or submission.queued_at, submission.last_attempt_at or submission.queued_at
    )
    return timezone.now() - started < QUICK


def fingerprint(prescription: Prescription, submission: Submission | None, quick: bool) -> str:
    """Name what the page shows of the state: it is redrawn only when this changes, so the focus never jumps."""
    if submission is None:
        return str(prescription.status)
    due = submission.next_attempt_at
    parts = (
        prescription.status,
        submission.attempts,
        submission.last_code,
        due and int(due.timestamp()),
        quick,
    )
    return "-".join(str(part) for part in parts if part not in (None, ""))


def explanation_of(prescription: Prescription, submission: Submission | None) -> Explanation | None:
    """Say in French why it was refused, stopped or must wait, and what to do then; None when all goes well."""
    code = prescription.outcome_code or (submission.last_code if submission else "")
    return explain(code, stopped=prescription.status == Status.STALLED) if code else None


def attempts_of(identifier: str) -> tuple[Attempt, ...]:
    """Return every try at the service and every person who asked for one, oldest first, from the traces."""
    rows = Trace.objects.for_prescription(identifier).filter(operation=Operation.ENREGISTRER)
    return tuple(
        Attempt(
            number=row.attempt or 0,
            at=row.occurred_at,
            failed=row.outcome == Outcome.ECHEC,
            outcome=_outcome(row.error_code),
        )
        for row in rows
    )


def _outcome(code: str) -> str:
    """Say in a few words how a try ended: the sentence of its code, or that the service confirmed."""
    if not code:
        return "enregistrée"
    sentence = explain(code).sentence.rstrip(".")
    return sentence[:1].lower() + sentence[1:]


_SAID: dict[str, str] = {
    Status.REGISTERED: "E-prescription enregistrée par l’Assurance maladie.",
    Status.REJECTED: "E-prescription refusée par l’Assurance maladie : il faut la corriger.",
    Status.STALLED: "Transmission arrêtée : une personne doit décider.",
    Status.PAPER: "Ordonnance sur papier, sans e-prescription.",
    Status.HOUSE: "Ordre interne, pris en charge par l’EHPAD.",
}
"""What is announced to a screen reader when the state changes."""
