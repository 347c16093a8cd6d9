"""How workstation traces leave: an interface, and one way over HTTPS (format and channel are ours, hypothèse)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from amo_gateway.answers import RETRY_STATUSES
from amo_gateway.credentials import Credentials
from amo_gateway.endpoint import SIMULATOR_ENVIRONMENT
from amo_gateway.errors import ProtocolError, Rejected, Unavailable
from amo_gateway.transport import Answer, Transport


@dataclass(frozen=True, slots=True)
class BatchAck:
    """What became of each record of a batch. A record in neither was not answered: send it again."""

    accepted: frozenset[str]
    """`traceId` of the records kept, now or by an earlier sending."""
    rejected: dict[str, str]
    """`traceId` → code of the refusal."""


class TracesChannel(Protocol):
    """Any way to hand over a batch (HTTPS here; file, SFTP or SOAP later)."""

    def send(self, batch_id: str, records: Sequence[dict[str, Any]]) -> BatchAck:
        """Hand over `records` (JSON objects with a `traceId`); raise a GatewayError when no answer is usable."""


class HttpTracesChannel:
    """JSON lines, gzip, over mutual TLS."""

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
        """Same parameters and same guard as the client."""
        self._transport = Transport(
            url,
            ca_file=ca_file,
            credentials=credentials,
            timeout=timeout,
            environment=environment,
            allowed_hosts=allowed_hosts,
        )

    def send(self, batch_id: str, records: Sequence[dict[str, Any]]) -> BatchAck:
        """Post the batch and read its acknowledgement."""
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        headers = {
            "Content-Type": "application/x-ndjson",
            "Content-Encoding": "gzip",
            "X-Batch-Id": batch_id,
        }
        answer = self._transport.post(self._transport.path, gzip.compress(lines.encode(), 6), headers)
        return _ack(answer, {str(record["traceId"]) for record in records})

    def close(self) -> None:
        """Close every connection."""
        self._transport.close()


def _ack(answer: Answer, sent: set[str]) -> BatchAck:
    if answer.status >= 500 or answer.status in RETRY_STATUSES:
        raise Unavailable(f"http_{answer.status}", answer.status)
    if answer.status in (400, 403, 413):
        raise Rejected(f"http_{answer.status}", "lot de traces refusé", answer.status)
    if answer.status != 200:
        raise ProtocolError(f"http_{answer.status}", "réponse inattendue au lot de traces", answer.status)
    try:
        content = json.loads(answer.body)
        accepted = frozenset(str(trace_id) for trace_id in content["accepted"])
        rejected = {str(trace_id): str(code) for trace_id, code in content["rejected"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ProtocolError("reponse_illisible", "accusé de réception incompris", answer.status) from error
    if not accepted | rejected.keys() <= sent:
        raise ProtocolError(
            "correlation", "l’accusé nomme des traces qui n’ont pas été envoyées", answer.status
        )
    return BatchAck(accepted, rejected)
