"""Treatments of the demonstration: each is written and signed by the real verbs, then sent by the real worker."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from prescriptions.kinds.codes import Kind
from prescriptions.models import Prescription
from prescriptions.referentials.search import search_specialities
from prescriptions.workflow import drafts
from prescriptions.workflow.acknowledging import acknowledge
from prescriptions.workflow.review import review
from prescriptions.workflow.signing import sign
from residents.models import Resident, StaffMember

# what a physician types in the search field, doses by moment, days, renewals, regime
Line = tuple[str, dict[str, str], str, str, str]
_CHRONIC: tuple[Line, ...] = (
    ("apixaban 2,5 mg", {"matin": "1", "soir": "1"}, "28", "5", "CONTINU"),
    ("bisoprolol 2,5 mg", {"matin": "1"}, "28", "5", "CONTINU"),
    ("ramipril 2,5 mg", {"matin": "1"}, "28", "2", "CONTINU"),
    ("furosemide 20 mg", {"matin": "1"}, "28", "2", "CONTINU"),
    ("levothyroxine 50", {"matin": "1"}, "28", "5", "CONTINU"),
    ("macrogol 4000 10 g", {"matin": "1"}, "30", "0", "CONTINU"),
    ("mirtazapine 15 mg", {"coucher": "1"}, "28", "2", "CONTINU"),
    ("paracetamol 1 g comprime", {"matin": "1", "midi": "1", "soir": "1"}, "6", "0", "CONTINU"),
    ("amlodipine 5 mg", {"matin": "1"}, "28", "5", "CONTINU"),
    ("atorvastatine 20 mg", {"soir": "1"}, "28", "5", "CONTINU"),
    ("metformine 500 mg", {"matin": "1", "soir": "1"}, "28", "5", "CONTINU"),
)
_SHORT: tuple[Line, ...] = (
    ("pristinamycine 500 mg", {"matin": "1", "midi": "1", "soir": "1"}, "6", "0", "PONCTUEL"),
)


def prescribe_for(residents: list[Resident], liberal: StaffMember, salaried: StaffMember) -> int:
    """Sign one or two prescriptions for most residents; return how many were signed."""
    signed = 0
    for rank, resident in enumerate(residents):
        if rank % 5 == 4:
            continue
        author = salaried if resident.referring_physician_id == salaried.pk else liberal
        signed += _sign_lines(
            resident, author, [_CHRONIC[(rank + i) % len(_CHRONIC)] for i in range(3 if rank else 7)]
        )
        if rank % 6 == 0:
            signed += _sign_lines(resident, author, _SHORT)
    return signed


def _sign_lines(resident: Resident, author: StaffMember, lines: Iterable[Line]) -> int:
    draft = drafts.open_draft(resident, by=author)
    for typed, moments, days, renewals, regime in lines:
        hit = search_specialities(typed, limit=1)[0]
        line = drafts.add_lines(draft, Kind.MEDICAMENT, hit.cis, by=author)[0]
        drafts.save_line(
            line,
            line.content | _content(line.content, moments, days, renewals, regime),
            by=author,
            version=line.version,
        )
    _answer(draft, author)
    sign(draft, by=author, digest=review(draft).digest, workstation=None)
    return 1


def _answer(draft: Prescription, author: StaffMember) -> None:
    """Give to each alert the reason a physician who renews gives."""
    safety = review(draft).safety
    for found in [f for f in (safety.asking if safety else ()) if f.takes_reason]:
        acknowledge(draft, found.finding.ack_key, "Association déjà en place et bien tolérée", by=author)


def _content(
    proposed: dict[str, Any], moments: dict[str, str], days: str, renewals: str, regime: str
) -> dict[str, Any]:
    phase = proposed["phases"][0] | {"matin": "", "midi": "", "soir": "", "coucher": ""} | moments
    today = timezone.localdate().isoformat()
    return {
        "phases": [phase],
        "duration_days": days,
        "renewals": renewals,
        "regime": regime,
        "starts_on": today,
    }
