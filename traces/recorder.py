"""Writing a trace: one INSERT, in the transaction of what it tells."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from traces.codes import is_code, misshapen
from traces.models import Trace
from traces.operations import Operation, Outcome
from traces.prepared import execute

_FIELDS = Trace._meta.concrete_fields
INSERT = (  # every document leaves a trace: one statement, without the ORM's own cost
    f"INSERT INTO {Trace._meta.db_table} ({', '.join(str(field.column) for field in _FIELDS)}) "  # noqa: S608  the model's own names
    f"VALUES ({', '.join(['%s'] * len(_FIELDS))})"
)


@dataclass(frozen=True, kw_only=True)
class TraceEvent:
    """What may be said of an operation: identifiers of people at work and of the call, codes, times; nothing of the patient."""

    operation: Operation
    finess: str
    rpps: str
    workstation: UUID | None
    identifier: str = ""
    message_id: UUID | None = None
    correlation_id: str = ""
    code: str = ""
    severity: str = ""
    http_status: int | None = None
    duration_ms: int | None = None
    attempt: int | None = None
    auth_mode: str = ""
    assertion_id: str = ""
    payload_sha256: str = ""

    def __post_init__(self) -> None:
        """Refuse anything that has not the shape of its field. The refusal names the field, never what it held.

        A code that comes from outside goes through `traces.codes.safe_code` first.
        """
        if self.code and not is_code(self.code):
            raise ValueError("a trace holds codes only")
        wrong = misshapen(
            {
                "finess": self.finess,
                "rpps": self.rpps,
                "identifier": self.identifier,
                "auth_mode": self.auth_mode,
                "assertion_id": self.assertion_id,
                "correlation_id": self.correlation_id,
                "severity": self.severity,
                "payload_sha256": self.payload_sha256,
            }
        )
        if wrong or not self.finess:
            raise ValueError(f"a trace cannot hold this: {', '.join(wrong) or 'finess'}")

    @property
    def outcome(self) -> Outcome:
        """A code makes a failure; going on without the service is neither a success nor a failure."""
        if self.operation is Operation.ABANDONNER:
            return Outcome.ABANDON
        return Outcome.ECHEC if self.code else Outcome.SUCCES


def record(event: TraceEvent, *, occurred_at: datetime | None = None) -> Trace:
    """Store `event`. Must run inside the transaction that writes what it tells (RuntimeError otherwise)."""
    if not connection.in_atomic_block:
        raise RuntimeError("a trace is written in the transaction of what it tells")
    trace = _trace(event, occurred_at)
    execute(INSERT, _values(trace))
    return trace


def insert_values(event: TraceEvent) -> list[Any]:
    """Return the values of `INSERT`, for a statement that stores the trace and what it tells at once (a WITH clause)."""
    return _values(_trace(event, None))


def _values(trace: Trace) -> list[Any]:
    return [getattr(trace, field.attname) for field in _FIELDS]


def _trace(event: TraceEvent, occurred_at: datetime | None) -> Trace:
    return Trace(
        occurred_at=occurred_at or timezone.now(),
        workstation=event.workstation,
        lps_name=settings.LPS_NAME,
        lps_version=settings.LPS_VERSION,
        lps_idam=settings.LPS_IDAM,
        actor_rpps=event.rpps,
        finess=event.finess,
        auth_mode=event.auth_mode,
        assertion_id=event.assertion_id,
        operation=event.operation,
        message_id=event.message_id,
        correlation_id=event.correlation_id,
        prescription_identifier=event.identifier,
        outcome=event.outcome,
        error_code=event.code,
        severity=event.severity,
        http_status=event.http_status,
        duration_ms=event.duration_ms,
        attempt=event.attempt,
        environment=settings.AMO_ENVIRONMENT,
        payload_sha256=event.payload_sha256,
    )
