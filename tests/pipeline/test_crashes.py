"""Kill what can be killed: in the end every e-prescription is registered, once, with the bytes kept here."""

import hashlib
import os
import random
import time
from functools import partial

import pytest
import redis

from prescriptions.models import Prescription, Status, Submission
from tests.pipeline.conftest import broker_at, join_doorbells
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


def test_service_and_broker_down_while_people_sign(signed, simulator, hurried_worker):
    """People sign, nothing answers; when things come back one by one, each e-prescription is registered once."""
    simulator.stop()
    with broker_at("redis://127.0.0.1:1/0"):
        for _ in range(2):
            signed()
        join_doorbells()
    hurried_worker.start()
    third = signed()
    failed = Trace.objects.filter(operation="EP4", outcome="ECHEC", error_code="connexion")
    wait_until(lambda: failed.values("prescription_identifier").distinct().count() == 3, 20, "d’échec")
    assert Prescription.objects.get(pk=third.pk).status == Status.SIGNED
    simulator.start()
    all_registered_once(simulator, 3)


def test_killed_again_and_again_during_the_call(signed, simulator, hurried_worker):
    """The answer is lost three times with the worker that waited for it: same bytes, one registration."""
    simulator.faults("timeout_apres", times=100)  # more than are needed: a batch of traces may take one
    prescription = signed()
    seen = set()
    for number in range(1, 4):
        hurried_worker.start()
        wait_until(lambda: Submission.objects.get().attempts >= number, 20, "de tentative")  # noqa: B023
        hurried_worker.kill()
        seen.add(Submission.objects.get().signed_sha256)
    simulator.faults("timeout_apres", times=0)
    hurried_worker.start()
    all_registered_once(simulator, 1)
    assert seen == {Submission.objects.get(prescription=prescription).signed_sha256}
