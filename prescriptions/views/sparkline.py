"""A year of one measure as a small curve: points of an SVG polyline, and the same thing in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from prescriptions.templatetags.french import number, short_day
from residents.clinical import is_stale
from residents.models import Measure

YEAR = timedelta(days=365)
WIDTH, HEIGHT, EDGE = 136, 22, 4
"""Pixels of the drawing area; `EDGE` keeps the last dot whole."""

_SHOWN: tuple[tuple[str, str, str], ...] = (
    (Measure.Kind.WEIGHT, "Poids", "kg"),
    (Measure.Kind.CREATININE, "Créatinine", "µmol/L"),
)


@dataclass(frozen=True)
class Curve:
    """What is drawn and said of one measure."""

    label: str
    unit: str
    value: Decimal
    on: date
    stale: bool
    change: str
    points: str
    last_x: str
    last_y: str
    words: str


def curves(measures: Iterable[Measure], today: date) -> list[Curve]:
    """Return the curves of the measures of the last year, in a fixed order; none for what was not measured."""
    recent = [m for m in measures if today - m.measured_on <= YEAR]
    found = []
    for kind, label, unit in _SHOWN:
        series = sorted((m for m in recent if m.kind == kind), key=lambda m: (m.measured_on, m.pk))
        if series:
            found.append(_curve(series, label, unit, today))
    return found


def _curve(series: Sequence[Measure], label: str, unit: str, today: date) -> Curve:
    first, last = series[0], series[-1]
    dots = [(_x(m.measured_on, today), _y(m.value, series)) for m in series]
    change = _change(first, last, unit)
    said = f"{label} : {number(last.value)} {unit} le {short_day(last.measured_on)}"
    return Curve(
        label=label,
        unit=unit,
        value=last.value,
        on=last.measured_on,
        stale=is_stale(last.kind, last.measured_on, today),
        change=change,
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in dots),
        last_x=f"{dots[-1][0]:.1f}",
        last_y=f"{dots[-1][1]:.1f}",
        words=f"{said}, {change} depuis le {short_day(first.measured_on)}" if change else said,
    )


def _x(day: date, today: date) -> float:
    return EDGE + WIDTH * (1 - (today - day) / YEAR)


def _y(value: Decimal, series: Sequence[Measure]) -> float:
    low, high = min(m.value for m in series), max(m.value for m in series)
    share = float((value - low) / (high - low)) if high > low else 0.5
    return EDGE + HEIGHT * (1 - share)


def _change(first: Measure, last: Measure, unit: str) -> str:
    moved = last.value - first.value
    if first.pk == last.pk or not moved:
        return ""
    return f"{'+' if moved > 0 else '−'}{number(abs(moved))}\u00a0{unit}"
