"""Answering every alert of a draft, for the tests that are about something else."""

from prescriptions.models import Prescription
from prescriptions.workflow.acknowledging import acknowledge
from prescriptions.workflow.review import review


def answer_all(draft: Prescription) -> Prescription:
    """Give a reason to each alert that asks one."""
    safety = review(draft).safety
    for found in [f for f in (safety.asking if safety else ()) if f.takes_reason]:
        acknowledge(draft, found.finding.ack_key, "Pas d’alternative adaptée", by=draft.prescriber)
    return draft
