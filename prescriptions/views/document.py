"""The CDA document of a prescription, and its IHE XDM zip for secure mail."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from prescriptions.views.lookup import get_prescription
from prescriptions.workflow.errors import WorkflowError
from prescriptions.workflow.publishing import archive_of, publish
from residents.access import Permission, StaffRequest, requires


@never_cache
@requires(Permission.PRINT_ORDONNANCE)
@require_GET
def cda(request: StaffRequest, pk: UUID) -> HttpResponseBase:
    """The document, as it is kept. The file name says no name."""
    return _answer(request, pk, "xml")


@never_cache
@requires(Permission.PRINT_ORDONNANCE)
@require_GET
def xdm(request: StaffRequest, pk: UUID) -> HttpResponseBase:
    """The zip one joins to a message of secure mail."""
    return _answer(request, pk, "zip")


def _answer(request: StaffRequest, pk: UUID, kind: str) -> HttpResponseBase:
    prescription = get_prescription(request.user, pk, Permission.PRINT_ORDONNANCE)
    try:
        document = publish(prescription)
        content = bytes(document.xml) if kind == "xml" else archive_of(document)
    except WorkflowError as error:
        messages.warning(request, str(error))
        return redirect("prescriptions:detail", pk=pk)
    response = HttpResponse(content, content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="prescription-{document.pk}.{kind}"'
    response["X-Content-SHA256"] = document.sha256
    return response


_TYPES = {"xml": "application/xml", "zip": "application/zip"}
