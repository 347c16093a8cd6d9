"""What an attempt led to: registered, refused, to be tried again, or a person needed. One transaction each.

Every verb is fenced by the attempt number: a worker that lost its lease cannot overwrite what came after it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self, Unpack
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from amo_gateway.client import Receipt
from prescriptions import outbox
from prescriptions import retry as retry_table
from prescriptions.doorbell import ring_aside
from prescriptions.models import Prescription, Status, Submission
from prescriptions.models.submission import IN_FLIGHT
from prescriptions.workflow.errors import Superseded
from prescriptions.workflow.traces import (
    AttemptFacts,
    CallFacts,
    attempt_event,
    trace_attempt,
    trace_by_person,
)
from prescriptions.workflow.transitions import move
from residents.models import StaffMember
from traces.operations import Operation

INTERNAL = "erreur_interne"
"""A fault of this software, not of the service: its details are in the logs of the worker."""


@dataclass(frozen=True)
class Attempt:
    """One claimed attempt at a submission: its number fences every write that follows."""

    submission_id: int
    prescription_id: UUID
    number: int
    limit: int
    facts: AttemptFacts

    def sent_as(self, correlation_id: str, assertion_id: str) -> Self:
        """Return this attempt with the names its sending bears, for its trace."""
        return replace(
            self, facts=replace(self.facts, correlation_id=correlation_id, assertion_id=assertion_id)
        )

    def close(self, *, next_attempt_at: datetime | None, code: str = "") -> bool:
        """Write the end of this attempt on the outbox row, unless a later one has begun or an earlier one registered it."""
        mine = Submission.objects.filter(
            pk=self.submission_id, attempts=self.number, next_attempt_at__isnull=False
        )
        return bool(mine.update(next_attempt_at=next_attempt_at, last_code=code))


def registered(attempt: Attempt, receipt: Receipt) -> None:
    """The service confirmed the identifier we made: the prescription is registered, once."""
    outbox.register(
        attempt.submission_id,
        attempt.prescription_id,
        at=receipt.registered_at,
        identifier=receipt.identifier_returned,
        trace=attempt_event(
            attempt.facts, attempt.number, http_status=receipt.http_status, duration_ms=receipt.duration_ms
        ),
    )


@transaction.atomic
def rejected(attempt: Attempt, code: str, **call: Unpack[CallFacts]) -> None:
    """The service refused: shown in French to the prescriber, never sent again."""
    trace_attempt(attempt.facts, attempt.number, code=code, **call)
    if attempt.close(next_attempt_at=None, code=code):
        move(attempt.prescription_id, Status.REJECTED, sources=(Status.SIGNED,), outcome_code=code)


@transaction.atomic
def stalled(attempt: Attempt, code: str, *, returned: str = "", **call: Unpack[CallFacts]) -> None:
    """Nobody can trust the answer, or nothing can be sent: a person must look. What came back is kept for good."""
    trace_attempt(attempt.facts, attempt.number, code=code, **call)
    if returned:
        Submission.objects.filter(pk=attempt.submission_id).update(other_identifier=returned)
    if attempt.close(next_attempt_at=None, code=code):
        move(
            attempt.prescription_id,
            Status.STALLED,
            sources=(Status.SIGNED,),
            outcome_code=code,
            returned_identifier=returned,
        )


@transaction.atomic
def postponed(attempt: Attempt, code: str, **call: Unpack[CallFacts]) -> timedelta | None:
    """The service could not be used: say when the next attempt is due, or give up and call a person (None)."""
    trace_attempt(attempt.facts, attempt.number, code=code, **call)
    if attempt.number >= attempt.limit:
        if attempt.close(next_attempt_at=None, code=code):
            move(attempt.prescription_id, Status.STALLED, sources=(Status.SIGNED,), outcome_code=code)
        return None
    delay = retry_table.delay_after(attempt.number - attempt.limit + settings.AMO_MAX_ATTEMPTS)
    attempt.close(next_attempt_at=timezone.now() + delay, code=code)
    return delay


@transaction.atomic
def broke(submission_id: int) -> None:
    """A fault of ours interrupted an attempt: wait as after any failure; at the cap, a person is called."""
    row = Submission.objects.select_for_update().select_related("prescription").get(pk=submission_id)
    if row.next_attempt_at is None:
        return
    number = row.attempts + (0 if row.last_code == "" and row.attempts else 1)
    exhausted = number >= row.attempts_limit
    delay = retry_table.delay_after(number - row.attempts_limit + settings.AMO_MAX_ATTEMPTS)
    row.attempts, row.last_code = number, INTERNAL
    row.next_attempt_at = None if exhausted else timezone.now() + delay
    row.save(update_fields=["attempts", "last_code", "next_attempt_at"])
    trace_attempt(_facts(row), number, code=INTERNAL)
    if exhausted:
        move(row.prescription_id, Status.STALLED, sources=(Status.SIGNED,), outcome_code=INTERNAL)


def _facts(row: Submission) -> AttemptFacts:
    prescription = row.prescription
    return AttemptFacts(
        identifier=prescription.identifier or "",
        message_id=row.message_id,
        rpps=prescription.prescriber.rpps,
        finess=prescription.establishment.finess,
        workstation=row.workstation,
        payload_sha256=row.signed_sha256,
    )


@transaction.atomic
def retry(prescription: Prescription, *, by: StaffMember, workstation: UUID | None = None) -> None:
    """A person asks for another try now: same bytes, same message id, same identifier. A worker's lease is respected."""
    moved = move(prescription.pk, Status.SIGNED, sources=(Status.STALLED,), outcome_code="")
    rows = Submission.objects.filter(prescription=prescription, prescription__status=Status.SIGNED).exclude(
        IN_FLIGHT
    )
    facts = {"attempts_limit": F("attempts") + settings.AMO_MAX_ATTEMPTS} if moved else {}
    if not rows.update(next_attempt_at=timezone.now(), **facts):
        raise Superseded
    trace_by_person(Operation.RELANCER, prescription, by, workstation)
    submission_id = prescription.submission.pk
    transaction.on_commit(lambda: ring_aside(submission_id))
