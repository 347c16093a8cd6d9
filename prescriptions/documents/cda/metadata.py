"""What the archive says of its document: XDS metadata in ebRIM 3.0 (IHE ITI TF-3 4.2; CI-SIS, volet « Partage »).

The values are those the document states, in the form of the official METADATA.XML examples.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from hashlib import sha1
from uuid import UUID, uuid5

from amo_gateway.xml import attribute, text
from prescriptions.documents.cda import people
from prescriptions.documents.cda.facts import DocumentFacts, oid
from prescriptions.documents.cda.header import CONFIDENTIALITY, sub_types
from prescriptions.documents.cda.markup import PARIS, Code
from prescriptions.documents.cda.professions import profession
from prescriptions.documents.cda.types import DOCUMENT_TYPES, DocumentType
from prescriptions.documents.orders import read, valid_until
from prescriptions.documents.statement import Patient, Prescriber, Statement
from prescriptions.kinds.order import Order

_FORMATS = "1.2.250.1.213.1.1.4.2.282"
STRUCTURED = Code("urn:ihe:pharm:pre:2010", _FORMATS, "formatCode", "Prescription de produits de santé")
PDF = Code(
    "urn:ihe:iti:xds-sd:pdf:2008",
    "1.3.6.1.4.1.19376.1.2.3",
    "formatCode",
    "Document à corps non structuré en PDF",
)
PRESCRIPTION = Code("42", "1.2.250.1.213.1.1.4.1", "classCode", "Prescription")
"""Class of every prescription (JDV_J06)."""

_RIM = "urn:oasis:names:tc:ebxml-regrep"
_ESCAPES = str.maketrans({"\\": "\\E\\", "^": "\\S\\", "&": "\\T\\", "|": "\\F\\", "~": "\\R\\", "\n": " "})
"""HL7 v2 separators, as HL7 v2 writes them inside a value."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A submission set or a document: its identifier, from which those of its parts are made."""

    identity: UUID

    @property
    def urn(self) -> str:
        """The identifier as ebRIM writes it."""
        return self.identity.urn

    def author(self, scheme: str, statement: Statement) -> str:
        """Write who wrote it, for whom they work, their speciality."""
        prescriber, house = statement.prescriber, statement.house
        quality = profession(prescriber.profession, prescriber.speciality_code)
        slots = (
            _slot("authorInstitution", f"{_v2(house.name)}^^^^^&{people.PLACES}&ISO^IDNST^^^1{house.finess}")
            + _slot("authorPerson", _person(prescriber))
            + _slot("authorSpecialty", f"{quality.code}^{_v2(quality.label)}^{quality.system}")
        )
        return self._classification("auteur", scheme, "", slots)

    def coded(self, scheme: str, code: Code) -> str:
        """Write one code under an XDS scheme."""
        inside = _slot("codingScheme", code.system) + _name(code.label)
        return self._classification(f"{scheme}-{code.code}", scheme, code.code, inside)

    def _classification(self, part: str, scheme: str, node: str, inside: str) -> str:
        return (
            f'<Classification id="{uuid5(self.identity, part).urn}" classificationScheme="urn:uuid:{scheme}"'
            f' classifiedObject="{self.urn}" nodeRepresentation="{attribute(node)}">{inside}</Classification>'
        )

    def external(self, scheme: str, name: str, value: str) -> str:
        """Write an identifier that others gave."""
        return (
            f'<ExternalIdentifier id="{uuid5(self.identity, name).urn}" identificationScheme="urn:uuid:{scheme}"'
            f' registryObject="{self.urn}" value="{attribute(value)}">{_name(name)}</ExternalIdentifier>'
        )


def metadata(cda: bytes, statement: Statement, facts: DocumentFacts) -> bytes:
    """Return METADATA.XML: one submission set, one document, the link between them."""
    submission = Entity(uuid5(facts.document_id, "lot"))
    document = Entity(uuid5(facts.document_id, "fiche"))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<lcm:SubmitObjectsRequest xmlns:lcm="{_RIM}:xsd:lcm:3.0"><RegistryObjectList xmlns="{_RIM}:xsd:rim:3.0">'
        f"{_submission_set(submission, statement, facts)}{_document(document, cda, statement, facts)}"
        f"{_member(submission, document)}</RegistryObjectList></lcm:SubmitObjectsRequest>\n"
    ).encode()


def _submission_set(entity: Entity, statement: Statement, facts: DocumentFacts) -> str:
    source = f"{people.PLACES}.1{statement.house.finess}"
    return (
        f'<RegistryPackage id="{entity.urn}" status="{_RIM}:StatusType:Approved">'
        f"{_slot('submissionTime', _utc(facts.created_at))}{_name(DOCUMENT_TYPES[statement.kind].title)}"
        f'<Classification id="{uuid5(entity.identity, "nature").urn}" classifiedObject="{entity.urn}"'
        ' nodeRepresentation="" classificationNode="urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd"/>'
        f"{entity.author('a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d', statement)}"
        f"{entity.coded('aa543740-bdda-424e-8c96-df4873be8500', people.NURSING_HOME)}"
        f"{entity.external('6b5aea1a-874d-4603-a4bc-96a0a7b38446', 'XDSSubmissionSet.patientId', _patient_id(statement, facts))}"
        f"{entity.external('554ac39e-e3fe-47fe-b233-965d2a147832', 'XDSSubmissionSet.sourceId', source)}"
        f"{entity.external('96fdda7c-d067-4183-912e-bf5ee74998a8', 'XDSSubmissionSet.uniqueId', oid(entity.identity))}"
        "</RegistryPackage>"
    )


def _document(entity: Entity, cda: bytes, statement: Statement, facts: DocumentFacts) -> str:
    kind = DOCUMENT_TYPES[statement.kind]
    orders = read(statement)
    return (
        f'<ExtrinsicObject id="{entity.urn}" mimeType="text/xml" status="{_RIM}:StatusType:Approved"'
        ' objectType="urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1">'
        f"{_slots(cda, statement, facts, orders)}{_name(kind.title)}{_codes(entity, statement, kind, orders)}"
        f"{entity.external('58a6f841-87b3-4a3e-92fd-a8ffeff98427', 'XDSDocumentEntry.patientId', _patient_id(statement, facts))}"
        f"{entity.external('2e82c1f6-a085-4c72-9da3-8640a32e42ab', 'XDSDocumentEntry.uniqueId', oid(facts.document_id))}"
        "</ExtrinsicObject>"
    )


def _slots(cda: bytes, statement: Statement, facts: DocumentFacts, orders: Sequence[Order]) -> str:
    start = datetime.combine(statement.written_on, time.min, PARIS)
    stop = datetime.combine(valid_until(statement, orders), time(23, 59, 59), PARIS)
    return (
        _slot("hash", sha1(cda, usedforsecurity=False).hexdigest().upper())
        + _slot("size", str(len(cda)))
        + _slot("URI", "DOC0001.XML")
        + _slot("creationTime", _utc(facts.created_at))
        + _slot("languageCode", "fr-FR")
        + _slot("legalAuthenticator", _person(statement.prescriber))
        + _slot("serviceStartTime", _utc(start))
        + _slot("serviceStopTime", _utc(stop))
        + _slot("sourcePatientId", _source_patient_id(statement, facts))
        + _slot("sourcePatientInfo", *_patient_info(statement.patient))
    )


def _codes(entity: Entity, statement: Statement, kind: DocumentType, orders: Sequence[Order]) -> str:
    events = (kind.code, *sub_types(statement, orders))
    return (
        "".join(entity.coded("2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4", event) for event in events)
        + entity.author("93606bcf-9494-43ec-9b4e-a7748d1a838d", statement)
        + entity.coded("41a5887f-8865-4c09-adf7-e362475b143a", PRESCRIPTION)
        + entity.coded("f4f85eac-e6cb-4883-b524-f2705394840f", CONFIDENTIALITY)
        + entity.coded("a09d5840-386c-46f2-b5ad-9c3699a4309d", STRUCTURED if kind.structured else PDF)
        + entity.coded("f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1", people.NURSING_HOME)
        + entity.coded("cccf5598-8b07-4b77-a05e-ae952c785ead", people.PRACTICE_SETTING)
        + entity.coded("f0306f51-975f-434e-a61c-c59651d33983", kind.code)
    )


def _member(submission: Entity, document: Entity) -> str:
    return (
        f'<Association id="{uuid5(submission.identity, "lien").urn}" sourceObject="{submission.urn}"'
        f' targetObject="{document.urn}" associationType="{_RIM}:AssociationType:HasMember"'
        f' objectType="{_RIM}:ObjectType:RegistryObject:Association">{_slot("SubmissionSetStatus", "Original")}'
        "</Association>"
    )


def _slot(name: str, *values: str) -> str:
    written = "".join(f"<Value>{text(value)}</Value>" for value in values)
    return f'<Slot name="{name}"><ValueList>{written}</ValueList></Slot>'


def _name(words: str) -> str:
    return f'<Name><LocalizedString xml:lang="FR" charset="UTF8" value="{attribute(words)}"/></Name>'


def _utc(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%d%H%M%S}"


def _v2(words: str) -> str:
    return words.translate(_ESCAPES)


def _person(author: Prescriber) -> str:
    names = f"{_v2(author.last_name)}^{_v2(author.first_name)}"
    return f"8{author.rpps}^{names}^^^^^^&{people.PEOPLE}&ISO^D^^^IDNPS"


def _patient_id(statement: Statement, facts: DocumentFacts) -> str:
    """INS when qualified, else the local identity. Raises ValueError when neither is known."""
    if statement.patient.is_qualified:
        return f"{statement.patient.ins_number}^^^&{statement.patient.ins_oid}&ISO^NH"
    return f"{people.local_identity(facts)}^^^&{people.LOCAL_PATIENTS}&ISO^PI"


def _source_patient_id(statement: Statement, facts: DocumentFacts) -> str:
    """The identity of the house, or the INS when it gave none."""
    if facts.patient_id is None:
        return _patient_id(statement, facts)
    return f"{facts.patient_id}^^^&{people.LOCAL_PATIENTS}&ISO^PI"


def _patient_info(patient: Patient) -> tuple[str, ...]:
    """INS traits, in the fields of an HL7 v2 PID segment."""
    born, first = _v2(patient.birth_name), _v2(patient.birth_first_name)
    used = f"PID-5|{_v2(patient.used_name)}^{_v2(patient.used_first_name)}^^^^^D"
    return (
        f"PID-5|{born}^{first}^{_v2(patient.first_names or patient.birth_first_name)}^^^^L",
        *([used] if patient.used_name or patient.used_first_name else []),
        f"PID-7|{patient.birth_date:%Y%m%d}",
        f"PID-8|{'U' if patient.sex == 'I' else patient.sex}",
        *([f"PID-11|^^^^^^BDL^^{patient.birth_place}"] if patient.birth_place else []),
    )
