"""Traces: written with what they tell, never changed, never about the patient."""

from dataclasses import fields

import pytest
from django.db import DatabaseError, connection, transaction

from traces.models import Trace
from traces.operations import Operation, Outcome
from traces.recorder import TraceEvent, record

EVENT = TraceEvent(
    operation=Operation.ENREGISTRER,
    finess="990000101",
    rpps="99900123458",
    workstation=None,
    identifier="0" * 18,
)


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    return False


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["UPDATE traces_trace SET outcome = 'SUCCES'", "DELETE FROM traces_trace"])
def test_the_database_keeps_traces_as_they_are(sql):
    record(EVENT)
    assert refused(sql)


@pytest.mark.django_db
def test_traces_cannot_be_emptied():
    """The trigger is switched off in the test database, where flushing is needed: switch it on for this test."""
    record(EVENT)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'traces_trace'::regclass AND tgname LIKE 'pgtrigger_no_truncate%'"
        )
        (name,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE traces_trace ENABLE TRIGGER {name}")
    assert refused("TRUNCATE traces_trace CASCADE")


@pytest.mark.django_db(transaction=True)
def test_a_trace_outside_its_transaction_is_refused():
    with pytest.raises(RuntimeError):
        record(EVENT)
    assert not Trace.objects.exists()


@pytest.mark.parametrize(
    "leak", ["BEAUMONT Jeanne", "238034900700144", "dupont jean", "né le 14/03/1938", "a" * 65, "code\n"]
)
def test_what_is_not_a_code_is_refused(leak):
    with pytest.raises(ValueError, match="codes only"):
        TraceEvent(operation=Operation.CREER, finess="990000101", rpps="", workstation=None, code=leak)


def test_an_event_has_no_room_for_a_patient():
    assert {f.name for f in fields(TraceEvent)} == {
        "operation", "finess", "rpps", "workstation", "identifier", "message_id", "code", "http_status", "duration_ms", "attempt",
        "auth_mode", "payload_sha256",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_code_makes_a_failure():
    assert record(EVENT).outcome == Outcome.SUCCES
    failed = TraceEvent(
        operation=Operation.ENREGISTRER, finess="990000101", rpps="", workstation=None, code="siram_40"
    )
    assert record(failed).outcome == Outcome.ECHEC
