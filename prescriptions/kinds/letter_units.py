"""What numbers count and measure on an ordonnance, in full words with plural and gender: the words that follow
a number in letters (rules A23, B13).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from prescriptions.kinds.medicament.units import UNITS


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun after a number."""

    singular: str
    plural: str
    gender: str
    """m or f."""

    @property
    def feminine(self) -> bool:
        """Tell whether « un » before it becomes « une »."""
        return self.gender == "f"

    def agreed(self, value: Decimal) -> str:
        """Return the noun after `value`; French plural begins at 2."""
        return self.plural if value >= 2 else self.singular


BEFORE_VOWEL = ("a", "e", "i", "o", "u", "é", "h")
"""Beginnings before which « de » becomes « d’ »; no noun of the table has an aspirated h."""

_MEASURES = {
    "kg": Noun("kilogramme", "kilogrammes", "m"),
    "g": Noun("gramme", "grammes", "m"),
    "mg": Noun("milligramme", "milligrammes", "m"),
    "microgramme": Noun("microgramme", "microgrammes", "m"),
    "ng": Noun("nanogramme", "nanogrammes", "m"),
    "litre": Noun("litre", "litres", "m"),
    "mL": Noun("millilitre", "millilitres", "m"),
    "cL": Noun("centilitre", "centilitres", "m"),
    "microlitre": Noun("microlitre", "microlitres", "m"),
    "UI": Noun("unité internationale", "unités internationales", "f"),
    "MUI": Noun("million d’unités internationales", "millions d’unités internationales", "m"),
    "mmol": Noun("millimole", "millimoles", "f"),
    "mEq": Noun("milliéquivalent", "milliéquivalents", "m"),
    "cm": Noun("centimètre", "centimètres", "m"),
    "mm": Noun("millimètre", "millimètres", "m"),
    "cm2": Noun("centimètre carré", "centimètres carrés", "m"),
    "kcal": Noun("kilocalorie", "kilocalories", "f"),
    "min": Noun("minute", "minutes", "f"),
    "%": Noun("pour cent", "pour cent", "m"),
    "€": Noun("euro", "euros", "m"),
}
_ALSO_WRITTEN = {
    "µg": "microgramme", "μg": "microgramme", "mcg": "microgramme", "microgrammes": "microgramme", "µL": "microlitre",
    "ml": "mL", "cl": "cL", "L": "litre", "l": "litre", "litres": "litre", "U.I.": "UI", "cm²": "cm2",
    "milligramme": "mg", "milligrammes": "mg", "gramme": "g", "grammes": "g", "millilitre": "mL", "millilitres": "mL",
    "centimètres": "cm", "centimètre": "cm", "euros": "€",
}  # fmt: skip

MEASURED: Mapping[str, Noun] = MappingProxyType(
    _MEASURES | {written: _MEASURES[unit] for written, unit in _ALSO_WRITTEN.items()}
)
"""Unit as written → its noun in full."""

_OTHERS = (
    Noun("boîte", "boîtes", "f"),
    Noun("fois", "fois", "f"),
    Noun("heure", "heures", "f"),
    Noun("intervention", "interventions", "f"),
    Noun("jour", "jours", "m"),
    Noun("ligne", "lignes", "f"),
    Noun("minute", "minutes", "f"),
    Noun("mois", "mois", "m"),
    Noun("passage", "passages", "m"),
    Noun("prise", "prises", "f"),
    Noun("renouvellement", "renouvellements", "m"),
    Noun("semaine", "semaines", "f"),
    Noun("séance", "séances", "f"),
    Noun("tube", "tubes", "m"),
)
_ALL = (
    *(Noun(unit, plural, gender) for unit, (plural, gender) in UNITS.items() if unit not in _MEASURES),
    *_OTHERS,
)
COUNTED: Mapping[str, Noun] = MappingProxyType(
    {form: noun for noun in _ALL for form in (noun.singular, noun.plural)}
)
"""Singular and plural → the noun: units of intake (medicament.units.UNITS), and what else is counted."""

VOLUMES_AND_TIMES = frozenset(
    {"mL", "ml", "L", "l", "litre", "heure", "heures", "jour", "jours", "min", "minute", "minutes", "semaine"}
)
"""Units a strength is divided by: « 10 mg/5 mL » is read « dix milligrammes par cinq millilitres »."""
