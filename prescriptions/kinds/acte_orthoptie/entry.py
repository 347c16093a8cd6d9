"""Orthoptics: a bilan, and the rehabilitation it finds necessary (rule B81, likely)."""

from prescriptions.kinds.acts.catalogue import Act, Catalogue, Need
from prescriptions.kinds.acts.entry import act_entry
from prescriptions.kinds.charges import Charge
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import DocumentCode

CATALOGUE = Catalogue(
    kind=Kind.ACTE_ORTHOPTIE,
    heading="Orthoptie",
    placeholder="Ajouter de l’orthoptie : bilan, basse vision, champ visuel…",
    session="séance",
    charge=Charge.AUXILIAIRE_MEDICAL,
    rule="B81",
    source="CSP L4342-1 et R4342-1 : bilan, puis rééducation ; catalogue : choix du projet",
    document=DocumentCode("PRESC-ORTHOPTIE", "Prescription d'actes d'orthoptie"),
    words="orthoptie orthoptiste",
    always=frozenset({Need.INDICATION}),
    acts=(
        Act("bilan", "Bilan orthoptique", "vision évaluation"),
        Act("basse-vision", "Bilan et rééducation de la basse vision", "dmla malvoyance glaucome"),
        Act("neurovisuel", "Bilan et rééducation des troubles neurovisuels", "avc hémianopsie négligence"),
        Act("diplopie", "Bilan d’une diplopie", "vision double strabisme paralysie"),
        Act("champ-visuel", "Relevé du champ visuel", "périmétrie glaucome"),
        Act("retinographie", "Rétinographie de dépistage", "fond d’œil diabète rétinopathie"),
        Act("reeducation", "Rééducation de la vision binoculaire", "convergence"),
    ),
)

ENTRY = act_entry(CATALOGUE)
