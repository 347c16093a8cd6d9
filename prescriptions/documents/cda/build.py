"""From the signed statement to the bytes of the CDA R2 document, in UTF-8."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from prescriptions.documents.cda import sections
from prescriptions.documents.cda.facts import DocumentFacts
from prescriptions.documents.cda.header import header
from prescriptions.documents.cda.types import DOCUMENT_TYPES
from prescriptions.documents.orders import read
from prescriptions.documents.statement import Statement
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.dispositif_medical.device import Device
from prescriptions.kinds.medicament.medication import Medication
from prescriptions.kinds.order import Order

_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


def build(statement: Statement, facts: DocumentFacts) -> bytes:
    """Return the document: eP-MED-DM 2024.01 for medicines and devices, else CDA level 1 around the PDF.

    The whole statement goes into one document: it holds one legal kind (rule Z6). Raises ValueError for an identity that
    is not qualified when `facts` do not bear the local one.
    """
    kind, orders = DOCUMENT_TYPES[statement.kind], read(statement)
    body = _structured(statement, facts, orders) if kind.structured else _pdf(facts)
    head = header(statement, facts, kind, orders)
    return f"{_OPENING}{head}<component>{body}</component></ClinicalDocument>".encode()


def _structured(statement: Statement, facts: DocumentFacts, orders: Sequence[Order]) -> str:
    lines = (
        sections.medicines(statement, facts, [order for order in orders if isinstance(order, Medication)])
        if statement.kind == Kind.MEDICAMENT
        else sections.devices(statement, facts, [order for order in orders if isinstance(order, Device)])
    )
    return (
        f"<structuredBody>{sections.barcode(facts)}{lines}{sections.comment(statement, facts)}"
        f"{sections.measures(statement, facts)}{sections.copy(facts)}</structuredBody>"
    )


def _pdf(facts: DocumentFacts) -> str:
    copy = b64encode(facts.pdf).decode()
    return f'<nonXMLBody><text mediaType="application/pdf" representation="B64">{copy}</text></nonXMLBody>'
