"""Treatments from outside: what the resident takes that we did not prescribe, noted by the care team (rule A06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import free_words
from prescriptions.kinds.registry import KINDS
from prescriptions.models import ExternalLine
from prescriptions.referentials.facts import specialities_facts
from prescriptions.views.search import asked
from residents.access import Permission, StaffRequest, allows, get_resident, requires
from residents.forms.clinical import Searched, hidden_choice
from residents.forms.resident import not_in_future
from residents.models import Resident

if TYPE_CHECKING:
    ExternalModelForm = forms.ModelForm[ExternalLine]
else:
    ExternalModelForm = forms.ModelForm
HISTORY = 20
"""How many stopped or ended lines the page shows; older ones stay in the database."""


class ExternalForm(Searched, ExternalModelForm):
    """One medicine from outside: chosen in the list it enters the checks, in free text it is shown as unchecked."""

    choice = hidden_choice()

    class Meta:
        model = ExternalLine
        fields = ["label", "source", "posology", "since", "until"]
        labels = {
            "label": "Médicament",
            "source": "D’où il vient",
            "posology": "Posologie, en toutes lettres",
        }
        help_texts = {
            "label": "Choisi dans la liste, il entre dans les contrôles. En texte libre, il est noté, non contrôlé."
        }

    def clean_since(self) -> Any:
        """What is noted is already taken."""
        return not_in_future(self.cleaned_data["since"])

    def clean(self) -> dict[str, Any]:
        """Keep the code only when the base knows it, with the label of the base."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "La fin précède le début : vérifiez les deux dates.")
        cis = data.get("choice", "")
        drug = specialities_facts([cis]).get(cis) if cis else None
        if drug is not None:
            self.instance.cis, data["label"] = drug.cis, drug.label
        return data


@never_cache
@requires(Permission.VIEW_RESIDENTS)
@require_GET
def external(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show what comes from outside, running then past."""
    return _page(request, get_resident(request.user, pk), ExternalForm(auto_id="external_%s"))


def _page(request: StaffRequest, resident: Resident, form: ExternalForm, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    lines = ExternalLine.objects.of(resident)
    running = lines.running_on(today)
    past = lines.exclude(pk__in=running.values("pk")).order_by("-stopped_on", "-until", "label")
    context = {
        "resident": resident,
        "running": running,
        "past": past[:HISTORY],
        "form": form,
        "may_note": allows(request.user, Permission.RECORD_MEASURE, resident.establishment_id),
    }
    return render(request, "prescriptions/external.html", context, status=status)


@requires(Permission.RECORD_MEASURE)
@require_POST
def add_external(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note a medicine from outside, with its author."""
    resident = get_resident(request.user, pk, Permission.RECORD_MEASURE)
    new = ExternalLine(resident=resident, noted_by=request.user)
    form = ExternalForm(request.POST, instance=new, auto_id="external_%s")
    if not form.is_valid():
        return _page(request, resident, form, 422)
    checked = form.save().cis
    messages.success(
        request, "Traitement noté." if checked else "Traitement noté en texte libre : non contrôlé."
    )
    return redirect("prescriptions:external", pk=pk)


@requires(Permission.RECORD_MEASURE)
@require_POST
def stop_external(request: StaffRequest, pk: UUID, external_pk: UUID) -> HttpResponse:
    """Say that it is no longer taken, from today; stopped once, it stays so."""
    resident = get_resident(request.user, pk, Permission.RECORD_MEASURE)
    mine = ExternalLine.objects.filter(resident=resident, pk=external_pk)
    if not mine.exists():
        raise Http404("Ce traitement n’est pas, ou n’est plus, au dossier de ce résident.")
    mine.filter(stopped_on=None).update(stopped_on=timezone.localdate(), stopped_by=request.user)
    messages.success(request, "Traitement arrêté : il n’entre plus dans les contrôles.")
    return redirect("prescriptions:external", pk=pk)


@requires(Permission.RECORD_MEASURE)
@require_GET
def external_options(request: StaffRequest) -> HttpResponse:
    """Answer `q` with medicines, then with the words as they are."""
    query = asked(request)
    hits = KINDS[Kind.MEDICAMENT].search(query, {}) if query else []
    found = [hit for hit in hits if free_words(hit.value) is None]
    free = [hit for hit in hits if hit not in found]
    return render(request, "prescriptions/parts/options.html", {"hits": found, "free": free, "query": query})
