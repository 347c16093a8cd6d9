"""A medicine line: FR-Traitement-prescrit (eP-MED-DM 2024.01 §4), and its words in the narrative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from prescriptions.documents.cda import product, timing
from prescriptions.documents.cda.dosing import Dosing, Mode, Part, dosing
from prescriptions.documents.cda.flags import MEDICINE_FLAGS, flags
from prescriptions.documents.cda.markup import coded, original, plain, refers, templates
from prescriptions.documents.cda.product import DRUG, NO_PRODUCT, NOT_SUBSTITUTABLE, SUBSTITUTABLE
from prescriptions.documents.cda.routes import route
from prescriptions.kinds.medicament.medication import Medication, Regime
from prescriptions.kinds.wording import capital

_MODELS = templates(
    "2.16.840.1.113883.10.20.1.24",
    "1.3.6.1.4.1.19376.1.5.3.1.4.7",
    "1.3.6.1.4.1.19376.1.9.1.3.2",
    "1.2.250.1.213.1.1.3.83",
)
_STRUCTURED = templates("1.3.6.1.4.1.19376.1.9.1.3.6")
_SUB_LINE = templates("1.2.250.1.213.1.1.3.83.1")
_TO_PATIENT = templates(
    "2.16.840.1.113883.10.20.1.49", "1.3.6.1.4.1.19376.1.5.3.1.4.3", "1.2.250.1.213.1.1.3.33"
)
_TO_PHARMACIST = templates(
    "2.16.840.1.113883.10.20.1.43", "1.3.6.1.4.1.19376.1.5.3.1.4.3.1", "1.2.250.1.213.1.1.3.34"
)
_QUANTITY = templates("1.3.6.1.4.1.19376.1.9.1.3.8", "1.2.250.1.213.1.1.3.86")
_SUBSTITUTION = templates("1.3.6.1.4.1.19376.1.9.1.3.9.1", "1.2.250.1.213.1.1.3.87")
BOX = "30009000"
"""EDQM packaging « boîte »."""
UCUM = {"mL": "mL", "mg": "mg", "g": "g", "microgramme": "ug", "UI": "[iU]", "litre": "L"}
"""Units that are measured. What is counted (tablets…) bears no unit, its words say it (guide eP-MED-DM)."""


@dataclass(frozen=True, slots=True)
class MedicineLine:
    """One medicine of the document: its identifiers begin with `name`."""

    name: str
    order: Medication
    dosing: Dosing
    root: str
    when: str


def medicine_line(position: int, order: Medication, written_on: date, root: str, when: str) -> MedicineLine:
    """Read a signed line. `root`: OID of the document; `when`: time of signature, as written in the document."""
    return MedicineLine(f"med-{position}", order, dosing(order, written_on), root, when)


def entry(line: MedicineLine) -> str:
    """Write the line as an entry of the section."""
    order, shape = line.order, line.dosing
    structured = _STRUCTURED if shape.parts else ""
    return (
        f'<entry><substanceAdministration classCode="SBADM" moodCode="INT">{_MODELS}{structured}'
        f'{templates(*shape.modes)}<id root="{line.root}" extension="{line.name}"/>{coded("code", DRUG)}'
        f'<text>{refers(line.name)}</text><statusCode code="completed"/>{_when(line)}'
        f'<repeatNumber value="{order.renewals:d}"/>{_how(line)}{product.consumable(order, line.name)}'
        f"{_sub_lines(line)}{_instructions(line)}{_boxes(order)}{_substitution(line)}"
        f"{flags(order, MEDICINE_FLAGS, line.name, line.root, line.when)}{_condition(line)}"
        "</substanceAdministration></entry>"
    )


def to_patient(order: Medication) -> str:
    """How to take it, and the note of the prescriber."""
    return " ".join(part for part in (_sentence(order.posology.precision), _sentence(order.comment)) if part)


def to_pharmacist(order: Medication) -> str:
    """How to dispense it: designated pharmacy, exclusion of the fraction."""
    named = f"Pharmacie désignée : {order.pharmacy}" if order.pharmacy else ""
    whole = f"Délivrance en une seule fois : {order.single_dispensing}" if order.single_dispensing else ""
    return " ".join(part for part in (_sentence(named), _sentence(whole)) if part)


def _sentence(words: str) -> str:
    words = words.strip()
    return f"{capital(words.rstrip('.'))}." if words else ""


def _when(line: MedicineLine) -> str:
    shape = line.dosing
    whole = timing.bounds("effectiveTime", shape.first, shape.last)
    if shape.has_sub_lines or not shape.parts:
        return whole
    single = line.order.regime == Regime.DOSE_UNIQUE
    return whole + timing.frequency("effectiveTime", shape.parts[0], single=single)


def _how(line: MedicineLine) -> str:
    """Route, dose, most per 24 hours: only where the posology is structured."""
    order, shape = line.order, line.dosing
    if not shape.parts:
        return ""
    how = route(order.posology.route, f"{line.name}-voie")
    if not shape.has_sub_lines:
        how += _dose(shape.parts[0], order.posology.unit, f"{line.name}-1")
    if order.posology.as_needed is not None:
        how += _most(order.posology.as_needed.max_per_24h, order.posology.unit)
    return how


def _dose(part: Part, unit: str, name: str) -> str:
    ucum = f' unit="{UCUM[unit]}"' if unit in UCUM else ""
    words = f"<translation>{original(f'{name}-dose')}</translation>"
    end = f'value="{plain(part.dose)}"{ucum}>{words}'
    return f"<doseQuantity><low {end}</low><high {end}</high></doseQuantity>"


def _most(most: Decimal, unit: str) -> str:
    ucum = f' unit="{UCUM[unit]}"' if unit in UCUM else ""
    return (
        f'<maxDoseQuantity><numerator value="{plain(most)}"{ucum}/><denominator value="24" unit="h"/>'
        "</maxDoseQuantity>"
    )


def _sub_lines(line: MedicineLine) -> str:
    if not line.dosing.has_sub_lines:
        return ""
    return "".join(_sub_line(line, rank, part) for rank, part in enumerate(line.dosing.parts, start=1))


def _sub_line(line: MedicineLine, rank: int, part: Part) -> str:
    name, needed = f"{line.name}-{rank}", line.order.posology.as_needed
    return (
        f'<entryRelationship typeCode="COMP"><sequenceNumber value="{rank}"/>'
        f'<substanceAdministration classCode="SBADM" moodCode="INT">{_SUB_LINE}'
        f'<id root="{line.root}" extension="{name}"/><text>{refers(name)}</text><statusCode code="completed"/>'
        f"{timing.whole(part, gap=needed.min_interval_hours if needed else None)}"
        f"{_dose(part, line.order.posology.unit, name)}{NO_PRODUCT}{_condition(line)}"
        "</substanceAdministration></entryRelationship>"
    )


def _condition(line: MedicineLine) -> str:
    if Mode.CONDITIONAL not in line.dosing.modes:
        return ""
    return (
        f"<precondition><criterion><text>{refers(f'{line.name}-condition')}</text></criterion></precondition>"
    )


def _instructions(line: MedicineLine) -> str:
    written = ""
    if to_patient(line.order):
        written += _instruction("PINSTRUCT", _TO_PATIENT, f"{line.name}-patient")
    if to_pharmacist(line.order):
        written += _instruction("FINSTRUCT", _TO_PHARMACIST, f"{line.name}-dispensateur")
    return written


def _instruction(code: str, models: str, name: str) -> str:
    return (
        f'<entryRelationship typeCode="SUBJ" inversionInd="true"><act classCode="ACT" moodCode="INT">{models}'
        f'<code code="{code}" codeSystem="1.3.6.1.4.1.19376.1.5.3.2" codeSystemName="IHEActCode"/>'
        f'<text>{refers(name)}</text><statusCode code="completed"/></act></entryRelationship>'
    )


def _boxes(order: Medication) -> str:
    if not order.boxes:
        return ""
    return (
        f'<entryRelationship typeCode="COMP"><supply classCode="SPLY" moodCode="RQO">{_QUANTITY}'
        f'<independentInd value="false"/><quantity value="{order.boxes:d}" unit="{BOX}"/></supply></entryRelationship>'
    )


def _substitution(line: MedicineLine) -> str:
    """CDA has no code for MTE or CIF: the motive is the words the code refers to."""
    code = NOT_SUBSTITUTABLE if line.order.ns_reason else SUBSTITUTABLE
    return (
        f'<entryRelationship typeCode="COMP"><act classCode="ACT" moodCode="DEF">{_SUBSTITUTION}'
        f'{coded("code", code, original(f"{line.name}-substitution"))}<statusCode code="completed"/>'
        "</act></entryRelationship>"
    )
