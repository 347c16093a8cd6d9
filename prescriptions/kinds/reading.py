"""What a raw content says once read: a complete line when nothing is missing, and what is to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from prescriptions.kinds.fields import Problem
from prescriptions.kinds.order import Order

OrderT = TypeVar("OrderT", bound=Order, covariant=True)


@dataclass(frozen=True, slots=True)
class Reading(Generic[OrderT]):
    """One line read. Warnings never stop anything."""

    order: OrderT | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    sentence: str
    """As far as it can be read; empty while it cannot."""
    boxes: int | None = None
    """Boxes computed for one dispensing, when they can be."""


SOON = timedelta(days=90)
"""CSP R5132-22: the first dispensing is asked within three months of the ordonnance (rule B34)."""


def unusual_start(starts_on: date | None, today: date | None) -> tuple[Problem, ...]:
    """Warn of a start already past (rule A31) or far away; without `today`, the reading does not depend on the day."""
    if starts_on is None or today is None or today <= starts_on <= today + SOON:
        return ()
    if starts_on < today:
        return (Problem("starts_on", f"Le début ({starts_on:%d/%m/%Y}) est passé.", "A31"),)
    message = f"Le début ({starts_on:%d/%m/%Y}) est dans plus de trois mois : la délivrance serait refusée."
    return (Problem("starts_on", message, "B34"),)
