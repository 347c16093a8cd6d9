"""Official entries of several levels whose condition a line can answer: a dose, a route, a disease (rules A41, A44).

Source of the conditions: the « conduite à tenir » of each entry, ANSM thesaurus 09/2023. Reading them as figures is ours; an
entry that is not here, or whose figure is unknown, keeps all of its levels and is shown « niveau variable ».
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Figure = Literal["mg_a_week", "mg_a_day"]


@dataclass(frozen=True, slots=True)
class Band:
    """Up to `most` (included; None: beyond), these levels remain, worst first."""

    most: Decimal | None
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ByDose:
    """An entry between `substance`, by its dose, and `other` (folded beginning of the official heading)."""

    substance: str
    heading: str
    other: str
    figure: Figure
    unit: str
    bands: tuple[Band, ...]
    ulcer: bool = False
    """The worse of two levels that remain is that of a history of ulcer."""


def _bands(*steps: tuple[str | None, str]) -> tuple[Band, ...]:
    return tuple(Band(Decimal(most) if most else None, tuple(levels.split())) for most, levels in steps)


_ASPIRIN, _ASPIRIN_HEADING = "acide acetylsalicylique", "acide acetylsalicylique"
_MTX, _WEEK, _DAY = "methotrexate", "mg par semaine", "mg par jour"

BY_DOSE: tuple[ByDose, ...] = (
    ByDose(
        _MTX,
        _MTX,
        "anti-inflammatoires non steroidiens",
        "mg_a_week",
        _WEEK,
        _bands(("20", "PE"), (None, "AD")),
    ),
    ByDose(_MTX, _MTX, "trimethoprime", "mg_a_week", _WEEK, _bands(("20", "AD"), (None, "CI"))),
    ByDose(
        _MTX,
        _MTX,
        "antisecretoires inhibiteurs de la pompe",
        "mg_a_week",
        _WEEK,
        _bands(("20", "APEC"), (None, "AD")),
    ),
    ByDose(_MTX, _MTX, _ASPIRIN_HEADING, "mg_a_week", _WEEK, _bands(("20", "PE"), (None, "CI PE"))),
    ByDose(
        _ASPIRIN,
        _ASPIRIN_HEADING,
        "anti-inflammatoires non steroidiens",
        "mg_a_day",
        _DAY,
        _bands(("375", "APEC"), (None, "AD")),
    ),
    ByDose(_ASPIRIN, _ASPIRIN_HEADING, "heparines", "mg_a_day", _DAY, _bands(("375", "APEC"), (None, "AD"))),
    ByDose(
        _ASPIRIN,
        _ASPIRIN_HEADING,
        "glucocorticoides",
        "mg_a_day",
        _DAY,
        _bands(("2999", "APEC"), (None, "AD")),
    ),
    ByDose(
        _ASPIRIN,
        _ASPIRIN_HEADING,
        "anticoagulants oraux",
        "mg_a_day",
        _DAY,
        _bands(("375", "AD APEC"), ("2999", "CI AD"), (None, "CI")),
        ulcer=True,
    ),
)


@dataclass(frozen=True, slots=True)
class ByName:
    """An entry whose level depends on which substance of a class it is. `headings`: folded beginnings, in any order."""

    headings: tuple[str, str]
    names: tuple[str, ...]
    with_one: tuple[str, ...]
    """Levels when one of the two lines contains one of the names."""
    otherwise: tuple[str, ...]
    """Levels else; empty when the entry does not say."""


_LONG_QT = ("citalopram", "domperidone", "escitalopram", "hydroxyzine", "piperaquine")
_LONG_QT_CLASS = "substances susceptibles de donner des torsades"
_TOPICAL = "topiques gastro-intestinaux"
_INTEGRASE = ("raltegravir", "bictegravir", "dolutegravir", "cabotegravir")
_CI, _AD, _PE = ("CI",), ("AD",), ("PE",)

BY_NAME: tuple[ByName, ...] = (
    ByName(("medicaments sedatifs", "medicaments sedatifs"), ("oxybate",), ("CI", "AD"), ("APEC",)),
    *(
        ByName((heading, _LONG_QT_CLASS), _LONG_QT, _CI, _AD)
        for heading in (
            "neuroleptiques susceptibles",
            "hydroxychloroquine",
            "methadone",
            "arsenieux",
            "delamanid",
            "antiparasitaires susceptibles",
        )
    ),
    ByName(("torsadogenes", _LONG_QT_CLASS), _LONG_QT, _CI, ()),
    ByName(
        ("colchicine", "inhibiteurs puissants du cyp3a4"),
        ("clarithromycine", "telithromycine", "erythromycine", "josamycine"),
        _CI,
        _AD,
    ),
    ByName((_TOPICAL, "substances a absorption reduite"), _INTEGRASE, _AD, _PE),
    ByName(
        ("alphabloquants a visee urologique", "inhibiteurs de la phosphodiesterase"),
        ("doxazosine",),
        _AD,
        _PE,
    ),
    ByName(
        ("antihypertenseurs alpha-bloquants", "inhibiteurs de la phosphodiesterase"),
        ("doxazosine",),
        _AD,
        _PE,
    ),
    ByName(("anticoagulants oraux", "heparines"), ("warfarine", "fluindione", "acenocoumarol"), _PE, _CI),
)

BY_VEIN: tuple[tuple[str, str], ...] = (
    ("calcium", "digoxine"),
    ("diltiazem", "amiodarone"),
    ("verapamil", "amiodarone"),
)
"""Substance and heading: PE unless the substance is given in a vein."""
INTRAVENOUS = "intraveineuse"
