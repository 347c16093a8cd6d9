"""From the state of a resident's record to the traits of a case. Pure."""

from __future__ import annotations

from prescriptions.safety.case import AllergyKind, Condition, Known, KnownAllergy, Measured, Traits
from residents.clinical_state import ClinicalState, DatedValue


def traits_of(state: ClinicalState) -> Traits:
    """Return the traits the checks read; nothing in them names the resident."""
    return Traits(
        birth_date=state.birth_date,
        sex=state.sex,
        weight=_measured(state.weight),
        height=_measured(state.height),
        creatinine=_measured(state.creatinine),
        allergy_status=Known(state.allergy_status),
        allergies=tuple(
            KnownAllergy(AllergyKind(a.kind), a.label, a.code, a.severe) for a in state.allergies
        ),
        conditions_status=Known(state.conditions_status),
        conditions=tuple(Condition(c.code, c.label, c.present) for c in state.conditions),
        swallowing_trouble=state.swallowing_trouble,
    )


def _measured(value: DatedValue | None) -> Measured | None:
    return None if value is None else Measured(value.value, value.on)
