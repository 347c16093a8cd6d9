"""Writing a trace: one INSERT, in the transaction of what it tells."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from traces.models import Trace
from traces.operations import Operation, Outcome

_CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_.:-]{0,63}\Z")
"""Codes begin with a letter and hold no space: neither a name in clear nor an INS number passes for one."""


_FIELDS = Trace._meta.concrete_fields
_INSERT = (  # every document leaves a trace: one statement, without the ORM's own cost
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
    code: str = ""
    http_status: int | None = None
    duration_ms: int | None = None
    attempt: int | None = None
    auth_mode: str = ""
    payload_sha256: str = ""

    def __post_init__(self) -> None:
        """Refuse anything but a code where a code is expected."""
        if self.code and not _CODE.match(self.code):
            raise ValueError("a trace holds codes only")


def record(event: TraceEvent, *, occurred_at: datetime | None = None) -> Trace:
    """Store `event`. Must run inside the transaction that writes what it tells (RuntimeError otherwise)."""
    if not connection.in_atomic_block:
        raise RuntimeError("a trace is written in the transaction of what it tells")
    trace = Trace(
        occurred_at=occurred_at or timezone.now(),
        workstation=event.workstation,
        lps_version=settings.LPS_VERSION,
        actor_rpps=event.rpps,
        finess=event.finess,
        auth_mode=event.auth_mode,
        operation=event.operation,
        message_id=event.message_id,
        prescription_identifier=event.identifier,
        outcome=Outcome.ECHEC if event.code else Outcome.SUCCES,
        error_code=event.code,
        http_status=event.http_status,
        duration_ms=event.duration_ms,
        attempt=event.attempt,
        environment=settings.AMO_ENVIRONMENT,
        payload_sha256=event.payload_sha256,
    )
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [getattr(trace, field.attname) for field in _FIELDS])
    return trace
