"""From the profession and speciality of a prescriber to the code of JDV_J01 XdsAuthorSpecialty.

Professions: TRE_G15. Specialities: codes of the Assurance Maladie (table « code spécialité ») → TRE_R38 « SM »
numbers. The correspondence is ours (hypothèse), by equal names; a code that is not here says the profession
alone, which is true too.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from prescriptions.documents.cda.markup import Code

_SYSTEM = "1.2.250.1.213.1.1.4.5"

PROFESSIONS: Mapping[str, str] = MappingProxyType(
    {
        "10": "Médecin",
        "21": "Pharmacien",
        "40": "Chirurgien-Dentiste",
        "50": "Sage-Femme",
        "60": "Infirmier",
        "70": "Masseur-Kinésithérapeute",
        "80": "Pédicure-Podologue",
        "91": "Orthophoniste",
        "92": "Orthoptiste",
    }
)
SPECIALITIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "01": ("SM26", "Qualifié en Médecine Générale"),
        "03": ("SM04", "Cardiologie et maladies vasculaires"),
        "05": ("SM15", "Dermatologie et Vénéréologie"),
        "07": ("SM20", "Gynécologie-obstétrique"),
        "08": ("SM24", "Gastro-entérologie et hépatologie"),
        "09": ("SM27", "Médecine interne"),
        "10": ("SM31", "Neuro-chirurgie"),
        "12": ("SM40", "Pédiatrie"),
        "13": ("SM41", "Pneumologie"),
        "14": ("SM48", "Rhumatologie"),
        "15": ("SM38", "Ophtalmologie"),
        "17": ("SM33", "Neuro-psychiatrie"),
        "18": ("SM50", "Stomatologie"),
        "31": ("SM29", "Médecine physique et réadaptation"),
        "32": ("SM32", "Neurologie"),
        "33": ("SM42", "Psychiatrie"),
        "34": ("SM18", "Gériatrie"),
        "35": ("SM30", "Néphrologie"),
        "37": ("SM01", "Anatomie et Cytologie pathologiques"),
    }
)
"""Specialities of physicians, as the Assurance Maladie numbers them."""


def profession(code: str, speciality: str) -> Code:
    """Return the code of JDV_J01 for a profession (TRE_G15) and an AMO speciality; unknown ones are physicians'."""
    label = PROFESSIONS.get(code)
    if label is None:
        raise ValueError(f"profession {code!r} never prescribes")
    known = SPECIALITIES.get(speciality) if code == "10" else None
    if known is None:
        return Code(f"G15_{code}", _SYSTEM, "professionSante", label)
    number, name = known
    return Code(f"G15_{code}/{number}", _SYSTEM, "professionSante", f"{label} - {name} (SM)")
