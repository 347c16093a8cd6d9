"""Whether the speciality of a prescriber is among those a label names. The correspondence of names is ours (hypothèse)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from prescriptions.referentials.words import fold
from prescriptions.safety.case import Prescriber

SPECIALITY_CODES: dict[str, str] = {
    "01": "medecine generale",
    "03": "cardiologie",
    "05": "dermatologie",
    "07": "gynecologie obstetrique",
    "08": "gastro-enterologie hepatologie",
    "09": "medecine interne",
    "10": "neurochirurgie",
    "11": "oto-rhino-laryngologie",
    "12": "pediatrie",
    "13": "pneumologie",
    "14": "rhumatologie",
    "15": "ophtalmologie",
    "16": "urologie",
    "17": "neuropsychiatrie neurologie psychiatrie",
    "22": "medecine generale",
    "23": "medecine generale",
    "31": "medecine physique",
    "32": "neurologie",
    "33": "psychiatrie",
    "34": "geriatrie gerontologie",
    "35": "nephrologie",
    "42": "endocrinologie diabetologie",
    "70": "gynecologie medicale",
    "71": "hematologie",
    "73": "oncologie cancerologie",
    "74": "oncologie radiotherapie cancerologie",
    "75": "psychiatrie",
    "77": "obstetrique",
    "79": "gynecologie",
}
"""AMO codes of specialities → words of the labels. Source: table of specialities of the Assurance Maladie, our reading."""

_SILENT = frozenset(
    [
        "medecin",
        "medecins",
        "medecine",
        "generale",
        "specialiste",
        "specialistes",
        "service",
        "services",
        "competent",
        "competents",
        "chirurgie",
        "maladie",
        "maladies",
        "titulaires",
        "titulaire",
        "exercant",
        "autorises",
        "unites",
        "soins",
        "centre",
        "centres",
        "qualifie",
        "qualifies",
        "dans",
        "etablissement",
        "prescription",
        "reservee",
        "medicale",
        "physique",
        "capacite",
        "formation",
        "specialisee",
    ]
)
_STEM = 6


def may_sign(prescriber: Prescriber, wanted: Iterable[str]) -> bool | None:
    """Tell whether one of the `wanted` specialities is the prescriber's; None when theirs is unknown."""
    own = " ".join((prescriber.speciality, *prescriber.skills)).strip()
    if not own:
        return None
    code = re.match(r"\d{2}\b", own)
    known = SPECIALITY_CODES.get(code[0]) if code else None
    stems = _stems(f"{own} {known or ''}")
    return any(stems & _stems(label) for label in wanted)


@lru_cache(maxsize=1024)
def _stems(text: str) -> frozenset[str]:
    """« cardiologue » and « CARDIOLOGIE » have one stem; words that name no speciality have none."""
    words = re.findall(r"[a-z]{4,}", fold(text))
    return frozenset(word[:_STEM] for word in words if word not in _SILENT)
