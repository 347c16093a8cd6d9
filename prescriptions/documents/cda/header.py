"""The header of the document (CI-SIS, volet « Structuration minimale »; eP-MED-DM 2024.01 §3)."""

from __future__ import annotations

from collections.abc import Sequence

from amo_gateway.xml import attribute, text
from prescriptions.documents import epu
from prescriptions.documents.cda import people
from prescriptions.documents.cda.facts import DocumentFacts, oid
from prescriptions.documents.cda.markup import Code, coded, interval, moment
from prescriptions.documents.cda.professions import profession
from prescriptions.documents.cda.types import SUB_TYPES, DocumentType
from prescriptions.documents.orders import valid_until
from prescriptions.documents.statement import Prescriber, Statement
from prescriptions.kinds.order import Order

EPU = "1.2.250.1.215.500.1.1"
"""Root of the numbers of e-prescriptions (ANS, guide eP-MED-DM)."""
CONFIDENTIALITY = Code("N", "2.16.840.1.113883.5.25", "Confidentiality", "Normal")
ENCOUNTER = Code("AMB", "2.16.840.1.113883.5.4", "HL7:ActCode", "Ambulatoire (hors établissement)")
"""JDV_J142. Care of city, in a house that is no établissement de santé (our choice)."""
TEAM_MEMBER = Code("353", "1.2.250.1.213.1.6.1.107", "TRE_R85", "Membre de l'équipe de soins")
"""Function of the prescriber who is replaced (JDV_J47; guide eP-MED-DM)."""


def header(statement: Statement, facts: DocumentFacts, kind: DocumentType, orders: Sequence[Order]) -> str:
    """Write everything before the body. `orders`: its lines, read."""
    return (
        f"{_identity(facts, kind)}{people.patient_role(statement.patient, statement.house, facts)}"
        f"{_author(statement, facts)}{_custodian(statement)}{_signer(statement, facts)}{_replaced(statement)}"
        f"{_dispenser(statement)}"
        f"{_act(statement, facts, kind, orders)}{''.join(map(_sub_type, sub_types(statement, orders)))}"
        f"{_former(facts)}{_encounter(statement, facts)}"
    )


def sub_types(statement: Statement, orders: Sequence[Order]) -> tuple[Code, ...]:
    """Return what else the prescription is, as the message says it: bizone, exception, secured, at home, urgent."""
    return tuple(SUB_TYPES[code] for code in epu.subtypes(statement.paper, orders))


def _identity(facts: DocumentFacts, kind: DocumentType) -> str:
    return (
        '<realmCode code="FR"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>'
        f'{kind.templates}<id root="{oid(facts.document_id)}"/>{coded("code", kind.code)}'
        f'<title>{text(kind.title)}</title><effectiveTime value="{moment(facts.created_at)}"/>'
        f'{coded("confidentialityCode", CONFIDENTIALITY)}<languageCode code="fr-FR"/>'
        f'<setId root="{oid(facts.set_id)}"/><versionNumber value="{facts.version:d}"/>'
    )


def _author(statement: Statement, facts: DocumentFacts) -> str:
    return (
        f'<author><time value="{moment(facts.signed_at)}"/><assignedAuthor classCode="ASSIGNED">'
        f"{people.professional(statement.prescriber, statement.house)}</assignedAuthor></author>"
    )


def _custodian(statement: Statement) -> str:
    return (
        "<custodian><assignedCustodian><representedCustodianOrganization>"
        f"{people.organisation(statement.house)}"
        "</representedCustodianOrganization></assignedCustodian></custodian>"
    )


def _signer(statement: Statement, facts: DocumentFacts) -> str:
    """Who answers for the content; the signature itself stands outside the document."""
    who = people.professional(statement.prescriber, statement.house, setting=True)
    return (
        f'<legalAuthenticator><time value="{moment(facts.signed_at)}"/><signatureCode code="S"/>'
        f"<assignedEntity>{who}</assignedEntity></legalAuthenticator>"
    )


def _replaced(statement: Statement) -> str:
    """The prescriber who is replaced, when a substitute writes (rule B102)."""
    author = statement.prescriber
    if not author.replaces:
        return ""
    return (
        f'<participant typeCode="REF">{coded("functionCode", TEAM_MEMBER)}<time nullFlavor="UNK"/>'
        f'<associatedEntity classCode="PROV">{people.person_id(author.replaces)}'
        f'{coded("code", profession(author.profession, ""))}<addr nullFlavor="UNK"/><telecom nullFlavor="UNK"/>'
        f"{_replaced_person(author)}"
        f"<scopingOrganization>{people.organisation(statement.house)}</scopingOrganization>"
        "</associatedEntity></participant>"
    )


def _dispenser(statement: Statement) -> str:
    """The pharmacy named on the ordonnance, where reimbursement wants one (CSS L162-4-2; rule B27)."""
    if not statement.pharmacy:
        return ""
    return (
        '<participant typeCode="PRF"><time nullFlavor="UNK"/><associatedEntity classCode="PROV">'
        '<addr nullFlavor="UNK"/><telecom nullFlavor="UNK"/><scopingOrganization>'
        f'<id nullFlavor="UNK"/><name>{text(statement.pharmacy)}</name></scopingOrganization></associatedEntity></participant>'
    )


def _replaced_person(author: Prescriber) -> str:
    """The one replaced, by the names of the statement; older statements hold the printed name only."""
    if not author.replaces_last_name:
        return _person_named(author.replaces_name)
    degree = "<suffix>DR</suffix>" if author.replaces_name.startswith("Dr ") else ""
    given = f"<given>{text(author.replaces_first_name)}</given>" if author.replaces_first_name else ""
    name = f"<name>{given}<family>{text(author.replaces_last_name)}</family>{degree}</name>"
    return f"<associatedPerson>{name}</associatedPerson>"


def _person_named(whole: str) -> str:
    """« Dr Claire MARTINEAU » in its parts: the statement keeps the name as it is printed."""
    words = whole.split()
    degree = "<suffix>DR</suffix>" if words[:1] == ["Dr"] else ""
    words = words[1:] if words[:1] in (["Dr"], ["Mme"], ["M."]) else words
    if not words:
        return ""
    given = f"<given>{text(words[0])}</given>" if len(words) > 1 else ""
    family = " ".join(words[1:] or words)
    name = f"<name>{given}<family>{text(family)}</family>{degree}</name>"
    return f"<associatedPerson>{name}</associatedPerson>"


def _act(statement: Statement, facts: DocumentFacts, kind: DocumentType, orders: Sequence[Order]) -> str:
    """The prescription itself: its number, its validity, its prescriber."""
    number = f'<id root="{EPU}" extension="{attribute(facts.identifier)}"/>' if facts.identifier else ""
    who = people.professional(statement.prescriber, statement.house, setting=True)
    return (
        f'<documentationOf><serviceEvent classCode="ACT">{number}{coded("code", kind.code)}<effectiveTime>'
        f"{interval(statement.written_on, valid_until(statement, orders))}</effectiveTime>"
        f'<performer typeCode="PRF"><assignedEntity>{who}</assignedEntity></performer>'
        "</serviceEvent></documentationOf>"
    )


def _sub_type(code: Code) -> str:
    event = f'<serviceEvent classCode="INFO">{coded("code", code)}</serviceEvent>'
    return f"<documentationOf>{event}</documentationOf>"


def _former(facts: DocumentFacts) -> str:
    if facts.replaces is None:
        return ""
    parent = f'<parentDocument><id root="{oid(facts.replaces)}"/></parentDocument>'
    return f'<relatedDocument typeCode="RPLC">{parent}</relatedDocument>'


def _encounter(statement: Statement, facts: DocumentFacts) -> str:
    return (
        f"<componentOf><encompassingEncounter>{coded('code', ENCOUNTER)}"
        f'<effectiveTime><high value="{moment(facts.signed_at)}"/></effectiveTime>'
        f"<location><healthCareFacility>{people.place_id(statement.house)}"
        f"{coded('code', people.NURSING_HOME)}</healthCareFacility></location>"
        "</encompassingEncounter></componentOf>"
    )
