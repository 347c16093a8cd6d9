"""Sedative and anticholinergic load, psychotropes, heat (rule B130). ATC prefixes and folded names.

Sources: anticholinergic weights, our reading of the Anticholinergic Cognitive Burden scale (Boustani 2008, update 2012);
heat, our reading of the ANSM's « médicaments et fortes chaleurs »; psychotropes, HAS AMI programme (alert and mastery of
iatrogenesis) thresholds. To be validated by the pharmacist.
"""

from __future__ import annotations

from datetime import date

from prescriptions.safety.tables.atc_groups import NSAIDS

DATED = date(2026, 11, 24)
AMI = "HAS, programme AMI : indicateurs d’alerte et de maîtrise de la iatrogénie (notre lecture)"
ACB = "Échelle ACB (Boustani 2008, mise à jour 2012), notre lecture, à valider par le pharmacien"
HEAT = "ANSM, médicaments et fortes chaleurs (notre lecture)"
FALLS = "HAS, chutes répétées de la personne âgée (notre lecture)"

MANY_LINES, MANY_PSYCHOTROPES, MANY_SEDATIVES, HEAVY_ACB = 10, 3, 3, 3
BENZODIAZEPINE_DAYS = 84
"""Twelve weeks."""

PSYCHOTROPES = ("N05A", "N05B", "N05C", "N06A")
LONG_BENZODIAZEPINES = (
    "bromazepam", "diazepam", "chlordiazepoxide", "prazepam", "clobazam", "nordazepam", "loflazepate", "nitrazepam",
    "clorazepate", "estazolam", "flunitrazepam",
)  # fmt: skip
SEDATIVES = (
    "N05A", "N05B", "N05C", "N02A", "N02BF", "N03AX12", "N03AX16", "N03AE", "N03AA", "R06AD", "R06AA", "N06AA", "N06AX03",
    "N06AX11", "M03B", "C02AC",
)  # fmt: skip

DEMENTIA = ("F00", "F01", "F02", "F03", "G30", "G31")
FALL_CODES = ("W0", "W1", "R296")
"""CIM-10: falls (W00–W19), repeated falls."""

ANTICHOLINERGIC: dict[str, int] = {
    **dict.fromkeys(
        (
            "amitriptyline", "clomipramine", "imipramine", "doxepine", "dosulepine", "trimipramine", "maprotiline",
            "hydroxyzine", "oxybutynine", "tolterodine", "solifenacine", "fesoterodine", "trospium", "flavoxate", "cyamemazine",
            "levomepromazine", "chlorpromazine", "clozapine", "olanzapine", "quetiapine", "promethazine", "alimemazine",
            "mequitazine", "dexchlorpheniramine", "doxylamine", "diphenhydramine", "trihexyphenidyle", "tropatepine",
            "biperidene", "scopolamine", "paroxetine", "disopyramide", "propericiazine", "cyproheptadine",
        ),
        3,
    ),
    **dict.fromkeys(("amantadine", "carbamazepine", "oxcarbazepine", "loxapine"), 2),
    **dict.fromkeys(
        (
            "alprazolam", "atenolol", "captopril", "codeine", "colchicine", "diazepam", "digoxine", "fentanyl", "furosemide",
            "haloperidol", "isosorbide", "loperamide", "metoprolol", "mirtazapine", "morphine", "nifedipine", "prednisone",
            "prednisolone", "risperidone", "theophylline", "trazodone", "tramadol", "venlafaxine", "warfarine", "clorazepate",
        ),
        1,
    ),
}  # fmt: skip
"""Folded name → weight, 1 to 3."""
STRONG = tuple(name for name, weight in ANTICHOLINERGIC.items() if weight == 3)
CHOLINESTERASE = ("donepezil", "rivastigmine", "galantamine")

HEAT_FROM, HEAT_TO = (6, 1), (9, 15)
"""Month and day: the national heat plan watches from 1 June to 15 September."""
HEAT_ATC = ("C03", "C09", *NSAIDS, "N05A", "N06A", "A10BA02", "C01AA05", "N03AX11", "N04A")
