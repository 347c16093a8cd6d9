"""Writing a prescription: drafts belong to their author, are saved as they are typed, and survive everything."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.medicament import content as medicament
from prescriptions.kinds.medicament.raw import normalised
from prescriptions.models import Prescription, PrescriptionLine, Status
from prescriptions.referentials.facts import speciality_facts
from prescriptions.workflow.errors import DraftChanged, Superseded
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
def add_medicine(draft: Prescription, cis: str, *, by: StaffMember) -> PrescriptionLine:
    """Add a line for the speciality `cis`, with what can be proposed for it already filled in."""
    _own_open(draft, by)
    raw = medicament.suggest(speciality_facts(cis))
    return _append(draft, raw)


@transaction.atomic
def save_line(
    line: PrescriptionLine, content: dict[str, Any], *, by: StaffMember, version: int
) -> PrescriptionLine:
    """Store what was typed, complete or not. `version` is the one the screen was showing: another one is refused."""
    _own_open(line.prescription, by)
    content = normalised(content)
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
    if prescription.status != Status.REJECTED:
        raise Superseded
    draft = open_draft(prescription.resident, by=by)
    _own_open(draft, by)
    first_time = (
        Prescription.objects.filter(pk=draft.pk).exclude(corrects=prescription).update(corrects=prescription)
    )
    if not first_time:  # a second click: the lines are already there
        return draft
    for line in prescription.lines.all():
        _append(draft, line.content | {"starts_on": timezone.localdate().isoformat()})
    return draft


def _append(draft: Prescription, content: dict[str, Any]) -> PrescriptionLine:
    content = normalised(content)
    last = draft.lines.aggregate(last=Max("position"))["last"] or 0
    return PrescriptionLine.objects.create(
        prescription=draft, position=last + 1, kind=Kind.MEDICAMENT, content=content
    )


def _own_open(draft: Prescription, by: StaffMember) -> None:
    """Lock the draft row and stamp it; refuse when it is no longer an open draft of `by`."""
    if not Prescription.objects.filter(pk=draft.pk, status=Status.DRAFT, prescriber=by).update(
        saved_at=timezone.now()
    ):
        raise Superseded


@transaction.atomic
def replace_lines(draft: Prescription, contents: list[dict[str, Any]], *, by: StaffMember) -> Prescription:
    """Write the whole content of a draft at once (API): what it held before is replaced."""
    _own_open(draft, by)
    draft.lines.all().delete()
    for content in contents:
        _append(draft, content)
    return Prescription.objects.prefetch_related("lines").get(pk=draft.pk)
