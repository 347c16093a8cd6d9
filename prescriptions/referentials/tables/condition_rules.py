"""What each official condition of prescription means for the rules of a medicine (B13–B26, B40, B41).

Source: the 165 distinct labels of CIS_CPD_bdpm, base of 05/2026, read with the articles of the code of public
health (CSP) they come from. Each row: pattern, which must match the whole folded label; what it sets; the
value, where {0} is what the pattern caught. Every row that matches counts. `NOTHING` means: understood, and
nothing there for whoever writes the prescription of a nursing home's resident.
"""

from __future__ import annotations

from typing import Literal

Effect = Literal[
    "list_code",
    "narcotic",
    "secured",
    "in_letters",
    "max_days",
    "max_days_alternative",
    "fraction_days",
    "no_overlap",
    "hospital_only",
    "hospital_prescription",
    "initial_hospital",
    "initial_specialist",
    "initial_for",
    "renewal_free",
    "renewal_specialist",
    "specialist",
    "attestation",
    "dated_exam",
    "surveillance",
    "nothing",
]
NOTHING: Effect = "nothing"

_WHO = (
    r"(?:aux specialistes et services|aux specialistes en|aux specialistes|aux medecins competents(?: en)?)"
)

CONDITION_RULES: tuple[tuple[str, Effect, str], ...] = (
    # Lists and narcotics: CSP L5132-6; narcotics are secured and in full letters by R5132-5 and R5132-29,
    # whatever the other labels say.
    (r"liste (i|ii)", "list_code", "{0}"),
    (r"stupefiants?", "narcotic", ""),
    (r"stupefiants?", "secured", ""),
    (r"stupefiants?", "in_letters", ""),
    (r"prescription sur ordonnance securisee", "secured", ""),
    (r"prescription en toutes lettres sur ordonnance securisee", "secured", ""),
    (r"prescription en toutes lettres sur ordonnance securisee", "in_letters", ""),
    # Durations: R5132-21, R5132-30 and the arrêté of 07/10/1991.
    (r"prescription limitee a (\d+ (?:jours?|semaines?|mois))", "max_days", "{0}"),
    (r"prescription limitee a (\d+ jours?) ou \d+ jours?", "max_days", "{0}"),
    (r"prescription limitee a \d+ jours? ou (\d+ jours?)", "max_days_alternative", "{0}"),
    (r"delivrance fractionnee de (\d+ jours?)", "fraction_days", "{0}"),
    (r"chevauchement interdit .*", "no_overlap", ""),
    # Out of reach of a nursing home without a hospital pharmacy: R5121-83 and what amounts to it.
    (r"reserve a l'usage hospitalier", "hospital_only", ""),
    (r"reserve a l'usage militaire", "hospital_only", ""),
    (r"(?:medicament )?reserve aux centres de vaccination .*", "hospital_only", ""),
    (r"reserve aux centres? de vaccination .*", "hospital_only", ""),
    (r"delivrance reservee aux pharmacies a usage interieur", "hospital_only", ""),
    (r"l'administration doit etre effectuee dans un etablissement .*", "hospital_only", ""),
    (r"prescription reservee aux specialistes autorises radiopharmaceutiques", "hospital_only", ""),
    (r"prescription reservee aux unites de soins intensifs .*", "hospital_only", ""),
    # R5121-84 and following.
    (r"prescription hospitaliere", "hospital_prescription", ""),
    (r"prescription reservee aux medecins hospitaliers .*", "hospital_prescription", ""),
    # Open beside the hospital's prescription, which the other labels of these medicines say.
    (r"prescription par un medecin exercant dans un etablissement de transfusion sanguine", NOTHING, ""),
    (r"delivrance reservee aux ets .*", NOTHING, ""),
    (
        r"prescription initiale hospitaliere(?: (annuelle|semestrielle|trimestrielle))?",
        "initial_hospital",
        "{0}",
    ),
    (
        r"prescription initiale par un medecin exercant dans un service de dialyse a domicile",
        "initial_specialist",
        "",
    ),
    (
        r"prescription initiale par un medecin exercant dans un service de (dialyse a domicile)",
        "specialist",
        "{0}",
    ),
    (
        r"(?:pour [^:]* : )?prescription initiale(?: (annuelle|semestrielle))? reservee a certains specialistes",
        "initial_specialist",
        "{0}",
    ),
    (r"(pour [^:]*) : prescription initiale .*", "initial_for", "{0}"),
    (
        r"prescription initiale(?: (annuelle|semestrielle))? reservee aux specialistes et services .*",
        "initial_specialist",
        "{0}",
    ),
    (
        r"prescription initiale(?: annuelle| semestrielle)? reservee aux specialistes et services (.*)",
        "specialist",
        "{0}",
    ),
    (r"renouvellement non restreint", "renewal_free", ""),
    (rf"renouvellement de la prescription reserve {_WHO} (.*)", "renewal_specialist", "{0}"),
    (rf"prescription reservee {_WHO} (.*)", "specialist", "{0}"),
    (
        r"prescription reservee aux medecins specialistes ou qualifies en medecine generale titulaires de la "
        r"(capacite de gerontologie)",
        "specialist",
        "{0}",
    ),
    (r"prescription reservee aux medecins exercant dans les (.*?)\.?", "specialist", "{0}"),
    (r"prescription reservee aux titulaires de la (.*)", "specialist", "{0}"),
    (r"hors etablissement de sante : prescription reservee aux (.*)", "specialist", "{0}"),
    (r"medicament soumis a prescription medicale restreinte", NOTHING, ""),
    # Papers, examinations, watching: R5121-77, R5121-95.
    (r"prescription necessitant la signature annuelle .*", "attestation", ""),
    (r"prescription necessitant +prealablement le recueil de l'accord de soins .*", "attestation", ""),
    (r"delivrance ne pouvant se faire qu'apres verification de l'attestation co-signee", "attestation", ""),
    (r"delivrance apres verification du recueil de l'accord de soins", "attestation", ""),
    (r"prescription necessitant la remise d'une fiche de renseignements", "attestation", ""),
    (r"ordonnance avec la numeration des neutrophiles datee .*", "dated_exam", ""),
    (r"dosage testosteronemie .*", "dated_exam", ""),
    (r"prescription et delivrance subordonnees a l'obtention du resultat du depistage .*", "dated_exam", ""),
    (r"medicament necessitant une surveillance particuliere pendant le traitement", "surveillance", ""),
    (r"pour les femmes [^:]* : surveillance particuliere pendant le traitement", NOTHING, ""),
    (r"pour les femmes en age de procreer : voir programme de prevention de la grossesse", NOTHING, ""),
    (r"a l'initiation du traitement et une fois par an", NOTHING, ""),
    # A notebook to hand over or to fill in: nothing on the prescription.
    (r"prescription necessitant la remise d'un carnet patient", NOTHING, ""),
    (r"mise a jour du carnet de suivi par le medecin", NOTHING, ""),
    # Headings and mentions of the progestogens' leaflet: the two labels on the signed paper say the rest.
    (r"pour tous les patients :", NOTHING, ""),
    (r"pour toute anteriorite de traitement (?:inferieur|superieur) a 1 an :", NOTHING, ""),
    (r"la prescription necessite la mention \" traitement inferieur a 1 an \" sur l'ordonnance", NOTHING, ""),
    (r"la delivrance ne peut se faire qu'apres avoir verifie la presence de cette mention", NOTHING, ""),
    # Where or by whom it is given, not who writes it.
    (r"administration par tout medecin specialiste .*", NOTHING, ""),
    (r"(?:la|les) (?:\w+ )?premieres? administrations? doi(?:t|vent) etre .*", NOTHING, ""),
    (r"les administrations de la phase initiale .*", NOTHING, ""),
    (r"l'administration du 1 er cycle .*", NOTHING, ""),
    (r"deux premieres administrations en milieu hospitalier", NOTHING, ""),
    # Uses open beside the ordinary one (R5121-80, R5121-96), never a limit to it.
    (r"reserve a l'usage professionnel.*", NOTHING, ""),
    (r"reserve a l'usage en situation d'urgence .*", NOTHING, ""),
    (r"reserve a une structure d'assistance medicale mobile .*", NOTHING, ""),
    # For the pharmacist.
    (r"delivrance effectuee par .*", NOTHING, ""),
    (r"conservation d'une copie de l'ordonnance .*", NOTHING, ""),
    (r"la premiere delivrance doit etre accompagnee .*", NOTHING, ""),
    (r"dispositions particulieres de delivrance", NOTHING, ""),
    # Said by the lists already, or by the authorities.
    (r"medicament soumis a prescription medicale(?:, en attente .*)?", NOTHING, ""),
    (r"a ne prendre que sur instructions des autorites competentes", NOTHING, ""),
)

PERIODS: dict[str, int | None] = {"annuelle": 365, "semestrielle": 180, "trimestrielle": 90, "": None}
"""Days an initial prescription is good for (B40)."""

DAYS_IN: dict[str, int] = {"jour": 1, "jours": 1, "semaine": 7, "semaines": 7, "mois": 30}
"""« 6 mois » are 180 days, as B13–B26 count them."""
