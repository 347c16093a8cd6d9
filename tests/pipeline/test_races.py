"""Everybody at once: one claim, one attempt, one registration."""

import os
import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import TypeVar

import pytest
import redis
from django.db import connection

from prescriptions.models import Status, Submission
from prescriptions.tasks import sweep
from prescriptions.transmission import claim, client_for, load_due, transmit
from prescriptions.workflow import outcomes
from prescriptions.workflow.errors import Superseded
from traces.models import Trace

pytestmark = pytest.mark.stack
THREADS = 30
Result = TypeVar("Result")


@pytest.fixture(autouse=True)
def _new_clients(simulator):
    client_for.cache_clear()
    yield
    client_for.cache_clear()


def at_once(jobs: Iterable[Callable[[], Result]]) -> list[Result]:
    """Start every job at the same moment, each on its own connection to the database."""
    jobs = list(jobs)
    start = Barrier(len(jobs))

    def run(job: Callable[[], Result]) -> Result:
        try:
            connection.ensure_connection()
            start.wait(30)
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def attempts_traced() -> int:
    return Trace.objects.filter(operation="EP4").count()


def test_thirty_workers_make_one_attempt(signed, simulator):
    pk = signed().submission.pk
    at_once([lambda: transmit(pk)] * THREADS)
    row = Submission.objects.select_related("prescription").get()
    assert (row.prescription.status, row.attempts) == (Status.REGISTERED, 1)
    assert [e["empreinte"] for e in simulator.eprescriptions()] == [row.signed_sha256]
    assert attempts_traced() == 1


def test_thirty_workers_fail_once(signed, simulator):
    """The service is down: the crowd does not use up the attempts."""
    pk = signed().submission.pk
    simulator.faults("http_503", times=THREADS)
    at_once([lambda: transmit(pk)] * THREADS)
    assert (Submission.objects.get().attempts, attempts_traced()) == (1, 1)


def test_thirty_workers_sign_once(signed, simulator):
    """Thirty signatures are computed, one is stored: the one whose claim succeeded."""
    job = load_due(signed().submission.pk)
    assert job
    bytes_of_each = [f"<signed by='{rank}'/>".encode() for rank in range(THREADS)]
    claims = at_once([partial(claim, job, mine) for mine in bytes_of_each])
    (winner,) = [rank for rank, taken in enumerate(claims) if taken]
    assert bytes(Submission.objects.get().signed_xml or b"") == bytes_of_each[winner]


def test_two_sweeps_ring_twice_and_send_once(signed, simulator):
    pks = [signed().submission.pk for _ in range(6)]
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as broker:
        broker.flushdb()
        assert at_once([sweep, sweep]) == [6, 6]
        assert broker.llen("bells") == 12
        broker.flushdb()
    rings = random.Random(6).sample(pks * 2, 12)
    at_once([partial(transmit, pk) for pk in rings])
    assert list(Submission.objects.values_list("attempts", "prescription__status")) == [(1, "REGISTERED")] * 6
    assert len(simulator.eprescriptions()) == attempts_traced() == 6
    assert sweep() == 0


def test_a_person_does_not_take_a_row_from_a_worker(signed, cast):
    prescription = signed()
    job = load_due(prescription.submission.pk)
    assert job
    attempt = claim(job, b"<signed/>")
    assert attempt
    with pytest.raises(Superseded):
        outcomes.retry(prescription, by=cast.martineau)
    outcomes.postponed(attempt, "timeout")
    outcomes.retry(prescription, by=cast.martineau)
    assert load_due(prescription.submission.pk), "due at once"


def test_two_persons_asking_again_lead_to_one_registration(signed, simulator, cast):
    prescription = signed()
    Submission.objects.update(attempts_limit=1)
    simulator.faults("http_503")
    transmit(prescription.submission.pk)
    prescription.refresh_from_db()
    assert prescription.status == Status.STALLED
    at_once([lambda: outcomes.retry(prescription, by=cast.martineau)] * 2)
    limit = Submission.objects.get().attempts_limit
    assert limit == 1 + 12, "the second click gives no further attempts"
    at_once([lambda: transmit(prescription.submission.pk)] * 4)
    assert len(simulator.eprescriptions()) == 1
    assert attempts_traced() == 2
