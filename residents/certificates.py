"""Whether the certificates an establishment declares are really there, its own, whole and within their dates.

The same files and the same checks as at signing and calling: what is green here will not fail there for that.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from amo_gateway.codes import explain
from amo_gateway.credentials import Credentials, load
from amo_gateway.errors import SigningUnavailable
from residents.models import Establishment


@dataclass(frozen=True)
class State:
    """`words`: until when they are valid, or what is wrong, without a final stop."""

    usable: bool
    words: str


def state_of(house: Establishment) -> State:
    """Load the certificates and keys `house` declares, and say what they are worth today."""
    try:
        credentials = load(settings.AMO_CREDENTIALS_DIR, house.amo_credentials_ref)
        credentials.check_owner(house.finess)
        connection = _connection_certificate(credentials)
    except SigningUnavailable as error:
        return State(False, _lowered(explain(error.code).sentence))
    return _dated(credentials.signer.certificate, connection)


def _connection_certificate(credentials: Credentials) -> x509.Certificate:
    """Return the certificate of the calls, once its key was tried with it; raise SigningUnavailable when it fails."""
    try:
        ssl.create_default_context().load_cert_chain(credentials.tls_certificate, credentials.tls_key)
        return x509.load_pem_x509_certificate(credentials.tls_certificate.read_bytes())
    except (
        OSError,
        ValueError,
    ) as error:  # ssl.SSLError, a key of another certificate included, is an OSError
        raise SigningUnavailable("certificat_tls_illisible") from error


def _dated(*certificates: x509.Certificate) -> State:
    now = timezone.now()
    begins = max(certificate.not_valid_before_utc for certificate in certificates)
    ends = min(certificate.not_valid_after_utc for certificate in certificates)
    if now > ends:
        return State(False, f"expirés depuis le {_day(ends)} : à renouveler")
    if now < begins:
        return State(False, f"valables seulement à partir du {_day(begins)}")
    return State(True, f"valables jusqu’au {_day(ends)}")


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")
