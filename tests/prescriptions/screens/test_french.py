"""Dates, hours and numbers as a French reader expects them."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from prescriptions.templatetags import french

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 10, 41, tzinfo=PARIS))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 11, 23), "23 nov."), (date(2026, 12, 1), "1er déc."), (date(2027, 1, 3), "3 janv. 2027")],
)
def test_table_dates_say_the_year_only_when_it_is_another(day, expected):
    assert plain(french.short_day(day)) == expected


def test_a_chosen_day_carries_its_weekday():
    assert plain(french.weekday(date(2026, 11, 23))) == "lun. 23 nov."


def test_today_is_told_by_its_hour():
    assert plain(french.moment(datetime(2026, 11, 23, 8, 5, tzinfo=PARIS))) == "8 h 05"
    assert plain(french.moment(datetime(2026, 11, 20, 8, 5, tzinfo=PARIS))) == "ven. 20 nov. à 8 h 05"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Decimal("58.4"), "58,4"), (Decimal("1000"), "1 000"), (Decimal("58.0"), "58"), ("", "")],
)
def test_numbers(value, expected):
    assert plain(french.number(value)) == expected


def test_nothing_to_say_says_nothing():
    assert (french.short_day(None), french.hour(None), french.moment(None)) == ("", "", "")
