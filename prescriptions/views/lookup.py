"""Fetching a prescription together with the right to act on it: 404 when not visible, 403 when visible but not allowed."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from prescriptions.kinds.codes import Kind
from prescriptions.models import Prescription, PrescriptionLine, Status
from residents.access import Permission, allows
from residents.models import Resident, StaffMember

_AROUND = (
    "establishment",
    "prescriber",
    "signing_act",
    "submission",
    "resident__establishment",
    "resident__referring_physician",
    "resident__pharmacy",
)


def get_prescription(
    user: StaffMember, pk: UUID, permission: Permission = Permission.VIEW_RESIDENTS
) -> Prescription:
    """Return the prescription `user` may act on, with its people and its transmission (one query)."""
    seen = Prescription.objects.visible_to(user).select_related(*_AROUND).defer("submission__signed_xml")
    found = seen.filter(pk=pk).first()
    if found is None:
        raise Http404("Cette prescription n’existe pas ou n’est pas suivie dans vos établissements.")
    if not allows(user, permission, found.establishment_id):
        raise PermissionDenied(f"Votre rôle ne permet pas cela : {permission.value}.")
    return found


def prescriptions_of_act(user: StaffMember, pk: UUID) -> list[Prescription]:
    """Return what one signature made, as far as `user` may see it: what leaves first (two queries)."""
    seen = Prescription.objects.visible_to(user).filter(signing_act=pk)
    found = seen.select_related(*_AROUND).defer("submission__signed_xml").prefetch_related("lines")
    return sorted(
        found, key=lambda part: (part.status == Status.HOUSE, list(Kind).index(Kind(part.kind)), part.pk)
    )


def draft_for(user: StaffMember, resident: Resident) -> Prescription | None:
    """Return the open draft of `user` for `resident`, if there is one."""
    draft = Prescription.objects.drafts_of(user).filter(resident=resident).first()
    return _peopled(draft, user, resident) if draft is not None else None


def get_line(user: StaffMember, resident: Resident, pk: UUID) -> PrescriptionLine:
    """Return a line of the open draft of `user` for `resident`; 404 otherwise (signed, removed, another's)."""
    drafts = Prescription.objects.drafts_of(user).filter(resident=resident)
    found = PrescriptionLine.objects.filter(prescription__in=drafts, pk=pk)
    line = found.select_related("prescription").first()
    if line is None:
        raise Http404("Cette ligne n’est plus dans votre brouillon.")
    _peopled(line.prescription, user, resident)
    return line


def _peopled(draft: Prescription, user: StaffMember, resident: Resident) -> Prescription:
    """Give a draft the people already read for this request: they are not read again."""
    draft.prescriber, draft.resident, draft.establishment = user, resident, resident.establishment
    return draft
