"""What is not in the annex of 1999 (annex_1999.py), though a word or a place in the LPP could make one think so.

Source: the same arrêté; most of it is our reading of its silence, marked `interprétation`: no authority.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Basis = Literal["texte", "interprétation"]


@dataclass(frozen=True, slots=True)
class Outside:
    """What the annex does not hold, though a word of it could make one think so."""

    id: str
    why: str
    words: str
    chapters: tuple[str, ...] = ()
    basis: Basis = "interprétation"


OUTSIDE: tuple[Outside, ...] = (
    Outside(
        "appareillage", "Orthèses, prothèses, chaussures, optique, audition : titre II de la LPP.", "", ("2",)
    ),
    Outside(
        "implants", "Implants et dispositifs posés à l'hôpital : titres III et V de la LPP.", "", ("3", "5")
    ),
    Outside(
        "gastrostomie",
        "L'annexe ne vise que les sondes passées par le nez.",
        r"gastrostomi|jejunostomi",
    ),
    Outside(
        "stomies",
        "« à l'exclusion des stomies »",
        r"stomie|stomis|stomial|\burostom\b|rec\.? ?(?:de )?mat\.? ?fec|mat(?:ieres)?\.? fecal|\bdigestif\b|irrigation colique",
        basis="texte",
    ),
    Outside(
        "oxygene-ventilation",
        "L'annexe ne nomme ni oxygène, ni ventilation, ni pression positive.",
        r"oxygen|\bolt\b|\bppc\b|\bvni\b|ventilation|apnee|insuffl|\bfra-\d|tracheotomi|laryngectom",
        ("1.1.1.2", "1.5"),
    ),
    Outside(
        "appareillage-mots",
        "L'annexe ne nomme ni orthèse, ni prothèse, ni chaussure, ni lunettes, ni audioprothèse.",
        r"orthese|prothese|chaussure|\bchu[tp]\b|attelle|collier cervical|gilet|audio|optique|lunettes|lentille"
        r"|vetem?(?:ent)? compr|corset|perruque",
        ("1.1.6",),
    ),
    Outside(
        "bas-de-compression",
        "L'annexe dit « bande » de contention : un bas, une chaussette ou un collant, à la taille de la "
        "personne, n'en est pas une.",
        r"\b(?:bas|mi-bas|chaussettes?|collants?)\b.*(?:contention|compressi)|bas jarret|bas cuisse"
        r"|(?:contention|compressi\w*).*\b(?:bas|mi-bas|chaussettes?|collants?)\b",
    ),
    Outside("autosondage", "L'annexe ne vise que l'hétérosondage.", r"auto-?sondage", basis="texte"),
    Outside(
        "sonde-a-demeure",
        "L'annexe ne vise que le sondage intermittent : sonde à ballonnet et cathéter restent en ville.",
        r"(?:sonde|sde) ves\w*\.? a? ?ball|sonde vesical\b|sonde \+ coll|sondage a demeure|sus-?pubien|irrigation transanale"
        r"|sondes? rectales?",
    ),
    Outside(
        "glucose-interstitiel",
        "L'annexe dit « urine, sang » : le capteur lit un autre liquide.",
        r"interstitiel",
    ),
    Outside(
        "sans-gluten", "Un aliment sans gluten n'est pas un nutriment de supplémentation.", r"sans gluten"
    ),
    Outside(
        "parenterale",
        "L'annexe ne vise que l'oral et l'entéral.",
        r"parenteral|rehydratation orale",
        ("1.1.5.4",),
    ),
    Outside(
        "perfusion-centrale",
        "L'annexe dit « perfusion périphérique » : voie centrale, insuline, diffuseur et pompe n'en sont pas.",
        r"voie centrale|picc|transfusion|insuline\b.*(?:pompe|insulet|forfait)|pompe.*insuline"
        r"|perf(?:usion)?\b.*(?:diff(?:useur)?\b|syst(?:eme)? actif|ins remp)",
    ),
    Outside(
        "fauteuil-personnel",
        "Fauteuil électrique, verticalisateur, sportif, tricycle, scooter : toujours pour une personne.",
        r"(?:vhp|vph|fauteuil|scooter|tricycle).*(?:elect|\belec\b|moteur|verticalis|sporti|podale|soutien du corps)"
        r"|scooter|tricycle|monte-marches",
        ("4.1.2", "4.1.3", "4.1.4", "4.2.2", "4.2.3", "4.3.1.3", "4.3.1.4", "4.3.2.2"),
    ),
    Outside(
        "solutions",
        "Une solution ou une chambre d'inhalation n'est pas l'appareil.",
        r"^aerosol\w*, solution|chambre d'inh",
    ),
    Outside("phototherapie", "Masque de photothérapie du nouveau-né.", r"phototh"),
)
