"""Roles that another establishment proposes: nobody works somewhere without having said yes."""

from __future__ import annotations

import logging
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from residents.access import StaffRequest

logger = logging.getLogger(__name__)
SEEN = "proposals_seen"
"""Session key: the proposals were shown once since the login, home goes on to the work."""


def waits_for_an_answer(request: StaffRequest) -> bool:
    """Whether the person has proposals they were not shown since they logged in."""
    return SEEN not in request.session and request.user.assignments.proposed().exists()


@require_http_methods(["GET", "POST"])
def proposals(request: HttpRequest) -> HttpResponse:
    """Show the roles proposed to the person; accept or refuse one. A refused one leaves nothing behind."""
    mine = cast("StaffRequest", request).user.assignments.proposed()
    if request.method == "POST":
        _answer(request)
        return redirect("residents:proposals" if mine.exists() else "home")
    request.session[SEEN] = True
    waiting = mine.select_related("establishment").order_by("establishment__name", "role")
    return render(request, "registration/proposals.html", {"waiting": waiting})


def _answer(request: HttpRequest) -> None:
    """Write the answer; 404 when the proposal is not theirs, or no longer waits."""
    user = cast("StaffRequest", request).user
    key = request.POST.get("proposal", "")
    mine = user.assignments.proposed().filter(pk=key if key.isascii() and key.isdecimal() else 0)
    found = mine.select_related("establishment").first()
    if found is None or request.POST.get("answer") not in {"accept", "refuse"}:
        raise Http404("Cette proposition n’attend plus de réponse.")
    accepted = request.POST["answer"] == "accept"
    words = f"{found.get_role_display()} à {found.establishment}"
    if accepted:
        mine.update(accepted_at=timezone.now())
        messages.success(request, f"Rôle accepté : {words}.")
    else:
        mine.delete()
        messages.success(request, f"Rôle refusé : {words}.")
    logger.info("role %s of account %s %s", found.pk, user.pk, "accepted" if accepted else "refused")
