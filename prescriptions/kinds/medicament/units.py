"""Units of intake, with their French plural and gender, and quantities as the ordonnance writes them (rule
A23).
"""

from decimal import Decimal

UNITS: dict[str, tuple[str, str]] = {
    "ampoule": ("ampoules", "f"),
    "application": ("applications", "f"),
    "bain de bouche": ("bains de bouche", "m"),
    "bouffée": ("bouffées", "f"),
    "capsule": ("capsules", "f"),
    "comprimé": ("comprimés", "m"),
    "cuillère à café": ("cuillères à café", "f"),
    "cuillère à soupe": ("cuillères à soupe", "f"),
    "cuillère-mesure": ("cuillères-mesures", "f"),
    "dispositif": ("dispositifs", "m"),
    "dispositif transdermique": ("dispositifs transdermiques", "m"),
    "dose": ("doses", "f"),
    "emplâtre": ("emplâtres", "m"),
    "film": ("films", "m"),
    "flacon": ("flacons", "m"),
    "g": ("g", "m"),
    "gomme": ("gommes", "f"),
    "goutte": ("gouttes", "f"),
    "granule": ("granules", "m"),
    "gélule": ("gélules", "f"),
    "inhalation": ("inhalations", "f"),
    "injection": ("injections", "f"),
    "lavement": ("lavements", "m"),
    "litre": ("litres", "m"),
    "lyophilisat": ("lyophilisats", "m"),
    "mL": ("mL", "m"),
    "mesure": ("mesures", "f"),
    "mg": ("mg", "m"),
    "microgramme": ("microgrammes", "m"),
    "ovule": ("ovules", "m"),
    "pastille": ("pastilles", "f"),
    "patch": ("patchs", "m"),
    "poche": ("poches", "f"),
    "pulvérisation": ("pulvérisations", "f"),
    "récipient unidose": ("récipients unidoses", "m"),
    "sachet": ("sachets", "m"),
    "seringue": ("seringues", "f"),
    "stylo": ("stylos", "m"),
    "suppositoire": ("suppositoires", "m"),
    "UI": ("UI", "f"),
    "unidose": ("unidoses", "f"),
    "unité": ("unités", "f"),
}
"""singular → (plural, gender). A unit that is not here is written as typed, unchanged."""

_SPELLED: dict[str, str] = {"µg": "microgramme", "μg": "microgramme", "mcg": "microgramme", "ml": "mL"}
"""Abbreviations that are misread, and what to write: micrograms in full (rule A23, HAS and ANSM)."""

NBSP = "\u00a0"


def spelled(unit: str) -> str:
    """Return the unit as it must be written: « microgramme » for µg."""
    return _SPELLED.get(unit, unit)


def number(value: Decimal) -> str:
    """Write a quantity the French way, without trailing zero (rule A23): 1 · 0,5 · 12,5 · 10 000."""
    text = f"{value:,f}".replace(",", NBSP).replace(".", ",")
    return text.rstrip("0").rstrip(",") if "," in text else text


def quantity(value: Decimal, unit: str) -> str:
    """Write a quantity and its unit, agreed: « 0,5 comprimé », « 2 comprimés ». Plural begins at 2 in
    French.
    """
    singular = spelled(unit)
    plural, _ = UNITS.get(singular, (singular, "m"))
    return f"{number(value)} {plural if value >= 2 else singular}"
