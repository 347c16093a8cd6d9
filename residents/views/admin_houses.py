"""Administration: establishments as a checklist that turns green, their pharmacies."""

from __future__ import annotations

from django.contrib import messages
from django.forms.models import inlineformset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from residents.access import Permission, StaffRequest, allows, establishments_where, requires
from residents.administration import get_house
from residents.checklist import places
from residents.forms.establishment import EstablishmentForm, PharmacyForm
from residents.models import Establishment, Pharmacy
from traces.workstation import active_counts

PharmacyFormSet = inlineformset_factory(Establishment, Pharmacy, form=PharmacyForm, extra=1, can_delete=False)


@requires(Permission.MANAGE_ESTABLISHMENT)
@require_GET
def houses(request: StaffRequest) -> HttpResponse:
    """Show every establishment one administers, and what each still lacks."""
    mine = Establishment.objects.visible_to(request.user)
    if not request.user.is_platform_admin:
        mine = mine.filter(pk__in=establishments_where(request.user, Permission.MANAGE_ESTABLISHMENT))
    context = {
        "places": places(mine, active_counts(house.finess for house in mine)),
        "may_create": request.user.is_platform_admin,
    }
    return render(request, "residents/admin/houses.html", context)


@requires(Permission.MANAGE_PLATFORM)
@require_http_methods(["GET", "POST"])
def create_house(request: StaffRequest) -> HttpResponse:
    """Create an establishment."""
    form = EstablishmentForm(request.POST or None, may_move=True)
    if request.method == "POST" and form.is_valid():
        house = form.save()
        messages.success(request, "Établissement créé. Ajoutez maintenant ses professionnels.")
        return redirect("residents:admin_staff", finess=house.finess)
    return render(
        request, "residents/admin/house_form.html", {"form": form}, status=422 if form.errors else 200
    )


@requires(Permission.MANAGE_ESTABLISHMENT)
@require_http_methods(["GET", "POST"])
def edit_house(request: StaffRequest, finess: str) -> HttpResponse:
    """Change an establishment. Its FINESS is the platform administrator's to change."""
    house = get_house(request.user, finess)
    shown_name = house.name
    may_move = allows(request.user, Permission.MANAGE_PLATFORM, house.pk)
    form = EstablishmentForm(request.POST or None, instance=house, may_move=may_move)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Établissement enregistré.")
        return redirect("residents:admin")
    context = {"form": form, "house": house, "shown_name": shown_name}
    return render(request, "residents/admin/house_form.html", context, status=422 if form.errors else 200)


@requires(Permission.MANAGE_ESTABLISHMENT)
@require_http_methods(["GET", "POST"])
def pharmacies(request: StaffRequest, finess: str) -> HttpResponse:
    """Write the town pharmacies under convention with the establishment."""
    house = get_house(request.user, finess)
    formset = PharmacyFormSet(request.POST or None, instance=house)
    if request.method == "POST" and formset.is_valid():
        formset.save()
        messages.success(request, "Pharmacies enregistrées.")
        return redirect("residents:admin_pharmacies", finess=finess)
    refused = formset.is_bound and not formset.is_valid()
    return render(
        request,
        "residents/admin/pharmacies.html",
        {"formset": formset, "house": house},
        status=422 if refused else 200,
    )
