"""From the signed statement to the bytes of the CDA R2 document, in UTF-8."""

from __future__ import annotations

from base64 import b64encode
from datetime import date

from prescriptions.documents.cda import sections
from prescriptions.documents.cda.dosing import last_day
from prescriptions.documents.cda.facts import DocumentFacts
from prescriptions.documents.cda.header import header
from prescriptions.documents.cda.types import DOCUMENT_TYPES
from prescriptions.documents.statement import Statement
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.dispositif_medical.device import Device
from prescriptions.kinds.medicament.medication import Medication

_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


def build(statement: Statement, facts: DocumentFacts) -> bytes:
    """Return the document: eP-MED-DM 2024.01 for medicines and devices, else CDA level 1 around the PDF.

    The whole statement goes into one document: it holds one legal kind (rule Z6).
    """
    kind = DOCUMENT_TYPES[statement.kind]
    body, last = _structured(statement, facts) if kind.structured else (_pdf(facts), _last_of_acts(statement))
    whole = (
        f"{_OPENING}{header(statement, facts, kind, last)}<component>{body}</component></ClinicalDocument>"
    )
    return whole.encode()


def _structured(statement: Statement, facts: DocumentFacts) -> tuple[str, date | None]:
    """The body, and the last day of the treatments."""
    if statement.kind == Kind.MEDICAMENT:
        medicines = tuple(Medication.from_json(line.reading) for line in statement.lines)
        lines, ends = (
            sections.medicines(statement, facts, medicines),
            [last_day(order) for order in medicines],
        )
    else:
        devices = tuple(Device.from_json(line.reading) for line in statement.lines)
        lines, ends = sections.devices(statement, facts, devices), [order.ends_on for order in devices]
    body = (
        f"<structuredBody>{sections.barcode(facts)}{lines}{sections.comment(statement, facts)}"
        f"{sections.measures(statement, facts)}{sections.copy(facts)}</structuredBody>"
    )
    return body, _latest(ends)


def _latest(ends: list[date | None]) -> date | None:
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def _pdf(facts: DocumentFacts) -> str:
    copy = b64encode(facts.pdf).decode()
    return f'<nonXMLBody><text mediaType="application/pdf" representation="B64">{copy}</text></nonXMLBody>'


def _last_of_acts(statement: Statement) -> date | None:
    """Acts are written in their own words here: their end is not read."""
    return None
