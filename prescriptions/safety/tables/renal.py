"""Below which creatinine clearance (Cockcroft, mL/min) a medicine asks for something (rule B129).

Source: summaries of product characteristics (RCP), our reading, to be validated by the pharmacist. One row per substance or
ATC class; steps from the lowest clearance up; the first that applies speaks. Not every medicine is here: the absence of an
alert says nothing of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from prescriptions.safety.tables.atc_groups import NSAIDS

SOURCE = "RCP, adaptation à la fonction rénale (notre lecture, à valider par le pharmacien)"
DATED = date(2026, 11, 24)

Weight = Literal["AVOID", "ADAPT"]
"""AVOID: contraindicated or not recommended, a reason is asked. ADAPT: dose, interval or monitoring."""


@dataclass(frozen=True, slots=True)
class Step:
    """Below `below` mL/min: how heavy, and what to do."""

    below: int
    weight: Weight
    conduct: str


@dataclass(frozen=True, slots=True)
class RenalRow:
    """Substances by folded name, or ATC prefixes, and their steps."""

    names: tuple[str, ...]
    steps: tuple[Step, ...]
    atc: tuple[str, ...] = ()


def _avoid(below: int, conduct: str = "Contre-indiqué.") -> Step:
    return Step(below, "AVOID", conduct)


def _adapt(below: int, conduct: str) -> Step:
    return Step(below, "ADAPT", conduct)


_MONITOR = "Débuter à faible dose ; surveiller créatininémie et kaliémie."
_HYPOGLYCAEMIA = "Contre-indiqué : risque d’hypoglycémie prolongée."

ROWS: tuple[RenalRow, ...] = (
    RenalRow(("apixaban",), (
        _avoid(15, "Non recommandé."),
        _adapt(30, "Fibrillation atriale : 2,5 mg deux fois par jour ; autres indications : prudence."),
    )),
    RenalRow(("rivaroxaban",), (
        _avoid(15, "Non recommandé."), _adapt(50, "Fibrillation atriale : 15 mg par jour ; prudence au-dessous de 30."),
    )),
    RenalRow(("dabigatran", "dabigatran etexilate"), (
        _avoid(30), _adapt(50, "Envisager 110 mg deux fois par jour selon le risque hémorragique."),
    )),
    RenalRow(("edoxaban",), (_avoid(15, "Non recommandé."), _adapt(50, "30 mg par jour."))),
    RenalRow(("enoxaparine",), (
        _avoid(15, "Non recommandé."), _adapt(30, "Curatif : 100 UI/kg une fois par jour ; préventif : 2 000 UI par jour."),
    )),
    RenalRow(("nadroparine",), (_avoid(30, "Contre-indiqué en curatif."), _adapt(50, "Réduire d’un quart à un tiers."))),
    RenalRow(("tinzaparine", "dalteparine"), (_avoid(20, "Non recommandé en curatif."), _adapt(30, "Prudence, anti-Xa."))),
    RenalRow(("fondaparinux",), (_avoid(20), _adapt(50, "Préventif : 1,5 mg par jour ; curatif : prudence."))),
    RenalRow(("metformine",), (
        _avoid(30, "Contre-indiqué : risque d’acidose lactique."),
        _adapt(45, "1 000 mg par jour au plus, en deux prises."),
        _adapt(60, "2 000 mg par jour au plus ; contrôler tous les 3 à 6 mois."),
    )),
    RenalRow(("glibenclamide", "gliclazide", "glimepiride", "glipizide"), (_avoid(30, _HYPOGLYCAEMIA),)),
    RenalRow(("sitagliptine",), (_adapt(30, "25 mg par jour."), _adapt(45, "50 mg par jour."))),
    RenalRow(("vildagliptine",), (_adapt(50, "50 mg une fois par jour."),)),
    RenalRow(("saxagliptine",), (_adapt(50, "2,5 mg une fois par jour."),)),
    RenalRow(("digoxine",), (
        _avoid(30, "Toxicité : réduire au moins de moitié ou espacer, doser la digoxinémie."),
        _adapt(60, "Réduire la dose ; digoxinémie et kaliémie."),
    )),
    RenalRow(("gabapentine",), (
        _adapt(15, "150 à 300 mg par jour au plus."), _adapt(30, "600 mg par jour au plus."),
        _adapt(50, "900 mg par jour au plus."),
    )),
    RenalRow(("pregabaline",), (
        _adapt(15, "75 mg par jour au plus."), _adapt(30, "150 mg par jour au plus."), _adapt(60, "300 mg par jour au plus."),
    )),
    RenalRow(("levetiracetam",), (_adapt(30, "250 à 500 mg deux fois par jour."),
        _adapt(50, "250 à 750 mg deux fois par jour."))),
    RenalRow(("topiramate",), (_adapt(60, "Réduire de moitié."),)),
    RenalRow(("lithium",), (_avoid(30), _adapt(60, "Lithiémie rapprochée ; réévaluer."))),
    RenalRow((), (_adapt(30, _MONITOR),), ("C09A", "C09B", "C09C", "C09D")),
    RenalRow((), (
        _avoid(30, "Contre-indiqué : insuffisance rénale sévère."), _adapt(60, "À éviter ; cure courte, surveiller."),
    ), NSAIDS),
    RenalRow(("spironolactone", "canrenoate"), (
        _avoid(30, "Contre-indiqué : risque d’hyperkaliémie."), _adapt(60, "Kaliémie rapprochée, 25 mg par jour au plus."),
    )),
    RenalRow(("eplerenone",), (_avoid(30), _adapt(60, "25 mg un jour sur deux, kaliémie."))),
    RenalRow(("amiloride", "triamterene"), (_avoid(30), _adapt(60, "Kaliémie rapprochée."))),
    RenalRow(("hydrochlorothiazide", "indapamide", "chlortalidone"), (_avoid(30, "Contre-indiqué ou inefficace."),)),
    RenalRow(("chlorure de potassium", "potassium"), (_adapt(30, "Risque d’hyperkaliémie : kaliémie rapprochée."),)),
    RenalRow(("colchicine",), (_avoid(30), _adapt(60, "0,5 mg par jour ; espacer, surveiller diarrhée et hémogramme."))),
    RenalRow(("allopurinol",), (
        _adapt(20, "100 mg un jour sur deux."), _adapt(40, "100 mg par jour au plus."), _adapt(80, "200 mg par jour au plus."),
    )),
    RenalRow(("methotrexate",), (_avoid(30), _adapt(60, "Réduire de moitié ; hémogramme."))),
    RenalRow(("nitrofurantoine",), (_avoid(45),)),
    RenalRow(("aciclovir",), (_adapt(25, "Réduire ou espacer selon l’indication ; hydrater."),)),
    RenalRow(("valaciclovir",), (_adapt(30, "Réduire ou espacer selon l’indication ; risque de confusion."),)),
    RenalRow(("amoxicilline",), (_adapt(30, "500 mg deux fois par jour au plus."),)),
    RenalRow(("ciprofloxacine",), (_adapt(30, "500 mg par jour au plus."), _adapt(60, "1 000 mg par jour au plus."))),
    RenalRow(("levofloxacine", "ofloxacine"), (_adapt(50, "Dose de charge, puis moitié."),)),
    RenalRow(("sulfamethoxazole",), (_avoid(15), _adapt(30, "Demi-dose ; kaliémie."))),
    RenalRow(("fosfomycine",), (_avoid(10),)),
    RenalRow(("gentamicine", "amikacine", "tobramycine"), (_avoid(30, "Néphrotoxicité : à éviter."),
        _adapt(60, "Espacer, doser."))),
    RenalRow(("cefpodoxime", "cefixime", "cefuroxime", "ceftazidime", "cefepime"), (_adapt(30, "Espacer ou réduire."),)),
    RenalRow(("tramadol",), (_avoid(10), _adapt(30, "Espacer les prises de 12 heures ; éviter les formes LP."))),
    RenalRow(("morphine", "codeine", "dihydrocodeine", "opium"), (
        _adapt(30, "Accumulation : réduire, espacer, surveiller la vigilance ; préférer un autre opioïde."),
    )),
    RenalRow(("oxycodone", "hydromorphone"), (_adapt(30, "Débuter à dose réduite, surveiller la vigilance."),)),
    RenalRow(("baclofene",), (_avoid(30, "Encéphalopathie : à éviter."),
        _adapt(60, "Réduire la dose, surveiller la confusion."))),
    RenalRow(("memantine",), (_adapt(30, "10 mg par jour au plus."), _adapt(50, "10 mg par jour, 20 si bien toléré."))),
    RenalRow(("galantamine",), (_avoid(9),)),
    RenalRow(("duloxetine",), (_avoid(30),)),
    RenalRow(("venlafaxine",), (_adapt(30, "Réduire de moitié."),)),
    RenalRow(("mirtazapine",), (_adapt(40, "Clairance diminuée : réduire, surveiller."),)),
    RenalRow(("acide alendronique", "alendronate", "alendronique"), (_avoid(35, "Non recommandé."),)),
    RenalRow(("risedronate", "acide risedronique", "risedronique"), (_avoid(30),)),
    RenalRow(("acide zoledronique", "zoledronique"), (_avoid(35),)),
    RenalRow(("rosuvastatine",), (_avoid(30), _adapt(60, "20 mg par jour au plus."))),
    RenalRow(("fenofibrate",), (_avoid(30), _adapt(60, "Dose réduite."))),
    RenalRow(("atenolol",), (_adapt(35, "50 mg par jour, ou un jour sur deux."),)),
    RenalRow(("sotalol",), (_avoid(10), _adapt(60, "Réduire la dose ; QT."))),
    RenalRow(("bisoprolol",), (_adapt(20, "10 mg par jour au plus."),)),
    RenalRow(("cetirizine", "levocetirizine"), (_avoid(10), _adapt(50, "Demi-dose, ou un jour sur deux."))),
    RenalRow(("solifenacine",), (_adapt(30, "5 mg par jour au plus."),)),
    RenalRow(("famotidine", "ranitidine"), (_adapt(50, "Demi-dose."),)),
)  # fmt: skip
