"""From the official condition labels to what is shown beside a medicine.

Source: the 165 distinct labels of CIS_CPD_bdpm and the labels of CIS_CIP_Dispo_Spec, base of 05/2026. Each
row: pattern, tried on the folded label from its start, first match wins; code; text, where {0} is what the
pattern caught; tone. An empty code means: understood, nothing to show before the legal checks exist. Rows
are in order of weight: it is also the order of the chips. The checks that block or ask are not here: these
are only words beside a name.
"""

from __future__ import annotations

from typing import Literal

Tone = Literal["blocking", "reason", "info", "muted"]

CONDITION_CHIPS: tuple[tuple[str, str, str, Tone], ...] = (
    (r"reserve a l'usage hospitalier", "HOSPITAL_ONLY", "Réservé à l'hôpital", "blocking"),
    (
        r"prescription reservee aux medecins hospitaliers",
        "HOSPITAL_PRESCRIPTION",
        "Prescription hospitalière",
        "blocking",
    ),
    (
        r"(?:reserve a une structure d'assistance|reserve a l'usage militaire)",
        "RESERVED",
        "Usage réservé",
        "blocking",
    ),
    (r"(?:medicament )?reserve aux centres de vaccination", "RESERVED", "Centres de vaccination", "blocking"),
    (r"prescription hospitaliere", "HOSPITAL_PRESCRIPTION", "Prescription hospitalière", "blocking"),
    (r"non commercialisee?", "NOT_MARKETED", "Non commercialisé", "blocking"),
    (r"arret de commercialisation", "DISCONTINUED", "Arrêt de commercialisation", "reason"),
    (r"rupture de stock", "OUT_OF_STOCK", "Rupture de stock", "reason"),
    (r"tension d'approvisionnement", "UNDER_PRESSURE", "Tension d'approvisionnement", "reason"),
    (r"remise a disposition", "", "", "muted"),
    (r"stupefiants?$", "NARCOTIC", "Stupéfiant", "reason"),
    (r"prescription en toutes lettres sur ordonnance securisee", "SECURE", "Ordonnance sécurisée", "reason"),
    (r"prescription sur ordonnance securisee", "SECURE", "Ordonnance sécurisée", "reason"),
    (r"prescription initiale hospitaliere annuelle", "PIH", "PIH annuelle", "reason"),
    (r"prescription initiale hospitaliere semestrielle", "PIH", "PIH semestrielle", "reason"),
    (r"prescription initiale hospitaliere trimestrielle", "PIH", "PIH trimestrielle", "reason"),
    (r"prescription initiale hospitaliere", "PIH", "PIH", "reason"),
    (
        r"prescription initiale par un medecin exercant dans un service de dialyse",
        "PIH",
        "PIH dialyse",
        "reason",
    ),
    (
        r"(?:pour [^:]*: )?prescription initiale annuelle reserve",
        "PIS",
        "Initiation spécialiste annuelle",
        "reason",
    ),
    (
        r"(?:pour [^:]*: )?prescription initiale semestrielle reserve",
        "PIS",
        "Initiation spécialiste semestrielle",
        "reason",
    ),
    (r"(?:pour [^:]*: )?prescription initiale reserve", "PIS", "Initiation par un spécialiste", "reason"),
    (r"renouvellement non restreint", "RENEWAL_FREE", "Renouvellement non restreint", "info"),
    (
        r"renouvellement de la prescription reserve aux",
        "RENEWAL_SPECIALIST",
        "Renouvellement spécialiste",
        "reason",
    ),
    (
        r"(?:hors etablissement de sante : )?prescription (?:reservee|par un medecin exercant)",
        "SPECIALIST",
        "Spécialistes",
        "reason",
    ),
    (
        r"medicament soumis a prescription medicale restreinte",
        "RESTRICTED",
        "Prescription restreinte",
        "reason",
    ),
    (
        r"prescription limitee a (\d+ (?:semaines?|mois|jours?)(?: ou \d+ jours)?)",
        "MAX_DURATION",
        "{0} maximum",
        "reason",
    ),
    (r"delivrance fractionnee de (\d+) jours", "FRACTION", "Délivrance par {0} jours", "info"),
    (r"chevauchement interdit", "NO_OVERLAP", "Chevauchement interdit", "reason"),
    (r".*depistage d'un deficit en dpd", "ATTESTATION", "Dépistage DPD exigé", "reason"),
    (
        r".*(?:attestation|accord de soins|fiche de renseignements)",
        "ATTESTATION",
        "Attestation ou accord exigé",
        "reason",
    ),
    (r".*carnet (?:patient|de suivi)", "ATTESTATION", "Carnet de suivi", "reason"),
    (
        r"(?:ordonnance avec la numeration|dosage testosteronemie)",
        "ATTESTATION",
        "Bilan daté exigé",
        "reason",
    ),
    (r".*programme de prevention de la grossesse", "SURVEILLANCE", "Surveillance particulière", "info"),
    (
        r"(?:pour [^:]*: )?(?:medicament necessitant une )?surveillance particuliere",
        "SURVEILLANCE",
        "Surveillance particulière",
        "info",
    ),
    (
        r".*(?:administrations?|etablissement de sante).*(?:hospitalier|effectuee|etablissement)",
        "SUPERVISED_DOSE",
        "Administration encadrée",
        "info",
    ),
    (r"administration par tout medecin specialiste", "SUPERVISED_DOSE", "Administration encadrée", "info"),
    (
        r"reserve a l'usage (?:professionnel|en situation d'urgence)",
        "PROFESSIONAL_USE",
        "Usage professionnel",
        "reason",
    ),
    (r"delivrance reservee|delivrance effectuee par", "DISPENSING", "Délivrance réservée", "info"),
    (r"liste (ii?)$", "LIST", "Liste {0}", "info"),
    (r"medicament soumis a prescription medicale", "", "", "muted"),
    (r"conservation d'une copie de l'ordonnance", "", "", "muted"),
)
