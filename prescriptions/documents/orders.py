"""The signed lines read back, and until when they may be carried out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from prescriptions.documents.statement import Statement
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.order import Order
from prescriptions.kinds.registry import KINDS

LONGEST = timedelta(days=365)
"""A prescription whose end is not known is valid for a year (CSP R5132-21)."""


def read(statement: Statement) -> tuple[Order, ...]:
    """Read the lines of a statement, all of one kind."""
    from_json = KINDS[Kind(statement.kind)].from_json
    return tuple(from_json(line.reading) for line in statement.lines)


def total_price(orders: Sequence[Order]) -> Decimal | None:
    """Rule A16: euros for one dispensing of the whole prescription, None as soon as one price is unknown."""
    prices = [order.total_price for order in orders]
    known = [price for price in prices if price is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(prices) else None


def valid_until(statement: Statement, orders: Sequence[Order]) -> date:
    """Return the end of validity, for the message and the CDA document alike: the last day of its lines, else a year
    after it was written.
    """
    ends = [order.ends_on for order in orders]
    known = [end for end in ends if end is not None]
    if not known or len(known) < len(ends):
        return statement.written_on + LONGEST
    return max(known)
