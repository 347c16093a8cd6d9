"""Official entries of several levels whose condition a line can answer: a dose, a route, a disease (rules A41, A44).

Source of the conditions: the « conduite à tenir » of each entry, ANSM thesaurus 09/2023. Reading them as figures is ours; an
entry that is not here, or whose figure is unknown, keeps all of its levels and is shown « niveau variable ».
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Figure = Literal["mg_a_week", "mg_a_day", "mg_an_intake"]
FIGURE_WORDS: dict[Figure, str] = {
    "mg_a_week": "mg par semaine",
    "mg_a_day": "mg par jour",
    "mg_an_intake": "mg par prise",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """What a dose must not pass; `included`: « =< 20 mg », else « >= 1 g » is already beyond."""

    figure: Figure
    value: Decimal
    included: bool

    def holds(self, dose: Decimal) -> bool:
        """Tell whether the dose is within."""
        return dose < self.value or (self.included and dose == self.value)


@dataclass(frozen=True, slots=True)
class Band:
    """Within all these limits (none: beyond), these levels remain, worst first."""

    limits: tuple[Limit, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ByDose:
    """An entry between `substance`, by its dose, and `other` (folded beginning of the official heading)."""

    substance: str
    heading: str
    other: str
    bands: tuple[Band, ...]
    ulcer: bool = False
    """The worse of two levels that remain is that of a history of ulcer."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The doses that its limits are about."""
        return tuple(dict.fromkeys(limit.figure for band in self.bands for limit in band.limits))


def _bands(*steps: tuple[tuple[Limit, ...], str]) -> tuple[Band, ...]:
    return tuple(Band(limits, tuple(levels.split())) for limits, levels in steps)


_ASPIRIN, _ASPIRIN_HEADING, _MTX = "acide acetylsalicylique", "acide acetylsalicylique", "methotrexate"
_TO_20_A_WEEK = (Limit("mg_a_week", Decimal(20), included=True),)
_ANTIPLATELET = (Limit("mg_a_day", Decimal(375), included=True),)
_PAINKILLER = (
    Limit("mg_an_intake", Decimal(1000), included=False),
    Limit("mg_a_day", Decimal(3000), included=False),
)
"""Anti-inflammatory from « >= 1 g par prise et/ou >= 3 g par jour » on: one of the two is enough."""
_BEYOND: tuple[Limit, ...] = ()

BY_DOSE: tuple[ByDose, ...] = (
    ByDose(_MTX, _MTX, "anti-inflammatoires non steroidiens", _bands((_TO_20_A_WEEK, "PE"), (_BEYOND, "AD"))),
    ByDose(_MTX, _MTX, "trimethoprime", _bands((_TO_20_A_WEEK, "AD"), (_BEYOND, "CI"))),
    ByDose(
        _MTX,
        _MTX,
        "antisecretoires inhibiteurs de la pompe",
        _bands((_TO_20_A_WEEK, "APEC"), (_BEYOND, "AD")),
    ),
    ByDose(_MTX, _MTX, _ASPIRIN_HEADING, _bands((_TO_20_A_WEEK, "PE"), (_BEYOND, "CI PE"))),
    *(
        ByDose(_ASPIRIN, _ASPIRIN_HEADING, other, _bands((_ANTIPLATELET, "APEC"), (_BEYOND, "AD")))
        for other in ("anti-inflammatoires non steroidiens", "heparines")
    ),
    ByDose(_ASPIRIN, _ASPIRIN_HEADING, "glucocorticoides", _bands((_PAINKILLER, "APEC"), (_BEYOND, "AD"))),
    ByDose(
        _ASPIRIN,
        _ASPIRIN_HEADING,
        "anticoagulants oraux",
        _bands((_ANTIPLATELET, "AD APEC"), (_PAINKILLER, "CI AD"), (_BEYOND, "CI")),
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
