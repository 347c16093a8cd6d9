"""The traces of the main job, in the words of traces/."""

from dataclasses import dataclass
from uuid import UUID

from prescriptions.models import Prescription
from residents.models import StaffMember
from traces.codes import safe_code
from traces.operations import Operation
from traces.recorder import TraceEvent, record


@dataclass(frozen=True)
class AttemptFacts:
    """What every trace of one submission says: which e-prescription, which message, who, where."""

    identifier: str
    message_id: UUID
    rpps: str
    finess: str
    workstation: UUID | None


def trace_signature(identifier: str, *, rpps: str, finess: str, workstation: UUID | None) -> None:
    """An e-prescription was created: signed, numbered, queued."""
    event = TraceEvent(
        operation=Operation.CREER,
        identifier=identifier,
        rpps=rpps,
        finess=finess,
        workstation=workstation,
        auth_mode="PIN",
    )
    record(event)


def trace_attempt(
    facts: AttemptFacts,
    number: int,
    *,
    code: str,
    http_status: int | None = None,
    duration_ms: int | None = None,
) -> None:
    """One attempt at registering failed."""
    record(attempt_event(facts, number, code=code, http_status=http_status, duration_ms=duration_ms))


def attempt_event(
    facts: AttemptFacts,
    number: int,
    *,
    code: str = "",
    http_status: int | None = None,
    duration_ms: int | None = None,
) -> TraceEvent:
    """Say that one attempt at registering ended: `code` is empty when it succeeded."""
    return TraceEvent(
        operation=Operation.ENREGISTRER,
        identifier=facts.identifier,
        message_id=facts.message_id,
        rpps=facts.rpps,
        finess=facts.finess,
        workstation=facts.workstation,
        code=safe_code(code),
        http_status=http_status,
        duration_ms=duration_ms,
        attempt=number,
        auth_mode="PSC",
    )


def trace_by_person(
    operation: Operation, prescription: Prescription, by: StaffMember, workstation: UUID | None = None
) -> None:
    """A person did something with an e-prescription: printed it, asked for another attempt, went on without the service."""
    event = TraceEvent(
        operation=operation,
        identifier=prescription.identifier or "",
        rpps=by.rpps,
        finess=prescription.establishment.finess,
        workstation=workstation,
    )
    record(event)
