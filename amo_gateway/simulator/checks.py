"""What the service checks before it registers anything, in order. Tags: real = published; TLSi = published for sibling
services; SIM = ours (hypothèse)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import NameOID
from lxml import etree

from amo_gateway import schemas
from amo_gateway.envelope import ACTION_CONSULT, ACTION_REGISTER, CTXBAM, CTXLPS, ENV, SAML, SIM, WSA, WSSE
from amo_gateway.errors import ProtocolError
from amo_gateway.identifiers import is_valid
from amo_gateway.lines import element_of
from amo_gateway.signing.verify import InvalidSignature, VerifiedDocument, verify
from amo_gateway.xml import parse

_NS = {"env": ENV, "wsa": WSA, "wsse": WSSE, "saml": SAML, "lps": CTXLPS, "bam": CTXBAM, "sim": SIM}
_MESSAGE = re.compile(r"uuid:[0-9a-f-]{36}\Z")
_SIGNED = re.compile(rb"<EPrescription\b.*</EPrescription>", re.DOTALL)
_CLOCKS = timedelta(minutes=10)
"""How far the caller's clock may be from ours (SIM)."""
OPERATIONS = {ACTION_REGISTER: "enregistrer", ACTION_CONSULT: "consulter"}


class Refusal(Exception):
    """The service says no, with a code of faults.py."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Call:
    """A call whose envelope holds: who, on behalf of whom, what."""

    operation: str
    message_id: str
    rpps: str
    billing: str
    finess: str
    body: etree._Element
    raw: bytes


@dataclass(frozen=True)
class Incoming:
    """A verified e-prescription to register."""

    identifiant: str
    signed: bytes
    finess: str
    rpps: str
    lines: int
    epresc_type: str
    """The one kind of all its lines."""


def read_call(
    raw: bytes,
    client_finess: str,
    *,
    idams: frozenset[str],
    bearer: str,
    owner: Callable[[str, float], tuple[str, str] | None],
) -> Call:
    """Check the envelope: headers (TLSi), software number (TLSi), bearer token and assertion (SIM policy)."""
    try:
        root = parse(raw)
    except ProtocolError as error:
        raise Refusal("sim_ep_enveloppe_invalide", error.code) from error
    message_id = _text(root, "env:Header/wsa:MessageID")
    if not _MESSAGE.match(message_id):
        raise Refusal("sim_ep_enveloppe_invalide", "MessageID")
    operation = OPERATIONS.get(_text(root, "env:Header/wsa:Action"))
    if operation is None:
        raise Refusal("sim_ep_enveloppe_invalide", "Action")
    _contexts(root, client_finess, idams)
    rpps, billing = _assertion(root)
    if owner(bearer, time.time()) != (rpps, client_finess):
        raise Refusal("desir_560", "jeton")
    body = root.find(f"env:Body/sim:{operation}", _NS)
    if body is None:
        raise Refusal("sim_ep_enveloppe_invalide", "Body")
    return Call(operation, message_id.removeprefix("uuid:"), rpps, billing, client_finess, body, raw)


def _contexts(root: etree._Element, client_finess: str, idams: frozenset[str]) -> None:
    lps = root.find("env:Header/lps:ContexteLPS", _NS)
    bam = root.find("env:Header/bam:ContexteBAM", _NS)
    if lps is None or (lps.get("Nature"), lps.get("Version")) != ("CTXLPS", "01_00"):
        raise Refusal("sim_ep_enveloppe_invalide", "ContexteLPS")
    if bam is None or bam.get("Version") != "01_02" or bam.find("bam:COUVERTURE", _NS) is None:
        raise Refusal("sim_ep_enveloppe_invalide", "ContexteBAM")
    for path in ("lps:Id", "lps:Temps", "lps:LPS/lps:Version", "lps:LPS/lps:Instance", "lps:LPS/lps:Nom"):
        if not lps.findtext(path, "", _NS):
            raise Refusal("sim_ep_enveloppe_invalide", path)
    idam = lps.find("lps:LPS/lps:IDAM", _NS)
    if idam is None or idam.get("R") != "4" or (idam.text or "") not in idams:
        raise Refusal("desir_550")
    if {lps.findtext("lps:Emetteur", "", _NS), bam.findtext("bam:Emetteur", "", _NS)} != {client_finess}:
        raise Refusal("desir_560", "Emetteur")


def _assertion(root: etree._Element) -> tuple[str, str]:
    """A call with the establishment's certificate alone is refused (SIM policy, from the public list of accepted means)."""
    assertion = root.find("env:Header/wsse:Security/saml:Assertion", _NS)
    if assertion is None:
        raise Refusal("desir_560", "assertion absente")
    name = assertion.find("saml:Subject/saml:NameID", _NS)
    if (
        name is None
        or name.get("NameQualifier") not in {"PSC", "CPS"}
        or not re.match(r"8\d{11}\Z", name.text or "")
    ):
        raise Refusal("desir_560", "NameID")
    attributes = {
        item.get("Name"): item.findtext("saml:AttributeValue", "", _NS)
        for item in assertion.findall("saml:AttributeStatement/saml:Attribute", _NS)
    }
    if not all(attributes.get(n) for n in ("identifiantFacturation", "secteurActivite", "gipProfessionCode")):
        raise Refusal("desir_560", "attributs")
    if not _in_time(assertion.find("saml:Conditions", _NS)):
        raise Refusal("desir_560", "assertion périmée")
    return (name.text or "")[1:], str(attributes["identifiantFacturation"])


def _in_time(conditions: etree._Element | None) -> bool:
    """Tell whether we are between the two dates of an assertion, give or take the difference of two clocks."""
    if conditions is None:
        return False
    try:
        start, end = (datetime.fromisoformat(conditions.get(n, "")) for n in ("NotBefore", "NotOnOrAfter"))
        return start - _CLOCKS <= datetime.now(UTC) < end + _CLOCKS
    except (ValueError, TypeError):  # not a date, or a date without time zone
        return False


def read_registration(call: Call, ca_file: Path, unknown_products: frozenset[str]) -> Incoming:
    """Check the message: schema (SIM), signature and chain, right of the signer over that FINESS, business rules."""
    found = _SIGNED.search(call.raw)
    if found is None:
        raise Refusal("sim_ep_champ_manquant", "EPrescription")
    signed = found.group(0)
    verified = _verified(signed, ca_file)
    document = verified.signed_xml
    wrong = schemas.first_fault(document)
    if wrong is not None:
        raise Refusal("sim_ep_perimetre" if wrong == "ligne" else "sim_ep_message_invalide", wrong)
    identifiant = document.findtext("sim:identifiant", "", _NS)
    if not is_valid(identifiant) or identifiant != call.body.findtext("sim:identifiant", "", _NS):
        raise Refusal("sim_ep_identifiant_invalide")
    _same_people(call, document, verified)
    lines = document.findall("sim:lignes/sim:ligne", _NS)
    kind = _one_kind(lines)
    products = {code.text for code in document.iter(f"{{{SIM}}}cis", f"{{{SIM}}}codeLpp")}
    if unknown_products & products:
        raise Refusal("sim_ep_produit_inconnu")
    return Incoming(identifiant, signed, call.finess, call.rpps, len(lines), kind)


def _one_kind(lines: list[etree._Element]) -> str:
    """Return the kind of all the lines: one e-prescription a legal kind, each line in the element of its kind (SIM)."""
    kinds = {line.get("eprescType", "") for line in lines}
    if len(kinds) > 1:
        raise Refusal("sim_ep_types_melanges")
    kind = kinds.pop()
    if any(etree.QName(line[0]).localname != element_of(kind) for line in lines):
        raise Refusal("sim_ep_message_invalide", "eprescType")
    return kind


def _verified(signed: bytes, ca_file: Path) -> VerifiedDocument:
    try:
        return verify(signed, ca_file)
    except (InvalidSignature, ProtocolError) as error:
        raise Refusal("sim_ep_signature_invalide", error.code) from error


def _same_people(call: Call, document: etree._Element, verified: VerifiedDocument) -> None:
    """The certificate that signed, the certificate that calls, the assertion and the message tell of the same people."""
    if finess_of(verified.certificate) != call.finess:
        raise Refusal("sim_ep_ps_non_autorise", "certificat de signature")
    prescriber = document.findtext("sim:prescripteur/sim:rpps", "", _NS)
    # A replacement doctor calls and signs for the one they replace (SIM).
    if document.findtext("sim:rppsRemplacant", prescriber, _NS) != call.rpps:
        raise Refusal("sim_ep_ps_non_autorise", "rpps")
    structure = document.find("sim:structure", _NS)
    number = "" if structure is None or not len(structure) else structure[0].text or ""
    if not number:
        raise Refusal("sim_ep_am_ou_finess")
    if number != call.billing:
        raise Refusal("sim_ep_ps_non_autorise", "structure")
    if structure is not None and structure[0].tag == f"{{{SIM}}}finess" and number != call.finess:
        raise Refusal("sim_ep_ps_non_autorise", "finess")


def finess_of(certificate: x509.Certificate) -> str:
    """Return the FINESS a certificate was issued for: its OU."""
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return str(units[0].value) if units else ""


def _text(root: etree._Element, path: str) -> str:
    return (root.findtext(path, "", _NS) or "").strip()
