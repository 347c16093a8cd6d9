"""Batches: every waiting trace once, in order, chained house by house."""

import pytest
from django.db import IntegrityError, transaction

from tests.cast import LOIRE, TILLEULS
from tests.traces.batches import new_batch
from traces import batching
from traces.batching import make_batch
from traces.export import GENESIS, digest, to_record
from traces.models import Trace, TraceBatch, TraceDelivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(batching, "BATCH_SIZE", 3)


def settle(batch: TraceBatch) -> None:
    """The batch is no longer open."""
    TraceBatch.objects.filter(pk=batch.pk).update(next_attempt_at=None, acknowledged_at=batch.made_at)


def make_all(finess: str) -> list[TraceBatch]:
    batches = []
    while batch := make_batch(finess):
        settle(batch)
        batches.append(batch)
    return batches


def test_every_waiting_trace_enters_one_batch_in_order(make_traces):
    traces = make_traces(7)
    batches = make_all(TILLEULS)
    assert [batch.sequence for batch in batches] == [1, 2, 3]
    rows = TraceDelivery.objects.order_by("batch__sequence", "position")
    assert [row.trace_id for row in rows] == [trace.pk for trace in traces]
    assert not Trace.objects.undelivered().exists()


def test_the_chain_runs_through_the_batches_of_a_house(make_traces):
    make_traces(7)
    make_all(TILLEULS)
    previous = GENESIS
    for row in TraceDelivery.objects.select_related("trace").order_by("batch__sequence", "position"):
        assert row.prev_hash == previous
        previous = digest(to_record(row.trace, previous))
        assert row.record_hash == previous


def test_houses_do_not_mix(make_traces):
    make_traces(2)
    make_traces(2, finess=LOIRE)
    make_all(TILLEULS)
    batch = new_batch(LOIRE)
    assert {row.trace.finess for row in batch.deliveries.all()} == {LOIRE}
    assert batch.deliveries.get(position=0).prev_hash == GENESIS


def test_traces_gather_while_a_batch_is_open(make_traces):
    make_traces(1)
    batch = new_batch(TILLEULS)
    make_traces(1)
    assert make_batch(TILLEULS) is None
    settle(batch)
    assert new_batch(TILLEULS).sequence == 2


def test_no_batch_is_made_of_nothing():
    assert make_batch(TILLEULS) is None
    assert not TraceBatch.objects.exists()


def test_a_batch_costs_the_same_queries_whatever_its_size(make_traces, django_assert_num_queries):
    make_traces(5)
    settle(new_batch(TILLEULS))
    for _ in (2, 3):
        with django_assert_num_queries(9):  # two of them are this test's savepoint
            batch = new_batch(TILLEULS)
        settle(batch)
        make_traces(3)


def test_the_database_refuses_a_forked_chain(make_traces):
    make_traces(1)
    batch = new_batch(TILLEULS)
    with pytest.raises(IntegrityError), transaction.atomic():
        TraceBatch.objects.create(finess=TILLEULS, sequence=batch.sequence, made_at=batch.made_at)
