"""Renal figures and staleness: known values, limits, and properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residents.clinical import age, ckd_epi_2009, cockcroft, is_stale, months_before

days = st.dates(min_value=date(1900, 3, 1), max_value=date(2100, 1, 1))
sexes = st.sampled_from("FM")


def test_cockcroft_agrees_with_the_first_formula():
    """Cockcroft and Gault wrote (140 - age) × weight / (72 × creatinine in mg/dL), × 0.85 for a woman."""
    assert cockcroft(72, 88.4, 40, "M") == pytest.approx(100, rel=0.005)
    assert cockcroft(72, 88.4, 40, "F") == pytest.approx(85, rel=0.005)


@pytest.mark.parametrize(
    ("creatinine", "years", "sex", "expected"), [(88.4, 60, "F", 61), (88.4, 60, "M", 81), (53, 30, "F", 122)]
)
def test_ckd_epi_2009_known_values(creatinine, years, sex, expected):
    assert round(ckd_epi_2009(creatinine, years, sex)) == expected


@given(weight=st.floats(30, 150), creatinine=st.floats(20, 1000), years=st.integers(18, 120), sex=sexes)
def test_more_creatinine_is_always_less_filtration(weight, creatinine, years, sex):
    assert cockcroft(weight, creatinine * 1.1, years, sex) < cockcroft(weight, creatinine, years, sex)
    assert ckd_epi_2009(creatinine * 1.1, years, sex) < ckd_epi_2009(creatinine, years, sex)


def test_cockcroft_is_never_negative():
    assert cockcroft(50, 80, 141, "F") == 0


@given(born=days, on=days)
def test_age_changes_on_the_birthday_only(born, on):
    step = age(born, on + timedelta(days=1)) - age(born, on)
    tomorrow = on + timedelta(days=1)
    is_birthday = (tomorrow.month, tomorrow.day) == (born.month, born.day) or (
        (born.month, born.day) == (2, 29) and (tomorrow.month, tomorrow.day) == (3, 1)
    )
    assert step == (1 if is_birthday else 0)


@given(day=days, months=st.integers(0, 36))
def test_months_before_keeps_the_day_or_the_last_of_the_month(day, months):
    earlier = months_before(day, months)
    assert (day.year * 12 + day.month) - (earlier.year * 12 + earlier.month) == months
    assert earlier.day == day.day or (earlier + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("kind", "measured", "stale"),
    [
        ("WEIGHT", date(2026, 8, 23), False),
        ("WEIGHT", date(2026, 8, 22), True),
        ("CREATININE", date(2026, 5, 23), False),
        ("CREATININE", date(2026, 5, 22), True),
        ("HEIGHT", date(2016, 1, 1), False),
    ],
)
def test_a_measure_is_old_after_its_limit_and_not_before(kind, measured, stale):
    assert is_stale(kind, measured, date(2026, 11, 23)) is stale
