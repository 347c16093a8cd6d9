"""Writing a prescription: drafts belong to their author, are saved as they are typed, and survive everything."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.registry import KINDS
from prescriptions.models import Prescription, PrescriptionLine, Status
from prescriptions.workflow.errors import (
    AlreadyCorrected,
    AnotherCorrection,
    DraftChanged,
    Superseded,
    UnwrittenKind,
)
from residents.models import Resident, StaffMember


def open_draft(resident: Resident, *, by: StaffMember) -> Prescription:
    """Return the open draft of `by` for this resident, made now if there is none."""
    draft, _ = Prescription.objects.get_or_create(
        resident=resident,
        prescriber=by,
        status=Status.DRAFT,
        defaults={"establishment": resident.establishment},
    )
    return draft


@transaction.atomic
def add_lines(draft: Prescription, kind: Kind, choice: str, *, by: StaffMember) -> list[PrescriptionLine]:
    """Add what was chosen in the search box of `kind`, with what can be proposed for it already filled in.

    A panel of biology adds several lines. Raises UnknownChoice when the choice is not in the tables.
    """
    _own_open(draft, by)
    contents = KINDS[kind].choose(choice)
    return [_append(draft, kind, content | _proposed(draft, content)) for content in contents]


def _proposed(draft: Prescription, content: dict[str, Any]) -> dict[str, Any]:
    """The pharmacy of the resident, where the ordonnance will have to name one (rule B27)."""
    pharmacy = draft.resident.pharmacy
    return {"pharmacy": pharmacy.name} if "pharmacy" in content and pharmacy else {}


@transaction.atomic
def save_line(
    line: PrescriptionLine, content: dict[str, Any], *, by: StaffMember, version: int
) -> PrescriptionLine:
    """Store what was typed, complete or not. `version` is the one the screen was showing: another one is refused."""
    _own_open(line.prescription, by)
    content = KINDS[Kind(line.kind)].normalise(content)
    mine = PrescriptionLine.objects.filter(pk=line.pk, version=version)
    if not mine.update(content=content, version=F("version") + 1):
        raise DraftChanged
    line.content, line.version = content, version + 1
    return line


@transaction.atomic
def remove_line(line: PrescriptionLine, *, by: StaffMember) -> None:
    """Take a line out of a draft."""
    _own_open(line.prescription, by)
    line.delete()


@transaction.atomic
def discard(draft: Prescription, *, by: StaffMember) -> None:
    """Throw a draft away, lines included. Only its author can, and only before signature."""
    _own_open(draft, by)
    draft.delete()


@transaction.atomic
def correct(prescription: Prescription, *, by: StaffMember) -> Prescription:
    """Bring the lines of a refused e-prescription back into a draft of `by`, to be corrected and signed again."""
    refused = Prescription.objects.select_for_update().get(pk=prescription.pk)
    if refused.status != Status.REJECTED:
        raise Superseded
    if refused.corrections.exclude(status=Status.DRAFT).exists():
        raise AlreadyCorrected
    draft = open_draft(prescription.resident, by=by)
    _own_open(draft, by)
    if draft.corrects_id == refused.pk:  # a second click: the lines are already there
        return draft
    if draft.corrects_id is not None:
        raise AnotherCorrection
    Prescription.objects.filter(pk=draft.pk).update(corrects=refused)
    for line in prescription.lines.all():
        _append(draft, Kind(line.kind), line.content | {"starts_on": timezone.localdate().isoformat()})
    return draft


def _append(draft: Prescription, kind: Kind, content: dict[str, Any]) -> PrescriptionLine:
    content = KINDS[kind].normalise(content)
    last = draft.lines.aggregate(last=Max("position"))["last"] or 0
    return PrescriptionLine.objects.create(prescription=draft, position=last + 1, kind=kind, content=content)


def _own_open(draft: Prescription, by: StaffMember) -> None:
    """Lock the draft row and stamp it; refuse when it is no longer an open draft of `by`."""
    if not Prescription.objects.filter(pk=draft.pk, status=Status.DRAFT, prescriber=by).update(
        saved_at=timezone.now()
    ):
        raise Superseded


@transaction.atomic
def replace_lines(draft: Prescription, contents: list[dict[str, Any]], *, by: StaffMember) -> Prescription:
    """Write the whole content of a draft at once (API): what it held before is replaced.

    A content says its `kind`; a medicine when it says none. Raises UnwrittenKind for a kind nobody writes.
    """
    _own_open(draft, by)
    draft.lines.all().delete()
    for content in contents:
        _append(draft, _kind(content), content)
    return Prescription.objects.prefetch_related("lines").get(pk=draft.pk)


def _kind(content: dict[str, Any]) -> Kind:
    try:
        return Kind(content.get("kind") or Kind.MEDICAMENT)
    except ValueError as error:
        raise UnwrittenKind from error
