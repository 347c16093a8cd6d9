"""What is found as one types an allergy or a diagnosis: the options of the combobox, drawn by the server."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from prescriptions.clinical_codes import search_allergens, search_conditions
from prescriptions.kinds.entry import Hit
from prescriptions.views.search import asked
from residents.access import Permission, StaffRequest, requires
from residents.models import Allergy

_BY_HAND = (
    ("", "texte libre, non contrôlée"),
    (Allergy.Kind.EXCIPIENT.value, "comme excipient, non contrôlé"),
)


@requires(Permission.RECORD_MEASURE)
@require_GET
def allergy_options(request: StaffRequest) -> HttpResponse:
    """Answer `q` with classes and substances, then with the words as they are, an excipient or not: never a default."""
    query = asked(request)
    hits = search_allergens(query) if query else []
    free = [Hit(value=value, name=query, detail=words) for value, words in _BY_HAND] if query else []
    return render(request, "prescriptions/parts/options.html", {"hits": hits, "free": free, "query": query})


@requires(Permission.RECORD_MEASURE)
@require_GET
def diagnosis_options(request: StaffRequest) -> HttpResponse:
    """Answer `q` with diagnoses of the CIM-10."""
    query = asked(request)
    hits = search_conditions(query) if query else []
    return render(request, "prescriptions/parts/options.html", {"hits": hits, "query": query})
