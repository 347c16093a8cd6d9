"""Registering one e-prescription with the Assurance Maladie: the whole story, in reading order.

load → sign once → claim (storing the bytes) → send → registered | rejected | stalled | postponed.
Nothing is held while the network is used: no lock, no transaction. A crash anywhere leaves the row due again,
with the bytes and the identifier it had; the service answers « already registered » to a second send (Part 1.5).
"""

import hashlib
import json
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.utils import timezone

from amo_gateway.client import AmoClient, Receipt
from amo_gateway.credentials import Credentials, load
from amo_gateway.envelope import Actor, CallContext, Lps
from amo_gateway.errors import GatewayError, ProtocolError, Rejected, SigningUnavailable, Unavailable
from amo_gateway.signing.xades import sign_enveloped
from prescriptions import outbox, retry
from prescriptions.documents import epu
from prescriptions.documents.statement import Statement
from prescriptions.doorbell import ring
from prescriptions.workflow import outcomes
from prescriptions.workflow.outcomes import Attempt
from prescriptions.workflow.traces import AttemptFacts, CallFacts

INSTALLATION = uuid5(NAMESPACE_URL, f"urn:lps:{settings.LPS_NAME}:{settings.AMO_INSTALLATION_ID}")
"""Names this installation in the envelope when the signature came from a workstation that is not activated."""
RING_WITHIN_SECONDS = 240  # under the broker's visibility timeout: longer waits are left to the sweep


@dataclass(frozen=True)
class Job:
    """What one attempt needs, read in one query."""

    submission_id: int
    due_at: datetime
    attempts: int
    limit: int
    message_id: UUID
    workstation: UUID | None
    signed_xml: bytes | None
    prescription_id: UUID
    identifier: str
    statement: Statement
    credentials_ref: str


def transmit(submission_id: int) -> None:
    """Make one attempt at this submission if it is due. Safe to call any number of times, by any number of workers."""
    job = load_due(submission_id)
    if job is None:
        return
    if job.attempts >= job.limit:  # the last attempt died without a word: it counts, a person is called
        outcomes.broke(submission_id)
        return
    try:
        credentials = load(settings.AMO_CREDENTIALS_DIR, job.credentials_ref)
        credentials.check_owner(job.statement.house.finess)
        signed = job.signed_xml or sign(job, credentials)
    except SigningUnavailable as error:  # fails closed: no key, no signature, no send
        if attempt := claim(job, None):
            outcomes.stalled(attempt, error.code)
        return
    if attempt := claim(job, signed):
        settle(attempt, job, credentials, signed)


def load_due(submission_id: int) -> Job | None:
    """Read what is to be sent, in one query; None when nothing is due (already sent, claimed, or too early)."""
    row = outbox.read_due(submission_id, timezone.now())
    if row is None:
        return None
    (
        due_at,
        attempts,
        limit,
        message_id,
        workstation,
        signed,
        prescription_id,
        identifier,
        frozen,
        reference,
    ) = row
    return Job(
        submission_id=submission_id,
        due_at=due_at,
        attempts=attempts,
        limit=limit,
        message_id=message_id,
        workstation=workstation,
        signed_xml=bytes(signed) if signed is not None else None,
        prescription_id=prescription_id,
        identifier=identifier,
        statement=Statement.from_json(json.loads(frozen)),
        credentials_ref=reference,
    )


def sign(job: Job, credentials: Credentials) -> bytes:
    """Build the message and sign it with the establishment's certificate. Done once: `claim` stores the bytes."""
    document = epu.build(job.statement, job.identifier)
    return sign_enveloped(
        document,
        credentials.signer,
        signing_time=timezone.now(),
        claimed_role=f"RPPS {job.statement.prescriber.rpps}",
    )


def claim(job: Job, signed: bytes | None) -> Attempt | None:
    """Take the row for one attempt and store the signed bytes, by one UPDATE; None when another worker was faster.

    Pushing `next_attempt_at` forward is the claim, the lease and the crash recovery at once.
    """
    now, sha256 = timezone.now(), hashlib.sha256(signed).hexdigest() if signed else ""
    taken = outbox.claim(
        job.submission_id,
        job.due_at,
        job.attempts,
        now=now,
        until=now + retry.lease(),
        signed=signed,
        sha256=sha256,
    )
    if not taken:
        return None
    return Attempt(
        job.submission_id, job.prescription_id, job.attempts + 1, job.limit, trace_facts(job, sha256)
    )


def settle(attempt: Attempt, job: Job, credentials: Credentials, signed: bytes) -> None:
    """Send the bytes and write what came of it. Only the classes of errors decide: try again, refused, or a person."""
    context, started = call_context(job), time.monotonic()
    attempt = attempt.sent_as(context.correlation_id, context.assertion_id)
    try:
        receipt = client_for(credentials).register(signed, context, job.identifier)
    except Unavailable as error:
        later(attempt, outcomes.postponed(attempt, error.code, **told_by(error, started)))
    except SigningUnavailable as error:  # the TLS key went away between signing and sending
        later(attempt, outcomes.postponed(attempt, error.code))
    except Rejected as error:
        outcomes.rejected(attempt, error.code, **told_by(error, started))
    except ProtocolError as error:
        outcomes.stalled(attempt, error.code, **told_by(error, started))
    else:
        conclude(attempt, job, receipt)


def conclude(attempt: Attempt, job: Job, receipt: Receipt) -> None:
    """Compare the identifier that came back with ours: another one means that somebody must look."""
    if receipt.identifier_returned == job.identifier:
        outcomes.registered(attempt, receipt)
    else:
        outcomes.stalled(
            attempt,
            "identifiant_different",
            returned=receipt.identifier_returned[:18],
            http_status=receipt.http_status,
            duration_ms=receipt.duration_ms,
        )


def told_by(error: GatewayError, started: float) -> CallFacts:
    """What the trace of a failed call says: what the answer told, if one came, and how long it was waited for."""
    return {
        "http_status": error.http_status,
        "duration_ms": round((time.monotonic() - started) * 1000),
        "severity": error.severity,
    }


def later(attempt: Attempt, delay: timedelta | None) -> None:
    """Ring when the next attempt is due; long waits are left to the sweep."""
    if delay is not None and delay.total_seconds() < RING_WITHIN_SECONDS:
        ring(attempt.submission_id, countdown=delay.total_seconds())


@lru_cache(maxsize=64)
def client_for(credentials: Credentials) -> AmoClient:
    """One client per establishment and process: its TLS context and its connections are kept alive."""
    return AmoClient(
        settings.AMO_ENDPOINT,
        ca_file=settings.AMO_CA_FILE,
        credentials=credentials,
        timeout=settings.AMO_TIMEOUT_SECONDS,
        environment=settings.AMO_ENVIRONMENT,
        allowed_hosts=settings.AMO_ALLOWED_HOSTS,
    )


def trace_facts(job: Job, sha256: str) -> AttemptFacts:
    """What the traces of this attempt will say: who, where, which call; nothing of the patient."""
    return AttemptFacts(
        identifier=job.identifier,
        message_id=job.message_id,
        rpps=job.statement.prescriber.rpps,
        finess=job.statement.house.finess,
        workstation=job.workstation,
        payload_sha256=sha256,
    )


def call_context(job: Job) -> CallContext:
    """Who calls, for whom, with which software: the headers of the envelope, made anew at every attempt."""
    prescriber, house = job.statement.prescriber, job.statement.house
    return CallContext(
        message_id=str(job.message_id),
        sent_at=timezone.now(),
        lps=Lps(
            name=settings.LPS_NAME,
            version=settings.LPS_VERSION,
            idam=settings.LPS_IDAM,
            instance=str(job.workstation or INSTALLATION),
        ),
        actor=Actor(
            rpps=prescriber.rpps,
            name=f"{prescriber.last_name} {prescriber.first_name}",
            profession=prescriber.profession,
            billing_identifier=prescriber.am_number or house.finess,
            specialty_amo=prescriber.speciality_code or None,
        ),
        finess=house.finess,
    )
