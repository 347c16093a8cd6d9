"""One parser per file of the public base. Every trap of the real files is met here, and nowhere else.

Known traps (base of 05/2026): CIS_CIP_bdpm is UTF-8 with bare LF, the others are cp1252 with CRLF;
CIS_CPD_bdpm has lines holding only a carriage return; trailing tabs make phantom columns; prices above a
thousand are written « 1,466,29 »; rates « 65% » or « 65 % »; box labels hold « ¿ » where a character was
lost; label case varies.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from prescriptions.referentials.replacing import MalformedFile

FILES = (
    "CIS_bdpm.txt",
    "CIS_CIP_bdpm.txt",
    "CIS_COMPO_bdpm.txt",
    "CIS_CPD_bdpm.txt",
    "CIS_GENER_bdpm.txt",
    "CIS_CIP_Dispo_Spec.txt",
    "CIS_MITM.txt",
)
HYBRIDS = "fic03spe.txt"
"""Members of the register of hybrid groups (CSP L5121-1, 5° b): read when the file is there."""


class SpecialityRow(NamedTuple):
    """CIS_bdpm, twelve columns."""

    cis: str
    label: str
    form: str
    routes: list[str]
    amm_status: str
    procedure: str
    marketed: bool
    alert_status: str
    holder: str
    under_surveillance: bool


class PresentationRow(NamedTuple):
    """CIS_CIP_bdpm, thirteen columns."""

    cip13: str
    cip7: str
    cis: str
    label: str
    marketed: bool
    price: Decimal | None
    reimbursement_rate: int | None


class CompositionRow(NamedTuple):
    """CIS_COMPO_bdpm, eight columns."""

    cis: str
    element: str
    substance_code: str
    name: str
    dosage: str
    reference: str
    nature: str
    link: int


class ConditionRow(NamedTuple):
    """CIS_CPD_bdpm, two columns."""

    cis: str
    label: str


class GenericRow(NamedTuple):
    """CIS_GENER_bdpm, five columns."""

    group: int
    group_label: str
    cis: str
    kind: str
    rank: int


class HybridRow(NamedTuple):
    """fic03spe, five columns of which two matter."""

    group: int
    cis: str


class ShortageRow(NamedTuple):
    """CIS_CIP_Dispo_Spec, eight columns; no CIP13 means every box."""

    cis: str
    cip13: str | None
    kind: str
    label: str
    started_on: date | None
    updated_on: date | None
    back_on: date | None
    url: str


class AtcRow(NamedTuple):
    """CIS_MITM, four columns, of which two matter."""

    cis: str
    atc: str


def decoded(raw: bytes) -> str:
    """Return the text of a file: UTF-8 when it is, else cp1252."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _columns(name: str, raw: bytes, width: int) -> Iterator[list[str]]:
    """Yield the lines of a file cut into exactly `width` stripped columns, blank lines left out."""
    for number, line in enumerate(decoded(raw).split("\n"), start=1):
        if not line.strip():
            continue
        columns = [column.strip() for column in line.split("\t")]
        while len(columns) > width and not columns[-1]:
            columns.pop()
        if len(columns) != width:
            raise MalformedFile(
                f"{name}, ligne {number} : {len(columns)} colonnes au lieu de {width}. "
                "Vérifiez que le fichier a été téléchargé en entier et sans conversion."
            )
        yield columns


def specialities(raw: bytes) -> Iterator[SpecialityRow]:
    """Read CIS_bdpm."""
    for c in _columns("CIS_bdpm.txt", raw, 12):
        yield SpecialityRow(
            cis=c[0],
            label=c[1],
            form=" ".join(c[2].split()),
            routes=[route.strip() for route in c[3].split(";") if route.strip()],
            amm_status=c[4],
            procedure=c[5],
            marketed=c[6] == "Commercialisée",
            alert_status=c[8],
            holder=c[10],
            under_surveillance=c[11] == "Oui",
        )


def presentations(raw: bytes) -> Iterator[PresentationRow]:
    """Read CIS_CIP_bdpm."""
    for c in _columns("CIS_CIP_bdpm.txt", raw, 13):
        yield PresentationRow(
            cip13=c[6],
            cip7=c[1],
            cis=c[0],
            label=" ".join(c[2].split()),
            marketed=c[4] == "Déclaration de commercialisation",
            price=parse_price(c[10]) if c[10] else parse_price(c[9]),
            reimbursement_rate=parse_rate(c[8]),
        )


def composition(raw: bytes) -> Iterator[CompositionRow]:
    """Read CIS_COMPO_bdpm."""
    for c in _columns("CIS_COMPO_bdpm.txt", raw, 8):
        yield CompositionRow(c[0], c[1], c[2], c[3], c[4], c[5], c[6], int(c[7]))


def conditions(raw: bytes) -> Iterator[ConditionRow]:
    """Read CIS_CPD_bdpm."""
    for c in _columns("CIS_CPD_bdpm.txt", raw, 2):
        yield ConditionRow(c[0], c[1])


def generics(raw: bytes) -> Iterator[GenericRow]:
    """Read CIS_GENER_bdpm."""
    for c in _columns("CIS_GENER_bdpm.txt", raw, 5):
        yield GenericRow(int(c[0]), c[1], c[2], c[3], int(c[4]))


def hybrids(raw: bytes) -> Iterator[HybridRow]:
    """Read fic03spe; its last column is blank."""
    for line in decoded(raw).split("\n"):
        columns = [column.strip() for column in line.split("\t")]
        if len(columns) >= 4:
            yield HybridRow(int(columns[0]), columns[1])


def shortages(raw: bytes) -> Iterator[ShortageRow]:
    """Read CIS_CIP_Dispo_Spec."""
    for c in _columns("CIS_CIP_Dispo_Spec.txt", raw, 8):
        started, updated, back = (parse_day(day) for day in c[4:7])
        label = c[3][:1].upper() + c[3][1:]
        yield ShortageRow(c[0], c[1] or None, c[2], label, started, updated, back, c[7])


def atc_codes(raw: bytes) -> Iterator[AtcRow]:
    """Read CIS_MITM."""
    for c in _columns("CIS_MITM.txt", raw, 4):
        yield AtcRow(c[0], c[1])


def parse_price(text: str) -> Decimal | None:
    """Return euros: « 24,34 », and « 1,466,29 » whose first comma parts the thousands."""
    if not text:
        return None
    euros, _, cents = text.rpartition(",")
    try:
        return Decimal(f"{euros.replace(',', '').replace(' ', '')}.{cents}")
    except InvalidOperation:
        return None


def parse_rate(text: str) -> int | None:
    """Return a percentage: « 65% » or « 65 % »."""
    digits = text.rstrip("% ")
    return int(digits) if digits.isdigit() else None


def parse_day(text: str) -> date | None:
    """Return a day written 31/12/2026, None when empty or impossible."""
    try:
        day, month, year = (int(part) for part in text.split("/"))
        return date(year, month, day)
    except ValueError:
        return None
