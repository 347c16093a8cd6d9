"""The posology as a French sentence, the way a physician writes it. It follows the structure, never the
reverse.

Nothing is left to the reader to distribute: when doses differ, each moment has its own; each step of a taper
repeats its unit.
"""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal

from prescriptions.kinds.medicament.posology import (
    AsNeeded,
    Intake,
    Moment,
    Phase,
    Posology,
    Rhythm,
    RhythmKind,
    Weekday,
    in_the_day,
)
from prescriptions.kinds.medicament.units import number, quantity
from prescriptions.kinds.wording import days

_ALONE = {
    Moment.MATIN: "le matin",
    Moment.MIDI: "à midi",
    Moment.SOIR: "le soir",
    Moment.COUCHER: "au coucher",
}
_TOGETHER = {Moment.MATIN: "matin", Moment.MIDI: "midi", Moment.SOIR: "soir", Moment.COUCHER: "au coucher"}
_WEEKDAYS = dict(
    zip(Weekday, ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"), strict=True)
)
_AFTER_IF = re.compile(r"^(si|en cas d|pour|lors d|avant|après|devant)\b", re.IGNORECASE)
_BEFORE_VOWEL = re.compile(r"^s['’]", re.IGNORECASE)


def sentence(
    posology: Posology, duration_days: int | None = None, *, renewals: int = 0, single: bool = False
) -> str:
    """Return the whole sentence, with its full stop.

    The duration of the line closes it (rule A31: a field of its own); in a taper it gives the last step its
    days, renewals included. `single`: one intake in all, said instead of a duration.
    """
    ending = "en prise unique" if single else f"pendant {days(duration_days)}" if duration_days else ""
    precision = posology.precision.strip(" .,;")
    if posology.as_needed is not None:
        parts = [_as_needed(posology.as_needed, posology.unit), precision, ending]
    elif len(posology.phases) > 1:
        parts = [_taper(posology, duration_days and duration_days * (renewals + 1)), precision]
    else:
        # A single step bounded by itself says its days once, as the line does.
        own = (
            f"pendant {days(posology.phases[0].days)}" if posology.phases and posology.phases[0].days else ""
        )
        parts = [
            ", ".join(_phase(phase, posology.unit) for phase in posology.phases),
            precision,
            ending or own,
        ]
    return ", ".join(part for part in parts if part) + "."


def hour(clock: time) -> str:
    """Write a time of day: « 8 h », « 20 h 30 »."""
    return f"{clock.hour} h {clock.minute:02d}" if clock.minute else f"{clock.hour} h"


def enumeration(words: list[str]) -> str:
    """Join words the French way: « a », « a et b », « a, b et c »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def _taper(posology: Posology, total_days: int | None) -> str:
    steps = []
    left = total_days
    for phase in posology.phases:
        length = phase.days or (left if left and left > 0 else None)
        words = _phase(phase, posology.unit)
        steps.append(f"{words} pendant {days(length)}" if length else words)
        left = left - phase.days if left is not None and phase.days else left
    return ", puis ".join(steps)


def _phase(phase: Phase, unit: str) -> str:
    ordered = sorted(phase.intakes, key=in_the_day)
    if not ordered:
        return ""
    alike = len({intake.dose for intake in ordered}) == 1
    if alike and len(ordered) == 1 and phase.rhythm.kind == RhythmKind.WEEKDAYS:
        return _on_weekdays(ordered[0], phase.rhythm, unit)
    groups = [[intake.at for intake in ordered]] if alike else [[intake.at] for intake in ordered]
    doses = [ordered[0].dose] if alike else [intake.dose for intake in ordered]
    words = enumeration(
        [f"{quantity(dose, unit)} {_when(at)}" for dose, at in zip(doses, groups, strict=True)]
    )
    return words + _rhythm(phase.rhythm, several=len(ordered) > 1)


def _when(at: list[Moment | time]) -> str:
    moments = [moment for moment in at if isinstance(moment, Moment)]
    hours = [hour(clock) for clock in at if not isinstance(clock, Moment)]
    if not moments:
        return f"à {enumeration(hours)}"
    daytime = [moment for moment in moments if moment != Moment.COUCHER]
    names = _TOGETHER if len(daytime) > 1 else _ALONE
    if not hours:
        return enumeration([names[moment] for moment in moments])
    return enumeration([_ALONE[clock] if isinstance(clock, Moment) else f"à {hour(clock)}" for clock in at])


def _rhythm(rhythm: Rhythm, *, several: bool) -> str:
    if rhythm.kind == RhythmKind.EVERY_N and rhythm.every_n > 1:
        words = "un jour sur deux" if rhythm.every_n == 2 else f"tous les {rhythm.every_n} jours"
        return f", {words}" if several else f" {words}"
    if rhythm.kind == RhythmKind.WEEKDAYS and (words := _weekdays(rhythm)):
        return f", {words}"
    return ""


def _weekdays(rhythm: Rhythm) -> str:
    """« le lundi et le jeudi », « du lundi au vendredi », « tous les jours sauf le dimanche », nothing for
    the seven.
    """
    chosen = [day for day in Weekday if day in rhythm.weekdays]
    if len(chosen) == 7:
        return ""
    if len(chosen) == 6:
        missing = next(day for day in Weekday if day not in chosen)
        return f"tous les jours sauf le {_WEEKDAYS[missing]}"
    if chosen == list(Weekday)[:5]:
        return "du lundi au vendredi"
    return enumeration([f"le {_WEEKDAYS[day]}" for day in chosen])


def _on_weekdays(intake: Intake, rhythm: Rhythm, unit: str) -> str:
    """« 1 comprimé le lundi et le jeudi matin »: one moment, one or two days, said in one go."""
    dose, chosen = quantity(intake.dose, unit), [day for day in Weekday if day in rhythm.weekdays]
    if isinstance(intake.at, Moment) and intake.at != Moment.COUCHER and 1 <= len(chosen) <= 2:
        return f"{dose} {_weekdays(rhythm)} {_TOGETHER[intake.at]}"
    return f"{dose} {_when([intake.at])}{_rhythm(rhythm, several=True)}"


def _as_needed(needed: AsNeeded, unit: str) -> str:
    return (
        f"{quantity(needed.dose, unit)} {_condition(needed.indication)}, "
        f"à renouveler si besoin après {_hours(needed.min_interval_hours)}, "
        f"sans dépasser {quantity(needed.max_per_24h, unit)} par 24 heures"
    )


def _condition(indication: str) -> str:
    """« si douleur »; an indication that already says when is kept as it is."""
    text = indication.strip(" .,;")
    return text if _AFTER_IF.match(text) or _BEFORE_VOWEL.match(text) else f"si {text}"


def _hours(value: Decimal) -> str:
    return f"{number(value)} heure{'s' if value >= 2 else ''}"
