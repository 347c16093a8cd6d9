"""How old the loaded drug base is, in words (A11): an old base must be seen, never silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .models import DrugBaseRelease
from .models.release import READING

AMBER_AFTER_DAYS = 35
RED_AFTER_DAYS = 60
"""Our own thresholds (hypothèse): the base is published every month, and no text sets a limit."""


@dataclass(frozen=True, slots=True)
class BaseAge:
    """`level` for the screen, `sentence` for the reader: what it is and what to do."""

    level: Literal["ok", "amber", "red"]
    sentence: str


def current_release() -> DrugBaseRelease | None:
    """Return the loaded base, None before the first import."""
    return DrugBaseRelease.objects.filter(current=True).first()


def check_base_age(release: DrugBaseRelease | None, today: date) -> BaseAge:
    """Say whether the base may be relied on `today`; beyond red, nothing may be called checked."""
    if release is None:
        return BaseAge(
            "red",
            "Aucune base des médicaments n'est chargée : demandez à l'administrateur de lancer son import.",
        )
    if release.reading != READING:
        return BaseAge(
            "red",
            "La base des médicaments a été lue par une autre version du logiciel, les dosages des associations "
            "peuvent être mal placés : demandez à l'administrateur de relancer son import.",
        )
    days = (today - release.published_on).days
    stand = f"La base des médicaments date du {release.published_on:%d/%m/%Y} ({days} jours)"
    if days > RED_AFTER_DAYS:
        return BaseAge(
            "red",
            f"{stand} : elle est trop ancienne pour contrôler une prescription. "
            "Vérifiez les médicaments récents et demandez sa mise à jour à l'administrateur.",
        )
    if days > AMBER_AFTER_DAYS:
        return BaseAge(
            "amber", f"{stand} : une version plus récente existe sans doute, demandez sa mise à jour."
        )
    return BaseAge("ok", f"{stand} : elle est à jour.")
