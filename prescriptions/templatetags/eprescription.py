"""How a prescription shows itself in a list: its state in one grammar, its drugs in a few words."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from prescriptions.models import Prescription, Status
from prescriptions.templatetags.french import hour, moment, weekday
from residents.templatetags.screens import STATUSES

register = template.Library()
SHOWN_DIGITS = 8


@register.inclusion_tag("components/status.html")
def eprescription_status(prescription: Prescription, whole: bool = False) -> dict[str, str]:
    """Draw the state: « Enregistrée n° 01S2TBPZ… ». The number is whole when `whole`. Red and amber lead to the way out."""
    kind, words, detail = _state(prescription, whole)
    icon, tone = STATUSES[kind]
    acts = prescription.status in {Status.REJECTED, Status.STALLED}
    href = reverse("prescriptions:detail", args=[prescription.pk]) if acts else ""
    return {"icon": icon, "tone": tone, "words": words, "detail": detail, "href": href}


def _state(prescription: Prescription, whole: bool) -> tuple[str, str, str]:
    match prescription.status:
        case Status.DRAFT:
            return "draft", "Brouillon", f"enregistré {moment_phrase(prescription.saved_at)}"
        case Status.REGISTERED:
            identifier = prescription.identifier or ""
            shown = identifier if whole else f"{identifier[:SHOWN_DIGITS]}…"
            return "ok", "Enregistrée", f"n°\u00a0{shown}"
        case Status.REJECTED:
            return "refused", "Refusée : à corriger", ""
        case Status.STALLED:
            return "todo", "En panne : à relancer", ""
        case Status.HOUSE:
            return "house", "Ordre interne", "pris en charge par l’EHPAD"
        case Status.PAPER:
            return "paper", "Sur papier", "sans e-prescription"
    submission = prescription.outbox
    if submission is None or submission.attempts == 0:
        return "sending", "Signée", hour(prescription.signed_at)
    kind = "waiting" if submission.last_code else "sending"
    return kind, "En transmission", f"depuis {moment(prescription.signed_at)}"


@register.filter
def moment_phrase(value: datetime | None) -> str:
    """« à 10 h 41 » today, « le ven. 20 nov. à 10 h 41 » otherwise."""
    said = moment(value)
    return said if not said else f"le {said}" if " à " in said else f"à {said}"


@register.filter
def first_labels(prescription: Prescription, shown: int = 2) -> str:
    """Name the first drugs: « APIXABAN, BISOPROLOL et 3 autres ». Lines must have been prefetched in lists."""
    labels = [line.label for line in prescription.lines.all()]
    if len(labels) <= shown + 1:
        return ", ".join(labels)
    return f"{', '.join(labels[:shown])} et {len(labels) - shown} autres"


@register.filter
def of(mapping: Mapping[str, Any], key: str) -> Any:
    """Read one entry of a mapping whose key is itself a variable."""
    return mapping.get(key)


@register.filter
def digest(sha256: str) -> str:
    """Shorten a fingerprint for the eye: « 9f2c 41d8 07be … 6a13 c05e »."""
    groups = [sha256[i : i + 4] for i in range(0, len(sha256), 4)]
    return f"{' '.join(groups[:3])} … {' '.join(groups[-2:])}" if len(groups) > 5 else sha256


@register.filter
def waiting_for(since: datetime | None) -> str:
    """How long it has been: « 5 min », « 2 h 10 », « 3 jours »."""
    if since is None:
        return ""
    minutes = int((timezone.now() - since).total_seconds() // 60)
    if minutes < 60:
        return f"{max(minutes, 1)}\u00a0min"
    hours, rest = divmod(minutes, 60)
    return f"{hours}\u00a0h\u00a0{rest:02d}" if hours < 48 else f"{hours // 24}\u00a0jours"


@register.simple_tag
def now_phrase() -> str:
    """« lun. 23 nov. 10 h 36 »: when a signature would be made."""
    now = timezone.now()
    return f"{weekday(now)} {hour(now)}"


@register.filter
def without_duration(sentence: str) -> str:
    """Leave the duration out of a sentence where its two dates stand beside it."""
    return re.sub(r",? pendant \d+ jours?\.$|\.$", "", sentence)
