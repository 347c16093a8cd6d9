"""What the checks read: a resident, their lines, a day, a prescriber. Frozen values: no model, no query, no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from prescriptions.kinds.medicament.medication import Regime
from prescriptions.kinds.medicament.posology import Posology
from prescriptions.referentials.facts import SpecialityFacts
from prescriptions.referentials.free_text import Recognised
from prescriptions.referentials.rules import DispensingRules


class Known(StrEnum):
    """Three states (rule A03): « not asked » is never read as « none »."""

    PRESENT = "PRESENT"
    NONE_KNOWN = "NONE_KNOWN"
    NOT_ASKED = "NOT_ASKED"


class AllergyKind(StrEnum):
    """What an allergy names; the same codes as the resident's record."""

    SUBSTANCE = "SUBSTANCE"
    CLASS = "CLASS"
    EXCIPIENT = "EXCIPIENT"
    FREE = "FREE"


@dataclass(frozen=True, slots=True)
class KnownAllergy:
    """One allergy. `code`: substance code of the public base, or code of `tables/allergy_classes.py`; may be empty."""

    kind: AllergyKind
    label: str
    code: str = ""
    severe: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One disease or state of the resident, CIM-10; `present` False: affirmed absent. Without a code, no check reads it."""

    code: str
    label: str = ""
    present: bool = True

    @property
    def key(self) -> str:
        """The code in capitals, without dot nor space: « G309 »."""
        return self.code.upper().replace(" ", "").replace(".", "")

    @property
    def is_coded(self) -> bool:
        """Tell whether the code has the shape of one of the CIM-10."""
        return re.fullmatch(r"[A-Z]\d{2}[\d+]*", self.key) is not None

    def is_one_of(self, beginnings: tuple[str, ...]) -> bool:
        """Tell whether the code begins by one of these (« R296 »)."""
        return self.key.startswith(beginnings)


@dataclass(frozen=True, slots=True)
class Measured:
    """A value and its day. Weight in kg, height in cm, creatinine in µmol/L."""

    value: Decimal
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What the checks need to know of the resident; nothing that names them."""

    birth_date: date
    sex: str
    """F, M or I (INS)."""
    weight: Measured | None = None
    height: Measured | None = None
    creatinine: Measured | None = None
    clearance: Measured | None = None
    """Clearance in mL/min as somebody else computed or measured it; it comes before ours."""
    allergy_status: Known = Known.NOT_ASKED
    allergies: tuple[KnownAllergy, ...] = ()
    conditions_status: Known = Known.NOT_ASKED
    conditions: tuple[Condition, ...] = ()
    swallowing_trouble: bool | None = None
    """None: not asked."""


class Origin(StrEnum):
    """Where a line comes from: being written, signed here and running, or from elsewhere (rule A06)."""

    PROPOSED = "PROPOSED"
    CURRENT = "CURRENT"
    EXTERNAL = "EXTERNAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One line of medicine. Days are days of one dispensing; `renewals` repeat it."""

    key: str
    label: str
    drug: SpecialityFacts | None = None
    """None: free text, or a medicine that the base does not know."""
    recognised: Recognised | None = None
    """What free text names all the same: a restricted medicine, bound by the law of its substance (rule A22)."""
    strength_told: bool = True
    """False: the medicine stands for a name whose strength was not written, or is none of the base: no dose is computed."""
    posology: Posology | None = None
    regime: Regime = Regime.CONTINU
    starts_on: date | None = None
    duration_days: int | None = None
    renewals: int = 0
    origin: Origin = Origin.PROPOSED
    same_prescriber: bool = True
    """Of a current line: signed by the prescriber of the case (rule B17)."""
    running_since: date | None = None
    """First day of an unbroken treatment by this medicine, when it began before this line."""
    ns_reason: str = ""
    ns_detail: str = ""
    overlap_reason: str = ""
    fraction_reason: str = ""
    """Why the dispensing is not split (CSP R5132-30; rule B15)."""
    pharmacy: str = ""
    indication: str = ""
    reassess_on: date | None = None
    """Planned reassessment of an antibiotic (rule B42)."""
    initial_on: date | None = None
    """Date of the initial prescription, by the hospital or the specialist (rule B40)."""
    initial_by: str = ""
    exam_on: date | None = None
    """Date of the exam or of the attestation that the ordonnance must carry (rule B41)."""
    pump: bool = False
    """Given by an active infusion system: 28 days instead of 7 (rule B14)."""
    crush: bool = False
    """Written « à écraser »."""

    @property
    def name(self) -> str:
        """The short name shown in a headline: common name and strength, or what was typed."""
        if self.drug is None:
            return self.label
        return f"{self.drug.dci_label} {self.drug.dosage}".strip() if self.drug.dci_label else self.label

    @property
    def rules(self) -> DispensingRules | None:
        """What the law says of the medicine, or of the substance that free text names; None when nothing is known."""
        if self.drug is not None:
            return self.drug.rules
        return (
            self.recognised.rules(self.posology.route if self.posology else "") if self.recognised else None
        )

    @property
    def release_date(self) -> date | None:
        """Day of the base that these rules come from."""
        known = self.drug or self.recognised
        return known.release_date if known else None

    @property
    def whole_days(self) -> int | None:
        """Days of treatment, renewals included; None when only boxes were counted."""
        return self.duration_days * (self.renewals + 1) if self.duration_days else None

    @property
    def ends_on(self) -> date | None:
        """Last day of the treatment, renewals included."""
        days = self.whole_days
        return None if days is None or self.starts_on is None else self.starts_on + timedelta(days=days - 1)

    @property
    def is_proposed(self) -> bool:
        """Tell whether the line is being written: the law is checked on it."""
        return self.origin is Origin.PROPOSED


class Allowed(StrEnum):
    """What the table of rights says of medicines for this profession."""

    ALLOWED = "ALLOWED"
    WARN = "WARN"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class MedicineRight:
    """The verdict of `prescriptions.rights` for medicines, handed in by the caller."""

    verdict: Allowed
    reason: str
    source: str
    rule: str
    atc: tuple[str, ...] = ()
    """Beginnings of the ATC codes of the profession; empty when it has no such list."""


@dataclass(frozen=True, slots=True)
class Prescriber:
    """Who writes. `profession`: code of TRE_G15; `speciality`: its name or its code of TRE_R38, as the record has it."""

    profession: str
    speciality: str = ""
    right: MedicineRight | None = None
    in_hospital: bool = False
    skills: tuple[str, ...] = ()
    """Capacities and diplomas, by their names: « capacité de gérontologie »."""


@dataclass(frozen=True, slots=True)
class Case:
    """One treatment to check on one day."""

    resident: Traits
    lines: tuple[CaseLine, ...]
    today: date
    prescriber: Prescriber

    @property
    def proposed(self) -> tuple[CaseLine, ...]:
        """Return the lines being written."""
        return tuple(line for line in self.lines if line.is_proposed)
