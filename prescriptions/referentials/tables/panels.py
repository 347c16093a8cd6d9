"""The usual panels of biology in a nursing home, offered before the nomenclature (rule B61).

Source: our own list, French clinical usage in EHPAD, reviewed 11/2026; codes of the NABM of 2019, each in force there
(a test says so). A panel is a shortcut to lines the prescriber then sees one by one: it carries no authority.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Panel:
    """`codes`: NABM codes, four digits. `fasting`: usually drawn before breakfast."""

    slug: str
    name: str
    synonyms: tuple[str, ...]
    codes: tuple[str, ...]
    fasting: bool = False


PANELS: tuple[Panel, ...] = (
    Panel(
        "inr",
        "INR",
        ("AVK", "previscan", "coumadine", "antivitamine K", "TP"),
        ("0127",),
    ),
    Panel(
        "iono-creat",
        "Ionogramme, urée, créatinine",
        (
            "iono",
            "rein",
            "rénal",
            "fonction rénale",
            "natrémie",
            "kaliémie",
            "sodium",
            "potassium",
            "clairance",
            "DFG",
            "BES",
        ),
        ("1609", "0593"),
    ),
    Panel(
        "nfs",
        "NFS, plaquettes",
        ("hémogramme", "numération", "formule sanguine", "hémoglobine", "anémie"),
        ("1104",),
    ),
    Panel(
        "crp",
        "CRP",
        ("protéine C réactive", "inflammation"),
        ("1804",),
    ),
    Panel(
        "infection",
        "NFS et CRP",
        ("infection", "inflammation", "fièvre"),
        ("1104", "1804"),
    ),
    Panel(
        "ecbu",
        "ECBU",
        ("examen cytobactériologique des urines", "infection urinaire", "bactériologie urines"),
        ("5201",),
    ),
    Panel(
        "tsh",
        "TSH",
        ("thyroïde", "levothyrox", "thyréostimuline"),
        ("1208",),
    ),
    Panel(
        "hba1c",
        "HbA1c",
        ("hémoglobine glyquée", "glycosylée", "diabète"),
        ("1577",),
    ),
    Panel(
        "diabete",
        "Bilan du diabète",
        ("glycémie", "HbA1c", "diabétique"),
        ("1577", "0552", "0593"),
        fasting=True,
    ),
    Panel(
        "nutrition",
        "Albumine, préalbumine, CRP",
        ("bilan nutritionnel", "dénutrition", "transthyrétine", "albuminémie"),
        ("1806", "1817", "1804"),
    ),
    Panel(
        "albumine",
        "Albumine",
        ("albuminémie", "dénutrition"),
        ("1806",),
    ),
    Panel(
        "hepatique",
        "Bilan hépatique",
        ("foie", "transaminases", "ASAT", "ALAT", "gamma GT", "GGT", "PAL", "bilirubine", "BHC"),
        ("0522", "0519", "0514", "1601"),
    ),
    Panel(
        "calcium-vitamine-d",
        "Calcémie, albumine, vitamine D",
        ("calcium", "25 OH", "ostéoporose", "bilan phosphocalcique"),
        ("0578", "1806", "1139"),
    ),
    Panel(
        "carences",
        "Ferritine, vitamine B12, folates",
        ("carence", "anémie", "fer", "B9", "B12", "folates", "carences vitaminiques"),
        ("1213", "1374", "1387"),
    ),
    Panel(
        "martial",
        "Ferritine, coefficient de saturation",
        ("fer", "bilan martial", "transferrine"),
        ("1213", "2002"),
        fasting=True,
    ),
    Panel(
        "lipides",
        "Bilan lipidique",
        ("cholestérol", "EAL", "triglycérides", "LDL", "HDL"),
        ("0996",),
        fasting=True,
    ),
    Panel(
        "cardiaque",
        "BNP ou NT-proBNP",
        ("insuffisance cardiaque", "peptides natriurétiques"),
        ("1821",),
    ),
    Panel(
        "coagulation",
        "TP, TCA",
        ("hémostase", "coagulation", "prothrombine", "temps de Quick", "céphaline"),
        ("0126", "1127"),
    ),
    Panel(
        "glycemie",
        "Glycémie",
        ("glucose", "sucre", "diabète"),
        ("0552",),
        fasting=True,
    ),
    Panel(
        "proteines",
        "Électrophorèse des protéines",
        ("EPP", "protéinogramme", "gammapathie"),
        ("0570",),
    ),
    Panel(
        "digoxine",
        "Digoxinémie",
        ("digoxine", "dosage"),
        ("0327",),
    ),
    Panel(
        "lithium",
        "Lithiémie",
        ("lithium", "teralithe", "dosage"),
        ("0557",),
    ),
    Panel(
        "valproate",
        "Acide valproïque, dosage",
        ("dépakine", "valproate", "valproémie"),
        ("0340",),
    ),
    Panel(
        "entree",
        "Bilan d'entrée",
        ("admission", "bilan standard", "bilan complet", "bilan annuel"),
        ("1104", "1609", "0593", "1804", "1806", "1208", "0552", "1139"),
        fasting=True,
    ),
)
