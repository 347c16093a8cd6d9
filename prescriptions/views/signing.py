"""Relire et signer: what will leave, exactly as it will be printed, one code and one button."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from prescriptions.kinds.order import Paper
from prescriptions.models import PaperFallback, Prescription
from prescriptions.printing.sheet import Sheet
from prescriptions.printing.typeset import page_count, to_png
from prescriptions.views.lookup import get_prescription
from prescriptions.workflow.confirm import confirm_pin
from prescriptions.workflow.errors import ContentChanged, NotReady, WorkflowError
from prescriptions.workflow.paper import PaperMotive, check_motive
from prescriptions.workflow.review import Part, Review, review
from prescriptions.workflow.signing import sign
from prescriptions.workflow.traces import refusals_traced
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
        return _follow(draft)
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
    motive = _motive(request, draft)
    finess = draft.establishment.finess
    workstation = workstation_of(request, finess)
    with refusals_traced(request.user, finess, workstation):
        confirm_pin(request.user, request.POST.get("pin", ""))
        made = sign(
            draft,
            by=request.user,
            digest=request.POST.get("digest", ""),
            workstation=workstation,
            motive=motive,
        )
    return _follow(made[0])


def _motive(request: StaffRequest, draft: Prescription) -> PaperMotive | None:
    """Return why it goes on paper, checked before the code is asked; None for an e-prescription."""
    if "papier" not in request.POST:
        return None
    motive = PaperMotive(request.POST.get("motif", ""), request.POST.get("lot", ""))
    check_motive(motive, {part.paper for part in review(draft).leaving})
    return motive


def _follow(prescription: Prescription) -> HttpResponseBase:
    """Go to the one prescription that was made, or to the page of the signature when there are several."""
    act = prescription.signing_act
    if act is not None and act.prescriptions.count() > 1:
        return redirect("prescriptions:act", pk=act.pk)
    return redirect("prescriptions:detail", pk=prescription.pk)


def _refused(request: StaffRequest, draft: Prescription, error: WorkflowError) -> HttpResponseBase:
    """Show why, with what was not lost; a prescription signed meanwhile by the same click is simply followed."""
    draft.refresh_from_db(fields=["status", "signing_act"])
    if not draft.is_draft:
        return _follow(draft)
    status = 409 if isinstance(error, (ContentChanged, NotReady)) else 422
    return _page(request, draft, review(draft), refusal=str(error), status=status)


def _warnings(seen: Review) -> list[dict[str, str]]:
    """What was to be checked while writing, said again where one signs."""
    return [
        {"title": line.caption.name, "message": warning.message_fr}
        for line in seen.lines
        for warning in line.warnings
    ]


def _page(
    request: StaffRequest, draft: Prescription, seen: Review, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    on_paper = "papier" in request.GET or "papier" in request.POST
    context: dict[str, Any] = {
        "prescription": draft,
        "review": seen,
        "warnings": _warnings(seen),
        "refusal": refusal,
        "papers": _papers(seen, on_paper=on_paper) if seen.can_sign else (),
        "on_paper": on_paper,
        "motives": PaperFallback.Motive.choices,
        "chosen": {"motive": request.POST.get("motif", ""), "lot": request.POST.get("lot", "")},
        "wants_lot": any(part.paper is Paper.SECURISEE for part in seen.leaving),
        "resident": draft.resident,
    }
    return render(request, "prescriptions/review.html", context, status=status)


def _papers(seen: Review, *, on_paper: bool) -> list[dict[str, Any]]:
    """The pages of each part, in the order they will be signed."""
    return [
        {"rank": rank, "part": part, "pages": range(1, page_count(_shown(part, on_paper=on_paper)) + 1)}
        for rank, part in enumerate(seen.parts)
    ]


def _shown(part: Part, *, on_paper: bool) -> Sheet:
    return part.sheet_on_paper if on_paper else part.sheet


@never_cache
@requires(Permission.PRESCRIBE)
@require_GET
def preview_page(request: StaffRequest, pk: UUID, part: int, number: int) -> HttpResponse:
    """One page of the ordonnance as it would print now, as an image; the words of it are on the page beside."""
    draft = get_prescription(request.user, pk, Permission.PRESCRIBE)
    if not draft.is_draft:
        raise Http404("Cette prescription est signée : consultez l’ordonnance imprimée.")
    parts = review(draft).parts
    if part >= len(parts):
        raise Http404("Cette page n’existe pas.")
    sheet = _shown(parts[part], on_paper="papier" in request.GET)
    if not 1 <= number <= page_count(sheet):
        raise Http404("Cette page n’existe pas.")
    return HttpResponse(to_png(sheet, number, PREVIEW_PPI), content_type="image/png")
