"""Administration: the workstations of an establishment. One activates the browser one is reading this page
with.
"""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from residents.access import Permission, StaffRequest, requires
from residents.administration import get_house
from residents.forms.base import Styled
from residents.models import Establishment
from traces import workstation as posts
from traces.models import Workstation


class WorkstationForm(Styled, forms.Form):
    """What people call this workstation."""

    label = forms.CharField(
        label="Nom du poste", max_length=60, help_text="Par exemple « Infirmerie 1er étage »."
    )


def _page(
    request: StaffRequest, house: Establishment, form: WorkstationForm, status: int = 200
) -> HttpResponse:
    stations = Workstation.objects.filter(finess=house.finess).order_by("revoked_at", "label")
    context = {"house": house, "stations": stations, "form": form}
    return render(request, "residents/admin/workstations.html", context, status=status)


@requires(Permission.ENROL_WORKSTATION)
@require_GET
def workstations(request: StaffRequest, finess: str) -> HttpResponse:
    """List the workstations and offer to activate this one."""
    return _page(request, get_house(request.user, finess, Permission.ENROL_WORKSTATION), WorkstationForm())


@requires(Permission.ENROL_WORKSTATION)
@require_POST
def enrol_here(request: StaffRequest, finess: str) -> HttpResponse:
    """Activate this browser as a workstation of the establishment; it replaces what it was before."""
    house = get_house(request.user, finess, Permission.ENROL_WORKSTATION)
    form = WorkstationForm(request.POST)
    if not form.is_valid():
        return _page(request, house, form, 422)
    before: Workstation | None = getattr(request, "workstation", None)
    if before:
        posts.revoke(before)
    answer = redirect("residents:admin_workstations", finess=house.finess)
    posts.set_cookie(
        answer, posts.enrol(form.cleaned_data["label"], house.finess, request.user.get_username())
    )
    messages.success(request, "Poste activé.")
    return answer


@requires(Permission.ENROL_WORKSTATION)
@require_POST
def revoke(request: StaffRequest, finess: str, workstation_pk: UUID) -> HttpResponse:
    """Stop believing a workstation: it was lost, sold, or changed hands."""
    house = get_house(request.user, finess, Permission.ENROL_WORKSTATION)
    station = Workstation.objects.filter(pk=workstation_pk, finess=house.finess).first()
    if station is None:
        raise Http404("Ce poste n’est pas de cet établissement.")
    posts.revoke(station)
    messages.success(request, f"Poste « {station.label} » révoqué.")
    return redirect("residents:admin_workstations", finess=house.finess)
