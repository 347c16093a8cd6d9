"""HTTPS to the service: one kept-alive pool, our certificate shown, theirs checked, one deadline for the whole call."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as HttpTimeout

from amo_gateway.credentials import Credentials
from amo_gateway.endpoint import SIMULATOR_ENVIRONMENT, check_endpoint
from amo_gateway.errors import ProtocolError, SigningUnavailable, Unavailable

MAX_RESPONSE_BYTES = 1_000_000
_CHUNK = 65_536
_call = threading.local()


class DeadlineSocket(ssl.SSLSocket):
    """A TLS socket whose every read waits only for what is left of the call: a service that drips bytes is cut too."""

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Read, waiting at most until the deadline of the calling thread."""
        self.settimeout(_remaining())
        return super().recv_into(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer read whole."""

    status: int
    content_type: str
    body: bytes
    duration_ms: int


class Transport:
    """Posts to one origin. Thread-safe; make it after a fork, never before. No retry, no redirect, no proxy."""

    def __init__(
        self,
        url: str,
        *,
        ca_file: str,
        credentials: Credentials,
        timeout: float,
        environment: str = SIMULATOR_ENVIRONMENT,
        allowed_hosts: Collection[str] = (),
    ) -> None:
        """`timeout`, in seconds, covers a whole call. Raise ProtocolError for an address endpoint.py refuses."""
        parts = check_endpoint(url, environment, allowed_hosts)
        self.path = parts.path or "/"
        self._timeout = timeout
        self._pool = urllib3.HTTPSConnectionPool(
            str(parts.hostname),
            parts.port or 443,
            maxsize=8,
            retries=False,
            timeout=urllib3.Timeout(total=timeout),
            ssl_context=_context(ca_file, credentials),
        )

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send `body` and read the answer; raise Unavailable when none comes whole in time."""
        started = time.monotonic()
        _call.deadline = started + self._timeout
        try:
            return self._post(path, body, headers, started)
        except HttpTimeout as error:  # NewConnectionError is one for urllib3, yet nothing was waited for
            code = "connexion" if isinstance(error, NewConnectionError) else "timeout"
            raise Unavailable(code) from error
        except SSLError as error:
            raise Unavailable("tls") from error
        except HTTPError as error:
            raise Unavailable("connexion") from error

    def _post(self, path: str, body: bytes, headers: Mapping[str, str], started: float) -> Answer:
        response = self._pool.urlopen(
            "POST",
            path,
            body=body,
            headers=headers,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )
        content = bytearray()
        while chunk := response.read1(_CHUNK):
            content += chunk
            if len(content) > MAX_RESPONSE_BYTES:
                response.close()
                raise ProtocolError(
                    "reponse_trop_longue", f"plus de {MAX_RESPONSE_BYTES} octets", response.status
                )
        response.release_conn()
        spent = round((time.monotonic() - started) * 1000)
        return Answer(response.status, response.headers.get("Content-Type", ""), bytes(content), spent)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


def _remaining() -> float:
    remaining: float = _call.deadline - time.monotonic()
    if remaining <= 0:
        raise TimeoutError("délai dépassé")
    return remaining


def _context(ca_file: str, credentials: Credentials) -> ssl.SSLContext:
    """One context for the life of the transport: TLS 1.2 at least, host name checked, client certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.sslsocket_class = DeadlineSocket
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(ca_file)
        context.load_cert_chain(credentials.tls_certificate, credentials.tls_key)
    except (OSError, ssl.SSLError) as error:
        raise SigningUnavailable("certificat_tls_illisible") from error
    return context
