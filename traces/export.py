"""The transmitted record: Part 2's names exactly (our assumption, marked `sim-1`).

A record depends on nothing but its trace: built again for another attempt, it is the same. What changes here changes
the schema's name too, or batches already chained no longer match their digests.
"""

import hashlib
import json
from datetime import UTC
from typing import Any

from traces.models import Trace
from traces.operations import SAML_CONTEXTS, AuthMode, Operation

GENESIS = "0" * 64
"""`prevHash` of the first record of a house."""
SERVICE_VERSION = "1.0.0"
"""Version in the simulator's action names (hypothèse)."""


def to_record(trace: Trace, prev_hash: str | None) -> dict[str, Any]:
    """Return `trace` as it is transmitted; what does not apply is null. `prev_hash` is None while it is in no batch.

    `idNatPs` is 8 + RPPS, `idNatStruct` is 1 + FINESS (AIR traces).
    """
    return {
        "traceId": str(trace.pk),
        "schemaVersion": trace.schema_version,
        "dateTime": trace.occurred_at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
        **_who(trace),
        **_what(trace),
        "statut": trace.outcome,
        "codeErreur": trace.error_code or None,
        "severite": trace.severity or None,
        "httpStatus": trace.http_status,
        "dureeMs": trace.duration_ms,
        "tentative": trace.attempt,
        "environnement": trace.environment,
        "payloadSha256": trace.payload_sha256 or None,
        "prevHash": prev_hash,
    }


def _who(trace: Trace) -> dict[str, Any]:
    mode = AuthMode(trace.auth_mode) if trace.auth_mode else None
    return {
        "idPoste": str(trace.workstation) if trace.workstation else None,
        "lpsNom": trace.lps_name,
        "lpsVersion": trace.lps_version,
        "lpsIdam": trace.lps_idam,
        "idNatPs": f"8{trace.actor_rpps}" if trace.actor_rpps else None,
        "idNatStruct": f"1{trace.finess}",
        "authMode": mode,
        "samlAuthContext": SAML_CONTEXTS.get(mode) if mode else None,
        "assertionId": trace.assertion_id or None,
    }


def _what(trace: Trace) -> dict[str, Any]:
    operation = Operation(trace.operation)
    return {
        "service": operation.service or None,
        "operation": operation.name,
        "serviceVersion": SERVICE_VERSION if operation.service else None,
        "messageId": str(trace.message_id) if trace.message_id else None,
        "correlationId": trace.correlation_id or None,
        "identifiantPrescription": trace.prescription_identifier or None,
    }


def digest(record: dict[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of a record: the next one's `prevHash`."""
    canonical = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
