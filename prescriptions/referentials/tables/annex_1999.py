"""The devices an EHPAD pays out of its care budget: the annex of the arrêté of 26 April 1999 (rules B53, B91, B92).

Source: arrêté du 26 avril 1999 (MESA9921084A), annexe, as amended by the arrêté of 30 May 2008. Each entry
quotes its words. The annex names things, the LPP names codes: `words` (regular expression on the folded
label) and `chapters` (path in the LPP tree, read in the table of 2020) say which codes we take for that thing.
`basis` is `texte` when the annex's own words say so, `interprétation` when it is our reading: no authority.
The first entry that matches wins, after OUTSIDE (annex_1999_outside.py), which says what is not in the annex and why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from prescriptions.referentials.tables.annex_1999_outside import OUTSIDE, Basis, Outside
from prescriptions.referentials.words import fold

HANDICAP = "Fauteuil affecté à ce résident, pour un handicap particulier ?"
SELF_CATHETER = "Le résident se sonde-t-il lui-même (autosondage) ?"


@dataclass(frozen=True, slots=True)
class AnnexItem:
    """One thing of the annex. `question`: asked when the answer « yes » takes it out of the annex."""

    id: str
    wording: str
    part: Literal["I", "II"]
    words: str
    chapters: tuple[str, ...] = ()
    but_not: str = ""
    basis: Basis = "texte"
    unless_personal: bool = False
    question: str = ""
    unless_in_act: bool = False
    """Marked * in the annex: not paid by the house when the act's fee already includes it."""


_INCONTINENCE = "dispositif médical pour incontinence urinaire à l'exclusion des stomies"
_AUTOCONTROL = "dispositif médical pour autocontrôle (urine, sang)"
_NUTRIENT = "nutriment pour supplémentation orale et nutriment pour supplémentation entérale"
_BANDAGE = "bande de crêpe et de contention"
_INFUSION = (
    "matériels de perfusion périphérique et leurs accessoires (pied à sérum, potence, panier de perfusion)"
)
_SUCTION = "aspirateur à mucosité"
_SUTURE = "fil à sutures"
_CRUTCH = "béquille et canne anglaise"
_WHEELCHAIR = (
    "fauteuil roulant à pousser ou manuel non affecté à un résident particulier pour un handicap particulier"
)
_BED = "lit médical et accessoires"
_MATTRESS = (
    "matelas simple, matelas ou surmatelas d'aide à la prévention d'escarres et accessoires de protection"
)
_PUMP = "pompe pour nutrition entérale"

ITEMS: tuple[AnnexItem, ...] = (
    # I. Petit matériel et fournitures médicales
    AnnexItem("abaisse-langue", "abaisse-langue", "I", r"abaisse-? ?langue", unless_in_act=True),
    AnnexItem(
        "accessoires-ecg",
        "accessoires pour électrocardiogramme",
        "I",
        r"(?:accessoires?|electrodes?).*(?:\becg\b|electrocardiogr)",
        unless_in_act=True,
    ),
    AnnexItem("crachoir", "crachoir", "I", r"crachoir"),
    AnnexItem("doigtier", "doigtier", "I", r"doigtier", unless_in_act=True),
    AnnexItem("fil-sutures", _SUTURE, "I", r"\bfils? (?:a|de|pour) sutures?", unless_in_act=True),
    AnnexItem(
        "aiguille-sertie", _SUTURE, "I", r"aiguille sertie", basis="interprétation", unless_in_act=True
    ),
    AnnexItem(
        "gant-sterile", "gant stérile", "I", r"gants?\b.*(?:steril|chirurg|examen)", unless_in_act=True
    ),
    AnnexItem("garrot", "garrot", "I", r"\bgarrots?\b", unless_in_act=True),
    AnnexItem(
        "masque", "masque", "I", r"^masques?\b|masques? (?:chirurgica|de soins?|ffp)", but_not="nebuli"
    ),
    AnnexItem(
        "bandes",
        _BANDAGE,
        "I",
        r"\bbandes?\b.*\bcrepe\b|\bbandes? (?:de )?cont(?:ention)?\b|\bcontention, bandes?\b|bandes? de compression",
    ),
    AnnexItem(
        "systemes-compression",
        _BANDAGE,
        "I",
        r"(?:systeme|kit)\b.*compressi|bande en mousse pour capitonnage|coussins? pour contention",
        ("1.3.2",),
        basis="interprétation",
    ),
    AnnexItem(
        "pansements",
        "articles pour pansements",
        "I",
        r"\bpans(?:t|ements?)?\b|compresses?\b|\bcomp\. |coton hydroph|sparadrap|alginate|hydrocoll|hydrogel|hydrocell"
        r"|\bfilms? adh|set .*plaie|rondelles oculaires|suture adhesive",
        ("1.3.1",),
        but_not=r"\bpince|ciseau",
    ),
    AnnexItem(
        "appareil-glycemie",
        "appareil de mesure pour glycémie",
        "II",
        r"(?:lecteur|appareil|\bapp\b|lect(?:ure)?\b|\bset\b|\bkit\b).*glycemie|glucometre|glycemie.*lecteur",
    ),
    AnnexItem(
        "autocontrole",
        _AUTOCONTROL,
        "I",
        r"autocontrole|automesure|autopiqueur|lancettes?|bandelettes?.*(?:glyc|sang|urin)|bandelettes urinaires",
        ("1.1.3.1", "1.1.3.3"),
    ),
    AnnexItem(
        "forfait-enterale",
        _PUMP,
        "II",
        r"nutrition enterale, forfait",
        basis="interprétation",
    ),
    AnnexItem(
        "sonde-naso",
        "sondes naso-gastriques ou naso-entérale",
        "I",
        r"sondes?\b.*naso.{0,2}(?:gastr|enter|jejun)|^(?:sondes? )?naso.?gastr",
    ),
    AnnexItem(
        "nutriment",
        _NUTRIENT,
        "I",
        r"\bnut(?:rition)?\b\.? ?(?:orale?|ente[rl]\w*)|complements? nutritionnels?|\bcno\b|nutriment",
        ("1.1.5.2",),
        but_not=r"sonde|bouton|pompe|prolongateur",
    ),
    AnnexItem(
        "pompe-enterale",
        _PUMP,
        "II",
        r"pompe\b.*(?:enterale|nutrition)|nutripompe|regulateur de debit.*enteral",
    ),
    AnnexItem(
        "hetero-sondage",
        "sonde vésicale pour hétérosondage intermittent",
        "I",
        r"\bsond\w*\b.*\binterm\w*|hetero-?sondage",
        unless_personal=True,
        question=SELF_CATHETER,
    ),
    AnnexItem(
        "incontinence",
        _INCONTINENCE,
        "I",
        r"incontinen|etui penien|changes? complets?|\bcouches?\b.*(?:adulte|absorb)"
        r"|protections? (?:absorbant|anatomique|urinaire)",
    ),
    AnnexItem(
        "collecteur-urine",
        _INCONTINENCE,
        "I",
        r"^collecteur (?:de )?(?:nuit|jour|jambe)|(?:poche|collecteur)s? (?:a |(?:de recueil )?d.)urine",
        basis="interprétation",
    ),
    AnnexItem(
        "dechets",
        "container déchets médicaux",
        "II",
        r"(?:containers?|conteneurs?|collecteurs?|boites?)\b.*(?:dechets|piquants|aiguilles usagees)",
    ),
    AnnexItem(
        "seringue-aiguille",
        "seringue et aiguille",
        "I",
        r"^(?:autotrait\w*\.?, ?)?(?:seringues?|aiguilles?)\b",
        unless_in_act=True,
    ),
    # II. Matériel médical amortissable
    AnnexItem("armoire", "armoire de pharmacie", "II", r"armoires?\b.*pharmacie"),
    AnnexItem("aspirateur-mucosite", _SUCTION, "II", r"aspirateurs?\b.*mucosite"),
    AnnexItem("aspirateur-tracheal", _SUCTION, "II", r"aspirateurs? tracheal", basis="interprétation"),
    AnnexItem("chariot", "chariot de soins/préparation", "II", r"chariots? de (?:soins?|preparation)"),
    AnnexItem("electrocardiographe", "électrocardiographe", "II", r"electrocardiographe"),
    AnnexItem(
        "instruments",
        "matériel pour sutures et pansements (pinces, ciseaux)",
        "II",
        r"\b(?:pinces?|ciseaux)\b.*(?:suture|pansement|dissection|kocher)",
    ),
    AnnexItem("pui", "matériel lié au fonctionnement d'une PUI", "II", r"materiel\b.*\bpui\b"),
    AnnexItem(
        "pese-personne",
        "pèse-personne ou chaise-balance",
        "II",
        r"pese-? ?personne|chaise-? ?(?:balance|pesee)",
    ),
    AnnexItem("negatoscope", "négatoscope", "II", r"negatoscope"),
    AnnexItem("otoscope", "otoscope", "II", r"otoscope"),
    AnnexItem("sterilisateur", "stérilisateur", "II", r"sterilisateur"),
    AnnexItem(
        "tensiometre",
        "stéthoscope et tensiomètre (y compris électriques)",
        "II",
        r"stethoscope|tensiometre|autotensiom",
    ),
    AnnexItem("table-examen", "table d'examen", "II", r"tables? d'examen"),
    AnnexItem("thermometre", "thermomètre électronique", "II", r"thermometre"),
    AnnexItem(
        "aerosol",
        "appareil générateur d'aérosol et nébuliseur associé",
        "II",
        r"nebulis|aerosol",
        ("1.1.1.1",),
    ),
    AnnexItem(
        "potence-lit",
        _BED,
        "II",
        r"potence de (?:support|relevement)",
        basis="interprétation",
    ),
    AnnexItem(
        "perfusion",
        _INFUSION,
        "II",
        r"perfusion peripherique|pieds? a (?:serum|perfusion)|potence|panier de perfusion|perfuseur"
        r"|catheter (?:court|peripherique)",
    ),
    AnnexItem(
        "perfusion-gravite",
        _INFUSION,
        "II",
        r"\bperf(?:usion)?\b.*gravite",
        basis="interprétation",
    ),
    AnnexItem("bequille", _CRUTCH, "II", r"\bbequilles?\b|cannes? anglaises?"),
    AnnexItem("canne-antebrachiale", _CRUTCH, "II", r"canne\b.*antebrach", basis="interprétation"),
    AnnexItem("deambulateur", "déambulateur", "II", r"deambulateur|rollator|cadre de marche"),
    AnnexItem(
        "fauteuil",
        _WHEELCHAIR,
        "II",
        r"fauteuils? roulants?|fauteuils? (?:a pousser|manuels?)|^vh?p\b.*(?:manuel|\bpous?\b|poussette|accessoires?|livraison)",
        ("1.2.2.6", "4.1.1", "4.2.1"),
        unless_personal=True,
        question=HANDICAP,
    ),
    AnnexItem(
        "siege-coquille",
        "siège pouvant être adapté sur un châssis à roulettes",
        "II",
        r"sieges?\b.*(?:coquille|modul|chassis|roulettes)|fauteuils? coquille",
        ("1.2.2.7",),
        basis="interprétation",
    ),
    AnnexItem("lit", _BED, "II", r"\blits? medica|alese impermeable|\bcerceau\b", ("1.2.1.1",)),
    AnnexItem(
        "souleve-malade",
        "soulève-malade mécanique ou électrique",
        "II",
        r"(?:sou)?leve-? ?(?:malade|personne)",
    ),
    AnnexItem(
        "compresseur",
        "compresseur pour surmatelas pneumatique à pression alternée",
        "II",
        r"compresseur\b.*matelas",
    ),
    AnnexItem(
        "coussin-escarres",
        "coussin d'aide à la prévention d'escarres",
        "II",
        r"escarres?\b.*(?:coussin|housse)|coussins?\b.*escarre",
        but_not=r"\bacc(?:essoires)?\b|talon",
    ),
    AnnexItem("matelas", _MATTRESS, "II", r"matelas|\bsurmat\b|escarres?", ("1.2.1.2",)),
    AnnexItem("chaise-percee", "chaise percée avec accoudoirs", "II", r"chaises? percee"),
    AnnexItem(
        "verticalisation", "appareil de verticalisation", "II", r"appareil\b.*verticalis|verticalisateur"
    ),
)


def annex_item(label: str, chapter: str = "") -> AnnexItem | None:
    """Return what this label is in the annex, None when it is not there; `chapter`: LPP path, « 1.1.4.1 »."""
    return _annex_item(fold(label), chapter)


def outside(label: str, chapter: str = "") -> Outside | None:
    """Return why this label is kept out of the annex before its words are even read, None otherwise."""
    return _outside(fold(label), chapter)


@lru_cache(maxsize=4096)
def _annex_item(folded: str, chapter: str) -> AnnexItem | None:
    if _outside(folded, chapter):
        return None
    return next((item for item in ITEMS if _is(item, folded, chapter)), None)


def _outside(folded: str, chapter: str) -> Outside | None:
    return next((row for row in OUTSIDE if _in(row.chapters, chapter) or _says(row.words, folded)), None)


def _is(item: AnnexItem, folded: str, chapter: str) -> bool:
    met = _in(item.chapters, chapter) or _says(item.words, folded)
    return met and not _says(item.but_not, folded)


def _in(chapters: tuple[str, ...], chapter: str) -> bool:
    return any(f"{chapter}.".startswith(f"{prefix}.") for prefix in chapters)


def _says(pattern: str, folded: str) -> bool:
    return bool(pattern) and re.search(pattern, folded) is not None
