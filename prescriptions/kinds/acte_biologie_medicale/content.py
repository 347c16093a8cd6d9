"""Reading what was typed for an examination: complete, or what is missing, in French."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from prescriptions.kinds.acte_biologie_medicale.exam import Exam
from prescriptions.kinds.fields import MAX_DAYS, Fields, Problem
from prescriptions.kinds.form import COMMENT, FLAG_FIELDS, Content, Field, Widget, normalised
from prescriptions.kinds.order import FLAGS
from prescriptions.kinds.reading import Reading

RHYTHMS = (
    ("", "Une seule fois"),
    ("1", "Tous les jours"),
    ("2", "Tous les 2 jours"),
    ("3", "Tous les 3 jours"),
    ("7", "Toutes les semaines"),
    ("14", "Toutes les 2 semaines"),
    ("28", "Toutes les 4 semaines"),
    ("91", "Tous les 3 mois"),
    ("182", "Tous les 6 mois"),
)
HIDDEN = ("code", "label")
FIELDS = (
    Field("starts_on", "Date souhaitée", Widget.DATE),
    Field("every_days", "Rythme", Widget.CHOICE, choices=RHYTHMS),
    Field("occurrences", "En tout", Widget.NUMBER, unit="fois"),
    Field("fasting", "À jeun", Widget.TICK),
    Field("urgent", "Urgent", Widget.TICK),
    FLAG_FIELDS[0],
    Field(
        "context", "Contexte clinique", width=9, placeholder="traitement surveillé, signe, diagnostic évoqué"
    ),
    Field("at_home", "Prélèvement au lieu de vie", Widget.TICK),
    *FLAG_FIELDS[1:],
    COMMENT,
)
_TICKS = ("fasting", "urgent", "at_home", *FLAGS)


def blank(code: str, label: str, *, fasting: bool = False) -> Content:
    """Return the content of a new line."""
    day = timezone.localdate().isoformat()
    proposed = {
        "code": code,
        "label": label,
        "starts_on": day,
        "fasting": fasting,
        "at_home": True,
    }
    return normalised(FIELDS, HIDDEN, proposed)


def read(
    raw: Mapping[str, Any],
    code: str,
    label: str,
    today: date | None,
    *,
    active: bool = True,
    release: str = "",
) -> Reading[Exam]:
    """Read `raw` for the act `code` (empty: free text). Never raises."""
    fields = Fields(raw)
    starts_on = fields.day("starts_on", "Donnez la date souhaitée.")
    every = fields.count("every_days", most=MAX_DAYS, unit="jours", rule="B60")
    times = fields.count("occurrences", most=MAX_DAYS, unit="fois", rule="B60")
    _check_rhythm(fields, every, times)
    exam = Exam(
        code=code,
        label=label,
        starts_on=starts_on or timezone.localdate(),
        every_days=every,
        occurrences=times if every else None,
        context=fields.text("context"),
        comment=fields.text("comment"),
        release=release,
        **{name: fields.ticked(name) for name in _TICKS},
    )
    warnings = _warnings(exam, today, active)
    return Reading(None if fields.problems else exam, tuple(fields.problems), warnings, exam.sentence)


def _check_rhythm(fields: Fields, every: int | None, times: int | None) -> None:
    """Something that comes back needs its number of times, within the twelve months of an ordonnance."""
    refused = {problem.field for problem in fields.problems}
    if every and not times and "occurrences" not in refused:
        fields.refuse("occurrences", "Dites combien de fois en tout.", "B60")
    if every and times and every * (times - 1) > MAX_DAYS:
        fields.refuse("occurrences", "Cela dépasse douze mois : réduisez le nombre de fois.", "B60")
    if times and times > 1 and not every and "every_days" not in refused:
        fields.refuse(
            "every_days", "Choisissez le rythme, ou laissez le nombre vide pour une seule fois.", "B60"
        )


def _warnings(exam: Exam, today: date | None, active: bool) -> tuple[Problem, ...]:
    found = []
    if not active:
        found.append(
            Problem("", "Cet acte est sorti de la nomenclature chargée : vérifiez sa prise en charge.", "B60")
        )
    if today is not None and exam.starts_on < today:
        found.append(
            Problem("starts_on", f"La date souhaitée ({exam.starts_on:%d/%m/%Y}) est passée.", "A31")
        )
    return tuple(found)
