"""What care staff note for the checks of a treatment: allergies, conditions, swallowing. Three states each (rule A03)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from residents.access import Permission, StaffRequest, get_resident, requires
from residents.forms.clinical import AllergyForm, ConditionForm, SwallowingForm
from residents.models import Allergy, Condition, Resident
from residents.views.record import identity_page

_BY_HAND = {
    Allergy.Kind.FREE: " en texte libre : non contrôlée",
    Allergy.Kind.EXCIPIENT: " comme excipient : non contrôlée",
}


@requires(Permission.RECORD_MEASURE)
@require_POST
@transaction.atomic
def add_allergy(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note an allergy: the resident now has some."""
    resident = get_resident(request.user, pk, Permission.RECORD_MEASURE)
    form = AllergyForm(request.POST, instance=Allergy(resident=resident), auto_id="allergy_%s")
    if not form.is_valid():
        return identity_page(request, resident, 422, allergy_form=form)
    allergy = form.save()
    Resident.objects.filter(pk=pk).update(allergy_status=Resident.AllergyStatus.PRESENT)
    messages.success(request, f"Allergie notée{_BY_HAND.get(Allergy.Kind(allergy.kind), '')}.")
    return redirect("residents:identity", pk=pk)


@requires(Permission.RECORD_MEASURE)
@require_POST
@transaction.atomic
def no_allergy(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say that the resident has no known allergy. Refused while some are noted."""
    resident = get_resident(request.user, pk, Permission.RECORD_MEASURE)
    if resident.allergies.exists():
        messages.error(request, "Des allergies sont notées : retirez-les d’abord si elles sont fausses.")
    else:
        Resident.objects.filter(pk=pk).update(allergy_status=Resident.AllergyStatus.NONE_KNOWN)
        messages.success(request, "« Aucune allergie connue » enregistré.")
    return redirect("residents:identity", pk=pk)


@requires(Permission.RECORD_MEASURE)
@require_POST
@transaction.atomic
def remove_allergy(request: StaffRequest, pk: UUID, allergy_pk: int) -> HttpResponse:
    """Remove an allergy noted by mistake. Without any left, the question is open again, not « none »."""
    resident = get_resident(request.user, pk, Permission.RECORD_MEASURE)
    resident.allergies.filter(pk=allergy_pk).delete()
    if not resident.allergies.exists():
        Resident.objects.filter(pk=pk).update(allergy_status=Resident.AllergyStatus.NOT_ASKED)
    messages.success(request, "Allergie retirée.")
    return redirect("residents:identity", pk=pk)


@requires(Permission.RECORD_MEASURE)
@require_POST
@transaction.atomic
def add_condition(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note a disease, or affirm that it is absent. One that is absent says nothing of the others."""
    resident = get_resident(request.user, pk, Permission.RECORD_MEASURE)
    new = Condition(resident=resident, noted_by=request.user)
    form = ConditionForm(request.POST, instance=new, auto_id="condition_%s")
    if not form.is_valid():
        return identity_page(request, resident, 422, condition_form=form)
    if form.save().present:
        Resident.objects.filter(pk=pk).update(conditions_status=Resident.ConditionsStatus.PRESENT)
    messages.success(request, "Antécédent noté.")
    return redirect("residents:identity", pk=pk)


@requires(Permission.RECORD_MEASURE)
@require_POST
@transaction.atomic
def no_condition(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say that the resident has no known disease nor past history. Refused while some are noted."""
    resident = get_resident(request.user, pk, Permission.RECORD_MEASURE)
    if resident.conditions.filter(present=True).exists():
        messages.error(request, "Des antécédents sont notés : retirez-les d’abord s’ils sont faux.")
    else:
        Resident.objects.filter(pk=pk).update(conditions_status=Resident.ConditionsStatus.NONE_KNOWN)
        messages.success(request, "« Aucun antécédent connu » enregistré.")
    return redirect("residents:identity", pk=pk)


@requires(Permission.RECORD_MEASURE)
@require_POST
@transaction.atomic
def remove_condition(request: StaffRequest, pk: UUID, condition_pk: int) -> HttpResponse:
    """Remove what was noted by mistake. Without any left, the question is open again, not « none »."""
    resident = get_resident(request.user, pk, Permission.RECORD_MEASURE)
    resident.conditions.filter(pk=condition_pk).delete()
    if not resident.conditions.filter(present=True).exists():
        was_present = Resident.objects.filter(pk=pk, conditions_status=Resident.ConditionsStatus.PRESENT)
        was_present.update(conditions_status=Resident.ConditionsStatus.NOT_ASKED)
    messages.success(request, "Antécédent retiré.")
    return redirect("residents:identity", pk=pk)


@requires(Permission.RECORD_MEASURE)
@require_POST
def set_swallowing(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say whether the resident has trouble swallowing; « not asked » can be said again."""
    resident = get_resident(request.user, pk, Permission.RECORD_MEASURE)
    form = SwallowingForm(request.POST, instance=get_resident(request.user, pk), auto_id="swallowing_%s")
    if not form.is_valid():
        return identity_page(request, resident, 422, swallowing_form=form)
    Resident.objects.filter(pk=pk).update(swallowing_trouble=form.cleaned_data["swallowing_trouble"])
    messages.success(request, "Déglutition enregistrée.")
    return redirect("residents:identity", pk=pk)
