"""The statements that every document runs, in SQL: on this path the ORM costs more than PostgreSQL does.

Three acts a document: read it, claim it (storing the signed bytes), close it. The rest of the product uses the ORM.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from traces.prepared import execute
from traces.recorder import INSERT, TraceEvent, insert_values

_DUE = """
SELECT s.next_attempt_at, s.attempts, s.attempts_limit, s.message_id, s.workstation, s.signed_xml,
       p.id, p.identifier, p.frozen, e.amo_credentials_ref
  FROM prescriptions_submission s
  JOIN prescriptions_prescription p ON p.id = s.prescription_id
  JOIN residents_establishment e ON e.id = p.establishment_id
 WHERE s.id = %s AND s.next_attempt_at <= %s
"""
# The bytes are written once: COALESCE keeps those that may already have left.
_CLAIM = """
UPDATE prescriptions_submission
   SET next_attempt_at = %s, attempts = attempts + 1, last_attempt_at = %s, last_code = '',
       signed_sha256 = CASE WHEN signed_xml IS NULL THEN %s ELSE signed_sha256 END, signed_xml = COALESCE(signed_xml, %s)
 WHERE id = %s AND next_attempt_at = %s AND attempts = %s
"""
# SIGNED or STALLED → REGISTERED, a move of the table in models/status.py; the trace is written and the outbox row closed
# by the same statement, which is a transaction of its own. `quick` says how that transaction commits: see `register`.
_REGISTER = f"""
WITH traced AS ({INSERT}),
     closed AS (UPDATE prescriptions_submission SET next_attempt_at = NULL, last_code = '' WHERE id = %s)
UPDATE prescriptions_prescription
   SET status = 'REGISTERED', registered_at = %s, returned_identifier = %s, outcome_code = ''
  FROM (SELECT set_config('synchronous_commit', 'off', true)) AS quick
 WHERE id = %s AND status IN ('SIGNED', 'STALLED')
"""  # noqa: S608  constants of the code


# The service registered what somebody had put on paper meanwhile: a person must know (CSP R4073-2).
_TOO_LATE = """
UPDATE prescriptions_prescription SET returned_identifier = %s, outcome_code = 'enregistree_malgre_papier'
 WHERE id = %s AND status = 'PAPER'
"""


def read_due(submission_id: int, now: datetime) -> Sequence[Any] | None:
    """Return the columns one attempt needs, or None when nothing is due."""
    row: Sequence[Any] | None = execute(_DUE, (submission_id, now)).fetchone()
    return row


def claim(
    submission_id: int,
    due_at: datetime,
    attempts: int,
    *,
    now: datetime,
    until: datetime,
    signed: bytes | None,
    sha256: str,
) -> bool:
    """Take the row until `until` and store the signed bytes, if it still stands as it was read. Tell whether it was."""
    values = (until, now, sha256, signed, submission_id, due_at, attempts)
    return execute(_CLAIM, values).rowcount == 1


def register(
    submission_id: int, prescription_id: UUID, *, at: datetime, identifier: str, trace: TraceEvent
) -> None:
    """Nothing is left to send, and the prescription is registered, unless it already was; `trace` tells it.

    This commit does not wait for the disk: a power cut within the next half-second makes the row due again, and the
    service answers « déjà enregistrée, même contenu » to the same bytes. The claim, which stores them, does wait.
    """
    values = (*insert_values(trace), submission_id, at, identifier, prescription_id)
    if execute(_REGISTER, values).rowcount == 0:
        execute(_TOO_LATE, (identifier, prescription_id))
