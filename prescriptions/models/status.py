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


TRANSITIONS: frozenset[tuple[Status, Status]] = frozenset(
    {
        (Status.DRAFT, Status.SIGNED),  # sign
        (Status.SIGNED, Status.REGISTERED),  # the service confirmed
        (Status.SIGNED, Status.REJECTED),  # the service refused: never retried
        (Status.SIGNED, Status.STALLED),  # attempts exhausted, or an answer nobody can trust
        (Status.STALLED, Status.SIGNED),  # a person asks to try again
        (Status.STALLED, Status.REGISTERED),  # a late answer of the last attempt
    }
)
NEEDS_HUMAN = (Status.REJECTED, Status.STALLED)
"""States that stay on somebody's screen until they act."""
