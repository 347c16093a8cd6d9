"""Nouvelle prescription: a basket of lines, saved as they are typed, each opening in place."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import UnknownChoice
from prescriptions.kinds.form import posted
from prescriptions.kinds.registry import KINDS
from prescriptions.models import Prescription, PrescriptionLine
from prescriptions.views.line_form import field_name, read_post, restructure
from prescriptions.views.lookup import draft_for, get_line
from prescriptions.views.search import asked_kind
from prescriptions.views.worksheet import worksheet
from prescriptions.workflow import acknowledging, drafts
from prescriptions.workflow.errors import WorkflowError
from prescriptions.workflow.review import review
from residents.access import Permission, StaffRequest, get_resident, requires
from residents.models import Resident

DONE = "done"
MAX_CHOICE = 500
WRONG_RESIDENT = "Cette page montrait un autre résident. Rechargez-la : rien n’a été écrit."


@never_cache
@requires(Permission.PRESCRIBE)
@require_GET
def prescribe(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Resume the draft of this person for this resident, or propose to begin one."""
    resident = get_resident(request.user, pk, Permission.PRESCRIBE)
    draft = draft_for(request.user, resident)
    return render(request, "prescriptions/prescribe.html", _screen(request, resident, draft))


@requires(Permission.PRESCRIBE)
@require_POST
def add_line(request: StaffRequest, pk: UUID) -> HttpResponseBase:
    """Add what was chosen to the draft, which is opened now if need be; the new line opens, ready to be typed."""
    resident = get_resident(request.user, pk, Permission.PRESCRIBE)
    if refusal := _wrong_resident(request, resident):
        return refusal
    kind = asked_kind(request.POST.get("genre", ""))
    try:
        with transaction.atomic():  # an unknown choice opens no draft
            draft = drafts.open_draft(resident, by=request.user)
            lines = drafts.add_lines(draft, kind, _choice(request), by=request.user)
    except (UnknownChoice, WorkflowError) as error:
        messages.warning(request, str(error))
        return _back(resident, genre=kind.value, champ="ajouter")
    return _back(resident, genre=kind.value, ligne=lines[0].pk, champ=KINDS[kind].first_field)


@requires(Permission.PRESCRIBE)
@require_POST
def save_line(request: StaffRequest, pk: UUID, line_pk: UUID) -> HttpResponseBase:
    """Store what the form of one line holds; answer with what it now reads, and nothing that is being typed in.

    `edit` changes the shape of the posology, or says `done`: then the line folds, or stays on what it still lacks.
    """
    resident = get_resident(request.user, pk, Permission.PRESCRIBE)
    if refusal := _wrong_resident(request, resident):
        return refusal
    line = get_line(request.user, resident, line_pk)
    content = _typed(request, line)
    edit = request.POST.get("edit", "")
    field = restructure(content, edit) if edit not in {"", DONE} and "phases" in content else ""
    try:
        drafts.save_line(line, content, by=request.user, version=_version(request))
    except WorkflowError as error:  # another tab, another post, or a signature meanwhile
        return _conflict(request, str(error))
    if not edit:
        return _saved(request, resident, line)
    if edit == DONE:
        field = _first_lack(line)
        where: dict[str, object] = {"ligne": line.pk, "champ": field} if field else {"champ": "ajouter"}
        return _back(resident, genre=line.kind, **where)
    return _back(resident, genre=line.kind, ligne=line.pk, champ=field)


def _typed(request: HttpRequest, line: PrescriptionLine) -> dict[str, Any]:
    """Return the content of the form: a table of fields, or the medicine's own grid."""
    fields = KINDS[Kind(line.kind)].fields
    return posted(fields, request.POST, line.content) if fields else read_post(request.POST, line.content)


def _first_lack(line: PrescriptionLine) -> str:
    """Return the field of the first thing the line still lacks; empty when it is complete or no field can help."""
    entry = KINDS[Kind(line.kind)]
    try:
        problems = entry.read(line.content, entry.subject(line.content), None).problems
    except UnknownChoice:
        return ""
    return field_name(problems[0].field) if problems else ""


@requires(Permission.PRESCRIBE)
@require_POST
def remove_line(request: StaffRequest, pk: UUID, line_pk: UUID) -> HttpResponseBase:
    """Take a line out of the draft."""
    resident = get_resident(request.user, pk, Permission.PRESCRIBE)
    if refusal := _wrong_resident(request, resident):
        return refusal
    try:
        drafts.remove_line(get_line(request.user, resident, line_pk), by=request.user)
    except WorkflowError as error:
        return _conflict(request, str(error))
    return _back(resident, champ="ajouter")


@requires(Permission.PRESCRIBE)
@require_POST
def acknowledge(request: StaffRequest, pk: UUID) -> HttpResponseBase:
    """Keep the reason given to an alert, chosen in the list or typed."""
    resident = get_resident(request.user, pk, Permission.PRESCRIBE)
    if refusal := _wrong_resident(request, resident):
        return refusal
    draft = draft_for(request.user, resident)
    reason = request.POST.get("motif_libre", "").strip() or request.POST.get("motif", "")
    try:
        if draft is not None:
            acknowledging.acknowledge(draft, request.POST.get("alerte", ""), reason, by=request.user)
    except WorkflowError as error:
        messages.warning(request, str(error))
    return _back(resident, genre=request.POST.get("genre", ""), ligne=request.POST.get("ligne", ""))


@requires(Permission.PRESCRIBE)
@require_POST
def discard(request: StaffRequest, pk: UUID) -> HttpResponseBase:
    """Throw the draft away and go back to the record."""
    resident = get_resident(request.user, pk, Permission.PRESCRIBE)
    if refusal := _wrong_resident(request, resident):
        return refusal
    draft = draft_for(request.user, resident)
    try:
        if draft is not None:
            drafts.discard(draft, by=request.user)
            messages.info(request, "Brouillon abandonné : rien n’a été signé ni transmis.")
    except WorkflowError as error:
        messages.warning(request, str(error))
    return HttpResponseRedirect(reverse("prescriptions:record", args=[resident.pk]))


def _screen(request: StaffRequest, resident: Resident, draft: Prescription | None) -> dict[str, Any]:
    seen = review(draft) if draft is not None else None
    sheet = worksheet(seen, opened=request.GET.get("ligne", ""))
    return {
        "resident": resident,
        "draft": draft,
        "review": seen,
        "sheet": sheet,
        "focus": request.GET.get("champ", ""),
        "kind": asked_kind(request.GET.get("genre", "")),
        "kinds": [(kind, KINDS[kind]) for kind in Kind],
        "usual_reasons": acknowledging.USUAL,
    }


def _saved(request: HttpRequest, resident: Resident, line: PrescriptionLine) -> HttpResponse:
    draft = line.prescription
    draft.refresh_from_db(fields=["saved_at"])
    seen = review(draft)
    context = {
        "resident": resident,
        "draft": draft,
        "review": seen,
        "sheet": worksheet(seen, opened=str(line.pk)),
        "usual_reasons": acknowledging.USUAL,
        "kind": asked_kind(line.kind),
    }
    return render(request, "prescriptions/parts/saved.html", context)


def _back(resident: Resident, **where: object) -> HttpResponseRedirect:
    """Go to the prescribing screen: which line is open, which field is next."""
    url = reverse("prescriptions:prescribe", args=[resident.pk])
    return HttpResponseRedirect(f"{url}?{urlencode(where)}" if where else url)


def _wrong_resident(request: HttpRequest, resident: Resident) -> HttpResponse | None:
    """Refuse a form that was drawn for somebody else (rule A02)."""
    if request.POST.get("resident") == str(resident.pk):
        return None
    return _conflict(request, WRONG_RESIDENT)


def _choice(request: HttpRequest) -> str:
    """Return what was chosen, without the characters that no database holds."""
    return "".join(c for c in request.POST.get("choix", "") if c.isprintable()).strip()[:MAX_CHOICE]


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else -1


def _conflict(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "prescriptions/conflict.html", {"sentence": sentence}, status=409)
