"""The life of a prescription: its states and the only moves between them.

The same table feeds workflow.py (compare-and-swap) and the database trigger that refuses anything else.
Names follow teleservice.md, Part 1.7 (client states, ours).
"""

from django.db import models


class Status(models.TextChoices):
    """Where a prescription stands. « En transmission » is a signed one that has been tried: it is derived, not stored."""

    DRAFT = "DRAFT", "Brouillon"
    SIGNED = "SIGNED", "Signée"
    REGISTERED = "REGISTERED", "Enregistrée"
    REJECTED = "REJECTED", "Refusée"
    STALLED = "STALLED", "À traiter"
    HOUSE = "HOUSE", "Ordre interne"
    """Signed, and paid by the house: it never leaves, the care team carries it out (rules Z7, B90–B98)."""
    PAPER = "PAPER", "Sur papier"
    """Signed, and printed without the service for a motive of CSP R4073-2 (rules Z5, B18): counted apart (rule E03)."""


TRANSITIONS: frozenset[tuple[Status, Status]] = frozenset(
    {
        (Status.DRAFT, Status.SIGNED),  # sign
        (Status.DRAFT, Status.HOUSE),  # sign what the house pays
        (Status.DRAFT, Status.PAPER),  # sign on paper: the service cannot be used
        (Status.SIGNED, Status.REGISTERED),  # the service confirmed
        (Status.SIGNED, Status.REJECTED),  # the service refused: never retried
        (Status.SIGNED, Status.STALLED),  # attempts exhausted, or an answer nobody can trust
        (Status.STALLED, Status.SIGNED),  # a person asks to try again
        (Status.STALLED, Status.REGISTERED),  # a late answer of the last attempt
        (Status.SIGNED, Status.PAPER),  # a person goes on without the service
        (Status.STALLED, Status.PAPER),
        (Status.REJECTED, Status.PAPER),  # the patient is not known to the service: a motive of R4073-2
    }
)
SENT = (Status.SIGNED, Status.REGISTERED, Status.REJECTED, Status.STALLED)
"""States of what was created as an e-prescription: it has an identifier and an outbox row."""
DOCUMENTED = (Status.REGISTERED, Status.PAPER)
"""States that have a CDA document: registered, or given to the patient on paper (then without number)."""
NEEDS_HUMAN = (Status.REJECTED, Status.STALLED)
"""States that stay on somebody's screen until they act."""
