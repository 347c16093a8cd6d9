"""Potentially inappropriate medicines over 75 (rule B128): a seed, to be validated by the house's pharmacist.

Source: the 22 criteria of Laroche, Charmes and Merle (Eur J Clin Pharmacol 2007), written down from memory in 83 rows
(pim_laroche_seed.csv). Substances by folded name. Conditions told in words there are read here as figures: our reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

SOURCE = "Liste de Laroche 2007 (non validée : de mémoire, à valider par le pharmacien)"
DATED = date(2007, 8, 1)
FROM_AGE = 75


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion about a medicine alone."""

    code: str
    group: str
    reason: str
    names: tuple[str, ...]


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "L01",
        "AINS",
        "Effets neurologiques et digestifs ou hématologiques : à éviter",
        ("indometacine", "phenylbutazone"),
    ),
    Criterion(
        "L03",
        "Antidépresseur imipraminique",
        "Anticholinergique, cardiotoxicité, hypotension",
        (
            "amitriptyline",
            "clomipramine",
            "dosulepine",
            "doxepine",
            "imipramine",
            "trimipramine",
            "maprotiline",
            "amoxapine",
        ),
    ),
    Criterion(
        "L04",
        "Neuroleptique phénothiazinique",
        "Anticholinergique, sédation, chutes",
        ("chlorpromazine", "fluphenazine", "propericiazine", "levomepromazine", "pipotiazine", "cyamemazine"),
    ),
    Criterion(
        "L05",
        "Hypnotique ou antihistaminique anticholinergique",
        "Confusion, rétention, chutes",
        (
            "doxylamine",
            "aceprometazine",
            "alimemazine",
            "promethazine",
            "mequitazine",
            "hydroxyzine",
            "brompheniramine",
            "dexchlorpheniramine",
            "cyproheptadine",
        ),
    ),
    Criterion(
        "L06",
        "Antispasmodique anticholinergique",
        "Anticholinergique",
        (
            "oxybutynine",
            "tolterodine",
            "solifenacine",
            "tiemonium",
            "scopolamine",
            "clidinium",
            "dihexyverine",
        ),
    ),
    Criterion(
        "L07",
        "Benzodiazépine à demi-vie longue (20 heures et plus)",
        "Sédation prolongée, chutes",
        (
            "bromazepam",
            "diazepam",
            "chlordiazepoxide",
            "prazepam",
            "clobazam",
            "nordazepam",
            "loflazepate",
            "nitrazepam",
            "clorazepate",
            "estazolam",
        ),
    ),
    Criterion(
        "L08",
        "Benzodiazépine ou apparenté à demi-vie courte, au-delà de la demi-dose",
        "Dépasser la demi-dose n’apporte que du risque",
        (
            "lorazepam",
            "oxazepam",
            "alprazolam",
            "triazolam",
            "loprazolam",
            "lormetazepam",
            "zolpidem",
            "zopiclone",
        ),
    ),
    Criterion(
        "L09",
        "Antihypertenseur central",
        "Hypotension orthostatique, sédation",
        ("methyldopa", "clonidine", "moxonidine", "rilmenidine", "guanfacine"),
    ),
    Criterion(
        "L10",
        "Inhibiteur calcique à libération immédiate",
        "Hypotension, infarctus",
        ("nifedipine", "nicardipine"),
    ),
    Criterion("L11", "Digoxine", "Toxicité accrue si rein âgé", ("digoxine",)),
    Criterion("L12", "Antiarythmique", "Anticholinergique, inotrope négatif", ("disopyramide",)),
    Criterion(
        "L13",
        "Antiagrégant",
        "Toxicité hématologique ou hypotension ; des alternatives existent",
        ("ticlopidine", "dipyridamole"),
    ),
    Criterion("L14", "Antiulcéreux", "Confusion, interactions", ("cimetidine",)),
    Criterion(
        "L15",
        "Laxatif stimulant",
        "Côlon irritable, hypokaliémie",
        ("bisacodyl", "docusate", "picosulfate", "sennosides", "bourdaine", "cascara", "aloes"),
    ),
    Criterion(
        "L16",
        "Sulfamide hypoglycémiant de longue durée",
        "Hypoglycémie prolongée",
        ("carbutamide", "glipizide"),
    ),
    Criterion("L17", "Myorelaxant", "Somnolence, chutes", ("methocarbamol", "baclofene")),
    Criterion(
        "L18",
        "Vasodilatateur cérébral / ginkgo",
        "Efficacité non démontrée, hypotension",
        ("ginkgo", "naftidrofuryl", "pentoxifylline", "piribedil", "vinburnine"),
    ),
    Criterion("L19", "Antibactérien", "Toxicité rénale, pulmonaire, neuropathie", ("nitrofurantoine",)),
)

MOST_MG_A_DAY: dict[str, Decimal] = {
    name: Decimal(dose)
    for name, dose in {
        "lorazepam": "3", "oxazepam": "60", "alprazolam": "2", "triazolam": "0.25", "loprazolam": "0.5", "lormetazepam": "0.5",
        "zolpidem": "5", "zopiclone": "3.75", "digoxine": "0.125",
    }.items()
}  # fmt: skip
"""Criteria L08 and L11 speak only above these doses."""
IMMEDIATE_RELEASE, LONG_USE, LONG_RELEASE = frozenset({"L10"}), frozenset({"L15"}), frozenset({"L16"})
LONG_USE_DAYS = 14
"""« Usage prolongé » read as more than two weeks: ours."""
