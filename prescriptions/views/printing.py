"""Printing the ordonnance: an act that is kept, then a PDF that is shown. Only once registered, DUPLICATA after the first."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from prescriptions.models import Printout
from prescriptions.views.lookup import get_prescription
from prescriptions.workflow.errors import WorkflowError
from prescriptions.workflow.printing import print_ordonnance
from residents.access import Permission, StaffRequest, requires
from traces.workstation import workstation_of


@requires(Permission.PRINT_ORDONNANCE)
@require_POST
def print_now(request: StaffRequest, pk: UUID) -> HttpResponseBase:
    """Record the act of printing and show its PDF."""
    prescription = get_prescription(request.user, pk, Permission.PRINT_ORDONNANCE)
    try:
        station = workstation_of(request, prescription.establishment.finess)
        printout = print_ordonnance(prescription, by=request.user, workstation=station)
    except WorkflowError as error:
        messages.warning(request, str(error))
        return redirect("prescriptions:detail", pk=pk)
    return redirect("prescriptions:printout", pk=printout.pk)


@never_cache
@requires(Permission.PRINT_ORDONNANCE)
@require_GET
def printout(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The exact bytes that were printed. The file name says no name."""
    found = Printout.objects.select_related("prescription").filter(pk=pk).first()
    if found is None:
        raise Http404("Cette impression n’existe pas.")
    get_prescription(
        request.user, found.prescription_id, Permission.PRINT_ORDONNANCE
    )  # 403 or 404 for who may not
    response = HttpResponse(bytes(found.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="ordonnance-{found.pk}.pdf"'
    # The browser's PDF viewer is a page of its own, which our policy could leave blank; a PDF runs no script of ours.
    cast("Any", response)._csp_exempt = True
    return response
