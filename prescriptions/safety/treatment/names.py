"""Names of the fields of a treatment and of their values, in English and in French, folded. The reference of the JSON door."""

from __future__ import annotations

from decimal import Decimal

from prescriptions.kinds.medicament.medication import Regime
from prescriptions.safety.case import AllergyKind, Known, Origin
from residents.clinical import MICROMOL_PER_MG_DL

FIELDS: dict[str, tuple[str, ...]] = {
    "today": ("date", "jour", "on"),
    "resident": ("patient",),
    "prescriber": ("prescripteur",),
    "lines": ("lignes", "traitement", "medicaments"),
    "birth_date": ("naissance", "date_de_naissance", "date_naissance", "ddn"),
    "age": (),
    "sex": ("sexe",),
    "weight": ("poids",),
    "height": ("taille",),
    "creatinine": ("creatininemie",),
    "clearance": ("clairance", "dfg", "gfr", "egfr"),
    "allergy_status": ("statut_allergies",),
    "allergies": (),
    "conditions": ("pathologies", "antecedents"),
    "conditions_status": ("statut_pathologies",),
    "swallowing_trouble": (
        "trouble_deglutition",
        "trouble_de_deglutition",
        "trouble_de_la_deglutition",
        "deglutition",
    ),
    "value": ("valeur",),
    "measured_on": ("on", "date", "le"),
    "unit": ("unite",),
    "kind": ("nature", "type"),
    "class": ("classe",),
    "label": ("libelle", "texte", "text"),
    "code": ("cim10", "cim_10", "icd10"),
    "severe": ("grave", "severite", "severity"),
    "present": ("presente",),
    "profession": (),
    "speciality": ("specialite", "specialty"),
    "skills": ("competences", "capacites"),
    "in_hospital": ("hopital", "hospitalier"),
    "key": ("id", "cle"),
    "cis": (),
    "cip13": ("cip",),
    "dci": ("substance", "dc"),
    "name": ("nom", "specialite_pharmaceutique", "marque"),
    "dosage": ("strength",),
    "form": ("forme",),
    "route": ("voie",),
    "posology": ("posologie",),
    "phases": ("paliers",),
    "as_needed": ("si_besoin",),
    "matin": ("morning",),
    "midi": ("noon",),
    "soir": ("evening",),
    "coucher": ("bedtime", "night"),
    "hours": ("heures",),
    "at": ("heure",),
    "dose": (),
    "every_n": ("tous_les", "every"),
    "weekdays": ("jours_semaine", "jours_de_la_semaine"),
    "days": ("jours",),
    "indication": ("motif",),
    "min_interval_hours": ("intervalle_heures", "intervalle"),
    "max_per_24h": ("max_24h", "maximum_24h"),
    "regime": (),
    "starts_on": ("debut", "start", "du"),
    "ends_on": ("fin", "end", "au"),
    "duration_days": ("duree", "duree_jours", "duration"),
    "renewals": ("renouvellements",),
    "origin": ("origine",),
    "same_prescriber": ("meme_prescripteur",),
    "running_since": ("depuis",),
    "ns_reason": ("non_substituable", "motif_ns", "ns"),
    "ns_detail": ("detail_ns",),
    "overlap_reason": ("motif_chevauchement",),
    "fraction_reason": ("motif_delivrance_unique", "single_dispensing"),
    "pharmacy": ("pharmacie",),
    "reassess_on": ("reevaluation", "reevaluation_le"),
    "initial_on": ("prescription_initiale", "prescription_initiale_le"),
    "initial_by": ("prescription_initiale_par",),
    "exam_on": ("examen", "examen_le", "attestation_le"),
    "pump": ("perfusion_active", "pompe"),
    "crush": ("a_ecraser", "ecraser"),
}
"""Field → other names it is known by."""

SEXES = {"f": "F", "femme": "F", "female": "F", "feminin": "F", "m": "M", "homme": "M", "male": "M", "masculin": "M", "h": "M",
         "i": "I", "indetermine": "I", "unknown": "I"}  # fmt: skip
KNOWN = {
    **dict.fromkeys(("present", "presente", "presentes", "oui"), Known.PRESENT),
    **dict.fromkeys(("none_known", "none", "aucune", "aucune_connue", "aucun", "non"), Known.NONE_KNOWN),
    **dict.fromkeys(
        ("not_asked", "unknown", "non_renseigne", "non_renseignee", "non_renseignees", "inconnu"),
        Known.NOT_ASKED,
    ),
}
ALLERGY_KINDS = {
    **dict.fromkeys(("substance", "medicament", "drug", "dci"), AllergyKind.SUBSTANCE),
    **dict.fromkeys(("class", "classe"), AllergyKind.CLASS),
    **dict.fromkeys(("excipient",), AllergyKind.EXCIPIENT),
    **dict.fromkeys(("free", "free_text", "libre", "texte_libre", "texte", "text"), AllergyKind.FREE),
}
SEVERE = {
    **dict.fromkeys(("oui", "true", "grave", "severe", "high"), True),
    **dict.fromkeys(("non", "false", "moderee", "moderate", "legere", "mild", "low"), False),
}
ORIGINS = {
    **dict.fromkeys(("proposed", "proposee", "propose", "nouvelle", "new"), Origin.PROPOSED),
    **dict.fromkeys(("current", "en_cours", "courante"), Origin.CURRENT),
    **dict.fromkeys(
        ("external", "externe", "exterieure", "automedication", "hopital", "hospital", "otc"), Origin.EXTERNAL
    ),
}
REGIMES = {
    **{regime.value.lower(): regime for regime in Regime},
    **dict.fromkeys(("continuous", "au_long_cours"), Regime.CONTINU),
    **dict.fromkeys(("short", "cure", "cure_courte"), Regime.PONCTUEL),
    **dict.fromkeys(("as_needed",), Regime.SI_BESOIN),
    **dict.fromkeys(("single", "single_dose"), Regime.DOSE_UNIQUE),
}
PROFESSIONS = {
    **{code: code for code in ("10", "21", "40", "50", "60", "70", "80", "91", "92", "94")},
    **dict.fromkeys(("medecin", "physician", "doctor"), "10"),
    **dict.fromkeys(("pharmacien", "pharmacist"), "21"),
    **dict.fromkeys(("chirurgien_dentiste", "dentiste", "dentist"), "40"),
    **dict.fromkeys(("sage_femme", "midwife"), "50"),
    **dict.fromkeys(("infirmier", "infirmiere", "ide", "ipa", "nurse"), "60"),
    **dict.fromkeys(("kinesitherapeute", "masseur_kinesitherapeute", "kine", "physiotherapist"), "70"),
    **dict.fromkeys(("pedicure_podologue", "podologue", "podiatrist"), "80"),
    **dict.fromkeys(("orthophoniste", "speech_therapist"), "91"),
    **dict.fromkeys(("orthoptiste", "orthoptist"), "92"),
    **dict.fromkeys(("ergotherapeute", "occupational_therapist"), "94"),
}
"""Codes of TRE_G15."""
WEEKDAYS = {
    "mo": "MO", "tu": "TU", "we": "WE", "th": "TH", "fr": "FR", "sa": "SA", "su": "SU",
    "lundi": "MO", "mardi": "TU", "mercredi": "WE", "jeudi": "TH", "vendredi": "FR", "samedi": "SA", "dimanche": "SU",
}  # fmt: skip
_ML_MIN = ("ml/min", "ml/mn", "ml/min/1,73_m2", "ml/min/1.73_m2", "ml/min/1,73m2", "ml/min/1.73m2")
UNITS: dict[str, dict[str, Decimal]] = {
    "WEIGHT": {"kg": Decimal(1), "g": Decimal("0.001")},
    "HEIGHT": {"cm": Decimal(1), "m": Decimal(100)},
    "CREATININE": {
        **dict.fromkeys(("umol/l", "µmol/l", "micromol/l"), Decimal(1)),
        "mg/l": Decimal(str(MICROMOL_PER_MG_DL)) / 10,
        "mg/dl": Decimal(str(MICROMOL_PER_MG_DL)),
    },
    "CLEARANCE": dict.fromkeys(_ML_MIN, Decimal(1)),
}
"""Kind of measure → units it may be given in, the usual one first, and what they are multiplied by to become it."""
