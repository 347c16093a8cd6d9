"""XAdES-BES enveloped signature, assembled by hand so that it costs little more than the RSA operation.

Each signed part is written once, already in exclusive canonical form (namespaces declared where they are used, no
empty-element tags): the text that is hashed is the text that is embedded, and nothing is parsed. Every reference
names its exclusive canonicalisation, without which verifiers apply the inclusive one and refuse.
Both signxml and libxmlsec1 check the result in our tests; verify.py never relies on this module.
"""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.serialization import Encoding

from amo_gateway.signing.signer import Signer
from amo_gateway.xml import attribute, text

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
SIGNED_PROPERTIES_TYPE = "http://uri.etsi.org/01903#SignedProperties"
EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"

_ROOT_ID = re.compile(rb'<[^>]*?\sId="([A-Za-z_][A-Za-z0-9_.-]*)"')
_EXCLUSIVE = f'<ds:Transform Algorithm="{EXCLUSIVE_C14N}"></ds:Transform>'
_DIGEST_METHOD = f'<ds:DigestMethod Algorithm="{SHA256}"></ds:DigestMethod>'


def sign_enveloped(epu: bytes, signer: Signer, *, signing_time: datetime, claimed_role: str) -> bytes:
    """Return `epu` with its signature as last child of the root.

    `epu` must be in exclusive canonical form with an `Id` on its root (epu.build gives that). `claimed_role` names
    in whose name the establishment signs (the prescriber's RPPS; form is ours, hypothèse).
    Raise SigningUnavailable when the key cannot be used.
    """
    root_id, end = _root(epu)
    der = signer.certificate.public_bytes(Encoding.DER)
    key_info_id, key_info = _key_info(der)
    properties_id = f"props-{root_id}"
    properties = _signed_properties(properties_id, der, signing_time, claimed_role, root_id)
    signed_info = (
        f'<ds:SignedInfo xmlns:ds="{DS}">'
        f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE_C14N}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="{RSA_SHA256}"></ds:SignatureMethod>'
        f"{_document_reference(root_id, epu)}"
        f"{_reference(properties_id, properties, SIGNED_PROPERTIES_TYPE)}"
        f"{_reference(key_info_id, key_info)}</ds:SignedInfo>"
    )
    value = b64encode(signer.sign(signed_info.encode())).decode()
    signature = (
        f'<ds:Signature xmlns:ds="{DS}" Id="sig-{root_id}">{signed_info}'
        f"<ds:SignatureValue>{value}</ds:SignatureValue>{key_info}"
        f'<ds:Object><xades:QualifyingProperties xmlns:xades="{XADES}" Target="#sig-{root_id}">'
        f"{properties}</xades:QualifyingProperties></ds:Object></ds:Signature>"
    )
    return b"".join((epu[:end], signature.encode(), epu[end:]))


def _root(epu: bytes) -> tuple[str, int]:
    """Return the Id of the root and the place of its end tag."""
    found = _ROOT_ID.match(epu)
    end = epu.rfind(b"</")
    if found is None or end < 0:
        raise ValueError("Le document à signer doit porter un attribut Id sur sa racine.")
    if f'<ds:Signature xmlns:ds="{DS}"'.encode() in epu:
        raise ValueError("Le document est déjà signé.")
    return found[1].decode(), end


def _document_reference(root_id: str, epu: bytes) -> str:
    transforms = f'<ds:Transform Algorithm="{ENVELOPED}"></ds:Transform>{_EXCLUSIVE}'
    return (
        f'<ds:Reference Id="ref-{root_id}" URI="#{root_id}"><ds:Transforms>{transforms}</ds:Transforms>'
        f"{_DIGEST_METHOD}<ds:DigestValue>{_digest(epu)}</ds:DigestValue></ds:Reference>"
    )


def _reference(target: str, content: str, kind: str = "") -> str:
    type_attribute = f' Type="{kind}"' if kind else ""
    return (
        f'<ds:Reference{type_attribute} URI="#{target}"><ds:Transforms>{_EXCLUSIVE}</ds:Transforms>'
        f"{_DIGEST_METHOD}<ds:DigestValue>{_digest(content.encode())}</ds:DigestValue></ds:Reference>"
    )


@lru_cache(maxsize=64)
def _key_info(der: bytes) -> tuple[str, str]:
    """Return the Id and the text of KeyInfo, the same for every signature of one certificate."""
    identifier = f"key-{sha256(der).hexdigest()[:16]}"
    certificate = b64encode(der).decode()
    return identifier, (
        f'<ds:KeyInfo xmlns:ds="{DS}" Id="{identifier}"><ds:X509Data><ds:X509Certificate>{certificate}'
        "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
    )


def _signed_properties(properties_id: str, der: bytes, at: datetime, role: str, root_id: str) -> str:
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<xades:SignedProperties xmlns:xades="{XADES}" Id="{attribute(properties_id)}">'
        f"<xades:SignedSignatureProperties><xades:SigningTime>{moment}</xades:SigningTime>"
        "<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>"
        f'<ds:DigestMethod xmlns:ds="{DS}" Algorithm="{SHA256}"></ds:DigestMethod>'
        f'<ds:DigestValue xmlns:ds="{DS}">{_digest(der)}</ds:DigestValue>'
        "</xades:CertDigest></xades:Cert></xades:SigningCertificateV2>"
        f"<xades:SignerRoleV2><xades:ClaimedRoles><xades:ClaimedRole>{text(role)}</xades:ClaimedRole>"
        "</xades:ClaimedRoles></xades:SignerRoleV2></xades:SignedSignatureProperties>"
        f'<xades:SignedDataObjectProperties><xades:DataObjectFormat ObjectReference="#ref-{root_id}">'
        "<xades:MimeType>text/xml</xades:MimeType></xades:DataObjectFormat></xades:SignedDataObjectProperties>"
        "</xades:SignedProperties>"
    )


def _digest(data: bytes) -> str:
    return b64encode(sha256(data).digest()).decode()
