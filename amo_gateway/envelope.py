"""The SOAP 1.2 envelope of a call: contexts, SAML assertion, addressing, and the signed bytes untouched in the body.

Blocks and namespaces are those of the published sibling services (TLSi: INSi, ADRi…). The action, the body namespace
and the operation elements are ours (hypothèse), on purpose unlike any real one.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from amo_gateway.xml import attribute, text

ENV = "http://www.w3.org/2003/05/soap-envelope"
WSA = "http://www.w3.org/2005/08/addressing"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
CTXLPS = "urn:siram:lps:ctxlps"
CTXBAM = "urn:siram:bam:ctxbam"
SIRAM = "urn:siram"
SIM = "urn:sim:eprescription:1"

ACTION_REGISTER = "urn:SIM-EPrescription:1.0.0:enregistrer"
ACTION_CONSULT = "urn:SIM-EPrescription:1.0.0:consulter"

ASSERTION_LIFE = timedelta(hours=1)
"""Life of an assertion: about one hour in the sibling services."""
_CLOCK_SKEW = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lps:
    """The calling software, as the ContexteLPS names it."""

    name: str
    version: str
    idam: str
    """CNDA authorisation number."""
    instance: str
    """UUID of the installation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The professional in whose name the call is made, as the assertion names them."""

    rpps: str
    name: str
    profession: str
    """`gipProfessionCode`, `10` for a physician."""
    billing_identifier: str
    """`identifiantFacturation`: FINESS géographique of a salaried doctor, AM number of a liberal one."""
    specialty_amo: str | None = None
    """`codeSpecialiteAMO`, physicians only."""
    sector: str = "SA17"
    """`secteurActivite`: SA17 is the value for homes of elderly people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beneficiary:
    """The insured person of ContexteBAM; every part is optional."""

    matricule: str | None = None
    """13 characters, key left out."""
    key: str | None = None
    birth_date: str | None = None
    """`AAAAMMJJ`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallContext:
    """Everything about one call that is not the e-prescription itself."""

    message_id: str
    """UUID; the same for every sending of the same signed bytes."""
    sent_at: datetime
    """Moment of this sending, with time zone: the assertion is dated from it."""
    lps: Lps
    actor: Actor
    finess: str
    """FINESS géographique of the calling establishment (OU of its certificates)."""
    beneficiary: Beneficiary = field(default_factory=Beneficiary)
    correlation_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    """`X-Correlation-Id` towards the PSC proxy; new at each sending."""
    assertion_id: str = field(default_factory=lambda: f"_{uuid.uuid4()}")


def register(signed_epu: bytes, context: CallContext, identifier: str, issuer: str) -> bytes:
    """Return the envelope of `enregistrer` (EP4). `signed_epu` is spliced as it is: its signature still verifies."""
    head = f'<sim:enregistrer xmlns:sim="{SIM}"><sim:identifiant>{text(identifier)}</sim:identifiant>'
    opening = _header(context, ACTION_REGISTER, issuer) + head
    return b"".join((opening.encode(), signed_epu, b"</sim:enregistrer></env:Body></env:Envelope>"))


def consult(identifier: str, context: CallContext, issuer: str) -> bytes:
    """Return the envelope of `consulter` (EP3): the identifier, plus the AM number or the FINESS of who asks."""
    billing = text(context.actor.billing_identifier)
    tag = "finess" if context.actor.billing_identifier == context.finess else "am"
    body = (
        f'<sim:consulter xmlns:sim="{SIM}"><sim:identifiant>{text(identifier)}</sim:identifiant>'
        f"<sim:{tag}>{billing}</sim:{tag}></sim:consulter></env:Body></env:Envelope>"
    )
    return (_header(context, ACTION_CONSULT, issuer) + body).encode()


def utc(moment: datetime) -> str:
    """Write `moment` as an xs:dateTime in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _header(context: CallContext, action: str, issuer: str) -> str:
    return (
        f'<env:Envelope xmlns:env="{ENV}"><env:Header>'
        f'<wsa:Action xmlns:wsa="{WSA}">{action}</wsa:Action>'
        f'<wsa:MessageID xmlns:wsa="{WSA}">uuid:{text(context.message_id)}</wsa:MessageID>'
        f'<wsse:Security xmlns:wsse="{WSSE}">{_assertion(context, issuer)}</wsse:Security>'
        f"{_contexte_lps(context)}{_contexte_bam(context)}</env:Header><env:Body>"
    )


def _contexte_lps(context: CallContext) -> str:
    lps = context.lps
    return (
        f'<ctxlps:ContexteLPS xmlns:ctxlps="{CTXLPS}" Nature="CTXLPS" Version="01_00">'
        f"<ctxlps:Id>{text(context.message_id)}</ctxlps:Id><ctxlps:Temps>{utc(context.sent_at)}</ctxlps:Temps>"
        f"<ctxlps:Emetteur>{text(context.finess)}</ctxlps:Emetteur>"
        f'<ctxlps:LPS><ctxlps:IDAM R="4">{text(lps.idam)}</ctxlps:IDAM><ctxlps:Version>{text(lps.version)}</ctxlps:Version>'
        f"<ctxlps:Instance>{text(lps.instance)}</ctxlps:Instance>"
        f"<ctxlps:Nom>urn:lps:{text(lps.name)}:{text(lps.version)}</ctxlps:Nom></ctxlps:LPS></ctxlps:ContexteLPS>"
    )


def _contexte_bam(context: CallContext) -> str:
    return (
        f'<ctxbam:ContexteBAM xmlns:ctxbam="{CTXBAM}" Version="01_02">'
        f"<ctxbam:Id>{text(context.message_id)}</ctxbam:Id><ctxbam:Temps>{utc(context.sent_at)}</ctxbam:Temps>"
        f"<ctxbam:Emetteur>{text(context.finess)}</ctxbam:Emetteur>"
        f"<ctxbam:COUVERTURE>{_coverage(context.beneficiary)}</ctxbam:COUVERTURE></ctxbam:ContexteBAM>"
    )


def _coverage(beneficiary: Beneficiary) -> str:
    insured = person = ""
    if beneficiary.matricule and beneficiary.key:
        insured = (
            f"<ctxbam:ASSURE><ctxbam:Num>{text(beneficiary.matricule)}</ctxbam:Num>"
            f"<ctxbam:Cle>{text(beneficiary.key)}</ctxbam:Cle></ctxbam:ASSURE>"
        )
    if beneficiary.birth_date:
        born = text(beneficiary.birth_date)
        person = f"<ctxbam:BENEFICIAIRE><ctxbam:DateNai>{born}</ctxbam:DateNai></ctxbam:BENEFICIAIRE>"
    return insured + person


def _assertion(context: CallContext, issuer: str) -> str:
    """Mode PSC: not signed, trust comes from the bearer token of the proxy."""
    actor, issued = context.actor, context.sent_at
    attributes = {
        "identifiantFacturation": actor.billing_identifier,
        "codeSpecialiteAMO": actor.specialty_amo,
        "secteurActivite": actor.sector,
        "gipProfessionCode": actor.profession,
        "nomPS": actor.name,
    }
    return (
        f'<saml:Assertion xmlns:saml="{SAML}" ID="{attribute(context.assertion_id)}"'
        f' IssueInstant="{utc(issued)}" Version="2.0">'
        f'<saml:Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName">{text(issuer)}</saml:Issuer>'
        f'<saml:Subject><saml:NameID NameQualifier="PSC">8{text(actor.rpps)}</saml:NameID></saml:Subject>'
        f'<saml:Conditions NotBefore="{utc(issued - _CLOCK_SKEW)}" NotOnOrAfter="{utc(issued + ASSERTION_LIFE)}"/>'
        f"<saml:AttributeStatement>{''.join(_attribute(n, v) for n, v in attributes.items() if v)}"
        f"</saml:AttributeStatement></saml:Assertion>"
    )


def _attribute(name: str, value: str) -> str:
    return f'<saml:Attribute Name="{name}"><saml:AttributeValue>{text(value)}</saml:AttributeValue></saml:Attribute>'
