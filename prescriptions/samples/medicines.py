"""A line of medicine as it is typed in its own form: posology, duration or boxes, renewals, substitution, flags."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from prescriptions.kinds.form import Content
from prescriptions.kinds.medicament.drug import Drug
from prescriptions.kinds.medicament.medication import Regime
from prescriptions.kinds.order import Paper
from prescriptions.samples import posologies, words
from prescriptions.samples.fields import flags, later, written

LONG = (
    ("7", "0"),
    ("10", "0"),
    ("14", "1"),
    ("28", "0"),
    ("28", "5"),
    ("28", "12"),
    ("30", "2"),
    ("90", "3"),
    ("365", "0"),
)
"""Days and renewals."""  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """A content, and the name of the shape its posology has."""

    raw: Content
    shape: str


def fill(rng: Random, content: Content, drug: Drug, day: date, paper: Paper) -> Filled:
    """Type a whole line over what was proposed for `drug`, on an ordonnance dated `day`."""
    unit, routes = content["unit"] or "dose", tuple(drug.routes) or ("orale",)
    typed = posologies.draw(rng, unit)
    starts_on = later(rng, day)
    raw = content | {
        "unit": unit,
        "route": content["route"] if content["route"] and rng.random() < 0.8 else rng.choice(routes),
        "regime": typed.regime or rng.choice((Regime.CONTINU.value, Regime.PONCTUEL.value)),
        "phases": list(typed.steps) or content["phases"],
        "as_needed": dict(typed.needed) if typed.needed else content["as_needed"],
        "precision": written(rng, "precision", 0.2),
        "starts_on": starts_on.isoformat(),
        "cip13": _box(rng, drug),
        "comment": written(rng, "comment", 0.25),
        "pharmacy": words.PHARMACIES[day.day % 2],
        "single_dispensing": rng.choice(("", "", rng.choice(words.WHOLE_DISPENSING))),
        "exception": paper is Paper.EXCEPTION,
        "off_label": rng.random() < 0.1,
        **flags(rng, content),
        **_lasting(rng, typed),
        **_substitution(rng),
    }
    return Filled(raw, f"{typed.shape}, début différé" if starts_on != day else typed.shape)


def _box(rng: Random, drug: Drug) -> str:
    marketed = [box.cip13 for box in drug.presentations if box.marketed]
    return rng.choice(marketed) if marketed and rng.random() < 0.4 else ""


def _lasting(rng: Random, typed: posologies.Typed) -> dict[str, str]:
    """Days, renewals and boxes, as each shape wants them."""
    boxes = rng.choice(("", "", "1", "2", "6"))
    if typed.regime == Regime.DOSE_UNIQUE or (typed.bounded and not typed.is_open):
        return {"duration_days": "", "renewals": "0", "boxes": boxes}
    if typed.bounded:
        whole = typed.bounded + rng.choice((7, 14, 28))
        return {"duration_days": str(whole), "renewals": rng.choice(("0", "2")), "boxes": boxes}
    days, renewals = rng.choice(LONG)
    if typed.regime != Regime.SI_BESOIN and rng.random() < 0.25:
        return {"duration_days": "", "renewals": rng.choice(("0", "1", "3")), "boxes": boxes or "3"}
    return {"duration_days": days, "renewals": renewals, "boxes": boxes}


def _substitution(rng: Random) -> dict[str, Any]:
    """Rule B30. MTE goes alone for the medicines of its list, and with words for the others."""
    if rng.random() > 0.2:
        return {}
    reason = rng.choice(("MTE", "CIF"))
    details = words.EXCIPIENTS if reason == "CIF" else ("", *words.NARROW_MARGIN_DETAILS)
    return {"non_substitutable": True, "ns_reason": reason, "ns_detail": rng.choice(details)}
