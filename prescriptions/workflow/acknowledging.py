"""Answering an alert: the reason is kept, by whom and for whom, and the same alert does not ask again (rules A44, A45)."""

from django.utils import timezone

from prescriptions.models import Acknowledgement, Prescription
from prescriptions.workflow.errors import NoReason, Superseded
from prescriptions.workflow.review import review
from residents.models import StaffMember

LONGEST = 200
USUAL: tuple[str, ...] = (
    "Bénéfice attendu supérieur au risque",
    "Association déjà en place et bien tolérée",
    "Surveillance clinique ou biologique prévue",
    "Pas d’alternative adaptée",
    "Avis spécialisé pris",
)
"""Reasons one may choose instead of typing: ours."""


def acknowledge(draft: Prescription, key: str, reason: str, *, by: StaffMember) -> Acknowledgement:
    """Keep the reason given to the alert `key` of this draft. Only an alert that asks now can be answered."""
    words = " ".join(reason.split())[:LONGEST]
    if not words:
        raise NoReason
    safety = review(draft).safety
    asking = {f.finding.ack_key: f.finding for f in (safety.asking if safety else ()) if f.takes_reason}
    if key not in asking:
        raise Superseded
    return Acknowledgement.objects.create(
        resident=draft.resident,
        prescriber=by,
        key=key,
        headline=asking[key].headline[:300],
        reason=words,
        made_at=timezone.now(),
    )
