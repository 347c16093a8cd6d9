"""From a line as the software keeps it to a line of a case. Pure."""

from __future__ import annotations

from typing import Any

from prescriptions.kinds.medicament.medication import Medication
from prescriptions.referentials.facts import SpecialityFacts
from prescriptions.safety.case import CaseLine, Origin


def line_of(
    key: str,
    order: Medication,
    drug: SpecialityFacts | None,
    *,
    origin: Origin = Origin.PROPOSED,
    **others: Any,
) -> CaseLine:
    """Return the case line of a medicine line. `others`: what only the caller knows (`running_since`, `same_prescriber`).

    When only boxes were counted, the days they cover stand for the duration, in one dispensing.
    """
    days, renewals, last = order.duration_days, order.renewals, order.ends_on
    if days is None and last is not None:
        days, renewals = (last - order.starts_on).days + 1, 0
    return CaseLine(
        key=key,
        label=order.label,
        drug=drug,
        posology=order.posology,
        regime=order.regime,
        starts_on=order.starts_on,
        duration_days=days,
        renewals=renewals,
        origin=origin,
        ns_reason=order.ns_reason,
        ns_detail=order.ns_detail,
        fraction_reason=order.single_dispensing,
        pharmacy=order.pharmacy,
        **{name: getattr(order.answers, name) for name in _ANSWERS},
        **others,
    )


_ANSWERS = (
    "overlap_reason", "indication", "reassess_on", "initial_by", "initial_on", "exam_on", "pump", "crush",
)  # fmt: skip
"""What the prescriber answered to the law, under the same names in a line of prescription and in a line of a case."""
