"""The pictures every ordonnance is compared to: one a kind, one a form. After a wanted change of layout, draw them again
and look at each: `DJANGO_SETTINGS_MODULE=ehpad_eprescription.settings python -m tests.prescriptions.printing.goldens`.
"""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

from PIL import Image

from prescriptions.kinds.order import Paper
from prescriptions.printing.sheet import FallbackBlock, Sheet, SheetLine, State
from prescriptions.printing.typeset import to_png

from .sheets import APIXABAN, LEVOTHYROX, MORPHINE, OXYCODONE, PARACETAMOL, make_sheet, on_paper

FOLDER = Path(__file__).parent / "golden"
PPI = 72.0
_GREYS = 16


def _kind(title: str, *lines: SheetLine, **changes: object) -> Sheet:
    return make_sheet(*lines, kind_title=title, shows_price=False, **changes)


GOLDENS: dict[str, Sheet] = {
    "medicament": make_sheet(
        LEVOTHYROX, replace(PARACETAMOL, flags=("Non remboursable",)), replaced="Dr Paul ROUSSEL"
    ),
    "dispositif_medical": make_sheet(
        SheetLine(
            title="Coussin anti-escarres en mousse, classe II (LPP 6208360)",
            texts=("1 unité, achat.", "Taille 43 × 43 cm.", "Ne pas renouveler."),
        ),
        kind_title="Dispositifs médicaux",
    ),
    "acte_biologie_medicale": _kind(
        "Examens de biologie médicale",
        SheetLine(
            title="Temps de Quick, INR (NABM 0127)",
            texts=("Tous les 7 jours, 4 fois.", "À jeun."),
            flags=("Urgent",),
        ),
        SheetLine(
            title="Dosage du zinc érythrocytaire",
            texts=("1 fois.",),
            unchecked="Texte libre, non contrôlé par le logiciel",
        ),
        context="Anticoagulation par AVK, INR à 4,8 le 20/11/2026.",
    ),
    "acte_infirmier": _kind(
        "Soins infirmiers",
        SheetLine(
            title="Pansement d’ulcère de jambe",
            texts=("1 fois par jour, dimanches et jours fériés compris, pendant 21 jours.", "Jambe gauche."),
            ald=True,
        ),
    ),
    "acte_kinesitherapie": _kind(
        "Masso-kinésithérapie",
        SheetLine(
            title="Rééducation de la marche après fracture du col du fémur",
            texts=("Bilan puis 10 séances, 3 par semaine, à domicile.",),
            flags=("AT/MP",),
        ),
        accident="12/05/2026",
    ),
    "acte_pedicurie": _kind(
        "Pédicurie-podologie",
        SheetLine(title="Soins de prévention, pied diabétique de grade 2", texts=("5 séances par an.",)),
    ),
    "acte_orthophonie": _kind(
        "Orthophonie",
        SheetLine(title="Bilan de la déglutition", texts=("Bilan, avec rééducation si nécessaire.",)),
    ),
    "acte_orthoptie": _kind(
        "Orthoptie", SheetLine(title="Bilan orthoptique de basse vision", texts=("1 bilan.",))
    ),
    "form_bizone": make_sheet(APIXABAN, LEVOTHYROX, PARACETAMOL),
    "form_securisee": make_sheet(
        MORPHINE, OXYCODONE, form=Paper.SECURISEE, pharmacy="Pharmacie du Marché, Angers"
    ),
    "form_securisee_duplicata": make_sheet(
        replace(MORPHINE, ald=True),
        OXYCODONE,
        form=Paper.SECURISEE,
        state=State.DUPLICATA,
        printed_on=date(2026, 11, 24),
    ),
    "form_exception": make_sheet(APIXABAN, form=Paper.EXCEPTION),
    "paper_simple": on_paper(LEVOTHYROX),
    "paper_securisee": on_paper(
        MORPHINE,
        form=Paper.SECURISEE,
        fallback=FallbackBlock(
            motive="téléservice indisponible", recorded_on=date(2026, 11, 23), secured_lot="B2026-0415"
        ),
    ),
    "paper_exception": on_paper(APIXABAN, form=Paper.EXCEPTION),
    "internal": make_sheet(
        PARACETAMOL,
        identifier=None,
        code2d=None,
        internal=True,
        kind_title="Soins infirmiers",
        shows_price=False,
    ),
}


def picture(sheet: Sheet) -> Image.Image:
    """Draw the first page in greys."""
    return Image.open(io.BytesIO(to_png(sheet, 1, PPI))).convert("L")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, sheet in GOLDENS.items():
        picture(sheet).quantize(_GREYS).save(FOLDER / f"{name}.png", optimize=True)
