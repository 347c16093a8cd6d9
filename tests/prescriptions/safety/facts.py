"""Medicines and cases written in a few words, without a base."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from prescriptions.referentials.facts import ActiveSubstance, SpecialityFacts, SubstanceFacts
from prescriptions.referentials.rules import DispensingRules
from prescriptions.safety.case import Case, CaseLine, Known, Measured, Prescriber, Traits

TODAY = date(2026, 11, 24)


def drug(*substances: str, strength: str = "10 mg", **others: Any) -> SpecialityFacts:
    """A tablet of these substances; the code of a substance is its name."""
    names = substances or ("PARACÉTAMOL",)
    given: dict[str, Any] = {
        "cis": "60000000",
        "label": f"{' '.join(names)} {strength}, comprimé",
        "dci_label": " + ".join(names),
        "form": "comprimé",
        "routes": ("orale",),
        "is_local_route": False,
        "intake_unit": "comprimé",
        "dosage": strength,
        "marketed": True,
        "is_generic": False,
        "atc": "V00XX00",
        "under_surveillance": False,
        "presentations": (),
        "substances": tuple(
            SubstanceFacts(name, name, strength, "un comprimé", "SA", rank) for rank, name in enumerate(names)
        ),
        "conditions": (),
        "chips": (),
        "release_id": 1,
        "release_date": date(2026, 5, 19),
        "rules": DispensingRules(),
        "active": tuple(ActiveSubstance(name, name, name, name) for name in names),
    }
    return SpecialityFacts(**{**given, **others})


def line(key: str = "1", medicine: SpecialityFacts | None = None, **others: Any) -> CaseLine:
    """A proposed line of 28 days from today."""
    medicine = medicine or drug()
    given = {"starts_on": TODAY, "duration_days": 28, **others}
    return CaseLine(key=key, label=medicine.label, drug=medicine, **given)


def traits(**others: Any) -> Traits:
    """A woman of 90, asked of everything, without allergy nor disease."""
    given: dict[str, Any] = {
        "birth_date": date(1936, 3, 5),
        "sex": "F",
        "weight": Measured(Decimal(60), TODAY),
        "creatinine": Measured(Decimal(60), TODAY),
        "allergy_status": Known.NONE_KNOWN,
        "conditions_status": Known.NONE_KNOWN,
        "swallowing_trouble": False,
    }
    return Traits(**{**given, **others})


def case(*lines: CaseLine, resident: Traits | None = None, **others: Any) -> Case:
    """A case of today, by a general practitioner."""
    prescriber = Prescriber("10", "Médecine générale")
    return Case(resident or traits(), lines, TODAY, others.pop("prescriber", prescriber), **others)


def none_absent(drugs: Sequence[SpecialityFacts]) -> list[tuple[str, ...]]:
    """A thesaurus that names every substance."""
    return [() for _ in drugs]


def no_code(codes: Collection[str]) -> tuple[str, ...]:
    """A base that knows none of these codes."""
    return ()
