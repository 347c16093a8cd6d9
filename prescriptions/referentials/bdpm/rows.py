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
    "HAS_LiensPageCT_bdpm.txt",
)
HYBRID_GROUPS = "fic02grp.txt"
"""Groups of that register, read when the file is there."""
HYBRIDS = "fic03spe.txt"
"""Members of the register of hybrid groups (CSP L5121-1, 5° b): read when the file is there."""


CIS_DIGITS, CIP13_DIGITS = 8, 13
HAS = "https://www.has-sante.fr/"
LONGEST_NUMBER = 9
"""Digits of a number that the database holds."""


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


class HybridGroupRow(NamedTuple):
    """fic02grp, four columns; the first is a rank of the file."""

    number: int
    route: str
    label: str


class TransparencyRow(NamedTuple):
    """HAS_LiensPageCT_bdpm, two columns."""

    dossier: str
    url: str


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


class _Line(NamedTuple):
    """One line of a file, and where it stands, in words."""

    where: str
    columns: list[str]

    def fault(self, sentence: str) -> MalformedFile:
        """Return the refusal of this line."""
        return MalformedFile(
            f"{self.where} : {sentence}. Vérifiez que le fichier a été téléchargé en entier et sans conversion."
        )

    def whole(self, rank: int) -> int:
        """Return a column that holds a whole number."""
        text = self.columns[rank]
        if not text.isdecimal() or len(text) > LONGEST_NUMBER:
            raise self.fault(f"un nombre est attendu dans la colonne {rank + 1}")
        return int(text)

    def code(self, rank: int, digits: int, seen: set[str]) -> str:
        """Return a code of so many digits, met for the first time."""
        text = self.columns[rank]
        if not text.isdecimal() or len(text) != digits:
            raise self.fault(f"un code à {digits} chiffres est attendu dans la colonne {rank + 1}")
        if text in seen:
            raise self.fault(f"le code {text} est déjà donné plus haut")
        seen.add(text)
        return text


def _lines(name: str, raw: bytes, width: int) -> Iterator[_Line]:
    """Yield the lines of a file cut into exactly `width` stripped columns, blank lines left out."""
    for number, text in enumerate(decoded(raw).split("\n"), start=1):
        if not text.strip():
            continue
        columns = [column.strip() for column in text.split("\t")]
        while len(columns) > width and not columns[-1]:
            columns.pop()
        line = _Line(f"{name}, ligne {number}", columns)
        if len(columns) != width:
            raise line.fault(f"{len(columns)} colonnes au lieu de {width}")
        yield line


def specialities(raw: bytes) -> Iterator[SpecialityRow]:
    """Read CIS_bdpm."""
    seen: set[str] = set()
    for line in _lines("CIS_bdpm.txt", raw, 12):
        c = line.columns
        yield SpecialityRow(
            cis=line.code(0, CIS_DIGITS, seen),
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
    seen: set[str] = set()
    for line in _lines("CIS_CIP_bdpm.txt", raw, 13):
        c = line.columns
        yield PresentationRow(
            cip13=line.code(6, CIP13_DIGITS, seen),
            cip7=c[1],
            cis=c[0],
            label=" ".join(c[2].split()),
            marketed=c[4] == "Déclaration de commercialisation",
            price=parse_price(c[10]) if c[10] else parse_price(c[9]),
            reimbursement_rate=parse_rate(c[8]),
        )


def composition(raw: bytes) -> Iterator[CompositionRow]:
    """Read CIS_COMPO_bdpm."""
    for line in _lines("CIS_COMPO_bdpm.txt", raw, 8):
        c = line.columns
        yield CompositionRow(c[0], c[1], c[2], c[3], c[4], c[5], c[6], line.whole(7))


def conditions(raw: bytes) -> Iterator[ConditionRow]:
    """Read CIS_CPD_bdpm."""
    for line in _lines("CIS_CPD_bdpm.txt", raw, 2):
        yield ConditionRow(*line.columns)


def generics(raw: bytes) -> Iterator[GenericRow]:
    """Read CIS_GENER_bdpm."""
    for line in _lines("CIS_GENER_bdpm.txt", raw, 5):
        c = line.columns
        yield GenericRow(line.whole(0), c[1], c[2], c[3], line.whole(4))


def hybrids(raw: bytes) -> Iterator[HybridRow]:
    """Read fic03spe; its last column is blank."""
    for line in _lines(HYBRIDS, raw, 4):
        yield HybridRow(line.whole(0), line.columns[1])


def hybrid_groups(raw: bytes) -> Iterator[HybridGroupRow]:
    """Read fic02grp; a tabulation inside a label cuts no column of ours."""
    for number, text in enumerate(decoded(raw).split("\n"), start=1):
        line = _Line(f"{HYBRID_GROUPS}, ligne {number}", [column.strip() for column in text.split("\t", 3)])
        if text.strip() and len(line.columns) != 4:
            raise line.fault(f"{len(line.columns)} colonnes au lieu de 4")
        if text.strip():
            yield HybridGroupRow(line.whole(1), line.columns[2], " ".join(line.columns[3].split()))


def transparency_pages(raw: bytes) -> Iterator[TransparencyRow]:
    """Read HAS_LiensPageCT_bdpm. Only addresses of the HAS are believed: they become links."""
    for line in _lines("HAS_LiensPageCT_bdpm.txt", raw, 2):
        dossier, url = line.columns
        if not url.startswith(HAS):
            raise line.fault(f"une adresse « {HAS}… » est attendue dans la colonne 2")
        yield TransparencyRow(dossier, url)


def shortages(raw: bytes) -> Iterator[ShortageRow]:
    """Read CIS_CIP_Dispo_Spec."""
    for line in _lines("CIS_CIP_Dispo_Spec.txt", raw, 8):
        c = line.columns
        started, updated, back = (parse_day(day) for day in c[4:7])
        label = c[3][:1].upper() + c[3][1:]
        yield ShortageRow(c[0], c[1] or None, c[2], label, started, updated, back, c[7])


def atc_codes(raw: bytes) -> Iterator[AtcRow]:
    """Read CIS_MITM."""
    for line in _lines("CIS_MITM.txt", raw, 4):
        yield AtcRow(line.columns[0], line.columns[1])


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
