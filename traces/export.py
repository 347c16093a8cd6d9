"""The transmitted record: Part 2's names exactly (our assumption, marked `sim-1`)."""

import hashlib
import json
from typing import Any

from django.conf import settings

from traces.models import Trace

GENESIS = "0" * 64


def to_record(trace: Trace, prev_hash: str) -> dict[str, Any]:
    """Return `trace` as it is transmitted. `idNatPs` is 8 + RPPS, `idNatStruct` is 1 + FINESS."""
    when = trace.occurred_at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{trace.occurred_at.microsecond // 1000:03d}Z"
    return {
        "traceId": str(trace.pk),
        "schemaVersion": trace.schema_version,
        "dateTime": when,
        "idPoste": str(trace.workstation) if trace.workstation else None,
        "lpsNom": settings.LPS_NAME,
        "lpsVersion": trace.lps_version,
        "lpsIdam": settings.LPS_IDAM,
        "idNatPs": f"8{trace.actor_rpps}" if trace.actor_rpps else None,
        "idNatStruct": f"1{trace.finess}",
        "authMode": trace.auth_mode or None,
        "service": "EPU",
        "operation": trace.operation,
        "serviceVersion": "1.0.0",
        "messageId": str(trace.message_id) if trace.message_id else None,
        "identifiantPrescription": trace.prescription_identifier or None,
        "statut": trace.outcome,
        "codeErreur": trace.error_code or None,
        "httpStatus": trace.http_status,
        "dureeMs": trace.duration_ms,
        "tentative": trace.attempt,
        "environnement": trace.environment,
        "payloadSha256": trace.payload_sha256 or None,
        "prevHash": prev_hash,
    }


def digest(record: dict[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of a record: the next one's `prevHash`."""
    canonical = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
