"""Identity and measures of one resident: the page, and what care staff write there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from residents.access import Permission, StaffRequest, get_resident, requires
from residents.facts import facts_of
from residents.forms.clinical import AllergyForm, ConditionForm, SwallowingForm
from residents.forms.resident import InformationForm, MeasureForm, PhotoForm, ResidentForm
from residents.models import Measure, Resident

HISTORY = 12
"""How many measures the page shows; older ones stay in the database."""


@requires(Permission.VIEW_RESIDENTS)
@require_GET
def identity(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show who the resident is and what was measured."""
    return identity_page(request, get_resident(request.user, pk))


def identity_page(request: StaffRequest, resident: Resident, status: int = 200, **forms: Any) -> HttpResponse:
    """Draw the page; `forms` replaces a fresh form by the one that was refused."""
    house = resident.establishment
    context: dict[str, Any] = {
        "resident": resident,
        "facts": facts_of(resident),
        "measures": resident.measures.select_related("recorded_by")[:HISTORY],
        "allergies": resident.allergies.all(),
        "conditions": resident.conditions.all(),
        "may_measure": request.user.can(Permission.RECORD_MEASURE, house),
        "may_edit": request.user.can(Permission.EDIT_RESIDENT, house),
        "measure_form": MeasureForm(auto_id="measure_%s"),
        "allergy_form": AllergyForm(auto_id="allergy_%s"),
        "condition_form": ConditionForm(auto_id="condition_%s"),
        "swallowing_form": SwallowingForm(instance=resident, auto_id="swallowing_%s"),
        "information_form": InformationForm(instance=resident, auto_id="information_%s"),
        "photo_form": PhotoForm(auto_id="photo_%s"),
    }
    return render(request, "residents/identity.html", context | forms, status=status)


@requires(Permission.EDIT_RESIDENT)
@require_http_methods(["GET", "POST"])
def create(request: StaffRequest) -> HttpResponse:
    """Welcome a new resident in the house where the person is."""
    house = request.workplace
    if not house or not request.user.can(Permission.EDIT_RESIDENT, house):
        raise PermissionDenied("Choisissez d’abord un établissement où vous pouvez créer un résident.")
    form = ResidentForm(request.POST or None, establishment=house)
    resident = form.save_or_refuse() if request.method == "POST" and form.is_valid() else None
    if resident is not None:
        messages.success(request, "Résident créé. Renseignez ses allergies et son poids avant de prescrire.")
        _warn(request, form)
        return redirect("residents:identity", pk=resident.pk)
    return render(request, "residents/create.html", {"form": form, "house": house}, status=_status(form))


@requires(Permission.EDIT_RESIDENT)
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Correct the traits, the room, the physician or the pharmacy."""
    resident = get_resident(request.user, pk, Permission.EDIT_RESIDENT)
    shown = get_resident(
        request.user, pk
    )  # the banner keeps saying what is stored while the form is corrected
    form = ResidentForm(request.POST or None, instance=resident, establishment=resident.establishment)
    if request.method == "POST" and form.is_valid() and form.save_or_refuse():
        messages.success(request, "Identité enregistrée.")
        _warn(request, form)
        return redirect("residents:identity", pk=pk)
    return render(request, "residents/edit.html", {"form": form, "resident": shown}, status=_status(form))


def _warn(request: StaffRequest, form: ResidentForm) -> None:
    for warning in form.warnings:
        messages.warning(request, warning)


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


@requires(Permission.RECORD_MEASURE)
@require_POST
def add_measure(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Record a weight, a height or a creatinine, with its day and its author."""
    resident = get_resident(request.user, pk, Permission.RECORD_MEASURE)
    form = MeasureForm(
        request.POST, instance=Measure(resident=resident, recorded_by=request.user), auto_id="measure_%s"
    )
    if not form.is_valid():
        return identity_page(request, resident, 422, measure_form=form)
    form.save()
    messages.success(request, "Mesure enregistrée.")
    return redirect("residents:identity", pk=pk)


@requires(Permission.EDIT_RESIDENT)
@require_POST
def information(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Record what the resident was told and what they object to (rule B11)."""
    resident = get_resident(request.user, pk, Permission.EDIT_RESIDENT)
    form = InformationForm(request.POST, instance=get_resident(request.user, pk), auto_id="information_%s")
    if not form.is_valid():
        return identity_page(request, resident, 422, information_form=form)
    form.save()
    messages.success(request, "Information et oppositions enregistrées.")
    return redirect("residents:identity", pk=pk)


@requires(Permission.EDIT_RESIDENT)
@require_POST
def set_photo(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Store a photograph, or remove it."""
    resident = get_resident(request.user, pk, Permission.EDIT_RESIDENT)
    mine = Resident.objects.filter(pk=pk)
    if "remove" in request.POST:
        mine.update(photo=None, photo_type="")
        return redirect("residents:identity", pk=pk)
    form = PhotoForm(request.POST, request.FILES, auto_id="photo_%s")
    if not form.is_valid():
        return identity_page(request, resident, 422, photo_form=form)
    content, kind = form.cleaned_data["photo"]
    mine.update(photo=content, photo_type=kind)
    messages.success(request, "Photographie enregistrée.")
    return redirect("residents:identity", pk=pk)


@requires(Permission.VIEW_RESIDENTS)
@require_GET
@never_cache
def photo(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Serve the photograph to those who may see the resident."""
    resident = get_resident(request.user, pk)
    if not resident.photo:
        raise Http404("Pas de photographie.")
    return HttpResponse(bytes(resident.photo), content_type=resident.photo_type)
