"""Signature: a certificate and `sign(bytes) → bytes`, XAdES on top. The verifier is imported from its own module."""

from amo_gateway.signing.signer import Signer, SoftwareSigner
from amo_gateway.signing.xades import sign_enveloped

__all__ = ["Signer", "SoftwareSigner", "sign_enveloped"]
