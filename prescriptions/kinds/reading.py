"""What a raw content says once read: a complete line when nothing is missing, and what is to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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


def past_start(starts_on: date | None, today: date | None) -> tuple[Problem, ...]:
    """Warn of a start already past (rule A31); without `today`, the reading does not depend on the day."""
    if starts_on is None or today is None or starts_on >= today:
        return ()
    return (Problem("starts_on", f"Le début ({starts_on:%d/%m/%Y}) est passé.", "A31"),)
