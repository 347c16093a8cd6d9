"""Everything one ordonnance says, as plain values: the typesetter adds no word of its own that changes from
one to another.

Source of the content: CSP R5132-3 (rules B01–B03, B07), CSS R161-45 (B08, B37), arrêté du 10 août 2010 (B09),
décret 2023-1222 (B10), arrêté du 31 mars 1999 (B12, B13), CSS R163-2 (B38), CSP R4073-2 (B18); of the
layout: teleservice.md §4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from prescriptions.kinds.order import Paper


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
    flags: tuple[str, ...] = ()
    """Marks printed after the texts, already worded: « AT/MP », « Urgent », « Non remboursable »."""
    unchecked: str = ""
    """Notice of a free-text line, which no rule of the software has checked (rule A22); empty otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FallbackBlock:
    """Why this ordonnance is on paper, without the service (CSP R4073-2; rules Z5, B18)."""

    motive: str
    """The legal motive, as a piece of sentence without full stop: « service indisponible »."""
    recorded_on: date
    secured_lot: str = ""
    """Lot number of the secured paper; needed by an original SECURISEE, never printed on plain paper (B18)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One ordonnance. Two equal sheets give the same bytes.

    Raises ValueError on a paper that cannot be: see `__post_init__`.
    """

    kind_title: str
    """« Médicaments », « Examens de biologie médicale »."""
    state: State
    identifier: str | None
    """Number of the e-prescription, 18 characters; None in a PROJET."""
    prescriber: PrescriberBlock
    patient: PatientBlock
    place: str
    written_on: date
    lines: tuple[SheetLine, ...]
    mentions: tuple[str, ...]
    """Beside the 2D code; not printed on a fallback, whose data the service never gets."""
    signature: tuple[str, ...]
    """Bottom right, one printed line each; says « à venir » in its own words when not signed. Not printed on a
    fallback, signed by hand above the name and the day."""
    code2d: bytes | None
    """Exact content of the 2D code (amo_gateway.code2d); None leaves its place empty and says why."""
    total_price: Decimal | None = None
    """Euros, all boxes of one dispensing; None prints « prix inconnu » (rule A16) unless `shows_price` is false."""
    shows_price: bool = True
    printed_on: date | None = None
    """Day of the reprint, said beside DUPLICATA."""
    form: Paper = Paper.SIMPLE
    """SECURISEE prints the numbers of its lines in letters, whatever the texts given (rule B13)."""
    pharmacy: str = ""
    """Name and place of the pharmacy that will dispense, without its label (CSS L162-4-2; rule B27)."""
    replaced: str = ""
    """« Dr Paul Roussel »: the practitioner replaced by the prescriber (rule B102)."""
    fallback: FallbackBlock | None = None
    """Set on an ordonnance made on paper, without the service: no number, no code, signed by hand."""
    internal: bool = False
    """Order to the house, which pays for it: never sent, so no number, no code, and not an ordonnance numérique (rules
    B90–B98)."""

    def __post_init__(self) -> None:
        """Refuse a paper that says it is without e-prescription and carries one, and a secured original on
        plain paper (rule B18).
        """
        if self.is_outside_service and (self.identifier or self.code2d is not None):
            raise ValueError("an ordonnance made without the service has neither number nor code")
        if (
            self.fallback is not None
            and self.form is Paper.SECURISEE
            and self.state is not State.PROJET
            and not self.fallback.secured_lot
        ):
            raise ValueError("a secured ordonnance on paper needs the lot number of its secured paper")

    @property
    def is_outside_service(self) -> bool:
        """Tell whether the Assurance Maladie never hears of it: made on paper, or internal to the house."""
        return self.fallback is not None or self.internal

    @property
    def is_bizone(self) -> bool:
        """Tell whether two zones are printed: as soon as one line has to do with an ALD (rule B37)."""
        return any(line.ald for line in self.lines)
