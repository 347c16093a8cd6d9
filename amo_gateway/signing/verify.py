"""Verification of a signed document that comes from outside: signxml, a fixed layout, and a chain to our CA."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from amo_gateway.errors import GatewayError
from amo_gateway.signing.xades import DS, ENVELOPED, EXCLUSIVE_C14N, XADES
from amo_gateway.xml import parse

_CONFIG = XAdESSignatureConfiguration(
    require_x509=True,
    location="./",
    expect_references=3,
    signature_methods=frozenset({SignatureMethod.RSA_SHA256}),
    digest_algorithms=frozenset({DigestAlgorithm.SHA256}),
    default_reference_c14n_method=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
)
_LAYOUT = tuple(f"{{{DS}}}{name}" for name in ("SignedInfo", "SignatureValue", "KeyInfo", "Object"))
_NS = {"ds": DS, "xades": XADES}


class InvalidSignature(GatewayError):
    """The signature does not hold. The code says which part; no content is repeated."""


@dataclass(frozen=True, slots=True)
class VerifiedDocument:
    """What was really signed: read this, never the document received."""

    signed_xml: etree._Element
    """The signed root, without its signature, parsed from the bytes that were hashed."""
    certificate: x509.Certificate
    """Certificate of the key that signed, chained to the trusted CA and inside its dates."""
    claimed_role: str


def verify(xml: bytes, trusted_ca: Path) -> VerifiedDocument:
    """Verify an enveloped XAdES signature over the whole root of `xml`; raise InvalidSignature or ProtocolError.

    `trusted_ca` is the PEM file of the only CA accepted.
    """
    root = parse(xml)
    signature = _signature(root)
    try:
        results = XAdESVerifier().verify(root, ca_pem_file=str(trusted_ca), expect_config=_CONFIG)
    except (SignXMLException, etree.LxmlError, x509.verification.VerificationError) as error:
        raise InvalidSignature("signature_invalide", type(error).__name__) from error
    except (ValueError, KeyError, TypeError, AttributeError, UnsupportedAlgorithm) as error:
        # signxml reads hostile input with plain lookups: a missing piece surfaces as one of these
        raise InvalidSignature("signature_illisible", type(error).__name__) from error
    document, properties, key_info = (_parsed(result.signed_xml) for result in results)
    _covers(root, signature, document, properties, key_info)
    certificate = key_info.findtext("ds:X509Data/ds:X509Certificate", "", _NS)
    return VerifiedDocument(
        signed_xml=document,
        certificate=x509.load_der_x509_certificate(b64decode(certificate)),
        claimed_role=properties.findtext(".//xades:ClaimedRole", "", _NS),
    )


def _parsed(signed: etree._Element | None) -> etree._Element:
    if signed is None:
        raise InvalidSignature("signature_illisible", "partie signée sans XML")
    return signed


def _signature(root: etree._Element) -> etree._Element:
    """Return the one signature, last child of the root, refusing anything unsigned that could hide in it."""
    found = root.findall(".//ds:Signature", _NS)
    if len(found) != 1 or root[-1] is not found[0]:
        raise InvalidSignature(
            "signature_absente", "une seule signature attendue, en dernier enfant de la racine"
        )
    signature = found[0]
    if tuple(child.tag for child in signature) != _LAYOUT:
        raise InvalidSignature("signature_disposition", "enfants de Signature inattendus")
    value, holder = signature[1], signature[3]
    if not _canonical_base64(value.text or "") or value.attrib or holder.attrib or len(value):
        raise InvalidSignature("signature_disposition", "valeur de signature non canonique")
    if len(holder) != 1 or holder[0].tag != f"{{{XADES}}}QualifyingProperties" or len(holder[0]) != 1:
        raise InvalidSignature("signature_disposition", "propriétés non signées")
    target = f"#{signature.get('Id')}"
    if holder[0].items() != [("Target", target)] or signature.keys() != ["Id"]:
        raise InvalidSignature("signature_disposition", "les propriétés ne visent pas cette signature")
    for element in (signature, holder, holder[0]):
        _no_stray_text(element)
    return signature


def _no_stray_text(element: etree._Element) -> None:
    """Refuse text between the children of `element`: none of it is signed."""
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        raise InvalidSignature("signature_disposition", "texte non signé")


def _canonical_base64(value: str) -> bool:
    try:
        return b64encode(b64decode(value, validate=True)).decode() == value
    except (binascii.Error, ValueError):
        return False


def _covers(
    root: etree._Element,
    signature: etree._Element,
    document: etree._Element,
    properties: etree._Element,
    key_info: etree._Element,
) -> None:
    """Check that the three references are the whole root, these SignedProperties and this KeyInfo, in that order."""
    covered = (
        document.tag == root.tag
        and document.get("Id") == root.get("Id")
        and properties.tag == f"{{{XADES}}}SignedProperties"
        and properties.get("Id") == signature[3][0][0].get("Id")
        and key_info.tag == f"{{{DS}}}KeyInfo"
        and key_info.get("Id") == signature[2].get("Id")
    )
    transforms = [
        [step.get("Algorithm") for step in reference.findall("ds:Transforms/ds:Transform", _NS)]
        for reference in signature[0].findall("ds:Reference", _NS)
    ]
    expected = [[ENVELOPED, EXCLUSIVE_C14N], [EXCLUSIVE_C14N], [EXCLUSIVE_C14N]]
    if not covered or transforms != expected:
        raise InvalidSignature("signature_partielle", "la signature ne couvre pas tout le document")
