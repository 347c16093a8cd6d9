"""The client of the e-prescription service: send the signed bytes, read the receipt, sort every failure."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amo_gateway import answers, envelope
from amo_gateway.answers import Consultation
from amo_gateway.credentials import Credentials
from amo_gateway.endpoint import SIMULATOR_ENVIRONMENT
from amo_gateway.envelope import CallContext
from amo_gateway.errors import ProtocolError, Unavailable
from amo_gateway.transport import Answer, Transport

TOKEN_PATH = "/proxy/token"  # noqa: S105 -- a path, not a secret
_TOKEN_MARGIN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Receipt:
    """The service's word that the e-prescription is registered."""

    identifier_returned: str
    """As the service echoes it: the caller compares it with the one it made."""
    registered_at: datetime
    already_registered: bool
    """True when the same bytes had been registered by an earlier sending whose answer was lost."""
    http_status: int
    duration_ms: int


class AmoClient:
    """Speaks to one endpoint with the credentials of one establishment. Thread-safe; make it after a fork."""

    def __init__(
        self,
        endpoint: str,
        *,
        ca_file: str,
        credentials: Credentials,
        timeout: float,
        environment: str = SIMULATOR_ENVIRONMENT,
        allowed_hosts: Collection[str] = (),
    ) -> None:
        """`timeout` in seconds covers a whole call, reading included. Addresses are checked by endpoint.py."""
        self._transport = Transport(
            endpoint,
            ca_file=ca_file,
            credentials=credentials,
            timeout=timeout,
            environment=environment,
            allowed_hosts=allowed_hosts,
        )
        self._issuer = credentials.signer.certificate.subject.rfc4514_string()
        self._tokens = _Tokens(self._transport)

    def register(self, signed_epu: bytes, context: CallContext, identifier: str) -> Receipt:
        """Register (EP4). Re-sending the same bytes after a lost answer is safe.

        Raise Unavailable (send again later), Rejected (never again as it is), ProtocolError (for the operator).
        """
        answer = self._call(envelope.register(signed_epu, context, identifier, self._issuer), context)
        found = answers.registration(answer, context.message_id)
        return Receipt(
            identifier_returned=found.identifier,
            registered_at=found.registered_at,
            already_registered=found.already_registered,
            http_status=answer.status,
            duration_ms=answer.duration_ms,
        )

    def consult(self, identifier: str, context: CallContext) -> Consultation:
        """Consult (EP3) what the service holds under `identifier`; Rejected("sim_ep_inconnue") when nothing."""
        answer = self._call(envelope.consult(identifier, context, self._issuer), context)
        return answers.consultation(answer, context.message_id)

    def close(self) -> None:
        """Close every connection."""
        self._transport.close()

    def _call(self, body: bytes, context: CallContext) -> Answer:
        token = self._tokens.get(context)
        headers = {
            "Content-Type": "application/soap+xml; charset=utf-8",
            "Authorization": f"Bearer {token}",
            "X-Correlation-Id": context.correlation_id,
        }
        answer = self._transport.post(self._transport.path, body, headers)
        if answer.status == 401:
            self._tokens.forget(context)  # the next sending asks for a new one
            raise Unavailable("jeton_refuse", answer.status)
        return answer


class _Tokens:
    """Bearer tokens of the (simulated) Pro Santé Connect proxy, one per professional, kept until shortly before expiry."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._lock = threading.Lock()
        self._known: dict[str, tuple[str, float]] = {}

    def get(self, context: CallContext) -> str:
        with self._lock:
            token, until = self._known.get(context.actor.rpps, ("", 0.0))
        if time.monotonic() < until:
            return token
        token, life = self._ask(context)
        with self._lock:
            self._known[context.actor.rpps] = (token, time.monotonic() + life - _TOKEN_MARGIN_SECONDS)
        return token

    def forget(self, context: CallContext) -> None:
        with self._lock:
            self._known.pop(context.actor.rpps, None)

    def _ask(self, context: CallContext) -> tuple[str, float]:
        body = json.dumps({"rpps": context.actor.rpps, "finess": context.finess}).encode()
        headers = {"Content-Type": "application/json", "X-Correlation-Id": context.correlation_id}
        answer = self._transport.post(TOKEN_PATH, body, headers)
        if answer.status >= 500 or answer.status == 429:
            raise Unavailable("jeton_indisponible", answer.status)
        if answer.status != 200:
            raise ProtocolError("jeton_non_delivre", "le proxy refuse de délivrer un jeton", answer.status)
        return _read_token(answer)


def _read_token(answer: Answer) -> tuple[str, float]:
    try:
        content: Any = json.loads(answer.body)
        token, life = str(content["access_token"]), float(content["expires_in"])
    except (ValueError, KeyError, TypeError) as error:
        raise ProtocolError("jeton_illisible", "réponse du proxy incomprise", answer.status) from error
    if not token or not token.isascii() or not token.isprintable():
        raise ProtocolError("jeton_illisible", "jeton vide ou mal formé", answer.status)
    return token, life
