"""The two mentions printed to the right of the 2D code (teleservice.md §4), as a table anybody can reread and
correct.

The official wording is only partly public: every sentence here is a rédaction du projet (hypothèse), kept
short because prescribers complained of ordonnances running to several pages. The variant for a patient who
objects is required by décret 2023-1222 (rule B11); its wording is not published at all.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from prescriptions.printing.dates import short_date

PRIVACY_ADDRESS = "https://www.ameli.fr/paris/assure/protection-donnees-personnelles"
"""Address shown on the public illustration of the printed ordonnance."""

INFORMED: Mapping[str, str] = MappingProxyType(
    {
        "RESIDENT": "Le patient a été informé le {day}",
        "TRUSTED": "La personne de confiance du patient a été informée le {day}",
        "GUARDIAN": "Le représentant légal du patient a été informé le {day}",
        "": "Le patient a été informé le {day}",
    }
)
"""Who was informed (residents.Resident.InformedBy) → beginning of the first mention."""

NO_OBJECTION = " et ne s’oppose pas à ce que le prescripteur consulte ce qui est délivré ou exécuté."
OBJECTION = " et s’oppose à ce que le prescripteur consulte ce qui est délivré ou exécuté."
OBJECTION_UNDATED = "Le patient s’oppose à ce que le prescripteur consulte ce qui est délivré ou exécuté."
NOT_INFORMED = (
    "L’information du patient sur la consultation de ce qui est délivré ou exécuté n’est pas enregistrée."
)
TRANSMISSION = f"Les données sont transmises par voie électronique à l’Assurance Maladie : {PRIVACY_ADDRESS}"
PROJECT = "PROJET, non signé"
DUPLICATE = "DUPLICATA"
NO_CODE = "Code 2D imprimé après enregistrement"
NO_IDENTIFIER = "attribué à la signature"
EMPTY_ZONE = "Aucune prescription dans cette zone."
ALD_ZONE = (
    "Prescriptions relatives au traitement de l’affection de longue durée reconnue (affection exonérante)"
)
OTHER_ZONE = "Prescriptions sans rapport avec l’affection de longue durée (maladies intercurrentes)"
"""Headings of the two zones of the ordonnance bizone (CSS R161-45, cerfa S3321; rule B37)."""


FALLBACK = "Ordonnance papier, établie sans e-prescription"
FALLBACK_MOTIVE = "Motif : {motive} (CSP R4073-2), consigné le {day}."
SECURED_PAPER = "Papier sécurisé, lot n° {lot}"
SECURED_PAPER_MISSING = "Papier sécurisé, lot n° à renseigner"
INTERNAL = "Prescription interne, prise en charge par l’établissement"
INTERNAL_MEANS = (
    "Elle n’est pas transmise à l’Assurance Maladie. L’établissement la fait exécuter et la paie : un professionnel ou un "
    "laboratoire de ville qui l’exécute la lui facture."
)
HANDWRITTEN = "Signature du prescripteur, à la main"
PARTS = "Volet destiné à :"
REPLACES = "Remplaçant du {name}"
PHARMACY = "Pharmacie désignée : {name}"
UNCHECKED = "Texte libre, non contrôlé par le logiciel"
"""Words of the particular papers, ours (hypothèse): only the facts they announce are asked by the law."""


def mentions(informed_on: date | None, informed_by: str, *, opposes: bool) -> tuple[str, ...]:
    """Return the mentions to print: information and objection of the patient, then transmission of the
    data.
    """
    return (_information(informed_on, informed_by, opposes=opposes), TRANSMISSION)


def _information(informed_on: date | None, informed_by: str, *, opposes: bool) -> str:
    if informed_on is None:
        return OBJECTION_UNDATED if opposes else NOT_INFORMED
    opening = INFORMED.get(informed_by, INFORMED[""]).format(day=short_date(informed_on))
    return opening + (OBJECTION if opposes else NO_OBJECTION)
