"""What the prescriber answers to the law about one medicine: reasons, dates and conditions of use (rules B14–B17, B40–B42).

A field is asked on the screen when a check wants it; whatever was answered is kept, and printed where the law wants it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from prescriptions.kinds.fields import Fields

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Everything optional: most medicines need none of it."""

    overlap_reason: str = ""
    """Why a period already covered is prescribed again (CSP R5132-33; rule B17)."""
    indication: str = ""
    """Of an antibiotic, kept for the care team (rule B42)."""
    reassess_on: date | None = None
    """Planned reassessment of an antibiotic (rule B42)."""
    initial_by: str = ""
    """Establishment and service, or specialist, of the initial prescription (CSP R5132-3, 1° and 4°; rules B04, B40)."""
    initial_on: date | None = None
    exam_on: date | None = None
    """Date of the exam or attestation the ordonnance must carry (rule B41)."""
    pump: bool = False
    """Given by an active infusion system: 28 days instead of 7 (rule B14)."""
    crush: bool = False
    """To be crushed or opened before it is taken (rule B127)."""

    @property
    def mentions(self) -> tuple[str, ...]:
        """What is printed under the line, and sent."""
        initial = f" le {self.initial_on:%d/%m/%Y}" if self.initial_on else ""
        found = (
            f"Chevauchement autorisé : {self.overlap_reason}." if self.overlap_reason else "",
            f"Prescription initiale : {self.initial_by}{initial}." if self.initial_by or initial else "",
            f"Examen ou attestation du {self.exam_on:%d/%m/%Y}." if self.exam_on else "",
            "Administration par système actif de perfusion." if self.pump else "",
            "À écraser ou à ouvrir avant la prise." if self.crush else "",
        )
        return tuple(mention for mention in found if mention)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {
            **{name: getattr(self, name) for name in (*_TEXTS, *_TICKS)},
            **{name: day.isoformat() if (day := getattr(self, name)) else None for name in _DAYS},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Answers:
        """Read what `to_json` wrote."""
        days: dict[str, Any] = {
            name: date.fromisoformat(data[name]) if data.get(name) else None for name in _DAYS
        }
        return cls(**{name: data[name] for name in (*_TEXTS, *_TICKS) if name in data}, **days)


NO_ANSWER = Answers()
_TEXTS = ("overlap_reason", "indication", "initial_by")
_DAYS = ("reassess_on", "initial_on", "exam_on")
_TICKS = ("pump", "crush")
TYPED = (*_TEXTS, *_DAYS)
TICKED = _TICKS


def read_answers(fields: Fields) -> Answers:
    """Read what was answered; an empty field is no answer, an unreadable date is a problem."""
    texts: dict[str, Any] = {name: fields.short(name, LONGEST_REASON, "B17") for name in _TEXTS}
    days: dict[str, Any] = {
        name: fields.day(name, "Donnez cette date, ou videz le champ.") if fields.text(name) else None
        for name in _DAYS
    }
    ticks: dict[str, Any] = {name: fields.ticked(name) for name in _TICKS}
    return Answers(**texts, **days, **ticks)
