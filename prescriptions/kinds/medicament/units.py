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

SOLID_UNITS: frozenset[str] = frozenset(
    {
        "capsule", "comprimé", "dispositif", "dispositif transdermique", "emplâtre", "film", "gomme", "granule", "gélule",
        "lyophilisat", "ovule", "pastille", "patch", "suppositoire",
    }
)  # fmt: skip
"""Units that are things one counts: the form of the medicine, or a mistake."""

_SAME_THING: tuple[frozenset[str], ...] = (
    frozenset({"comprimé", "lyophilisat", "pastille", "granule"}),
    frozenset({"gélule", "capsule", "ovule"}),
    frozenset({"patch", "dispositif", "dispositif transdermique", "emplâtre"}),
)
"""Said for one another: « comprimé orodispersible » and lyophilisat, « capsule vaginale » and ovule."""

_WEIGHTS: frozenset[str] = frozenset({"UI", "dose", "g", "mg", "microgramme", "unité"})
"""What every form may be counted in."""

_SPELLED: dict[str, str] = {"µg": "microgramme", "μg": "microgramme", "mcg": "microgramme", "ml": "mL"}
"""Abbreviations that are misread, and what to write: micrograms in full (rule A23, HAS and ANSM)."""

NBSP = "\u00a0"


def spelled(unit: str) -> str:
    """Return the unit as it must be written: « microgramme » for µg."""
    return _SPELLED.get(unit, unit)


def is_unit_of(unit: str, own: str) -> bool:
    """Tell whether a medicine proposed in `own` may be counted in `unit`. A unit nobody knows is not judged: True."""
    unit, own = spelled(unit), spelled(own)
    if unit == own or unit not in UNITS or own not in UNITS or own in _WEIGHTS or unit in _WEIGHTS:
        return True
    if any({unit, own} <= group for group in _SAME_THING):
        return True
    return unit not in SOLID_UNITS and own not in SOLID_UNITS


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
