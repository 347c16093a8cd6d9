"""Speech therapy: a bilan, and the rehabilitation it finds necessary (rule B81, likely)."""

from prescriptions.kinds.acts.catalogue import Act, Catalogue, Need
from prescriptions.kinds.acts.entry import act_entry
from prescriptions.kinds.charges import Charge
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import DocumentCode

CATALOGUE = Catalogue(
    kind=Kind.ACTE_ORTHOPHONIE,
    heading="Orthophonie",
    placeholder="Ajouter de l’orthophonie : déglutition, langage, mémoire…",
    session="séance",
    charge=Charge.AUXILIAIRE_MEDICAL,
    rule="B81",
    source="CSP L4341-1 et R4341-1 : bilan, puis rééducation ; catalogue : choix du projet",
    document=DocumentCode("PRESC-ORTHOPHO", "Prescription d'actes d'orthophonie"),
    words="orthophonie orthophoniste",
    always=frozenset({Need.INDICATION}),
    acts=(
        Act("bilan", "Bilan orthophonique avec rééducation si nécessaire", "évaluation"),
        Act("bilan-renouvellement", "Bilan de renouvellement avec rééducation si nécessaire", "renouveler"),
        Act("deglutition", "Bilan et rééducation de la déglutition", "dysphagie fausse route"),
        Act("langage", "Bilan et rééducation du langage d’origine neurologique", "aphasie avc"),
        Act(
            "neurodegeneratif",
            "Maintien des fonctions de communication dans une maladie neurodégénérative",
            "alzheimer démence mémoire parkinson",
        ),
        Act("dysarthrie", "Bilan et rééducation de la dysarthrie", "articulation parole parkinson"),
        Act("voix", "Bilan et rééducation de la voix", "dysphonie lsvt"),
        Act("laryngectomie", "Rééducation après laryngectomie", "voix oro-oesophagienne"),
        Act("surdite", "Rééducation des conséquences d’une surdité appareillée", "audition lecture labiale"),
    ),
)

ENTRY = act_entry(CATALOGUE)
