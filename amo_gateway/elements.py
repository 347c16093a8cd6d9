"""How one value becomes one XML element, in canonical form: what is missing is left out, never written empty."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from amo_gateway.xml import text


def element(name: str, value: str) -> str:
    """Write a text, even empty: the schema then refuses what is required and missing."""
    return f"<{name}>{text(value)}</{name}>"


def optional(name: str, value: str | None) -> str:
    """Leave out what is missing, empty, or made only of characters XML cannot carry."""
    content = text(value) if value else ""
    return f"<{name}>{content}</{name}>" if content else ""


def flag(name: str, value: bool) -> str:
    """Write a boolean as `true` or `false`."""
    return f"<{name}>{'true' if value else 'false'}</{name}>"


def day(name: str, value: date | None) -> str:
    """Write a day, AAAA-MM-JJ."""
    return f"<{name}>{value.isoformat()}</{name}>" if value else ""


def hour(name: str, value: time | None) -> str:
    """Write an hour, to the minute; midnight is an hour like another."""
    return f"<{name}>{value.isoformat('minutes')}:00</{name}>" if value is not None else ""


def number(name: str, value: Decimal | None) -> str:
    """Write a number without exponent, with a dot."""
    return f"<{name}>{value:f}</{name}>" if value is not None else ""


def integer(name: str, value: int | None) -> str:
    """Write a whole number; zero is a number like another."""
    return f"<{name}>{value:d}</{name}>" if value is not None else ""
