"""Which forms must not be crushed or opened, from the words of the form and of the label (rule B127).

Source: our own reading of the pharmaceutical forms of the public base; the national list (SFPC, OMéDIT Normandie) is read
from a file that the house owns, when there is one.
"""

from __future__ import annotations

from datetime import date

SOURCE = "Formes pharmaceutiques de la base publique (notre lecture)"
DATED = date(2026, 11, 24)

SOLID = r"comprim|gelule|capsule|dragee|pilule"
"""Only solid oral forms are crushed or opened; pattern on the folded form."""

LONG_RELEASE = r"liberation (?:prolongee|modifiee)|\bl\.?p\b\.?|\bchrono|\bretard\b"
"""Pattern on the folded form and label."""

WORDS: tuple[tuple[str, str], ...] = (
    (
        LONG_RELEASE,
        "forme à libération prolongée : ni écraser ni ouvrir",
    ),
    (r"gastro-?\s?resistant|enterique", "forme gastro-résistante : ni écraser ni ouvrir"),
    (r"sublingual|\bbuccal|gingival", "forme à laisser fondre : ne pas écraser"),
    (r"capsule molle", "capsule molle : ne pas ouvrir"),
)
"""Pattern on the folded form and label, and what to say."""

SUBSTANCES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("dabigatran", "dabigatran etexilate"), "gélule à ne pas ouvrir : absorption augmentée"),
    (
        ("alendronique", "risedronique", "alendronate", "risedronate"),
        "irritant pour l’œsophage : ne pas écraser",
    ),
    (("finasteride", "dutasteride"), "dangereux pour la personne qui écrase"),
    (
        ("mycophenolate", "mycophenolique", "methotrexate", "azathioprine", "valganciclovir"),
        "toxique : ne pas écraser",
    ),
)
ATC_HAZARD = ("L01", "L02")
"""Cytotoxic and hormonal: dangerous for the person who crushes."""

FORBIDDING = (
    r"\b(?:ne|ni|jamais|sans)\b(?: \w+){0,3}? (?:ecras|ouvr|broy|croqu|mach|coup)\w*"
    r"|\b(?:ecrasement|ouverture|broyage)\b(?: \w+){0,2}? (?:non|pas|impossible|interdit|deconseill|contre-?indiqu|a eviter)"
    r"|\bnon (?:ecrasable|ouvrable|broyable|recommande)|\b(?:interdit|deconseill|contre-?indiqu|impossible)"
)
"""Pattern on a folded conduct of the list of the house: crushing or opening is refused. Read before `ALLOWING`."""
ALLOWING = r"\bpossibles?\b|\bautoris|\b(?:ecrasable|ouvrable|broyable)s?\b|\bpeu(?:ven)?t etre (?:ecras|ouvert|broy)"
"""Pattern on a folded conduct of the list of the house: crushing or opening is allowed."""

INSTEAD = "Cherchez une forme buvable, orodispersible ou dispersible, ou un autre médicament ; demandez au pharmacien."
