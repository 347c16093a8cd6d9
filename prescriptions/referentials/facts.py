"""Everything a prescription line freezes about a medicine at signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .chips import Chip


class UnknownSpeciality(LookupError):
    """No speciality with this CIS in the loaded base."""


@dataclass(frozen=True, slots=True)
class PresentationFacts:
    """One box. `price` in euros, None when unknown; `units_per_box` in intake units, None when unreadable."""

    cip13: str
    cip7: str
    label: str
    marketed: bool
    price: Decimal | None
    reimbursement_rate: int | None
    units_per_box: Decimal | None


@dataclass(frozen=True, slots=True)
class SubstanceFacts:
    """One substance of the composition, as the public base writes it."""

    code: str
    name: str
    dosage: str
    reference: str
    nature: str
    link: int


@dataclass(frozen=True, slots=True)
class SpecialityFacts:
    """A speciality as it stood in release `release_id` of the base, published on `release_date`."""

    cis: str
    label: str
    dci_label: str
    form: str
    routes: tuple[str, ...]
    is_local_route: bool
    intake_unit: str
    dosage: str
    marketed: bool
    is_generic: bool
    atc: str
    presentations: tuple[PresentationFacts, ...]
    substances: tuple[SubstanceFacts, ...]
    conditions: tuple[str, ...]
    chips: tuple[Chip, ...]
    release_id: int
    release_date: date


def speciality_facts(cis: str) -> SpecialityFacts:
    """Return what the loaded base says of `cis`; raise UnknownSpeciality when it says nothing."""
    raise NotImplementedError
