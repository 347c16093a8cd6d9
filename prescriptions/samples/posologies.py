"""Every shape of posology the form of a medicine can produce, as it is typed: strings, fractions and commas included."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from types import MappingProxyType
from typing import Any

from prescriptions.kinds.medicament.medication import Regime
from prescriptions.kinds.medicament.posology import Moment, RhythmKind, Weekday
from prescriptions.samples import words

Step = dict[str, Any]
_MOMENTS = [moment.value for moment in Moment]
_CLOCKS = ("06:00", "08:00", "09:30", "12:00", "14:15", "18:00", "20:30", "23:00")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of a posology. `bounded`: days told by the steps, when all or all but the last tell theirs."""

    shape: str
    steps: tuple[Step, ...] = ()
    needed: Mapping[str, str] | None = None
    regime: str = ""
    bounded: int = 0
    is_open: bool = True
    """Whether the last step runs to the end of the line."""


def draw(rng: Random, unit: str) -> Typed:
    """Draw a posology of any shape, in doses of `unit`."""
    shape = rng.choice(list(SHAPES))
    return SHAPES[shape](rng, shape, words.DOSES.get(unit, words.WHOLE))


def _step(doses: Mapping[str, str], **others: Any) -> Step:
    blank = {"hours": [], "rhythm": RhythmKind.DAILY.value, "every_n": "", "weekdays": [], "days": ""}
    return {**dict.fromkeys(_MOMENTS, ""), **blank, **doses, **others}


def _at_moments(rng: Random, least: int = 1) -> list[str]:
    return rng.sample(_MOMENTS, rng.randint(least, len(_MOMENTS)))


def _hours(rng: Random, doses: tuple[str, ...]) -> list[dict[str, str]]:
    clocks = sorted(rng.sample(_CLOCKS, rng.randint(1, 4)))
    return [{"at": clock, "dose": rng.choice(doses)} for clock in clocks]


def _rhythm(rng: Random) -> Step:
    if rng.random() < 0.5:
        every = rng.choice(("2", "3", "7", "14"))
        return {"rhythm": RhythmKind.EVERY_N.value, "every_n": every}
    days = rng.sample([day.value for day in Weekday], rng.randint(1, 6))
    return {"rhythm": RhythmKind.WEEKDAYS.value, "weekdays": days}


def _same(rng: Random, shape: str, doses: tuple[str, ...]) -> Typed:
    dose = rng.choice(doses)
    return Typed(shape, (_step(dict.fromkeys(_at_moments(rng), dose)),))


def _split(rng: Random, shape: str, doses: tuple[str, ...]) -> Typed:
    return Typed(shape, (_step({moment: rng.choice(doses) for moment in _at_moments(rng, 2)}),))


def _clocked(rng: Random, shape: str, doses: tuple[str, ...]) -> Typed:
    return Typed(shape, (_step({}, hours=_hours(rng, doses)),))


def _both(rng: Random, shape: str, doses: tuple[str, ...]) -> Typed:
    step = _step({rng.choice(_MOMENTS): rng.choice(doses)}, hours=_hours(rng, doses))
    return Typed(shape, (step,))


def _every_n(rng: Random, shape: str, doses: tuple[str, ...]) -> Typed:
    every = rng.choice(("2", "3", "5", "28"))
    step = _step(
        {moment: rng.choice(doses) for moment in _at_moments(rng)},
        rhythm=RhythmKind.EVERY_N.value,
        every_n=every,
    )
    return Typed(shape, (step,))


def _weekdays(rng: Random, shape: str, doses: tuple[str, ...]) -> Typed:
    days = rng.sample([day.value for day in Weekday], rng.randint(1, 7))
    step = _step({rng.choice(_MOMENTS): rng.choice(doses)}, rhythm=RhythmKind.WEEKDAYS.value, weekdays=days)
    return Typed(shape, (step,))


def _taper(rng: Random, shape: str, doses: tuple[str, ...]) -> Typed:
    """Doses going down (or up), the last step told or running to the end of the line."""
    count = rng.randint(2, min(5, len(doses)))
    chosen = list(doses[:count] if rng.random() < 0.3 else reversed(doses[:count]))
    return _in_steps(rng, shape, [_step({rng.choice(_MOMENTS[:3]): dose}) for dose in chosen])


def _combined(rng: Random, shape: str, doses: tuple[str, ...]) -> Typed:
    """Steps that differ by everything: moments, hours, rhythm."""
    steps = []
    for _ in range(rng.randint(2, 4)):
        rhythm = _rhythm(rng) if rng.random() < 0.5 else {}
        hours = _hours(rng, doses) if rng.random() < 0.3 else []
        moments = {moment: rng.choice(doses) for moment in _at_moments(rng)}
        steps.append(_step(moments, hours=hours, **rhythm))
    return _in_steps(rng, shape, steps)


def _in_steps(rng: Random, shape: str, steps: list[Step]) -> Typed:
    lengths, is_open = [rng.choice((3, 5, 7, 14)) for _ in steps], rng.random() < 0.4
    if is_open:
        lengths[-1] = 0
    told = [step | {"days": str(length or "")} for step, length in zip(steps, lengths, strict=True)]
    return Typed(shape, tuple(told), bounded=sum(lengths), is_open=is_open)


def _needed(rng: Random, shape: str, doses: tuple[str, ...]) -> Typed:
    dose = rng.choice(doses[: max(1, len(doses) // 2)])
    needed = {
        "dose": dose,
        "indication": rng.choice(words.INDICATIONS_IF_NEEDED),
        "min_interval_hours": rng.choice(("1", "4", "6", "8", "12")),
        "max_per_24h": doses[-1],
    }
    return Typed(shape, needed=needed, regime=Regime.SI_BESOIN.value)


def _single(rng: Random, shape: str, doses: tuple[str, ...]) -> Typed:
    dose = rng.choice(doses)
    clock = [{"at": rng.choice(_CLOCKS), "dose": dose}]
    step = _step({}, hours=clock) if rng.random() < 0.3 else _step({rng.choice(_MOMENTS): dose})
    return Typed(shape, (step,), regime=Regime.DOSE_UNIQUE.value)


SHAPES: Mapping[str, Callable[[Random, str, tuple[str, ...]], Typed]] = MappingProxyType(
    {
        "normale": _same,
        "doses différentes": _split,
        "paliers": _taper,
        "paliers combinés": _combined,
        "si besoin": _needed,
        "dose unique": _single,
        "tous les N jours": _every_n,
        "jours de semaine": _weekdays,
        "heures précises": _clocked,
        "moments et heures": _both,
    }
)
"""Name in the index → how it is drawn."""
