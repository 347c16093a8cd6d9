"""What is found as one types, in the tables of the kind chosen: the options of the combobox, drawn by the server."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import free_words
from prescriptions.kinds.registry import KINDS
from residents.access import Permission, StaffRequest, requires

MAX_QUERY = 100


def asked_kind(text: str) -> Kind:
    """Return the kind of this wire code; medicines for anything else."""
    return Kind(text) if text in Kind.values else Kind.MEDICAMENT


def asked(request: StaffRequest) -> str:
    """Return what was typed in a search box (`q`), cut at `MAX_QUERY`, without what PostgreSQL cannot be asked."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:MAX_QUERY]


@requires(Permission.PRESCRIBE)
@require_GET
def options(request: StaffRequest) -> HttpResponse:
    """Answer `q` with options of the kind `genre`; switches of the kind (not marketed, homeopathy) come along."""
    query = asked(request)
    entry = KINDS[asked_kind(request.GET.get("genre", ""))]
    hits = entry.search(query, request.GET) if query else []
    found = [hit for hit in hits if free_words(hit.value) is None]
    free = [] if entry.no_free_text else [hit for hit in hits if hit not in found]
    context = {"hits": found, "free": free, "query": query, "entry": entry}
    return render(request, "prescriptions/parts/options.html", context)
