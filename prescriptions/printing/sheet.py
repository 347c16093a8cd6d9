"""Everything one ordonnance says, as plain values: the typesetter adds no word of its own that changes from
one to another.

Source of the content: CSP R5132-3 (rules B01–B03, B07), CSS R161-45 (B08, B37), arrêté du 10 août 2010 (B09),
décret 2023-1222 (B10); of the layout: teleservice.md §4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class State(StrEnum):
    """What this paper is worth."""

    PROJET = "PROJET"
    ORIGINAL = "ORIGINAL"
    DUPLICATA = "DUPLICATA"


class StructureKind(StrEnum):
    """What the second barcode carries: own AM number of a liberal prescriber, FINESS of the house of a
    salaried one (B09).
    """

    AM = "AM"
    FINESS = "FINESS"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriberBlock:
    """Top left. `name` with the title, « Dr Claire MARTINEAU »; `phone` in +33 form; `address` one printed
    line each.
    """

    name: str
    quality: str
    """Profession or speciality: « Médecin, médecine générale »."""
    rpps: str
    structure_kind: StructureKind
    structure_number: str
    establishment: str
    address: tuple[str, ...]
    """Professional address, the last line ends with « France » (CSP R5132-3, 1°)."""
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientBlock:
    """Top right. Traits of the INS; `weight_kg` and `height_cm` as decimal text with a point, empty when
    unknown.
    """

    birth_name: str
    first_names: str
    used_name: str = ""
    """Name and first name in use, when they differ."""
    sex: str
    """F, M or I."""
    birth_date: date
    age: int
    """Years, on the day of the prescription."""
    weight_kg: str = ""
    height_cm: str = ""
    ins: str = ""
    """Matricule INS of a qualified identity, empty otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line of the prescription, in the exact words that were signed."""

    title: str
    texts: tuple[str, ...]
    ald: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One ordonnance. Two equal sheets give the same bytes."""

    kind_title: str
    """« Médicaments »."""
    state: State
    identifier: str | None
    """Number of the e-prescription, 18 characters; None in a PROJET."""
    prescriber: PrescriberBlock
    patient: PatientBlock
    place: str
    written_on: date
    lines: tuple[SheetLine, ...]
    mentions: tuple[str, ...]
    signature: tuple[str, ...]
    """Bottom right, one printed line each; says « à venir » in its own words when not signed."""
    code2d: bytes | None
    """Exact content of the 2D code (amo_gateway.code2d); None leaves its place empty and says why."""
    total_price: Decimal | None = None
    """Euros, all boxes of one dispensing; None prints « prix inconnu » (rule A16) unless `shows_price` is false."""
    shows_price: bool = True
    printed_on: date | None = None
    """Day of the reprint, said beside DUPLICATA."""

    @property
    def is_bizone(self) -> bool:
        """Tell whether two zones are printed: as soon as one line has to do with an ALD (rule B37)."""
        return any(line.ald for line in self.lines)
