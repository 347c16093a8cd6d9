"""The pictures every ordonnance is compared to: one a kind, one a form. After a wanted change of layout, draw them again
and look at each: `python manage.py shell -c "from tests.prescriptions.printing.goldens import draw; draw()"`.
"""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

from PIL import Image

from prescriptions.kinds.order import Paper
from prescriptions.printing.sheet import FallbackBlock, Sheet, State
from prescriptions.printing.typeset import to_png

from . import orders
from .orders import sheet_of
from .sheets import APIXABAN, LEVOTHYROX, MORPHINE, OXYCODONE, PARACETAMOL, make_sheet, on_paper

FOLDER = Path(__file__).parent / "golden"
PPI = 72.0
_GREYS = 16


GOLDENS: dict[str, Sheet] = {
    **{kind.name.lower(): sheet_of(kind, *written) for kind, written in orders.BY_KIND.items()},
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


def draw() -> None:
    """Draw every picture again."""
    FOLDER.mkdir(exist_ok=True)
    for name, sheet in GOLDENS.items():
        picture(sheet).quantize(_GREYS).save(FOLDER / f"{name}.png", optimize=True)
