"""Agreements every kind needs in its sentences."""

from decimal import Decimal


def plural(number: int | Decimal) -> str:
    """Return « s » from two on: French counts 1,5 as one."""
    return "s" if number >= 2 else ""


def count(number: int, noun: str) -> str:
    """Write a number of things: « 1 séance », « 10 séances »."""
    return f"{number} {noun}{plural(number)}"


def days(number: int) -> str:
    """Write a number of days: « 1 jour », « 28 jours »."""
    return count(number, "jour")


def capital(text: str) -> str:
    """Write the first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def euros(price: Decimal | None) -> str:
    """Write a price: « 6,20 € »; empty when unknown."""
    return "" if price is None else f"{price:.2f} €".replace(".", ",")
