"""From the values of a sheet to the words the template places: French dates, numbers, agreements, and the
codes as SVG.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from prescriptions.kinds.lettered_text import numbers_in_letters
from prescriptions.kinds.letters import count
from prescriptions.kinds.order import Paper
from prescriptions.kinds.wording import capital, euros
from prescriptions.printing import mentions
from prescriptions.printing.barcode import code128_svg, qr_svg
from prescriptions.printing.dates import long_date, short_date
from prescriptions.printing.forms import FORMS, FormWords
from prescriptions.printing.layout import SIZES_MM
from prescriptions.printing.sheet import PatientBlock, PrescriberBlock, Sheet, SheetLine, State
from prescriptions.printing.spacing import hard_spaces


def words_of(sheet: Sheet) -> dict[str, Any]:
    """Return everything the template shows: strings, their codes as SVG, and the sizes of the layout."""
    return {
        **_headings(sheet),
        "identifier": sheet.identifier,
        "day": {"year": sheet.written_on.year, "month": sheet.written_on.month, "day": sheet.written_on.day},
        "place_and_date": hard_spaces(f"{sheet.place}, le {long_date(sheet.written_on)}"),
        "prescriber": _prescriber(sheet.prescriber, sheet.replaced),
        "patient": _patient(sheet.patient),
        "zones": _zones(sheet),
        "bizone": sheet.is_bizone,
        "secured": FORMS[sheet.form].in_letters,
        "count": f"Nombre de lignes : {count(len(sheet.lines), feminine=True)}",
        "price": _price(sheet),
        "mentions": list(sheet.mentions),
        "signature": [hard_spaces(line) for line in _signature(sheet)],
        "by_hand": sheet.fallback is not None,
        "outside": _outside(sheet),
        "qr": qr_svg(sheet.code2d) if sheet.code2d is not None else None,
        "qr_alt": f"Code 2D de l’e-prescription numéro {sheet.identifier}, à lire par le pharmacien",
        "banner": _banner(sheet),
        "watermark": sheet.state.value if sheet.state is not State.ORIGINAL else None,
        "words": {
            "no_code": mentions.NO_CODE,
            "no_identifier": mentions.NO_IDENTIFIER,
            "empty_zone": mentions.EMPTY_ZONE,
            "parts": mentions.PARTS,
            "handwritten": mentions.HANDWRITTEN,
        },
        "sizes": SIZES_MM,
    }


def _headings(sheet: Sheet) -> dict[str, Any]:
    """Return what stands between the identities and the lines; `title` is the name of the document."""
    form = FORMS[sheet.form]
    pharmacy = mentions.PHARMACY.format(name=sheet.pharmacy) if sheet.pharmacy else ""
    return {
        "title": _document_title(sheet),
        "heading": _heading(sheet),
        "form": "" if sheet.is_outside_service else form.heading,
        "note": hard_spaces(form.note),
        "parts": list(form.parts) if sheet.fallback else [],
        "kind": sheet.kind_title,
        "facts": [hard_spaces(pharmacy)] if pharmacy else [],
    }


def _document_title(sheet: Sheet) -> str:
    if sheet.is_outside_service:
        return mentions.FALLBACK if sheet.fallback else mentions.INTERNAL
    return (
        f"Ordonnance numérique n° {sheet.identifier}" if sheet.identifier else "Ordonnance numérique, projet"
    )


def _heading(sheet: Sheet) -> str:
    if not sheet.is_outside_service:
        return "ORDONNANCE NUMÉRIQUE"
    if sheet.fallback is None:
        return "PRESCRIPTION INTERNE"
    return (FORMS[sheet.form].heading or "Ordonnance").upper()


def _signature(sheet: Sheet) -> tuple[str, ...]:
    if sheet.fallback is None:
        return sheet.signature
    return (sheet.prescriber.name, f"le {short_date(sheet.written_on)}")


def _outside(sheet: Sheet) -> list[str] | None:
    """Return the sentences at the foot of what the service never gets, in place of code and mentions (rule B18)."""
    block = sheet.fallback
    if block is None:
        return (
            [hard_spaces(text) for text in (mentions.INTERNAL, mentions.INTERNAL_MEANS)]
            if sheet.internal
            else None
        )
    motive = mentions.FALLBACK_MOTIVE.format(motive=block.motive, day=short_date(block.recorded_on))
    lot = mentions.SECURED_PAPER.format(lot=block.secured_lot) if block.secured_lot else ""
    if not lot and sheet.form is Paper.SECURISEE:
        lot = mentions.SECURED_PAPER_MISSING
    return [hard_spaces(text) for text in (mentions.FALLBACK, motive, lot) if text]


def _prescriber(block: PrescriberBlock, replaced: str) -> dict[str, Any]:
    kind = block.structure_kind.value
    label = "FINESS" if kind == "FINESS" else "N° AM"
    return {
        "name": block.name,
        "quality": block.quality,
        "replaces": mentions.REPLACES.format(name=replaced) if replaced else "",
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
    form = FORMS[sheet.form]
    if not sheet.is_bizone:
        return [{"heading": None, "lines": _lines(sheet.lines, form, first=1)}]
    related = tuple(line for line in sheet.lines if line.ald)
    others = tuple(line for line in sheet.lines if not line.ald)
    return [
        {"heading": mentions.ALD_ZONE, "lines": _lines(related, form, first=1)},
        {"heading": mentions.OTHER_ZONE, "lines": _lines(others, form, first=len(related) + 1)},
    ]


def _lines(lines: tuple[SheetLine, ...], form: FormWords, *, first: int) -> list[dict[str, Any]]:
    write = _secured if form.in_letters else hard_spaces
    return [
        {
            "number": str(rank),
            "title": write(line.title),
            "texts": [write(text) for text in line.texts],
            "flags": [write(flag) for flag in line.flags],
            "unchecked": hard_spaces(line.unchecked),
        }
        for rank, line in enumerate(lines, start=first)
    ]


def _secured(text: str) -> str:
    """« 2 comprimés » → « Deux comprimés »: a sentence that began with a number begins with a capital."""
    words = hard_spaces(numbers_in_letters(text))
    return capital(words)


def _price(sheet: Sheet) -> str:
    if not sheet.shows_price:
        return ""
    if sheet.total_price is None:
        return "Prix total : prix inconnu"
    return hard_spaces(f"Prix total d’une délivrance : {euros(sheet.total_price)}")


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
