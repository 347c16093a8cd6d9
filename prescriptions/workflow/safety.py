"""The checks of a draft: its lines, with what the resident takes already and what comes from elsewhere (rules A40–A46).

The engine is pure (prescriptions/safety); here the record is read for it, and its answers meet those of the prescriber.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.medicament.medication import Medication
from prescriptions.kinds.medicament.sentence import enumeration
from prescriptions.kinds.wording import plural
from prescriptions.models import Acknowledgement, ExternalLine, Prescription, PrescriptionLine
from prescriptions.referentials.facts import SpecialityFacts, specialities_facts
from prescriptions.referentials.free_text import Recognised, recognised
from prescriptions.referentials.freshness import BaseAge
from prescriptions.rights import right
from prescriptions.safety.case import (
    AllergyKind,
    Allowed,
    Case,
    CaseLine,
    Condition,
    Known,
    KnownAllergy,
    Measured,
    MedicineRight,
    Origin,
    Prescriber,
    Traits,
)
from prescriptions.safety.finding import Check, Finding, Level, Report, Status
from prescriptions.safety.in_service import in_service
from residents.clinical_state import ClinicalState, DatedValue, clinical_state
from residents.models import StaffMember

HISTORY = timedelta(days=365)
GAP = timedelta(days=7)
"""A treatment resumed within a week was never stopped: ours."""


FIELD_OF: Mapping[Check, str] = MappingProxyType(
    {
        Check.OVERLAP: "overlap_reason",
        Check.INITIAL: "initial_by",
        Check.ATTESTATION: "exam_on",
        Check.ANTIBIOTIC: "indication",
        Check.PHARMACY: "pharmacy",
        Check.SUBSTITUTION: "ns_detail",
    }
)
"""Where on the line an alert is answered better than by a reason."""
PRINTED = frozenset({Check.OVERLAP})
"""Answered on the line only: the law wants the answer written on the ordonnance (CSP R5132-33; rule B17)."""


@dataclass(frozen=True)
class Draft:
    """One medicine line being written: its facts, and the complete order once nothing is missing."""

    key: str
    label: str
    drug: SpecialityFacts | None
    order: Medication | None
    recognised: Recognised | None = None
    """What free text names of the base."""


@dataclass(frozen=True)
class Answered:
    """One finding, the ranks of the draft lines it is about (from 1), and the reason that was given to it."""

    finding: Finding
    ranks: tuple[int, ...]
    about_draft: bool
    """Whether one of the lines being written is concerned; else it was there before."""
    reason: str

    @property
    def where(self) -> str:
        """« ligne 2 », « lignes 1, 2 et 7 »; empty for the whole treatment."""
        return (
            f"ligne{plural(len(self.ranks))} {enumeration([str(rank) for rank in self.ranks])}"
            if self.ranks
            else ""
        )

    @property
    def asks(self) -> bool:
        """Tell whether a reason is still to be given."""
        given = bool(self.reason) and self.takes_reason
        return self.about_draft and self.finding.level is Level.REASON and not given

    @property
    def field(self) -> str:
        """Field of the line that answers it; empty when there is none."""
        return FIELD_OF.get(self.finding.check, "")

    @property
    def takes_reason(self) -> bool:
        """Tell whether a reason given in the panel is enough."""
        return self.finding.check not in PRINTED

    @property
    def blocks(self) -> bool:
        """Tell whether it cannot be signed so."""
        return self.about_draft and self.finding.level is Level.HARD

    @property
    def is_folded(self) -> bool:
        """Tell whether it stays out of sight until asked for: answered, already in place, or for information only."""
        return bool(self.reason) or not self.about_draft or not self.finding.expanded

    def kept(self, positions: Mapping[int, int]) -> dict[str, Any]:
        """Return plain JSON: what is kept with the signature. `positions`: rank in the basket → line of the part."""
        ranks = [positions[rank] for rank in self.ranks if rank in positions]
        return {**self.finding.to_json(), "ranks": ranks, "reason": self.reason}


@dataclass(frozen=True)
class Safety:
    """Everything the checks say of a draft, worst first, with the prescriber's answers."""

    report: Report
    answered: tuple[Answered, ...]
    base: Callable[[], BaseAge]
    """How old the drug base is that the checks read (rule A11); asked for at signature only, it costs a query."""

    @property
    def blocking(self) -> tuple[Answered, ...]:
        """What cannot be signed."""
        return tuple(found for found in self.answered if found.blocks)

    @property
    def asking(self) -> tuple[Answered, ...]:
        """What waits for a reason."""
        return tuple(found for found in self.answered if found.asks)

    @property
    def not_done(self) -> tuple[Answered, ...]:
        """What could not be checked."""
        return tuple(found for found in self.answered if found.finding.status is Status.NOT_DONE)

    @property
    def informing(self) -> tuple[Answered, ...]:
        """What is to be read, in sight."""
        return tuple(f for f in self.answered if f.finding.level is Level.INFO and not f.is_folded)

    @property
    def folded(self) -> tuple[Answered, ...]:
        """What was answered, was there before, or only informs."""
        alerts = (f for f in self.answered if f.finding.status is Status.ALERT)
        return tuple(f for f in alerts if f.is_folded and not f.blocks and not f.asks)

    def kept(self, ranks: Iterable[int]) -> dict[str, Any]:
        """Return what is kept with a signature about these lines, or about the whole treatment."""
        positions = {rank: position for position, rank in enumerate(ranks, 1)}
        about = [f for f in self.answered if not f.finding.lines or positions.keys() & set(f.ranks)]
        age = self.base()
        return {
            "version": self.report.version,
            "base": "" if age.level == "ok" else age.sentence,
            "findings": [found.kept(positions) for found in about],
        }


def safety_of(draft: Prescription, lines: Sequence[tuple[int, Draft]]) -> Safety:
    """Run the checks. `lines`: the medicine lines of the draft with their ranks (from 1)."""
    case = _case(draft, [line for _, line in lines])
    service = in_service()
    report = service.check(case)
    now = timezone.now()
    standing = Acknowledgement.objects.standing(draft.resident, draft.prescriber, now)
    reasons = dict(standing.order_by("made_at").values_list("key", "reason"))
    ranks = {line.key: rank for rank, line in lines}
    answered = tuple(_answered(finding, ranks, reasons) for finding in report.findings)
    return Safety(report, answered, partial(service.base_age, case.today))


def _answered(finding: Finding, ranks: dict[str, int], reasons: dict[str, str]) -> Answered:
    mine = tuple(sorted(ranks[key] for key in finding.lines if key in ranks))
    about_draft = bool(mine) or not finding.lines
    return Answered(finding, mine, about_draft, reasons.get(finding.ack_key, "") if finding.ack_key else "")


def _case(draft: Prescription, lines: list[Draft]) -> Case:
    today = timezone.localdate()
    signed = _signed(draft, today)
    current = [(row, order) for row, order in signed if row.ends_on is None or row.ends_on >= today]
    external = list(ExternalLine.objects.running_on(today).filter(resident=draft.resident))
    wanted = [order.cis for _, order in current] + [line.cis for line in external]
    facts = specialities_facts(cis for cis in wanted if cis)
    named = recognised(order.label for _, order in current if not order.cis)
    history = [order for _, order in signed]
    return Case(
        resident=_traits(clinical_state(draft.resident)),
        lines=(
            *(_proposed(line, history, today) for line in lines),
            *(
                replace(
                    _running(row, facts.get(order.cis), order, draft.prescriber),
                    recognised=named.get(order.label),
                )
                for row, order in current
            ),
            *(_from_elsewhere(line, facts.get(line.cis)) for line in external),
        ),
        today=today,
        prescriber=_prescriber(draft.prescriber),
    )


def _signed(draft: Prescription, today: date) -> list[tuple[PrescriptionLine, Medication]]:
    """The signed medicines that run today, are to come, or ended in the last year, with their readings."""
    rows = (
        PrescriptionLine.objects.running_on(today - HISTORY)
        .filter(prescription__resident=draft.resident, kind=Kind.MEDICAMENT)
        .select_related("prescription")
        .defer("content", "prescription__checks")
    )
    return [(row, order) for row in rows if (order := _reading(row)) is not None]


def _reading(row: PrescriptionLine) -> Medication | None:
    """Read one signed line; the rest of its statement is left alone, this runs at every keystroke."""
    lines = (row.prescription.frozen or {}).get("lines", ())
    found = next((line["reading"] for line in lines if line["position"] == row.position), None)
    return Medication.from_json(found) if found else None


def _proposed(line: Draft, history: Sequence[Medication], today: date) -> CaseLine:
    if line.order is None:
        return CaseLine(
            key=line.key, label=line.label, drug=line.drug, recognised=line.recognised, starts_on=today
        )
    since = running_since(line.order, history)
    written = case_line(line.key, line.order, line.drug, Origin.PROPOSED)
    return replace(written, running_since=since, recognised=line.recognised)


def running_since(order: Medication, history: Iterable[Medication]) -> date | None:
    """Return the first day of the unbroken treatment by the same substance that `order` goes on; None when it begins."""
    same = sorted(
        (past for past in history if past.dci == order.dci), key=lambda past: past.starts_on, reverse=True
    )
    since = order.starts_on
    for past in same:
        if past.starts_on < since and (past.ends_on is None or past.ends_on >= since - GAP):
            since = past.starts_on
    return since if since < order.starts_on else None


def _running(
    row: PrescriptionLine, drug: SpecialityFacts | None, order: Medication, prescriber: StaffMember
) -> CaseLine:
    same = row.prescription.prescriber_id == prescriber.pk
    return case_line(str(row.pk), order, drug, Origin.CURRENT, same_prescriber=same)


def case_line(
    key: str, order: Medication, drug: SpecialityFacts | None, origin: Origin, *, same_prescriber: bool = True
) -> CaseLine:
    """Say a complete line in the words of the checks."""
    answers = order.answers
    days, renewals = _span(order)
    return CaseLine(
        key=key,
        label=order.name,
        drug=drug,
        posology=order.posology,
        regime=order.regime,
        starts_on=order.starts_on,
        duration_days=days,
        renewals=renewals,
        origin=origin,
        same_prescriber=same_prescriber,
        ns_reason=order.ns_reason,
        ns_detail=order.ns_detail,
        overlap_reason=answers.overlap_reason,
        fraction_reason=order.single_dispensing,
        pharmacy=order.pharmacy,
        indication=answers.indication,
        reassess_on=answers.reassess_on,
        initial_on=answers.initial_on,
        initial_by=answers.initial_by,
        exam_on=answers.exam_on,
        pump=answers.pump,
        crush=answers.crush,
    )


def _span(order: Medication) -> tuple[int | None, int]:
    """Days of one dispensing and renewals; when only boxes were counted, the days they last in all."""
    if order.duration_days is None and order.ends_on is not None:
        return (order.ends_on - order.starts_on).days + 1, 0
    return order.duration_days, order.renewals


def _from_elsewhere(line: ExternalLine, drug: SpecialityFacts | None) -> CaseLine:
    return CaseLine(
        key=f"externe-{line.pk}", label=line.label, drug=drug, starts_on=line.since, origin=Origin.EXTERNAL
    )


def _traits(state: ClinicalState) -> Traits:
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
    return Measured(value.value, value.on) if value is not None else None


def _prescriber(member: StaffMember) -> Prescriber:
    """The right to prescribe is checked for every kind by the review: the engine is told it holds, and its list if any."""
    given = medicine_right(member.profession)
    held = given if given.atc else MedicineRight(Allowed.ALLOWED, "", "", "B100")
    skills = tuple(skill.strip() for skill in member.skills.split(",") if skill.strip())
    speciality = f"{member.speciality_code} {member.speciality}".strip()
    return Prescriber(member.profession, speciality, held, skills=skills)


def medicine_right(profession: str) -> MedicineRight:
    """Return what the table of rights says of medicines for this profession."""
    row = right(profession, Kind.MEDICAMENT)
    return MedicineRight(Allowed(row.verdict.value), row.reason, row.source, row.rule, row.atc)
