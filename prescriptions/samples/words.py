"""What people of the samples are called and write: invented, with what French names and notes put in the way of software."""

from collections.abc import Mapping
from types import MappingProxyType

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.medicament.units import UNITS

FAMILY_NAMES = (
    "Beaumont", "Jégou", "Le Bihan-Kermarrec", "D’Almeida", "Œuvrard", "Nguyen Van", "Ben Saïd", "Müller", "Lefèvre",
    "De La Tour d’Auvergne", "Ñuñez", "Saint-Léger", "Açık", "Gérard", "N’Diaye", "Château-Thierry", "O’Connor", "Poirier",
)  # fmt: skip
WOMEN = (
    "Jeanne", "Thérèse", "Marie-Françoise", "Zoé", "Anaïs", "Éléonore", "Lucie", "Anne-Laure", "Fatima", "Maëlle",
)  # fmt: skip
MEN = (
    "Jean-Pierre", "André", "François", "Noël", "Gaëtan", "Émile", "Joël", "Mohamed", "René", "Louis",
)  # fmt: skip
BIRTH_PLACES = ("49007", "75112", "2A004", "2B033", "97411", "99350", "29019", "44109")
"""INSEE codes: mainland, Paris, both Corsican departments, overseas, abroad."""
PHARMACIES = ("Pharmacie des Halles, Angers", "Pharmacie Lefèvre & Fils, Saumur")
COMMENTS = (
    "Avec un grand verre d’eau.", "Écraser si besoin & mélanger à de la compote", "Prévenir si T° > 38,5 °C ou PAS < 100",
    "Ne pas interrompre « sans avis »", "Demander à l’infirmière d’appeler la famille ; signé JP",
)  # fmt: skip
PRECISIONS = (
    "pendant le repas",
    "à distance des repas",
    "le matin, avant la toilette",
    "à jeun, 30 minutes avant",
)
INDICATIONS_IF_NEEDED = (
    "douleur", "fièvre > 38,5 °C", "s’il y a des nausées", "en cas d’agitation", "constipation depuis 3 jours",
)  # fmt: skip
EXCIPIENTS = ("lactose", "gluten", "huile d’arachide", "jaune orangé S (E110)")
NARROW_MARGIN_DETAILS = ("équilibre obtenu sous cette spécialité", "surveillance biologique instable")
WHOLE_DISPENSING = ("éloignement de la pharmacie", "résident hospitalisé à domicile")

TEXTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "comment": COMMENTS,
        "context": ("sous AVK, INR cible 2–3", "fièvre isolée > 38 °C, 3 jours", "surveillance d’un diabète de type 2"),
        "indication": (
            "Chutes à répétition, peur de marcher", "Suites d’AVC : hémiparésie gauche", "Dysphagie aux liquides",
            "Diabète, pied à risque de grade 2", "Baisse d’acuité visuelle, DMLA",
        ),
        "site": ("talon droit", "sacrum", "genou gauche & cheville", "membre inférieur gauche", "D12–L1"),
        "product": ("poche de dialysat 2 L", "alginate 10 × 10 cm", "énoxaparine 4000 UI", "bande cohésive < 8 cm"),
        "precision": PRECISIONS,
        "size": ("taille 2 normal", "pointure 38", "Ø 12 mm", "75 cm"),
    }
)  # fmt: skip
"""Name of a field of the forms → what may be written in it."""

NUMBERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "quantity": ("1", "2", "3", "30", "120"),
        "duration_days": ("7", "14", "28", "30", "60", "90", "182"),
        "renewals": ("0", "0", "1", "2", "5"),
        "occurrences": ("1", "2", "4", "6", "12"),
        "sessions": ("1", "4", "10", "12", "20", "60"),
        "times": ("1", "2", "3", "4"),
    }
)
"""Name of a field of the forms → whole numbers that may be typed in it."""

FREE_TEXTS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.MEDICAMENT: (
            "Vaseline salicylée à 10 %, pot de 100 g", "Bain de bouche : bicarbonate 1,4 % & nystatine & lidocaïne",
            "Gélules de mélatonine 2 mg (préparation magistrale)", "Sirop de codéine 0,1 %, préparation magistrale",
        ),
        Kind.ACTE_BIOLOGIE_MEDICALE: ("Recherche de gale au microscope", "Panel respiratoire (PCR multiplex) < 24 h"),
        Kind.ACTE_KINESITHERAPIE: ("Réapprentissage du relever du sol", "Balnéothérapie & équilibre"),
        Kind.ACTE_PEDICURIE: ("Soin d’un ongle incarné, hallux gauche",),
        Kind.ACTE_ORTHOPHONIE: ("Adaptation des textures : évaluation « sur repas »",),
        Kind.ACTE_ORTHOPTIE: ("Évaluation de la cécité corticale",),
    }
)  # fmt: skip
"""What is written where the tables have no word for it (rule A22). A device has none, a nurse's free text never leaves."""

WHOLE = ("1", "2", "3", "4")
HALVES = ("1/2", "0,5", "½", "1", "1,5", "1 ½", "2", "3")
DOSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(UNITS, WHOLE),
        **dict.fromkeys(("comprimé", "dose", "mesure"), HALVES),
        **dict.fromkeys(("mL", "g"), ("0,25", "2,5", "5", "10", "12,5")),
        **dict.fromkeys(("mg", "microgramme", "UI", "unité"), ("4", "12,5", "50", "100", "1000")),
        "goutte": ("5", "10", "15", "20", "40"),
        "litre": ("0,5", "1", "1,5"),
    }
)
"""Unit of intake → doses as people type them, smallest first."""
