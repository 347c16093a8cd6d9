"""Foot care on prescription. The four sessions a year of a diabetic foot are those of the convention (rule B81, likely)."""

from prescriptions.kinds.acts.catalogue import Act, Catalogue, Need
from prescriptions.kinds.acts.entry import act_entry
from prescriptions.kinds.charges import Charge
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import DocumentCode

CATALOGUE = Catalogue(
    kind=Kind.ACTE_PEDICURIE,
    heading="Pédicurie-podologie",
    placeholder="Ajouter de la pédicurie : pied diabétique, ongles, orthèse…",
    session="séance",
    charge=Charge.AUXILIAIRE_MEDICAL,
    rule="B81",
    source="CSP R4322-1 : soins de pédicurie-podologie ; catalogue : choix du projet",
    document=DocumentCode("PRESC-PEDI", "Prescription d'actes de pédicurie"),
    words="pédicure pédicurie podologue podologie soins",
    always=frozenset({Need.INDICATION}),
    acts=(
        Act("diabetique-2", "Soins du pied diabétique de grade 2", "diabète prévention podologique pod"),
        Act("diabetique-3", "Soins du pied diabétique de grade 3", "diabète plaie antécédent pod"),
        Act(
            "bilan-diabetique",
            "Bilan-diagnostic podologique initial du patient diabétique",
            "diabète gradation",
        ),
        Act("ongles", "Soins des ongles", "onychogryphose incarné mycose"),
        Act("hyperkeratose", "Soins des hyperkératoses, cors et durillons", "callosités"),
        Act("bilan", "Bilan podologique", "pied marche appui"),
        Act("orthoplastie", "Orthoplastie ou orthonyxie", "orteil orthèse"),
        Act("semelles", "Examen en vue de semelles orthopédiques", "orthèses plantaires"),
    ),
)

ENTRY = act_entry(CATALOGUE)
