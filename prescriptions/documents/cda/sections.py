"""The sections of the body (eP-MED-DM 2024.01 §4), in the order of the model."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from amo_gateway.xml import text
from prescriptions.documents.cda import device, medicine, medicine_words, vital_signs
from prescriptions.documents.cda.facts import DocumentFacts, oid
from prescriptions.documents.cda.markup import Code, coded, moment, refers, templates
from prescriptions.documents.cda.types import LOINC
from prescriptions.documents.cda.words import paragraphs, wording
from prescriptions.documents.statement import Statement
from prescriptions.kinds.dispositif_medical.device import Device
from prescriptions.kinds.medicament.medication import Medication
from prescriptions.kinds.order import Paper
from prescriptions.printing.mentions import mentions

_PAPERS = {
    Paper.SIMPLE.value: "",
    Paper.SECURISEE.value: "Ordonnance sécurisée.",
    Paper.EXCEPTION.value: "Ordonnance de médicaments d’exception.",
}
_OBSERVATION = templates(
    "1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.2.250.1.213.1.1.3.48", "1.2.250.1.213.1.1.3.48.18"
)


def section(
    facts: DocumentFacts, models: str, code: Code, title: str, narrative: str, entries: str = ""
) -> str:
    """Write a section: its models, its title, its words, its entries."""
    identity = f'<id root="{oid(facts.document_id)}" extension="section-{code.code}"/>'
    return (
        f"<component><section>{models}{identity}{coded('code', code)}<title>{title}</title><text>{narrative}</text>"
        f"{entries}</section></component>"
    )


def barcode(facts: DocumentFacts) -> str:
    """FR-Code-a-barres: the picture of the 2D code, absent without a number."""
    if facts.qr_png is None:
        return ""
    picture = _media(
        "code-2d", "image/png", facts.qr_png, "2.16.840.1.113883.10.12.304", "1.2.250.1.213.1.1.3.103"
    )
    return section(
        facts,
        templates("1.2.250.1.213.1.1.2.223"),
        Code("57723-9", LOINC, "LOINC", "Numéro de code à barres unique"),
        "Code 2D de la prescription",
        '<renderMultiMedia referencedObject="code-2d"/>',
        f"<entry>{picture}</entry>",
    )


def medicines(statement: Statement, facts: DocumentFacts, orders: Sequence[Medication]) -> str:
    """FR-Prescription-medicaments: a line an entry, the whole ordonnance in words."""
    say, root, when = wording(statement), oid(facts.document_id), moment(facts.signed_at)
    lines = [
        medicine.medicine_line(printed.position, order, statement.written_on, root, when)
        for printed, order in zip(statement.lines, orders, strict=True)
    ]
    narrative = (
        medicine_words.words(line, printed, say) for line, printed in zip(lines, statement.lines, strict=True)
    )
    return section(
        facts,
        templates("1.3.6.1.4.1.19376.1.9.1.2.1", "1.2.250.1.213.1.1.2.171"),
        Code("57828-6", LOINC, "LOINC", "Prescriptions"),
        "Prescription de médicaments",
        "".join(narrative),
        "".join(map(medicine.entry, lines)),
    )


def devices(statement: Statement, facts: DocumentFacts, orders: Sequence[Device]) -> str:
    """FR-Prescription-dispositifs-medicaux."""
    say, root, when = wording(statement), oid(facts.document_id), moment(facts.signed_at)
    pairs = list(zip(statement.lines, orders, strict=True))
    return section(
        facts,
        templates("1.2.250.1.213.1.1.2.222"),
        Code("46264-8", LOINC, "LOINC", "Dispositifs médicaux"),
        "Prescription de dispositifs médicaux",
        "".join(device.words(order, printed, say) for printed, order in pairs),
        "".join(device.entry(printed.position, order, root, when) for printed, order in pairs),
    )


def comment(statement: Statement, facts: DocumentFacts) -> str:
    """FR-Commentaire-non-code: the form of the ordonnance, what the patient was told and objects to."""
    told = statement.information
    said = mentions(told.informed_on, told.informed_by, opposes=told.opposes_execution_view)
    return section(
        facts,
        templates("2.16.840.1.113883.10.12.201", "1.3.6.1.4.1.19376.1.4.1.2.16", "1.2.250.1.213.1.1.2.73"),
        Code("55112-7", LOINC, "LOINC", "Commentaire"),
        "Commentaire",
        paragraphs((_PAPERS[statement.paper], *said), str),
    )


def measures(statement: Statement, facts: DocumentFacts) -> str:
    """FR-Signes-vitaux: last known weight and height."""
    found = vital_signs.measures(statement.patient)
    if not found:
        return ""
    return section(
        facts,
        vital_signs.MODELS,
        Code("8716-3", LOINC, "LOINC", "Signes vitaux"),
        "Signes vitaux",
        vital_signs.words(found),
        vital_signs.entry(found, oid(facts.document_id)),
    )


def copy(facts: DocumentFacts) -> str:
    """FR-Document-PDF-copie: the paper that was given."""
    root = oid(facts.document_id)
    kind = Code("55108-5", LOINC, "LOINC", "Copie du document")
    organizer = (
        f'<entry><organizer classCode="CLUSTER" moodCode="EVN">{templates("1.2.250.1.213.1.1.3.18")}'
        f'<id root="{root}" extension="copie"/>{coded("code", Code("55107-7", LOINC, "LOINC", "Document attaché"))}'
        f'<statusCode code="completed"/><component><observation classCode="OBS" moodCode="EVN">{_OBSERVATION}'
        f'<id root="{root}" extension="copie-type"/>'
        f"{coded('code', Code('69764-9', LOINC, 'LOINC', 'Type de document'))}<text>{refers('copie-pdf')}</text>"
        f'<statusCode code="completed"/><effectiveTime nullFlavor="NA"/>{coded("value", kind, xsi_type="CD")}'
        f"</observation></component><component>{_media('copie-pdf', 'application/pdf', facts.pdf)}</component>"
        "</organizer></entry>"
    )
    narrative = '<renderMultiMedia referencedObject="copie-pdf"/>'
    return section(facts, templates("1.2.250.1.213.1.1.2.243"), kind, text(kind.label), narrative, organizer)


def _media(identity: str, media_type: str, data: bytes, *models: str) -> str:
    return (
        f'<observationMedia classCode="OBS" moodCode="EVN" ID="{identity}">{templates(*models)}'
        f'<value mediaType="{media_type}" representation="B64">{b64encode(data).decode()}</value></observationMedia>'
    )
