"""Structured posology (rule A30): enough to compute every intake of every past and future day.

A posology is one or several phases (a taper has several), each with its intakes and its rhythm; or a dose
taken if needed, within its limits (rule A32). Values are exact decimals; nothing here is text to be parsed
again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Moment(StrEnum):
    """The four moments of the day in the house; values are the keys of the form and of the wire."""

    MATIN = "matin"
    MIDI = "midi"
    SOIR = "soir"
    COUCHER = "coucher"


class RhythmKind(StrEnum):
    """On which days of a phase the intakes happen."""

    DAILY = "DAILY"
    EVERY_N = "EVERY_N"
    WEEKDAYS = "WEEKDAYS"


class Weekday(StrEnum):
    """ISO week days, as FHIR and the form write them."""

    MO = "MO"
    TU = "TU"
    WE = "WE"
    TH = "TH"
    FR = "FR"
    SA = "SA"
    SU = "SU"

    @property
    def iso(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return list(Weekday).index(self) + 1


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every day; every `every_n` days counted from the first day of the phase; or on given week days."""

    kind: RhythmKind = RhythmKind.DAILY
    every_n: int = 1
    weekdays: tuple[Weekday, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {
            "kind": self.kind.value,
            "every_n": self.every_n,
            "weekdays": [day.value for day in self.weekdays],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Rhythm:
        """Read what `to_json` wrote."""
        return cls(RhythmKind(data["kind"]), data["every_n"], tuple(Weekday(day) for day in data["weekdays"]))


@dataclass(frozen=True, slots=True)
class Intake:
    """One intake: at a moment of the day or at a precise time (Europe/Paris), how many units."""

    at: Moment | time
    dose: Decimal

    def to_json(self) -> dict[str, str]:
        """Return plain JSON; a time is written HH:MM."""
        at = self.at.value if isinstance(self.at, Moment) else f"{self.at:%H:%M}"
        return {"at": at, "dose": str(self.dose)}

    @classmethod
    def from_json(cls, data: dict[str, str]) -> Intake:
        """Read what `to_json` wrote."""
        at = data["at"]
        return cls(time.fromisoformat(at) if ":" in at else Moment(at), Decimal(data["dose"]))


_USUAL_HOUR = {Moment.MATIN: time(8), Moment.MIDI: time(12), Moment.SOIR: time(19), Moment.COUCHER: time(22)}
"""Only to put hours and moments of one day in order; the real hours are the house's."""


def in_the_day(intake: Intake) -> tuple[time, bool]:
    """Order the intakes of a day: moments at their usual hour, hours as they are."""
    if isinstance(intake.at, Moment):
        return _USUAL_HOUR[intake.at], False
    return intake.at, True


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of treatment with one rhythm. `days` is None for a last phase that runs to the end of the
    line.
    """

    intakes: tuple[Intake, ...]
    rhythm: Rhythm = Rhythm()
    days: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {
            "intakes": [i.to_json() for i in self.intakes],
            "rhythm": self.rhythm.to_json(),
            "days": self.days,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Phase:
        """Read what `to_json` wrote."""
        return cls(
            tuple(Intake.from_json(i) for i in data["intakes"]),
            Rhythm.from_json(data["rhythm"]),
            data["days"],
        )


@dataclass(frozen=True, slots=True)
class AsNeeded:
    """A dose taken if needed: for what, how long apart (hours), how much at most per 24 h (rule A32)."""

    dose: Decimal
    indication: str
    min_interval_hours: Decimal
    max_per_24h: Decimal

    def to_json(self) -> dict[str, str]:
        """Return plain JSON."""
        return {
            "dose": str(self.dose),
            "indication": self.indication,
            "min_interval_hours": str(self.min_interval_hours),
            "max_per_24h": str(self.max_per_24h),
        }

    @classmethod
    def from_json(cls, data: dict[str, str]) -> AsNeeded:
        """Read what `to_json` wrote."""
        hours, most = Decimal(data["min_interval_hours"]), Decimal(data["max_per_24h"])
        return cls(Decimal(data["dose"]), data["indication"], hours, most)


@dataclass(frozen=True, slots=True)
class Posology:
    """How a medicine is taken. Either phases, or `as_needed`."""

    unit: str
    route: str
    phases: tuple[Phase, ...] = ()
    as_needed: AsNeeded | None = None
    precision: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON, without loss."""
        return {
            "unit": self.unit,
            "route": self.route,
            "phases": [phase.to_json() for phase in self.phases],
            "as_needed": self.as_needed.to_json() if self.as_needed else None,
            "precision": self.precision,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Posology:
        """Read what `to_json` wrote."""
        return cls(
            unit=data["unit"],
            route=data["route"],
            phases=tuple(Phase.from_json(phase) for phase in data["phases"]),
            as_needed=AsNeeded.from_json(data["as_needed"]) if data["as_needed"] else None,
            precision=data["precision"],
        )
