"""Ordonnances of the tests: Jeanne Beaumont's, by Dr Claire Martineau."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from amo_gateway.code2d import content
from prescriptions.printing.mentions import mentions
from prescriptions.printing.sheet import (
    FallbackBlock,
    PatientBlock,
    PrescriberBlock,
    Sheet,
    SheetLine,
    State,
    StructureKind,
)

IDENTIFIER = "01S2ZK4H7QW9M3XT5B"
CODE = content(IDENTIFIER, "BEAUMONT", "Jeanne", date(1938, 3, 14), "99900123458", am="991000696")

MARTINEAU = PrescriberBlock(
    name="Dr Claire MARTINEAU",
    quality="Médecin, médecine générale",
    rpps="99900123458",
    structure_kind=StructureKind.AM,
    structure_number="991000696",
    establishment="EHPAD Les Tilleuls",
    address=("12 rue des Vergers", "49000 Angers, France"),
    phone="+33241000011",
    email="martineau@exemple.invalid",
)
JEANNE = PatientBlock(
    birth_name="BEAUMONT",
    first_names="Jeanne Marie Louise",
    used_name="LEMAIRE Jeanne",
    sex="F",
    birth_date=date(1938, 3, 14),
    age=88,
    weight_kg="58.4",
    height_cm="158",
    ins="238034900700144",
)
APIXABAN = SheetLine(
    title="APIXABAN 2,5 mg, comprimé pelliculé (ELIQUIS)",
    texts=("1 comprimé matin et soir, pendant 28 jours.", "QSP 28 jours, à renouveler 5 fois."),
    ald=True,
)
LEVOTHYROX = SheetLine(
    title="LÉVOTHYROXINE SODIQUE 50 microgrammes, comprimé sécable (LEVOTHYROX)",
    texts=(
        "1 comprimé le matin, à jeun, pendant 28 jours.",
        "QSP 28 jours, à renouveler 5 fois.",
        "Non substituable (MTE).",
    ),
)
PARACETAMOL = SheetLine(
    title="PARACÉTAMOL 1 000 mg, comprimé (DOLIPRANE)",
    texts=(
        "1 comprimé si douleur, sans dépasser 3 comprimés par 24 heures.",
        "QSP 8 jours, ne pas renouveler.",
    ),
)

MORPHINE = SheetLine(
    title="MORPHINE (SULFATE DE) 10 mg, gélule à libération prolongée (SKENAN LP)",
    texts=(
        "1 gélule à 8 h et 20 h, pendant 14 jours.",
        "Voie orale. QSP 14 jours, ne pas renouveler.",
        "Délivrance fractionnée de 7 jours.",
    ),
)
OXYCODONE = SheetLine(
    title="OXYCODONE (CHLORHYDRATE D’) 5 mg, gélule (OXYNORM)",
    texts=(
        "1 gélule si douleur, à renouveler si besoin après 4 heures, sans dépasser 4 gélules par 24 heures, pendant 7 jours.",
        "QSP 7 jours, ne pas renouveler.",
    ),
)
OUTAGE = FallbackBlock(motive="absence de connexion", recorded_on=date(2026, 11, 23))


def make_sheet(*lines: SheetLine, **changes: object) -> Sheet:
    """An original, registered ordonnance of `lines` (Levothyrox alone by default)."""
    sheet = Sheet(
        kind_title="Médicaments",
        state=State.ORIGINAL,
        identifier=IDENTIFIER,
        prescriber=MARTINEAU,
        patient=JEANNE,
        place="Angers",
        written_on=date(2026, 11, 23),
        lines=lines or (LEVOTHYROX,),
        mentions=mentions(date(2026, 11, 3), "RESIDENT", opposes=False),
        signature=("Signé électroniquement", "par le Dr Claire MARTINEAU", "le 23/11/2026 à 10 h 36"),
        code2d=CODE,
        total_price=Decimal("12.4"),
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]


def on_paper(*lines: SheetLine, **changes: object) -> Sheet:
    """An ordonnance made without the service, on plain paper unless said."""
    return make_sheet(*lines, **{"identifier": None, "code2d": None, "fallback": OUTAGE, **changes})


def many(count: int) -> Sheet:
    """An ordonnance of `count` lines, numbered in their titles so that each can be found."""
    return make_sheet(
        *(replace(PARACETAMOL, title=f"MÉDICAMENT{rank:02d} 1 mg, comprimé") for rank in range(1, count + 1))
    )
