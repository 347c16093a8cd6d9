"""Dates, hours and numbers in French: « lun. 23 nov. », « 10 h 41 », the year only when it is not this one."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone

register = template.Library()

NBSP = "\u00a0"
_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
_SHORT_MONTHS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def _local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _dated(day: date, months: tuple[str, ...]) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    year = "" if day.year == timezone.localdate().year else f"{NBSP}{day.year}"
    return f"{number}{NBSP}{months[day.month - 1]}{year}"


@register.filter
def short_day(value: date | datetime | None) -> str:
    """« 23 nov. », « 1er déc. », « 3 janv. 2027 »: for tables, where the weekday is noise."""
    return _dated(_local_day(value), _SHORT_MONTHS) if value else ""


@register.filter
def weekday(value: date | datetime | None) -> str:
    """« lun. 23 nov. »: where a day is chosen or told."""
    if not value:
        return ""
    day = _local_day(value)
    return f"{_DAYS[day.weekday()]}{NBSP}{_dated(day, _SHORT_MONTHS)}"


@register.filter
def long_day(value: date | datetime | None) -> str:
    """« 23 novembre »: in titles and sentences."""
    return _dated(_local_day(value), _MONTHS) if value else ""


@register.filter
def hour(value: datetime | None) -> str:
    """« 10 h 41 », local time."""
    return timezone.localtime(value).strftime(f"%-H{NBSP}h{NBSP}%M") if value else ""


@register.filter
def precise_hour(value: datetime | None) -> str:
    """« 10 h 36 min 12 s », local time: for proofs."""
    if not value:
        return ""
    return timezone.localtime(value).strftime(f"%-H{NBSP}h{NBSP}%M{NBSP}min{NBSP}%S{NBSP}s")


@register.filter
def moment(value: datetime | None) -> str:
    """The hour alone when it is today, the day with it otherwise: « 10 h 41 », « ven. 20 nov. à 10 h 41 »."""
    if not value:
        return ""
    same_day = timezone.localdate(value) == timezone.localdate()
    return hour(value) if same_day else f"{weekday(value)} à {hour(value)}"


@register.filter
def number(value: Decimal | float | int | str | None) -> str:
    """A number with a decimal comma, thousands apart, without idle zeros: « 58,4 », « 1 000 »."""
    if value is None or value == "":
        return ""
    plain = f"{Decimal(str(value)):,f}".replace(",", NBSP).replace(".", ",")
    return plain.rstrip("0").rstrip(",") if "," in plain else plain


@register.filter
def euros(value: Decimal | None) -> str:
    """« 3,10 € », cents always."""
    return f"{value:,.2f}".replace(",", NBSP).replace(".", ",") + f"{NBSP}€" if value is not None else ""


@register.filter
def ordinal(value: int) -> str:
    """« 1re », « 2e »: attempts are feminine."""
    return "1re" if value == 1 else f"{value}e"


@register.filter
def plural(value: int, mark: str = "s") -> str:
    """The mark of the plural, which in French begins at two."""
    return mark if value >= 2 else ""
