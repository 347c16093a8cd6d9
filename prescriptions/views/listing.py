"""Every e-prescription of the house: what waits for a person first, then what moves, then what arrived."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from prescriptions.models import Prescription, Status
from prescriptions.models.status import NEEDS_HUMAN, SENT
from prescriptions.treatment import corrected
from residents.access import Permission, StaffRequest, requires
from residents.models import Establishment

PAGE = 30
RECENT = 10
LIMIT = 200
"""More than this many waiting at once is a failure of the service: the page says so instead of growing."""


@requires(Permission.VIEW_RESIDENTS)
@require_GET
def prescriptions(request: StaffRequest) -> HttpResponse:
    """List the e-prescriptions of the establishment where the person says they are. Pages go back in time."""
    seen = (
        Prescription.objects.visible_to(request.user)
        .filter(establishment=request.workplace)
        .select_related("resident", "prescriber", "submission")
        .defer("frozen", "submission__signed_xml")
    )
    number = _page_number(request.GET.get("page", ""))
    found = list(
        seen.filter(status=Status.REGISTERED).order_by("-registered_at", "pk")[
            PAGE * (number - 1) : PAGE * number + 1
        ]
    )
    context: dict[str, Any] = {
        "page": found[:PAGE],
        "number": number,
        "older": number + 1 if len(found) > PAGE else None,
    }
    if number == 1:
        context |= _unfinished(seen) | _elsewhere(seen) | {"month": month_counts(request.workplace)}
    groups = ("page", "waiting", "moving", "drafts", "house", "paper")
    shown = [p for group in groups for p in context.get(group, ())]
    prefetch_related_objects(shown, "lines")
    return render(request, "prescriptions/list.html", context)


def _unfinished(seen: QuerySet[Prescription]) -> dict[str, list[Prescription]]:
    open_ones = seen.filter(status__in=[*NEEDS_HUMAN, Status.SIGNED, Status.DRAFT]).exclude(corrected("pk"))
    found = list(open_ones.order_by("signed_at", "created_at")[:LIMIT])
    return {
        "waiting": [p for p in found if p.status in NEEDS_HUMAN],
        "moving": [p for p in found if p.status == Status.SIGNED],
        "drafts": [p for p in found if p.is_draft],
    }


def _elsewhere(seen: QuerySet[Prescription]) -> dict[str, list[Prescription]]:
    """The last internal orders, and the last ordonnances that went on paper."""
    return {
        "house": list(seen.filter(status=Status.HOUSE).order_by("-signed_at")[:RECENT]),
        "paper": list(seen.filter(status=Status.PAPER).order_by("-signed_at")[:RECENT]),
    }


def month_counts(house: Establishment | None) -> dict[str, int]:
    """Count this month: created, registered, and apart from both, on paper (rules E01, E03)."""
    start = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    made = Prescription.objects.filter(establishment=house, signed_at__gte=start)
    return made.aggregate(
        created=Count("pk", filter=Q(status__in=SENT)),
        registered=Count("pk", filter=Q(status=Status.REGISTERED)),
        paper=Count("pk", filter=Q(status=Status.PAPER)),
    )


def _page_number(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() and len(text) < 5 else 1
