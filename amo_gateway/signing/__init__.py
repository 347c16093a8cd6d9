"""Signature of the e-prescription: a certificate and `sign(bytes) → bytes`, XAdES on top, a verifier for untrusted input."""

from amo_gateway.signing.signer import Signer, SoftwareSigner
from amo_gateway.signing.verify import InvalidSignature, VerifiedDocument, verify
from amo_gateway.signing.xades import sign_enveloped

__all__ = ["InvalidSignature", "Signer", "SoftwareSigner", "VerifiedDocument", "sign_enveloped", "verify"]
