"""A demonstration PKI: one authority, the simulator's server, and per FINESS a signing and a TLS certificate.

`python -m amo_gateway.simulator.pki DIR FINESS…` makes what is missing and renews what expires. Never for real use.
"""

from __future__ import annotations

import argparse
import fcntl
import ipaddress
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_AUTHORITY_LIFE = timedelta(days=3650)
_LEAF_LIFE = timedelta(days=365)
_RENEW_BEFORE = timedelta(days=30)
_BACKDATED = timedelta(minutes=5)
"""Certificates start a little in the past: two clocks never agree."""
_SERVER_NAMES = ("localhost", "simulator")
_SERVER_ADDRESSES = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority that issues every certificate of the demonstration."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


def ensure(directory: Path, finess_list: Iterable[str]) -> None:
    """Make `directory` hold a whole PKI for `finess_list`; keep what is there and still valid. Safe to call at once."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(directory):
        authority = _authority(directory)
        _leaf(directory / "server.pem", authority, _subject("simulator"), _server_extensions())
        for finess in finess_list:
            _establishment(directory / finess, finess, authority)


def _establishment(folder: Path, finess: str, authority: Authority) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    signing = [(_usage(signing=True), True)]
    _leaf(folder / "sign.pem", authority, _subject(f"Signature {finess}", finess), signing)
    client = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
    tls: list[tuple[x509.ExtensionType, bool]] = [(_usage(), True), (client, False)]
    _leaf(folder / "tls.pem", authority, _subject(f"Connexion {finess}", finess), tls)


def _authority(directory: Path) -> Authority:
    certificate_file, key_file = directory / "ca.pem", directory / "ca.key"
    if _still_valid(certificate_file) and key_file.exists():
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
        if isinstance(key, rsa.RSAPrivateKey):
            return Authority(x509.load_pem_x509_certificate(certificate_file.read_bytes()), key)
    key = _new_key()
    subject = _subject("Autorité de démonstration SIM")
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (_usage(authority=True), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
    ]
    certificate = _issue(subject, subject, key.public_key(), key, _AUTHORITY_LIFE, extensions)
    _write(certificate_file, key_file, certificate, key)
    return Authority(certificate, key)


def _leaf(
    certificate_file: Path,
    authority: Authority,
    subject: x509.Name,
    extensions: Iterable[tuple[x509.ExtensionType, bool]],
) -> None:
    """Make the pair `certificate_file` and its `.key`, unless it is there, valid, and issued by `authority`."""
    key_file = certificate_file.with_suffix(".key")
    if key_file.exists() and _still_valid(certificate_file, authority):
        return
    key = _new_key()
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    every = [*extensions, (x509.BasicConstraints(ca=False, path_length=None), True), (identifier, False)]
    issuer = authority.certificate.subject
    certificate = _issue(subject, issuer, key.public_key(), authority.key, _LEAF_LIFE, every)
    _write(certificate_file, key_file, certificate, key)


def _issue(
    subject: x509.Name,
    issuer: x509.Name,
    public_key: rsa.RSAPublicKey,
    issuer_key: rsa.RSAPrivateKey,
    life: timedelta,
    extensions: Iterable[tuple[x509.ExtensionType, bool]],
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + life)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer_key, hashes.SHA256())


def _still_valid(certificate_file: Path, authority: Authority | None = None) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate(certificate_file.read_bytes())
    except (FileNotFoundError, ValueError):
        return False
    if authority is not None:
        key_identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
        known = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
        if known.key_identifier != key_identifier.key_identifier:
            return False
    return certificate.not_valid_after_utc - datetime.now(UTC) > _RENEW_BEFORE


def _server_extensions() -> list[tuple[x509.ExtensionType, bool]]:
    names: list[x509.GeneralName] = [x509.DNSName(name) for name in _SERVER_NAMES]
    names += [x509.IPAddress(ipaddress.ip_address(address)) for address in _SERVER_ADDRESSES]
    return [
        (_usage(), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        (x509.SubjectAlternativeName(names), False),
    ]


def _subject(common_name: str, finess: str | None = None) -> x509.Name:
    """OU carries the establishment, as in the certificates of the sibling services."""
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "SIM"),
    ]
    if finess is not None:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, finess))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _usage(*, signing: bool = False, authority: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=signing,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _write(
    certificate_file: Path, key_file: Path, certificate: x509.Certificate, key: rsa.RSAPrivateKey
) -> None:
    pem = serialization.Encoding.PEM
    clear = serialization.NoEncryption()
    _replace(key_file, key.private_bytes(pem, serialization.PrivateFormat.PKCS8, clear))
    _replace(certificate_file, certificate.public_bytes(pem))


def _replace(path: Path, content: bytes) -> None:
    """Write whole or not at all, readable by the owner only from its first byte."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    temporary.replace(path)


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Hold the directory against another process doing the same."""
    with (directory / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> None:
    """Read the command line and make the PKI."""
    parser = argparse.ArgumentParser(prog="amo_gateway.simulator.pki", description="PKI de démonstration")
    parser.add_argument("directory", type=Path, help="dossier des clés et certificats")
    parser.add_argument("finess", nargs="*", help="FINESS géographiques des établissements")
    arguments = parser.parse_args()
    ensure(arguments.directory, arguments.finess)


if __name__ == "__main__":
    main()
