"""What the law wants of the ordonnance of a medicine: its form, its fractions, the pharmacy it names (rules B12–B27).

The labels of the public base decide; substances complete them where the base is known to be silent (rule B20). Free text that
names a restricted substance carries the labels of that substance (`FreeDrug.recognised`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from prescriptions.kinds.fields import Fields
from prescriptions.kinds.medicament.drug import Drug
from prescriptions.kinds.medicament.substitution import fold
from prescriptions.kinds.order import Paper

SECURED_CHIPS = frozenset({"NARCOTIC", "SECURE"})
"""Codes of referentials/tables/condition_chips.py that mean an ordonnance sécurisée (CSP R5132-5, R5132-29)."""

SECURED_SUBSTANCES = frozenset({"tramadol", "codeine", "dihydrocodeine"})
"""Secured since 1 March 2025 (décision du 26/02/2025); some specialities lack the label (IXPRIM, rule B20)."""

NAMED_PHARMACY_SUBSTANCES = frozenset({"buprenorphine", "methadone", "methylphenidate"})
"""Reimbursed only when the ordonnance names the dispensing pharmacy (CSS L162-4-2; rule B27)."""

LONGEST_PHARMACY = 100
"""Characters of a name in the message."""

_FRACTION = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Legal:
    """Form, fraction and named pharmacy of one line."""

    paper: Paper
    fraction_days: int | None
    pharmacy: str
    single_dispensing: str


def paper_of(drug: Drug, *, exception: bool = False) -> Paper:
    """Return the form of ordonnance for `drug`. `exception` is the prescriber's: no public list is loaded (rule B38)."""
    labelled = SECURED_CHIPS & {chip.code for chip in drug.chips}
    if labelled or _contains(drug, SECURED_SUBSTANCES):
        return Paper.SECURISEE
    return Paper.EXCEPTION if exception else Paper.SIMPLE


def names_its_pharmacy(drug: Drug) -> bool:
    """Tell whether the ordonnance must name the pharmacy. A patch of buprenorphine for pain is in the same rule."""
    return _contains(drug, NAMED_PHARMACY_SUBSTANCES)


def fraction_of(drug: Drug) -> int | None:
    """Return the days of one fraction, None when the dispensing is not split (CSP R5132-30)."""
    found = [_FRACTION.search(chip.text_fr) for chip in drug.chips if chip.code == "FRACTION"]
    days = [int(match[0]) for match in found if match]
    return min(days) if days else None


def read_legal(fields: Fields, drug: Drug) -> Legal:
    """Read what the prescriber answered to these rules."""
    pharmacy = fields.short("pharmacy", LONGEST_PHARMACY, "B27") if names_its_pharmacy(drug) else ""
    if names_its_pharmacy(drug) and not pharmacy:
        message = "Nommez la pharmacie qui délivrera : le remboursement de ce médicament l’exige."
        fields.refuse("pharmacy", message, "B27")
    fraction = fraction_of(drug)
    whole = fields.short("single_dispensing", 200, "B15") if fraction else ""
    return Legal(paper_of(drug, exception=fields.ticked("exception")), fraction, pharmacy, whole)


def _contains(drug: Drug, substances: frozenset[str]) -> bool:
    names = [fold(substance.name) for substance in drug.substances] or [fold(drug.dci_label)]
    return any(name in folded for folded in names for name in substances)
