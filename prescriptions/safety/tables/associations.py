"""Pairs of lines that a rule would signal and that are usual (rule A43), and classes that ATC-4 cuts in pieces. Our reading."""

from __future__ import annotations

from datetime import date

from prescriptions.safety.tables.atc_groups import BENZODIAZEPINES, NEUROLEPTICS, NSAIDS

SOURCE = "Doublons de substance et de classe (HAS, logiciels d’aide à la prescription ; notre lecture)"
DATED = date(2026, 11, 24)

USUAL_TOGETHER = (
    "morphine", "oxycodone", "hydromorphone", "fentanyl", "levothyroxine", "levodopa", "warfarine", "prednisone",
    "prednisolone", "insuline", "methadone", "chlorure de sodium", "macrogol", "furosemide", "clozapine",
)  # fmt: skip
"""Substances written in two strengths or two forms on purpose: background and rescue dose, dose adjusted in steps."""

FAMILIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("inhibiteurs de l’enzyme de conversion", ("C09A", "C09B")),
    ("antagonistes de l’angiotensine II", ("C09C", "C09D")),
    ("benzodiazépines et apparentés", BENZODIAZEPINES),
    ("anti-inflammatoires non stéroïdiens", NSAIDS),
    ("anticoagulants oraux", ("B01AA", "B01AE", "B01AF")),
    ("inhibiteurs de la pompe à protons", ("A02BC",)),
    ("bêtabloquants", ("C07",)),
    ("neuroleptiques", NEUROLEPTICS),
    ("antidépresseurs", ("N06AA", "N06AB", "N06AX")),
    ("statines", ("C10AA", "C10BA", "C10BX")),
    ("opioïdes", ("N02A",)),
)
"""Name and ATC prefixes: two medicines of a family are told, even when their ATC-4 differ. Others by equal ATC-4."""
