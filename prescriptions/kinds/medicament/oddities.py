"""What is possible in a posology but most often a slip of the hand: told, never forbidden (rules A30, A32).

The limits are our choice (hypothèse): no text gives them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from prescriptions.kinds.fields import Problem
from prescriptions.kinds.medicament.posology import AsNeeded, Posology, RhythmKind
from prescriptions.kinds.medicament.units import quantity

PIECES = frozenset(
    {"ampoule", "capsule", "comprimé", "dispositif transdermique", "film", "flacon", "gélule", "lavement", "lyophilisat",
     "ovule", "patch", "poche", "récipient unidose", "sachet", "seringue", "stylo", "suppositoire", "unidose"}
)  # fmt: skip
"""Units counted in pieces: a hand holds a few."""
MANY_PIECES = Decimal(12)
"""At one time. Ten tablets of methotrexate or of prednisone are usual."""
_DAY = Decimal(24)


def oddities(posology: Posology, days: int | None) -> Iterator[Problem]:
    """Tell what deserves a second look. `days`: duration of the line, renewals left out."""
    needed = posology.as_needed
    doses = [(intake.dose, "phases.0.matin") for phase in posology.phases for intake in phase.intakes]
    if needed is not None:
        doses.append((needed.dose, "as_needed.dose"))
        yield from _out_of_reach(needed, posology.unit)
    most, field = max(doses, default=(Decimal(0), ""))
    if posology.unit in PIECES and most > MANY_PIECES:
        message = f"{quantity(most, posology.unit)} en une prise : vérifiez la dose et l’unité."
        yield Problem(field, message, "A30")
    for rank, phase in enumerate(posology.phases):
        every, lasting = phase.rhythm.every_n, phase.days or days
        if phase.rhythm.kind == RhythmKind.EVERY_N and lasting and every and every >= lasting:
            message = f"Tous les {every} jours pendant {lasting} jours : il n’y aura qu’une prise."
            yield Problem(f"phases.{rank}.every_n", message, "A30")


def _out_of_reach(needed: AsNeeded, unit: str) -> Iterator[Problem]:
    """A maximum that the interval forbids to reach: one of the two is wrong."""
    intakes = max((_DAY / needed.min_interval_hours).to_integral_value(ROUND_CEILING), Decimal(1))
    reached = intakes * needed.dose
    if needed.max_per_24h > reached:
        hours = f"{needed.min_interval_hours.normalize():f}".replace(".", ",")
        message = (
            f"Avec {hours} heures entre deux prises, on ne prend que {quantity(reached, unit)} par 24 heures : "
            "vérifiez l’intervalle et le maximum."
        )
        yield Problem("as_needed.max_per_24h", message, "A32")
