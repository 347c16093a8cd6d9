"""The drugs found as one types: the options of the combobox, drawn by the server."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from prescriptions.referentials.search import search_specialities
from residents.access import Permission, StaffRequest, requires

LIMIT = 20
MAX_QUERY = 100


@requires(Permission.PRESCRIBE)
@require_GET
def drug_options(request: StaffRequest) -> HttpResponse:
    """Answer `q` with options: common name first; not marketed and homeopathy only when asked (rule A14)."""
    query = request.GET.get("q", "").strip()[:MAX_QUERY]
    hits = search_specialities(
        query,
        marketed_only=request.GET.get("non_commercialises") != "true",
        homeopathy=request.GET.get("homeopathie") == "true",
        limit=LIMIT,
    )
    return render(request, "prescriptions/parts/drug_options.html", {"hits": hits, "query": query})
