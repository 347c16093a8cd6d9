"""Two senders and recorders at once, on a real database and against the simulated service: each trace once, one chain."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.cast import LOIRE, TILLEULS
from traces.export import GENESIS, digest
from traces.models import Trace, TraceBatch, TraceDelivery
from traces.transmission import transmit_due

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.stack]


def until_nothing_waits() -> int:
    """What one worker does, over and over. Returns how many batches it saw acknowledged."""
    sent = 0
    try:
        while Trace.objects.undelivered().exists() or TraceBatch.objects.open().exists():
            sent += transmit_due()
    finally:
        connection.close()
    return sent


def together(*jobs: Callable[[], int]) -> list[int]:
    with ThreadPoolExecutor(len(jobs)) as pool:
        return [done.result(timeout=120) for done in [pool.submit(job) for job in jobs]]


def assert_one_chain(records: list[dict]) -> None:
    """Followed from its beginning by `prevHash`, the chain goes through every record: no fork, no gap."""
    following = {record["prevHash"]: record for record in records}
    assert len(following) == len(records)
    previous = GENESIS
    for _ in records:
        previous = digest(following[previous])


def test_five_thousand_traces_leave_once_in_one_chain_a_house(simulator, make_traces):
    make_traces(3500)
    make_traces(1500, finess=LOIRE)
    assert sum(together(until_nothing_waits, until_nothing_waits)) == 10
    held = simulator.traces()
    assert len(held) == 5000
    assert {record["traceId"] for record in held} == {
        str(pk) for pk in Trace.objects.values_list("pk", flat=True)
    }
    assert TraceBatch.objects.filter(attempts=1).count() == 10, "no batch was sent twice"
    assert not TraceDelivery.objects.filter(accepted_at=None).exists()
    for finess in (TILLEULS, LOIRE):
        assert_one_chain([record for record in held if record["idNatStruct"] == f"1{finess}"])


def test_answers_lost_and_traces_still_coming(simulator, make_traces, settings):
    """Answers are lost while people go on working: no trace is lost, none counts twice."""
    settings.AMO_RETRY_SCALE = 0
    make_traces(20)

    def people_at_work() -> int:
        try:
            for turn in range(20):
                make_traces(3)
                if turn % 4 == 0:  # five in all: fewer than the attempts of one batch
                    simulator.faults("coupure_apres")
        finally:
            connection.close()
        return 0

    together(people_at_work, until_nothing_waits, until_nothing_waits)
    until_nothing_waits()
    assert not TraceBatch.objects.stuck().exists()
    held = simulator.traces()
    assert len(held) == len({record["traceId"] for record in held}) == Trace.objects.count() == 80
    assert_one_chain(held)
