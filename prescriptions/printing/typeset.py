"""From a sheet to its PDF (PDF/UA-1) or to the image of one page, by Typst.

What people wrote travels as JSON in an input of the compiler, never in its source: nothing in it can be taken for markup.
Only the fonts that come with Typst are used, so every machine makes the same bytes. One compiler is kept warm per
process (50 ms for the first page, about 2 ms then) behind a lock: it is not made for two threads at once. Do not typeset
before forking: Typst starts threads of its own, which a child would not have.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from decimal import Decimal
from functools import cache
from threading import Lock
from typing import Any

import typst
from django.conf import settings

from prescriptions.printing import mentions
from prescriptions.printing.barcode import code128_svg, qr_svg
from prescriptions.printing.dates import long_date, short_date
from prescriptions.printing.layout import SIZES_MM
from prescriptions.printing.letters import LARGEST, count
from prescriptions.printing.sheet import PatientBlock, PrescriberBlock, Sheet, SheetLine, State
from prescriptions.printing.spacing import hard_spaces

PDF_STANDARDS = ["ua-1"]
_COUNTING_PPI = 10.0
_lock = Lock()


def to_pdf(sheet: Sheet) -> bytes:
    """Return the tagged PDF of `sheet`. The same sheet always gives the same bytes."""
    return _compile(sheet, format="pdf", pdf_standards=PDF_STANDARDS)[0]


def to_png(sheet: Sheet, page: int, ppi: float) -> bytes:
    """Return page `page` (from 1) of `sheet` as an image of `ppi` pixels per inch. Raises IndexError when there is no such page."""
    pages = _compile(sheet, format="png", ppi=ppi)
    if not 1 <= page <= len(pages):
        raise IndexError("this sheet has no such page")
    return pages[page - 1]


def page_count(sheet: Sheet) -> int:
    """Return how many pages `sheet` takes."""
    return len(_compile(sheet, format="png", ppi=_COUNTING_PPI))


def _compile(sheet: Sheet, **options: Any) -> list[bytes]:
    document = json.dumps(_document(sheet), ensure_ascii=False)
    day = datetime.combine(sheet.written_on, time(12), tzinfo=UTC)
    with _lock:
        made = _compiler().compile(sys_inputs={"sheet": document}, timestamp=int(day.timestamp()), **options)
    return made if isinstance(made, list) else [made]


@cache
def _compiler() -> typst.Compiler:
    folder = settings.BASE_DIR / "templates" / "ordonnance"
    return typst.Compiler(input=folder / "ordonnance.typ", root=folder, ignore_system_fonts=True)


def _document(sheet: Sheet) -> dict[str, Any]:
    """Return everything the template shows, already in words."""
    return {
        "title": f"Ordonnance numérique n° {sheet.identifier}" if sheet.identifier else "Ordonnance numérique, projet",
        "kind": sheet.kind_title,
        "state": sheet.state.value,
        "identifier": sheet.identifier,
        "day": {"year": sheet.written_on.year, "month": sheet.written_on.month, "day": sheet.written_on.day},
        "place_and_date": hard_spaces(f"{sheet.place}, le {long_date(sheet.written_on)}"),
        "prescriber": _prescriber(sheet.prescriber),
        "patient": _patient(sheet.patient),
        "zones": _zones(sheet),
        "bizone": sheet.is_bizone,
        "count": f"Nombre de lignes : {_count(len(sheet.lines))}",
        "price": _price(sheet),
        "mentions": list(sheet.mentions),
        "signature": [hard_spaces(line) for line in sheet.signature],
        "qr": qr_svg(sheet.code2d) if sheet.code2d is not None else None,
        "qr_alt": f"Code 2D de l’e-prescription numéro {sheet.identifier}, à lire par le pharmacien",
        "banner": _banner(sheet),
        "watermark": sheet.state.value if sheet.state is not State.ORIGINAL else None,
        "words": {"no_code": mentions.NO_CODE, "no_identifier": mentions.NO_IDENTIFIER, "empty_zone": mentions.EMPTY_ZONE},
        "sizes": SIZES_MM,
    }


def _prescriber(block: PrescriberBlock) -> dict[str, Any]:
    kind = block.structure_kind.value
    label = "FINESS" if kind == "FINESS" else "N° AM"
    return {
        "name": block.name,
        "quality": block.quality,
        "lines": [block.establishment, *block.address],
        "contact": [hard_spaces(_phone(block.phone)), block.email],
        "barcodes": [
            {"label": f"RPPS {block.rpps}", "svg": code128_svg(block.rpps), "alt": f"Code-barres RPPS {block.rpps}"},
            {
                "label": f"{label} {block.structure_number}",
                "svg": code128_svg(block.structure_number),
                "alt": f"Code-barres {label} {block.structure_number}",
            },
        ],
    }


_BORN = {"F": "née", "M": "né"}
_SEX = {"F": "femme", "M": "homme"}


def _patient(block: PatientBlock) -> dict[str, Any]:
    sex = _SEX.get(block.sex, "sexe indéterminé")
    born = f"{_BORN.get(block.sex, 'né(e)')} le {short_date(block.birth_date)} ({block.age} ans), {sex}"
    measures = [f"{_number(value)} {unit}" for value, unit in ((block.weight_kg, "kg"), (block.height_cm, "cm")) if value]
    return {
        "name": block.birth_name,
        "first_names": block.first_names,
        "used": f"nom utilisé : {block.used_name}" if block.used_name else "",
        "lines": [
            hard_spaces(line)
            for line in (born, " · ".join(measures), f"INS {_spaced_ins(block.ins)}" if block.ins else "")
            if line
        ],
        "short": f"{block.birth_name} {block.first_names}, {_BORN.get(block.sex, 'né(e)')} le {short_date(block.birth_date)}",
    }


def _zones(sheet: Sheet) -> list[dict[str, Any]]:
    """Return one zone without heading, or the two of the ordonnance bizone: lines of the ALD above (rule B37)."""
    if not sheet.is_bizone:
        return [{"heading": None, "lines": _lines(sheet.lines, first=1)}]
    related = tuple(line for line in sheet.lines if line.ald)
    others = tuple(line for line in sheet.lines if not line.ald)
    return [
        {"heading": mentions.ALD_ZONE, "lines": _lines(related, first=1)},
        {"heading": mentions.OTHER_ZONE, "lines": _lines(others, first=len(related) + 1)},
    ]


def _lines(lines: tuple[SheetLine, ...], *, first: int) -> list[dict[str, Any]]:
    return [
        {"number": str(rank), "title": hard_spaces(line.title), "texts": [hard_spaces(text) for text in line.texts]}
        for rank, line in enumerate(lines, start=first)
    ]


def _count(lines: int) -> str:
    return count(lines, feminine=True) if lines <= LARGEST else str(lines)


def _price(sheet: Sheet) -> str:
    if not sheet.shows_price:
        return ""
    if sheet.total_price is None:
        return "Prix total : prix inconnu"
    return hard_spaces(f"Prix total : {f'{sheet.total_price:.2f}'.replace('.', ',')} €")


def _banner(sheet: Sheet) -> str:
    if sheet.state is State.PROJET:
        return mentions.PROJECT
    if sheet.state is State.DUPLICATA:
        return f"{mentions.DUPLICATE} imprimé le {short_date(sheet.printed_on)}" if sheet.printed_on else mentions.DUPLICATE
    return ""


def _phone(phone: str) -> str:
    """Write +33241000011 as +33 2 41 00 00 11; leave any other shape alone."""
    digits = phone.replace(" ", "").replace(".", "")
    if not (digits.startswith("+33") and len(digits) == 12):
        return phone
    rest = digits[4:]
    return " ".join(["+33", digits[3], *(rest[i : i + 2] for i in range(0, 8, 2))])


def _spaced_ins(ins: str) -> str:
    """Write a 15-character INS in the usual groups: 2 38 03 49 007 001 44."""
    if len(ins) != 15:
        return ins
    return " ".join((ins[0], ins[1:3], ins[3:5], ins[5:7], ins[7:10], ins[10:13], ins[13:]))


def _number(value: str) -> str:
    return f"{Decimal(value).normalize():f}".replace(".", ",")
