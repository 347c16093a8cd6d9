"""One act of signature that made several prescriptions: each part with its own life, on one page (rule Z6)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from prescriptions.models import Prescription, Status
from prescriptions.views.life import QUICK
from prescriptions.views.lookup import prescriptions_of_act
from residents.access import Permission, StaffRequest, requires


@never_cache
@requires(Permission.VIEW_RESIDENTS)
@require_GET
def act(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The whole page."""
    return render(request, "prescriptions/act.html", _context(request, pk))


@never_cache
@requires(Permission.VIEW_RESIDENTS)
@require_GET
def act_state(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The moving part, or 204 when what the page shows (`vu`) is still true."""
    context = _context(request, pk)
    if request.GET.get("vu") == context["seen"]:
        return HttpResponse(status=204)
    return render(request, "prescriptions/parts/act_parts.html", context | {"is_update": True})


def _context(request: StaffRequest, pk: UUID) -> dict[str, Any]:
    parts = prescriptions_of_act(request.user, pk)
    if not parts:
        raise Http404("Cette signature n’existe pas ou n’est pas suivie dans vos établissements.")
    signed_at = parts[0].signed_at
    quick = signed_at is not None and timezone.now() - signed_at < QUICK
    return {
        "act": parts[0].signing_act,
        "parts": parts,
        "resident": parts[0].resident,
        "moving": any(part.status == Status.SIGNED for part in parts),
        "poll_seconds": 1 if quick else 5,
        "seen": f"{fingerprint(parts)}{'-quick' if quick else ''}",
        "said": said(parts),
    }


def fingerprint(parts: list[Prescription]) -> str:
    """Name what the page shows: it is redrawn only when this changes."""
    return "-".join(f"{part.status}{part.attempts}" for part in parts)


def said(parts: list[Prescription]) -> str:
    """What a screen reader hears when something changed."""
    registered = sum(part.status == Status.REGISTERED for part in parts)
    sent = sum(part.status not in {Status.HOUSE, Status.PAPER} for part in parts)
    return f"{registered} e-prescription{'s' if registered > 1 else ''} enregistrée{'s' if registered > 1 else ''} sur {sent}."
