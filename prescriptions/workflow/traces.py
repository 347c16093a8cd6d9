"""The traces of the main job, in the words of traces/."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from prescriptions.models import Prescription
from prescriptions.workflow.errors import WorkflowError
from residents.models import StaffMember
from traces.codes import safe_code, safe_severity
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
    payload_sha256: str = ""
    """Of the signed bytes, as stored and sent; empty when nothing could be signed."""
    correlation_id: str = ""
    assertion_id: str = ""
    """Of this very sending, as its headers carry them; empty when nothing was sent."""


class CallFacts(TypedDict, total=False):
    """How the call ended, as far as it is known: nothing when nothing was sent."""

    http_status: int | None
    duration_ms: int | None
    severity: str


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


@contextmanager
def refusals_traced(by: StaffMember, finess: str, workstation: UUID | None) -> Iterator[None]:
    """Run a confirmation and its signature as one transaction; when the person is refused, trace it there and raise.

    What the refusal counts (a wrong code) is kept with its trace; what was begun of the signature is not.
    """
    refusal: WorkflowError | None = None
    with transaction.atomic():
        try:
            yield
        except WorkflowError as error:
            refusal = error
            if error.trace_code:
                _trace_refusal(error.trace_code, by.rpps, finess, workstation)
    if refusal is not None:
        raise refusal


def _trace_refusal(code: str, rpps: str, finess: str, workstation: UUID | None) -> None:
    """A signature was refused before anything left: no e-prescription exists, so no identifier either."""
    event = TraceEvent(
        operation=Operation.CREER,
        rpps=rpps,
        finess=finess,
        workstation=workstation,
        code=code,
        auth_mode="PIN",
    )
    record(event)


def trace_attempt(
    facts: AttemptFacts,
    number: int,
    *,
    code: str,
    **call: Unpack[CallFacts],
) -> None:
    """One attempt at registering failed."""
    record(attempt_event(facts, number, code=code, **call))


def attempt_event(
    facts: AttemptFacts, number: int, *, code: str = "", **call: Unpack[CallFacts]
) -> TraceEvent:
    """Say that one attempt at registering ended: `code` is empty when it succeeded."""
    return TraceEvent(
        operation=Operation.ENREGISTRER,
        identifier=facts.identifier,
        message_id=facts.message_id,
        rpps=facts.rpps,
        finess=facts.finess,
        workstation=facts.workstation,
        correlation_id=facts.correlation_id,
        assertion_id=facts.assertion_id,
        payload_sha256=facts.payload_sha256,
        code=safe_code(code),
        severity=safe_severity(call.get("severity", "")),
        http_status=call.get("http_status"),
        duration_ms=call.get("duration_ms"),
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
