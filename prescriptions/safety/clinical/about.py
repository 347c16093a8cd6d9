"""What the clinical engine is, what it rests on, what it does not do: the words of its page (rules Z2, Z4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prescriptions.safety.clinical import VERSION
from prescriptions.safety.tables import (
    allergy_classes,
    associations,
    burden,
    crushing,
    potentially_inappropriate,
    renal,
)

NOT_CERTIFIED = (
    "Ce moteur n’est pas un dispositif médical certifié. Il aide à relire un traitement ; il ne remplace ni le jugement du "
    "prescripteur, ni l’analyse du pharmacien, ni un logiciel d’aide à la prescription certifié."
)
PURPOSE = (
    "Il compare les lignes d’un traitement entre elles et aux données du résident : interactions, doublons, allergies, "
    "fonction rénale, écrasement, médicaments à éviter chez le sujet âgé, charge sédative et anticholinergique. "
    "Les contrôles de la loi (durées, fractions, prescription restreinte…) sont à part et toujours actifs."
)
LIMITS: tuple[str, ...] = (
    "Ni les doses maximales, ni les contre-indications par maladie, ni les excipients ne sont contrôlés : aucune base publique "
    "ne les donne.",
    "Les interactions sont celles du thésaurus de l’ANSM chargé ; un médicament récent peut ne pas y être. Le thésaurus et la "
    "base publique ne nomment pas les substances de la même façon : un rapprochement incertain est affiché « à vérifier ».",
    "Quand le niveau d’une interaction dépend de la dose, de la voie ou de la maladie, il est affiché « niveau variable » avec "
    "ses conditions ; quelques conditions de dose sont calculées, et le texte le dit.",
    "Une allergie ou un médicament en texte libre n’est pas contrôlé, et chaque contrôle le dit. Du texte libre, seule est "
    "appliquée la loi des substances restreintes qu’il nomme sans faute de frappe.",
    "Sans créatininémie, poids et sexe, la fonction rénale n’est pas contrôlée. La table rénale ne couvre pas tous les "
    "médicaments : ceux dont elle ne dit rien sont nommés dès que la clairance est sous son plus haut seuil.",
    "Le code ATC manque à une partie des spécialités, ou vient de spécialités de même composition : les contrôles par classe "
    "peuvent en oublier.",
    "Les tables marquées « notre lecture » attendent la validation d’un pharmacien.",
)


@dataclass(frozen=True, slots=True)
class TableSource:
    """One table of the engine: where it comes from, and its day."""

    name: str
    source: str
    dated: date


TABLES: tuple[TableSource, ...] = (
    TableSource("Interactions", "ANSM, thésaurus des interactions médicamenteuses", date(2023, 9, 15)),
    TableSource("Doublons", associations.SOURCE, associations.DATED),
    TableSource("Allergies", allergy_classes.SOURCE, allergy_classes.DATED),
    TableSource("Fonction rénale", renal.SOURCE, renal.DATED),
    TableSource("Écrasement", crushing.SOURCE, crushing.DATED),
    TableSource("Sujet âgé", potentially_inappropriate.SOURCE, potentially_inappropriate.DATED),
    TableSource("Psychotropes et polymédication", burden.AMI, burden.DATED),
    TableSource("Charge anticholinergique", burden.ACB, burden.DATED),
    TableSource("Fortes chaleurs", burden.HEAT, burden.DATED),
)

__all__ = ["LIMITS", "NOT_CERTIFIED", "PURPOSE", "TABLES", "VERSION", "TableSource"]
