"""From the fields of the posology to a `Posology`, or to what is missing in it (rules A30, A32, B02)."""

from __future__ import annotations

from decimal import Decimal

from prescriptions.kinds.fields import MAX_DAYS, Fields, Raw, clock_of, rows
from prescriptions.kinds.medicament.medication import Regime
from prescriptions.kinds.medicament.posology import (
    AsNeeded,
    Intake,
    Moment,
    Phase,
    Posology,
    Rhythm,
    RhythmKind,
    Weekday,
)
from prescriptions.kinds.medicament.raw import MAX_HOURS, MAX_STEPS
from prescriptions.kinds.medicament.units import spelled

_HOURS_A_DAY = Decimal(24)
_NEEDED: dict[str, str] = {
    "dose": "Donnez la dose d’une prise.",
    "min_interval_hours": "Donnez l’intervalle minimal entre deux prises, en heures.",
    "max_per_24h": "Donnez le maximum par 24 heures.",
}


def read_posology(fields: Fields, regime: Regime) -> Posology | None:
    """Read how the medicine is taken; None when a problem, noted in `fields`, forbids it."""
    before = len(fields.problems)
    unit, route = spelled(fields.text("unit", most=40)), fields.text("route", most=80)
    if not unit:
        fields.refuse("unit", "Donnez l’unité de prise : comprimé, goutte, mL…", "B02")
    if not route:
        fields.refuse("route", "Donnez la voie d’administration.", "B02")
    needed = _as_needed(fields) if regime == Regime.SI_BESOIN else None
    phases = () if regime == Regime.SI_BESOIN else _phases(fields)
    if regime == Regime.DOSE_UNIQUE:
        _check_single(fields, phases)
    if len(fields.problems) > before:
        return None
    return Posology(unit, route, phases, needed, fields.text("precision", most=200))


def _as_needed(fields: Fields) -> AsNeeded | None:
    """Rule A32: everything that makes « si besoin » safe is asked."""
    source = fields.group("as_needed")
    values: dict[str, Decimal] = {}
    for name, message in _NEEDED.items():
        path, seen = f"as_needed.{name}", len(fields.problems)
        value = fields.quantity(path, fields.text(name, source), "A32")
        if value is not None:
            values[name] = value
        elif len(fields.problems) == seen:
            fields.refuse(path, message, "A32")
    indication = fields.text("indication", source, most=200)
    if not indication.strip(" .,;"):
        fields.refuse(
            "as_needed.indication", "Si besoin de quoi ? Donnez l’indication : douleur, fièvre…", "A32"
        )
    if len(values) < len(_NEEDED) or not indication:
        return None
    return _within_limits(fields, AsNeeded(indication=indication, **values))


def _within_limits(fields: Fields, needed: AsNeeded) -> AsNeeded:
    if needed.max_per_24h < needed.dose:
        fields.refuse("as_needed.max_per_24h", "Le maximum par 24 heures est inférieur à une prise.", "A32")
    if needed.min_interval_hours > _HOURS_A_DAY * 7:
        fields.refuse(
            "as_needed.min_interval_hours", "L’intervalle se compte en heures : 168 au plus.", "A32"
        )
    return needed


def _phases(fields: Fields) -> tuple[Phase, ...]:
    steps = rows(fields.raw.get("phases"))
    if len(steps) > MAX_STEPS:
        fields.refuse("phases.0.matin", f"{MAX_STEPS} paliers au plus : faites deux lignes.", "A30")
        return ()
    if not steps:
        fields.refuse("phases.0.matin", "Donnez la posologie : combien, et quand.", "B02")
    found = [_phase(fields, step, rank, is_last=rank == len(steps) - 1) for rank, step in enumerate(steps)]
    return tuple(phase for phase in found if phase is not None)


def _phase(fields: Fields, step: Raw, rank: int, *, is_last: bool) -> Phase | None:
    path, before = f"phases.{rank}", len(fields.problems)
    intakes = (*_moments(fields, step, path), *_hours(fields, step, path))
    if not intakes and len(fields.problems) == before:
        fields.refuse(f"{path}.matin", "Donnez la dose à prendre, à un moment de la journée au moins.", "B02")
    text = fields.text("days", step)
    days = fields.whole(f"{path}.days", text, most=MAX_DAYS, unit="jours", rule="A30")
    if days == 0 or (not text and not is_last):
        fields.refuse(f"{path}.days", "Dites combien de jours dure ce palier.", "A30")
    rhythm = _rhythm(fields, step, path)
    return Phase(intakes, rhythm, days) if intakes and rhythm else None


def _moments(fields: Fields, step: Raw, path: str) -> tuple[Intake, ...]:
    doses = [(moment, fields.quantity(f"{path}.{moment}", fields.text(moment, step))) for moment in Moment]
    return tuple(Intake(moment, dose) for moment, dose in doses if dose is not None)


def _hours(fields: Fields, step: Raw, path: str) -> tuple[Intake, ...]:
    found: list[Intake] = []
    typed_hours = rows(step.get("hours"))
    if len(typed_hours) > MAX_HOURS:
        fields.refuse(f"{path}.hours.0.at", f"{MAX_HOURS} heures au plus par jour.", "A30")
        return ()
    for rank, row in enumerate(typed_hours):
        at, typed, place = fields.text("at", row), fields.text("dose", row), f"{path}.hours.{rank}"
        if not at and not typed:
            continue
        clock, seen = clock_of(at), len(fields.problems)
        dose = fields.quantity(f"{place}.dose", typed)
        if clock is None:
            fields.refuse(f"{place}.at", "Donnez l’heure de cette prise, par exemple 08:00.", "A30")
        elif dose is None and len(fields.problems) == seen:
            fields.refuse(f"{place}.dose", "Donnez la dose de cette prise, ou retirez-la.", "A30")
        elif any(intake.at == clock for intake in found):
            fields.refuse(f"{place}.at", "Deux prises à la même heure : gardez-en une.", "A30")
        elif dose is not None:
            found.append(Intake(clock, dose))
    return tuple(found)


def _rhythm(fields: Fields, step: Raw, path: str) -> Rhythm | None:
    kind = fields.text("rhythm", step) or RhythmKind.DAILY
    if kind == RhythmKind.EVERY_N:
        return _every_n(fields, step, path)
    if kind == RhythmKind.WEEKDAYS:
        return _weekdays(fields, step, path)
    if kind != RhythmKind.DAILY:
        fields.refuse(
            f"{path}.rhythm",
            "Choisissez le rythme : tous les jours, tous les N jours, certains jours.",
            "A30",
        )
    return Rhythm()


def _every_n(fields: Fields, step: Raw, path: str) -> Rhythm | None:
    text, place = fields.text("every_n", step), f"{path}.every_n"
    every = fields.whole(place, text, most=MAX_DAYS, unit="jours", rule="A30")
    if not text or (every is not None and every < 2):
        fields.refuse(place, "Tous les combien de jours ? Deux au moins.", "A30")
    return Rhythm(RhythmKind.EVERY_N, every) if every and every > 1 else None


def _weekdays(fields: Fields, step: Raw, path: str) -> Rhythm | None:
    given = step.get("weekdays")
    chosen = tuple(day for day in Weekday if isinstance(given, list) and day.value in given)
    if not chosen:
        fields.refuse(f"{path}.weekdays", "Cochez au moins un jour de la semaine.", "A30")
    return Rhythm(RhythmKind.WEEKDAYS, 1, chosen) if chosen else None


def _check_single(fields: Fields, phases: tuple[Phase, ...]) -> None:
    """A single dose is one intake, once."""
    intakes = sum(len(phase.intakes) for phase in phases)
    if len(phases) > 1 or intakes > 1 or any(phase.rhythm.kind != RhythmKind.DAILY for phase in phases):
        fields.refuse("phases.0.matin", "Une dose unique se prend une fois : gardez une seule prise.", "A32")
