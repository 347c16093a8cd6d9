"""Kill what can be killed: in the end every e-prescription is registered, once, with the bytes kept here."""

import hashlib
import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import redis
from django.db import connection
from django.utils import timezone

from prescriptions.models import Prescription, Status, Submission
from prescriptions.transmission import client_for, transmit
from tests.stack import Worker, wait_until
from traces.models import Trace

pytestmark = pytest.mark.stack


@pytest.fixture
def hurried_worker(simulator, tmp_path, transactional_db, monkeypatch):
    """A real worker whose lease is short: what a dead one held is soon due again."""
    worker = Worker(simulator.environment | {"AMO_LEASE_SECONDS": "2", "AMO_TIMEOUT_SECONDS": "1"}, tmp_path)
    yield worker
    worker.stop()


def all_registered_once(simulator, count: int) -> None:
    wait_until(
        lambda: Prescription.objects.filter(status=Status.REGISTERED).count() == count, 40, "d’enregistrées"
    )
    held = {e["identifiant"]: e["empreinte"] for e in simulator.eprescriptions()}
    ours = Submission.objects.values_list("prescription__identifier", "signed_xml", "next_attempt_at")
    assert held == {identifier: hashlib.sha256(bytes(xml or b"")).hexdigest() for identifier, xml, _ in ours}
    assert all(due is None for *_, due in ours)
    assert Trace.objects.filter(operation="CREER").count() == count


def has_begun(prescription: Prescription) -> bool:
    return Submission.objects.get(prescription=prescription).attempts > 0


def test_killed_before_during_and_after_the_call(signed, simulator, hurried_worker):
    for fault in (None, "timeout_avant", "timeout_apres"):
        if fault:
            simulator.faults(fault)
        hurried_worker.start()
        prescription = signed()
        if fault:
            wait_until(partial(has_begun, prescription), 20, "de tentative")
        hurried_worker.kill()
    hurried_worker.start()
    all_registered_once(simulator, 3)


def test_killed_at_random_instants(signed, simulator, hurried_worker):
    chance = random.Random(20261124)
    for _ in range(12):
        signed()
    for _ in range(4):
        hurried_worker.start()
        time.sleep(chance.uniform(0.0, 0.25))
        hurried_worker.kill()
    hurried_worker.start()
    all_registered_once(simulator, 12)


def test_an_emptied_broker_loses_nothing(signed, simulator, hurried_worker):
    for _ in range(3):
        signed()
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as broker:
        broker.flushdb()
    hurried_worker.start()
    all_registered_once(simulator, 3)


def test_many_workers_race_for_one_row(signed, simulator):
    client_for.cache_clear()
    prescription = signed()

    def race(_: int) -> None:
        try:
            transmit(prescription.submission.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(race, range(36)))
    all_registered_once(simulator, 1)
    submission = Submission.objects.get()
    assert submission.attempts == 1
    assert submission.last_attempt_at is not None
    assert submission.last_attempt_at <= timezone.now()
