"""Physiotherapy: what a nursing home orders. The physiotherapist decides of the technique after a bilan (CSP R4321-2)."""

from prescriptions.kinds.acts.catalogue import Act, Catalogue, Need
from prescriptions.kinds.acts.entry import act_entry
from prescriptions.kinds.charges import Charge
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import DocumentCode

_SITE = frozenset({Need.SITE})

CATALOGUE = Catalogue(
    kind=Kind.ACTE_KINESITHERAPIE,
    heading="Masso-kinésithérapie",
    placeholder="Ajouter de la kinésithérapie : marche, équilibre, respiratoire…",
    session="séance",
    charge=Charge.AUXILIAIRE_MEDICAL,
    rule="B80",
    source="CSP R4321-2 : indication nécessaire, quantité facultative, technique au choix du kinésithérapeute",
    document=DocumentCode("PRESC-KINE", "Prescription d'actes de kinésithérapie"),
    words="kiné kinésithérapie mkde masseur rééducation séances",
    always=frozenset({Need.INDICATION}),
    acts=(
        Act("bilan", "Bilan et rééducation selon le bilan", "bdk diagnostic"),
        Act("marche", "Rééducation de la marche et de l’équilibre", "déambulation chute verticalisation"),
        Act("deambulation", "Rééducation de la déambulation du sujet âgé", "marche personne âgée"),
        Act(
            "verticalisation",
            "Verticalisation et prévention des complications de décubitus",
            "alité transfert",
        ),
        Act("membre", "Rééducation d’un membre", "épaule genou hanche cheville poignet", _SITE),
        Act(
            "prothese",
            "Rééducation après prothèse ou fracture",
            "pth ptg hanche genou épaule fracture col fémur",
            _SITE,
        ),
        Act("rachis", "Rééducation du rachis", "lombalgie cervicalgie dos", _SITE),
        Act("respiratoire", "Kinésithérapie respiratoire", "désencombrement bronchique bpco"),
        Act("neurologique", "Rééducation neurologique", "avc parkinson hémiplégie sep"),
        Act("parkinson", "Rééducation d’un syndrome parkinsonien", "parkinson neurologique"),
        Act("vestibulaire", "Rééducation vestibulaire", "vertige"),
        Act("perineale", "Rééducation périnéo-sphinctérienne", "incontinence"),
        Act("drainage", "Drainage lymphatique", "lymphoedème", _SITE),
        Act(
            "entretien", "Entretien articulaire et prévention des rétractions", "mobilisation passive raideur"
        ),
        Act("amputation", "Rééducation après amputation", "moignon appareillage", _SITE),
    ),
)

ENTRY = act_entry(CATALOGUE)
