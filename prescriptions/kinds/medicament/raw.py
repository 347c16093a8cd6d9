"""The shape of what is typed in a medicine line: whatever comes in, from the screen or from a machine, leaves in this shape.

Values stay as typed (reading them is content.py's work); only characters no database or document can carry are dropped.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from prescriptions.kinds.form import MAX_TEXT, text_of
from prescriptions.kinds.medicament import answers
from prescriptions.kinds.medicament.drug import Drug
from prescriptions.kinds.medicament.medication import Regime

MAX_SHORT = 20
MAX_STEPS = 12
MAX_HOURS = 24
"""One more than these limits is kept, so that the reading refuses it: nothing prescribed is dropped in silence."""
_SHORT = ("cis", "cip13", "regime", "starts_on", "duration_days", "renewals", "boxes", "ns_reason")
_LONG = (
    "unit", "route", "precision", "ns_detail", "comment", "free_label", "pharmacy", "single_dispensing",
    *answers.TYPED,
)  # fmt: skip
_FLAGS = (
    "ald",
    "non_substitutable",
    "atmp",
    "prevention",
    "non_reimbursable",
    "off_label",
    "exception",
    *answers.TICKED,
)
_STEP = ("matin", "midi", "soir", "coucher", "rhythm", "every_n", "days")
_NEEDED = ("dose", "indication", "min_interval_hours", "max_per_24h")

SAMPLE: dict[str, Any] = {"phases": [{"hours": [{}], "weekdays": ["MO"]}]}
"""A content with one element in each of its lists."""
HINTS: Mapping[str, str] = MappingProxyType(
    {
        "cis": "code CIS de la spécialité ; vide pour une préparation",
        "free_label": "la préparation en toutes lettres, quand il n’y a pas de code CIS",
        "cip13": "boîte choisie ; vide : au choix du pharmacien",
        "unit": "unité de prise : comprimé, goutte, mL…",
        "route": "voie d’administration",
        "regime": ", ".join(Regime),
        "phases": "paliers de la posologie, dans l’ordre",
        **dict.fromkeys(("matin", "midi", "soir", "coucher"), "dose prise à ce moment : 1, 0,5, 1/2"),
        "hours": "prises à heure fixe",
        "at": "HH:MM",
        "rhythm": "DAILY, EVERY_N, WEEKDAYS",
        "every_n": "tous les N jours, quand le rythme est EVERY_N",
        "weekdays": "MO, TU, WE, TH, FR, SA, SU, quand le rythme est WEEKDAYS",
        "days": "durée du palier, en jours",
        "as_needed": "limites d’un « si besoin » : dose, indication, intervalle en heures, maximum par 24 h",
        "starts_on": "AAAA-MM-JJ",
        "duration_days": "jours",
        "renewals": "nombre de renouvellements",
        "boxes": "nombre de boîtes ; vide : calculé",
        "ns_reason": "motif de la non-substitution : MTE ou CIF",
    }
)


def suggest(drug: Drug, *, today: date | None = None) -> dict[str, Any]:
    """Return the raw content of a new line: what can be proposed for this medicine, nothing that must be
    decided.
    """
    moments = {"matin": "", "midi": "", "soir": "", "coucher": ""}
    return {
        "cis": drug.cis,
        "cip13": "",
        "unit": drug.intake_unit,
        "route": drug.routes[0] if drug.routes else "",
        "regime": Regime.CONTINU.value,
        "phases": [{**moments, "hours": [], "rhythm": "DAILY", "every_n": "", "weekdays": [], "days": ""}],
        "as_needed": {"dose": "", "indication": "", "min_interval_hours": "", "max_per_24h": ""},
        "precision": "",
        "starts_on": (today or timezone.localdate()).isoformat(),
        "duration_days": "",
        "renewals": "0",
        "boxes": "",
        "ald": False,
        "non_substitutable": False,
        "ns_reason": "",
        "ns_detail": "",
        "comment": "",
        "free_label": "" if drug.cis else drug.label,
        "atmp": False,
        "prevention": False,
        "non_reimbursable": not _is_reimbursed(drug),
        "off_label": False,
        "exception": False,
        "pharmacy": "",
        "single_dispensing": "",
        **dict.fromkeys(answers.TYPED, ""),
        **dict.fromkeys(answers.TICKED, False),
    }


def _is_reimbursed(drug: Drug) -> bool:
    """Tell whether a marketed box is reimbursed. A preparation may be: the prescriber says when it is not."""
    boxes = [box for box in drug.presentations if box.marketed]
    return not boxes or any(box.reimbursement_rate for box in boxes)


def normalised(raw: object) -> dict[str, Any]:
    """Return `raw` in the shape of the form: every field present, strings where strings are, lists of bounded length."""
    given = _mapping(raw)
    needed = _mapping(given.get("as_needed"))
    return {
        **{name: _text(given.get(name), MAX_SHORT) for name in _SHORT},
        **{name: _text(given.get(name), MAX_TEXT) for name in _LONG},
        **{name: given.get(name) is True for name in _FLAGS},
        "free_label": " ".join(_text(given.get("free_label"), MAX_TEXT).split()),
        "phases": [_step(step) for step in _list(given.get("phases"), MAX_STEPS + 1)],
        "as_needed": {
            name: _text(needed.get(name), MAX_TEXT if name == "indication" else MAX_SHORT) for name in _NEEDED
        },
    }


def _step(raw: object) -> dict[str, Any]:
    given = _mapping(raw)
    hours = [_mapping(hour) for hour in _list(given.get("hours"), MAX_HOURS + 1)]
    return {
        **{name: _text(given.get(name), MAX_SHORT) for name in _STEP},
        "hours": [{name: _text(hour.get(name), MAX_SHORT) for name in ("at", "dose")} for hour in hours],
        "weekdays": [_text(day, 2) for day in _list(given.get("weekdays"), 7)],
    }


def _mapping(raw: object) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}


def _list(raw: object, most: int) -> list[Any]:
    return raw[:most] if isinstance(raw, list) else []


def _text(raw: object, most: int) -> str:
    """The ends of line stay as typed; the reading makes them spaces."""
    return text_of(raw, most, keeps="\n")
