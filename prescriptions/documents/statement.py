"""The statement: everything the prescriber sees at the moment of signing, frozen by value.

The preview, the message to the Assurance Maladie and the printed ordonnance are all made from it, so they cannot differ;
its digest is what the signature act refers to. People and houses may change afterwards: the statement does not.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from residents.models import Resident

VERSION = 2
"""2: one legal kind and one paper each; birth place, replaced prescriber, flags and pharmacy. 1 is still read."""


@dataclass(frozen=True)
class House:
    """The establishment, as printed and sent."""

    finess: str
    name: str
    address: str
    postal_code: str
    city: str


@dataclass(frozen=True)
class Prescriber:
    """The prescriber (CSP R5132-3, 1°). `am_number` is empty for a salaried one, who signs with the house's FINESS."""

    rpps: str
    title: str
    first_name: str
    last_name: str
    profession: str
    profession_label: str
    speciality: str
    speciality_code: str
    phone: str
    email: str
    am_number: str
    replaces: str = ""
    """RPPS of the physician they replace (rule B102); empty when they prescribe for themselves."""
    replaces_name: str = ""
    replaces_last_name: str = ""
    replaces_first_name: str = ""

    @property
    def full_name(self) -> str:
        """« Dr Claire MARTINEAU », as it is printed and sent."""
        return f"{self.title} {self.first_name} {self.last_name.upper()}".strip()

    @property
    def quality(self) -> str:
        """« Médecin, médecine générale », as it is printed and sent."""
        return ", ".join(part for part in (self.profession_label, self.speciality.lower()) if part)


@dataclass(frozen=True)
class Patient:
    """The resident (CSP R5132-3, 7°), with INS traits and the last weight (kg) and height (cm)."""

    birth_name: str
    birth_first_name: str
    first_names: str
    used_name: str
    used_first_name: str
    birth_date: date
    sex: str
    ins_number: str
    ins_oid: str
    ins_status: str
    weight_kg: str
    height_cm: str
    birth_place: str = ""
    """INSEE code of the place of birth (INS trait)."""

    @property
    def is_qualified(self) -> bool:
        """Tell whether the INS may be printed and sent: only a qualified one may (référentiel INS; CSP L1111-8-1)."""
        return self.ins_status == Resident.InsStatus.QUALIFIEE and bool(self.ins_number and self.ins_oid)


@dataclass(frozen=True)
class Information:
    """What the resident was told and chose (rule B11)."""

    informed_on: date | None
    informed_by: str
    opposes_execution_view: bool


@dataclass(frozen=True)
class Line:
    """One line: the complete reading of its kind, and the exact words that are shown and printed."""

    position: int
    kind: str
    reading: dict[str, Any]
    title: str
    texts: tuple[str, ...]
    ald: bool
    flags: tuple[str, ...] = ()
    """Printed words of the other flags: « AT/MP », « Non remboursable »."""
    unchecked: bool = False
    """Written in free text: nothing of it was checked (rule A22)."""


@dataclass(frozen=True)
class Statement:
    """What is signed. `written_on` is the legal date of the ordonnance (Europe/Paris)."""

    written_on: date
    house: House
    prescriber: Prescriber
    patient: Patient
    information: Information
    lines: tuple[Line, ...]
    kind: str = "medicament"
    """The one legal kind of its lines (rule Z6)."""
    paper: str = "SIMPLE"
    """The legal form of the ordonnance (kinds/order.Paper)."""
    route: str = "VILLE"
    """Who pays, hence where it goes (funding.Route)."""
    pharmacy: str = ""
    """Named dispenser, where the law wants one (rule B27)."""

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON types, for the database."""
        return {"version": VERSION, **json.loads(json.dumps(asdict(self), default=date.isoformat))}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read a frozen statement back. Raises ValueError for a version this code does not know."""
        if data["version"] not in _READABLE:
            raise ValueError(f"unknown statement version {data['version']}")
        patient, information = data["patient"], data["information"]
        informed_on = information["informed_on"]
        return cls(
            written_on=date.fromisoformat(data["written_on"]),
            house=House(**data["house"]),
            prescriber=Prescriber(**data["prescriber"]),
            patient=Patient(**patient | {"birth_date": date.fromisoformat(patient["birth_date"])}),
            information=Information(
                **information | {"informed_on": date.fromisoformat(informed_on) if informed_on else None}
            ),
            lines=tuple(_line(line) for line in data["lines"]),
            **{name: data[name] for name in ("kind", "paper", "route", "pharmacy") if name in data},
        )

    def digest(self) -> str:
        """Return the SHA-256 (hex) of the canonical JSON: two statements with one digest say the same thing."""
        canonical = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


_READABLE = (1, VERSION)


def _line(data: dict[str, Any]) -> Line:
    texts, flags = tuple(data["texts"]), tuple(data.get("flags", ()))
    return Line(**data | {"texts": texts, "flags": flags})
