"""The record of a resident: current treatment by tab, what needs a person, measures, last events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from amo_gateway.codes import explain
from prescriptions.models import ExternalLine, Prescription, Status
from prescriptions.templatetags.eprescription import first_labels
from prescriptions.templatetags.french import number
from prescriptions.treatment import TABS, Treatment, treatment_of
from prescriptions.views.lookup import draft_for
from prescriptions.views.sparkline import Curve, curves
from residents.access import Permission, StaffRequest, allows, get_resident, requires
from residents.models import Resident

EVENTS = 6
_EMPTY: dict[str, str] = {
    "a-renouveler": "Aucun traitement au long cours ne se termine dans les huit jours.",
    "si-besoin": "Aucun médicament n’est prescrit si besoin.",
    "ponctuels": "Aucune cure courte n’est en cours.",
    "termines": "Aucun traitement ne s’est terminé depuis un an.",
    "autres": "Tout vient du médecin traitant.",
}


@dataclass(frozen=True)
class Event:
    """One thing that happened, for the list of the last ones."""

    on: date
    words: str


@never_cache
@requires(Permission.VIEW_RESIDENTS)
@require_GET
def record(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Answer at a glance: what does this person take, what changed, what needs me?"""
    resident = get_resident(request.user, pk)
    today = timezone.localdate()
    treatment = treatment_of(resident, today)
    tab = request.GET.get("onglet", "")
    tab = tab if tab in TABS else "en-cours"
    prescriptions = _prescriptions(treatment)
    drawn = curves(resident.measures.all(), today)
    context: dict[str, Any] = {
        "treatment": treatment,
        "tabs": TABS,
        "tab": tab,
        "tab_label": TABS[tab],
        "tab_empty": _EMPTY.get(tab, ""),
        "counts": treatment.counts(),
        "rows": treatment.tab(tab),
        "curves": drawn,
        "events": events(prescriptions, drawn),
        "external_lines": ExternalLine.objects.of(resident).running_on(today),
        "resident": resident,
        **_rights(request, resident),
    }
    return render(request, "prescriptions/record.html", context)


def _rights(request: StaffRequest, resident: Resident) -> dict[str, Any]:
    house = resident.establishment_id
    can_prescribe = allows(request.user, Permission.PRESCRIBE, house)
    draft = draft_for(request.user, resident) if can_prescribe else None
    return {
        "can_prescribe": can_prescribe,
        "can_edit": allows(request.user, Permission.EDIT_RESIDENT, house),
        "can_measure": allows(request.user, Permission.RECORD_MEASURE, house),
        "draft": draft,
        "draft_lines": draft.lines.count() if draft is not None else 0,
    }


def _prescriptions(treatment: Treatment) -> list[Prescription]:
    """Return the prescriptions behind the lines, once each, with their lines; those that failed say why."""
    found = list({row.prescription.pk: row.prescription for row in treatment.rows}.values())
    prefetch_related_objects(found, "lines")
    for prescription in treatment.waiting:
        prescription.why = explain(prescription.outcome_code)  # type: ignore[attr-defined]
    return found


def events(prescriptions: Iterable[Prescription], drawn: Iterable[Curve]) -> list[Event]:
    """Return the last things that happened, latest first."""
    found = [Event(curve.on, f"{curve.label} : {number(curve.value)} {curve.unit}") for curve in drawn]
    for prescription in prescriptions:
        signed_on = timezone.localdate(prescription.signed_at)
        labels = first_labels(prescription, 1)
        found.append(Event(signed_on, f"{labels} : prescription"))
        if prescription.status == Status.REJECTED:
            found.append(Event(signed_on, f"{labels} : e-prescription refusée"))
    return sorted(found, key=lambda event: event.on, reverse=True)[:EVENTS]
