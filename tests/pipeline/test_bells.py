"""One task answers several bells; none of them is needed for an e-prescription to leave."""

import os
from collections.abc import Iterator

import pytest
import redis
from django.db import connection

from prescriptions import tasks
from prescriptions.doorbell import BELLS, ring, waiting
from prescriptions.models import Status, Submission
from prescriptions.transmission import client_for
from tests.pipeline.conftest import broker_at, join_doorbells

pytestmark = pytest.mark.stack


@pytest.fixture
def broker(simulator) -> Iterator[redis.Redis]:
    """The broker, emptied before and after; and new clients of the service."""
    client_for.cache_clear()
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        client.flushdb()
        yield client
        client.flushdb()
    client_for.cache_clear()


def waiting_rows(signed, broker, count: int) -> list[int]:
    """Sign `count` e-prescriptions; each rings once, for sure."""
    keys = [signed().submission.pk for _ in range(count)]
    join_doorbells()
    broker.flushdb()
    for key in keys:
        ring(key)
    return keys


def outcomes_of(keys: list[int]) -> list[tuple[str, int]]:
    rows = Submission.objects.filter(pk__in=keys).order_by("pk")
    return list(rows.values_list("prescription__status", "attempts"))


def test_one_task_answers_the_bells_that_wait(signed, simulator, broker):
    keys = waiting_rows(signed, broker, 3)
    tasks.transmit.apply((keys[2],))
    assert outcomes_of(keys) == [(Status.REGISTERED, 1)] * 3
    assert broker.llen(BELLS.name) == 0
    assert len(simulator.eprescriptions()) == 3


def test_a_task_gives_its_place_back(signed, simulator, broker, monkeypatch):
    keys = waiting_rows(signed, broker, 4)
    monkeypatch.setattr(tasks, "BELLS_AT_ONCE", 2)
    tasks.transmit.apply((keys[0],))  # whose own bell is one of the two
    assert outcomes_of(keys) == [(Status.REGISTERED, 1)] * 2 + [(Status.SIGNED, 0)] * 2
    assert list(waiting(9, 0)) == [], "no time left: none is taken"
    assert broker.llen(BELLS.name) == 2


def test_a_bell_with_a_delay_is_not_taken_early(signed, simulator, broker):
    ring(1, countdown=30)
    assert list(waiting(9, 5)) == []


def test_a_dead_broker_costs_the_task_nothing_but_the_bells(signed, simulator, broker):
    (key,) = waiting_rows(signed, broker, 1)
    with broker_at("redis://127.0.0.1:1/0"):
        tasks.transmit.apply((key,))
    assert outcomes_of([key]) == [(Status.REGISTERED, 1)]


def test_a_broken_database_connection_does_not_outlive_the_task(signed, simulator, broker, caplog):
    keys = waiting_rows(signed, broker, 2)
    pid = connection.cursor().execute("SELECT pg_backend_pid()").fetchone()[0]
    other = connection.copy()
    other.cursor().execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()
    tasks.transmit.apply((keys[0],))
    assert "database error" in caplog.text
    assert broker.llen(BELLS.name) == 2, "it takes no other bell"
    tasks.transmit.apply((keys[0],))
    assert outcomes_of(keys) == [(Status.REGISTERED, 1)] * 2
