"""From the values of a sheet to the words the template places: French dates, numbers, agreements, and the
codes as SVG.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from prescriptions.kinds.letters import LARGEST, count
from prescriptions.printing import mentions
from prescriptions.printing.barcode import code128_svg, qr_svg
from prescriptions.printing.dates import long_date, short_date
from prescriptions.printing.layout import SIZES_MM
from prescriptions.printing.sheet import PatientBlock, PrescriberBlock, Sheet, SheetLine, State
from prescriptions.printing.spacing import hard_spaces


def words_of(sheet: Sheet) -> dict[str, Any]:
    """Return everything the template shows: strings, their codes as SVG, and the sizes of the layout."""
    return {
        "title": f"Ordonnance numérique n° {sheet.identifier}"
        if sheet.identifier
        else "Ordonnance numérique, projet",
        "kind": sheet.kind_title,
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
        "words": {
            "no_code": mentions.NO_CODE,
            "no_identifier": mentions.NO_IDENTIFIER,
            "empty_zone": mentions.EMPTY_ZONE,
        },
        "sizes": SIZES_MM,
    }


def _prescriber(block: PrescriberBlock) -> dict[str, Any]:
    kind = block.structure_kind.value
    label = "FINESS" if kind == "FINESS" else "N° AM"
    return {
        "name": block.name,
        "quality": block.quality,
        "lines": [hard_spaces(line) for line in (block.establishment, *block.address)],
        "contact": [hard_spaces(_phone(block.phone)), hard_spaces(block.email)],
        "barcodes": [
            {
                "label": f"RPPS {block.rpps}",
                "svg": code128_svg(block.rpps),
                "alt": f"Code-barres RPPS {block.rpps}",
            },
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
    born = f"{_BORN.get(block.sex, 'né(e)')} le {short_date(block.birth_date)}"
    person = f"{born} ({block.age} ans), {sex}"
    measures = [
        f"{_number(value)} {unit}"
        for value, unit in ((block.weight_kg, "kg"), (block.height_cm, "cm"))
        if value
    ]
    return {
        "name": block.birth_name,
        "first_names": block.first_names,
        "used": f"nom utilisé : {block.used_name}" if block.used_name else "",
        "lines": [
            hard_spaces(line)
            for line in (person, " · ".join(measures), f"INS {_spaced_ins(block.ins)}" if block.ins else "")
            if line
        ],
        "short": f"{block.birth_name} {block.first_names}, {born}",
    }


def _zones(sheet: Sheet) -> list[dict[str, Any]]:
    """Return one zone without heading, or the two of the ordonnance bizone: lines of the ALD above (rule
    B37).
    """
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
        {
            "number": str(rank),
            "title": hard_spaces(line.title),
            "texts": [hard_spaces(text) for text in line.texts],
        }
        for rank, line in enumerate(lines, start=first)
    ]


def _count(lines: int) -> str:
    return count(lines, feminine=True) if lines <= LARGEST else str(lines)


def _price(sheet: Sheet) -> str:
    if not sheet.shows_price:
        return ""
    if sheet.total_price is None:
        return "Prix total : prix inconnu"
    return hard_spaces(f"Prix total d’une délivrance : {f'{sheet.total_price:.2f}'.replace('.', ',')} €")


def _banner(sheet: Sheet) -> str:
    if sheet.state is State.PROJET:
        return mentions.PROJECT
    if sheet.state is State.DUPLICATA:
        return (
            f"{mentions.DUPLICATE} imprimé le {short_date(sheet.printed_on)}"
            if sheet.printed_on
            else mentions.DUPLICATE
        )
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
