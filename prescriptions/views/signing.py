"""Relire et signer: what will leave, exactly as it will be printed, one code and one button."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from prescriptions.models import Prescription
from prescriptions.printing.typeset import page_count, to_png
from prescriptions.views.lookup import get_prescription
from prescriptions.workflow.confirm import confirm_pin
from prescriptions.workflow.errors import ContentChanged, NotReady, WorkflowError
from prescriptions.workflow.review import Review, review
from prescriptions.workflow.signing import sign
from residents.access import Permission, StaffRequest, requires
from traces.workstation import workstation_of

PREVIEW_PPI = 144


@never_cache
@sensitive_post_parameters("pin")
@requires(Permission.PRESCRIBE)
@require_http_methods(["GET", "POST"])
def review_and_sign(request: StaffRequest, pk: UUID) -> HttpResponseBase:
    """Show what will be signed; on POST, check the code and sign it. A second POST finds it signed and follows it."""
    draft = get_prescription(request.user, pk, Permission.PRESCRIBE)
    if not draft.is_draft:
        return redirect("prescriptions:detail", pk=draft.pk)
    seen = review(draft)
    if request.method == "GET":
        return _page(request, draft, seen)
    try:
        return _signed(request, draft)
    except WorkflowError as error:
        return _refused(request, draft, error)


def _signed(request: StaffRequest, draft: Prescription) -> HttpResponseBase:
    if request.POST.get("resident") != str(draft.resident_id):
        raise ContentChanged
    confirm_pin(request.user, request.POST.get("pin", ""))
    digest = request.POST.get("digest", "")
    signed = sign(
        draft, by=request.user, digest=digest, workstation=workstation_of(request, draft.establishment.finess)
    )
    return redirect("prescriptions:detail", pk=signed.pk)


def _refused(request: StaffRequest, draft: Prescription, error: WorkflowError) -> HttpResponseBase:
    """Show why, with what was not lost; a prescription signed meanwhile by the same click is simply followed."""
    draft.refresh_from_db(fields=["status"])
    if not draft.is_draft:
        return redirect("prescriptions:detail", pk=draft.pk)
    status = 409 if isinstance(error, (ContentChanged, NotReady)) else 422
    return _page(request, draft, review(draft), refusal=str(error), status=status)


def _warnings(seen: Review) -> list[dict[str, str]]:
    """What was to be checked while writing, said again where one signs."""
    return [
        {"title": line.medication.title, "message": warning.message_fr}
        for line in seen.lines
        if line.medication is not None and line.reading is not None
        for warning in line.reading.warnings
    ]


def _page(
    request: StaffRequest, draft: Prescription, seen: Review, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "prescription": draft,
        "review": seen,
        "warnings": _warnings(seen),
        "refusal": refusal,
        "pages": range(1, page_count(seen.sheet) + 1) if seen.can_sign else (),
        "resident": draft.resident,
    }
    return render(request, "prescriptions/review.html", context, status=status)


@never_cache
@requires(Permission.PRESCRIBE)
@require_GET
def preview_page(request: StaffRequest, pk: UUID, number: int) -> HttpResponse:
    """One page of the ordonnance as it would print now, as an image; the words of it are on the page beside."""
    draft = get_prescription(request.user, pk, Permission.PRESCRIBE)
    if not draft.is_draft:
        raise Http404("Cette prescription est signée : consultez l’ordonnance imprimée.")
    sheet = review(draft).sheet
    if not 1 <= number <= page_count(sheet):
        raise Http404("Cette page n’existe pas.")
    return HttpResponse(to_png(sheet, number, PREVIEW_PPI), content_type="image/png")
