"""Passer au papier: the wizard of the legal exception for an e-prescription already signed (CSP R4073-2; rules Z5, B18)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from prescriptions.documents.statement import Statement
from prescriptions.kinds.order import Paper
from prescriptions.models import PaperFallback, Prescription
from prescriptions.views.lookup import get_prescription
from prescriptions.workflow import paper
from prescriptions.workflow.errors import WorkflowError
from prescriptions.workflow.paper import PaperMotive
from residents.access import Permission, StaffRequest, requires
from traces.workstation import workstation_of


@never_cache
@requires(Permission.PRESCRIBE)
@require_http_methods(["GET", "POST"])
def give_up(request: StaffRequest, pk: UUID) -> HttpResponseBase:
    """Ask for the motive; on POST, stop the sending and put the ordonnance on paper."""
    prescription = get_prescription(request.user, pk, Permission.PRESCRIBE)
    if prescription.status not in paper.FROM:
        return redirect("prescriptions:detail", pk=pk)
    if request.method == "GET":
        return _page(request, prescription)
    motive = PaperMotive(request.POST.get("motif", ""), request.POST.get("lot", ""))
    station = workstation_of(request, prescription.establishment.finess)
    try:
        paper.give_up(prescription, motive, by=request.user, workstation=station)
    except WorkflowError as error:
        return _page(request, prescription, refusal=str(error), chosen=motive)
    return redirect("prescriptions:detail", pk=pk)


def _page(
    request: StaffRequest, prescription: Prescription, *, refusal: str = "", chosen: PaperMotive | None = None
) -> HttpResponse:
    statement = Statement.from_json(prescription.frozen or {})
    context: dict[str, Any] = {
        "prescription": prescription,
        "resident": prescription.resident,
        "motives": PaperFallback.Motive.choices,
        "wants_lot": statement.paper == Paper.SECURISEE,
        "refusal": refusal,
        "chosen": {"motive": chosen.motive, "lot": chosen.secured_lot} if chosen else {},
    }
    return render(request, "prescriptions/give_up.html", context, status=422 if refusal else 200)
