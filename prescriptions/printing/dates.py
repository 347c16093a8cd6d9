"""Dates as the ordonnance writes them: the year is always there, whatever the year of printing."""

from datetime import date

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
    "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def long_date(day: date) -> str:
    """« 1er décembre 2026 », « 23 novembre 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """« 23/11/2026 »."""
    return f"{day:%d/%m/%Y}"
