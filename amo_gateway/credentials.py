"""Where the keys of an establishment are: `<dir>/<reference>/{sign.pem,sign.key,tls.pem,tls.key}` and `<dir>/ca.pem`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.x509.oid import NameOID

from amo_gateway.errors import SigningUnavailable
from amo_gateway.signing import Signer, SoftwareSigner
from amo_gateway.signing.signer import refuse_readable_by_others

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an establishment signs and calls with. `reference` is the name of its folder (its FINESS in the demo)."""

    reference: str
    signer: Signer
    tls_certificate: Path
    tls_key: Path

    def check_owner(self, finess: str) -> None:
        """Raise SigningUnavailable unless the certificate was issued for that house (its OU is the FINESS, or 1 + FINESS)."""
        units = self.signer.certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
        if {str(unit.value) for unit in units}.isdisjoint({finess, f"1{finess}"}):
            raise SigningUnavailable("certificat_autre_maison")


def load(directory: Path, reference: str) -> Credentials:
    """Return the credentials `reference`, read once per process until its files change.

    Raise SigningUnavailable when a file is missing, unreadable, or a key is readable by others.
    """
    if _REFERENCE.match(reference) is None:
        raise SigningUnavailable("reference_invalide")
    folder = directory / reference
    try:
        stamp = tuple(
            (folder / name).stat().st_mtime_ns for name in ("sign.pem", "sign.key", "tls.pem", "tls.key")
        )
    except OSError as error:
        raise SigningUnavailable("cle_absente") from error
    return _load(folder, reference, stamp)


@lru_cache(maxsize=64)
def _load(folder: Path, reference: str, stamp: tuple[int, ...]) -> Credentials:
    """Read the files; `stamp` makes a renewed certificate replace the one in memory."""
    signer = SoftwareSigner.load(folder / "sign.key", folder / "sign.pem")
    refuse_readable_by_others(folder / "tls.key")
    return Credentials(reference, signer, folder / "tls.pem", folder / "tls.key")
