"""Who signs: a certificate and a way to sign bytes with its key, wherever the key lives."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from amo_gateway.errors import SigningUnavailable

_PKCS1 = padding.PKCS1v15()
_SHA256 = hashes.SHA256()


class Signer(Protocol):
    """The seam: a software key here, a PKCS#11 token (mechanism SHA256_RSA_PKCS) or an HSM later."""

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate of the key that signs."""

    def sign(self, data: bytes) -> bytes:
        """Return the RSA PKCS#1 v1.5 SHA-256 signature of `data`; raise SigningUnavailable when it cannot."""


class SoftwareSigner:
    """A private key held in memory. Loading and checking it costs a hundred signatures: keep the object."""

    def __init__(self, key: rsa.RSAPrivateKey, certificate: x509.Certificate) -> None:
        """Refuse a key that is not the one of the certificate."""
        if key.public_key() != certificate.public_key():
            raise SigningUnavailable("cle_et_certificat_differents")
        self._key = key
        self.certificate = certificate
        self._not_before = certificate.not_valid_before_utc
        self._not_after = certificate.not_valid_after_utc

    @classmethod
    def load(cls, key_file: Path, certificate_file: Path) -> SoftwareSigner:
        """Read PEM files; raise SigningUnavailable when one is missing, unreadable, or the key is readable by others."""
        refuse_readable_by_others(key_file)
        try:
            key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
            certificate = x509.load_pem_x509_certificate(certificate_file.read_bytes())
        except FileNotFoundError as error:
            raise SigningUnavailable("cle_absente") from error
        except (OSError, ValueError, TypeError) as error:
            raise SigningUnavailable("cle_illisible") from error
        if not isinstance(key, rsa.RSAPrivateKey):
            raise SigningUnavailable("cle_non_rsa")
        return cls(key, certificate)

    def sign(self, data: bytes) -> bytes:
        """Return the signature of `data`; raise SigningUnavailable outside the dates of the certificate."""
        now = datetime.now(UTC)
        if now > self._not_after:
            raise SigningUnavailable("certificat_expire")
        if now < self._not_before:
            raise SigningUnavailable("certificat_pas_encore_valide")
        return self._key.sign(data, _PKCS1, _SHA256)


def refuse_readable_by_others(key_file: Path) -> None:
    """Raise SigningUnavailable when another account could read the key: neither the file nor its folder is private."""
    try:
        modes = (key_file.stat().st_mode, key_file.parent.stat().st_mode)
    except FileNotFoundError as error:
        raise SigningUnavailable("cle_absente") from error
    except OSError as error:
        raise SigningUnavailable("cle_illisible") from error
    if all(mode & 0o077 for mode in modes):
        raise SigningUnavailable("cle_lisible_par_d_autres")
