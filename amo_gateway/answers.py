"""Reading the service's answers: success, refusal, silence in disguise, or nonsense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from amo_gateway.envelope import ENV, SIM, SIRAM, WSA
from amo_gateway.errors import ProtocolError, Rejected, Unavailable
from amo_gateway.transport import Answer
from amo_gateway.xml import parse

SUCCESS = "00"
"""`CodeCR` of a success, in the style of the sibling service INSi (hypothèse for e-prescription)."""
RETRY_SUBCODES = frozenset({"siram_40"})
"""Faults that mean « temporarily unavailable » (published for the sibling services)."""
RETRY_STATUSES = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Registration:
    """The content of a successful `enregistrerReponse`."""

    identifier: str
    registered_at: datetime
    already_registered: bool


@dataclass(frozen=True, slots=True)
class Consultation:
    """What the service holds under an identifier."""

    identifier: str
    status: str
    registered_at: datetime
    payload_sha256: str
    """Hexadecimal SHA-256 of the signed bytes the service registered: equal to ours, or not ours."""


def registration(answer: Answer, message_id: str) -> Registration:
    """Return the registration an answer tells of, or raise the error it means."""
    body = _success(answer, message_id, "enregistrerReponse")
    return Registration(
        identifier=_text(body, "identifiant"),
        registered_at=_moment(_text(body, "dateEnregistrement")),
        already_registered=body.findtext(f"{{{SIM}}}dejaEnregistree") == "true",
    )


def consultation(answer: Answer, message_id: str) -> Consultation:
    """Return what a `consulterReponse` says, or raise the error it means."""
    body = _success(answer, message_id, "consulterReponse")
    return Consultation(
        identifier=_text(body, "identifiant"),
        status=_text(body, "statut"),
        registered_at=_moment(_text(body, "dateEnregistrement")),
        payload_sha256=_text(body, "empreinte"),
    )


def _success(answer: Answer, message_id: str, expected: str) -> etree._Element:
    """Return the body element of a success; everything else is raised."""
    root = _envelope(answer)
    fault = root.find(f"{{{ENV}}}Body/{{{ENV}}}Fault")
    if fault is not None:
        raise _fault(fault, answer.status)
    if answer.status != 200:
        raise _without_fault(answer.status)
    if root.findtext(f"{{{ENV}}}Header/{{{WSA}}}RelatesTo") != f"uuid:{message_id}":
        raise ProtocolError("correlation", "la réponse ne correspond pas au message envoyé", answer.status)
    body = root.find(f"{{{ENV}}}Body/{{{SIM}}}{expected}")
    if body is None:
        raise ProtocolError("reponse_illisible", f"élément {expected} absent", answer.status)
    code = _text(body, "CR/CodeCR")
    if code in RETRY_SUBCODES:
        raise Unavailable(code, answer.status)
    if code != SUCCESS:
        raise Rejected(code, body.findtext(_path("CR/LibelleCR")) or "", answer.status)
    return body


def _envelope(answer: Answer) -> etree._Element:
    """Return the SOAP envelope, or raise what an answer without one means."""
    try:
        root = parse(answer.body)
    except ProtocolError as error:
        if answer.status == 200 or (error.code == "doctype_interdit" and answer.status < 500):
            raise ProtocolError(error.code, error.detail, answer.status) from error
        raise _without_fault(answer.status) from error
    if root.tag != f"{{{ENV}}}Envelope":
        if answer.status == 200:
            raise ProtocolError("reponse_illisible", "pas une enveloppe SOAP 1.2", answer.status)
        raise _without_fault(answer.status)
    return root


def _without_fault(status: int) -> Unavailable | ProtocolError:
    if status >= 500 or status in RETRY_STATUSES:
        return Unavailable(f"http_{status}", status)
    if 300 <= status < 400:
        return ProtocolError("redirection", "le service renvoie vers une autre adresse", status)
    return ProtocolError(f"http_{status}", "réponse HTTP sans faute SOAP", status)


def _fault(fault: etree._Element, status: int) -> Unavailable | Rejected | ProtocolError:
    """Sort a SOAP fault: the Subcode says whether to retry, `siram:Erreur` gives the precise code."""
    subcode = fault.findtext(f"{{{ENV}}}Code/{{{ENV}}}Subcode/{{{ENV}}}Value") or ""
    subcode = subcode.rpartition(":")[2].strip()
    error = fault.find(f"{{{ENV}}}Detail/{{{SIRAM}}}Erreur")
    severity = (error.get("severite") or "") if error is not None else ""
    if subcode in RETRY_SUBCODES:
        return Unavailable(subcode, status, severity)
    code = (error.get("code") if error is not None else None) or subcode
    if not code:
        return ProtocolError("faute_sans_code", "faute SOAP sans code", status)
    return Rejected(code, fault.findtext(f"{{{ENV}}}Reason/{{{ENV}}}Text") or "", status, severity)


def _path(path: str) -> str:
    return "/".join(f"{{{SIM}}}{step}" for step in path.split("/"))


def _text(body: etree._Element, path: str) -> str:
    value = body.findtext(_path(path))
    if not value:
        raise ProtocolError("reponse_illisible", f"élément {path} absent ou vide")
    return value


def _moment(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise ProtocolError("reponse_illisible", "date d’enregistrement incomprise") from error
    if moment.tzinfo is None:
        raise ProtocolError("reponse_illisible", "date d’enregistrement sans fuseau")
    return moment
