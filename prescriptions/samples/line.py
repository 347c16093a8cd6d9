"""One line drawn, with what the prescriber saw of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prescriptions.funding import Funding
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.fields import Problem
from prescriptions.kinds.order import Order, Paper


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One line as the prescriber saw it while signing. `subject`: what the base says of the thing prescribed."""

    kind: Kind
    subject: Any
    order: Order
    funding: Funding
    warnings: tuple[Problem, ...]
    shape: str

    @property
    def key(self) -> tuple[Paper, str]:
        """What lines of one ordonnance share beside their kind (rules Z6, B12, B27, B38)."""
        return self.order.paper, self.order.pharmacy
