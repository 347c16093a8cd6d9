"""Sending, against the simulated service itself: once, in order, whatever happens to the answer."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from amo_gateway.errors import Rejected
from amo_gateway.traces_channel import BatchAck
from tests.cast import LOIRE, TILLEULS
from tests.traces.batches import new_batch
from traces import batching, transmission
from traces.export import GENESIS, digest
from traces.models import BatchState, Trace, TraceBatch, TraceDelivery
from traces.tasks import transmit_traces
from traces.transmission import RETRY_DELAYS, acknowledge, claim, postpone, transmit_due

pytestmark = [pytest.mark.django_db, pytest.mark.stack]


@pytest.fixture(autouse=True)
def _at_once(settings):
    """The real retry table, without its delays."""
    settings.AMO_RETRY_SCALE = 0


def held(simulator) -> list[str]:
    return [record["traceId"] for record in simulator.traces()]


def ids(traces: list[Trace]) -> list[str]:
    return [str(trace.pk) for trace in traces]


def test_traces_arrive_once_and_in_order(simulator, make_traces):
    traces = make_traces(5)
    assert transmit_traces() == 1
    assert held(simulator) == ids(traces)
    assert transmit_traces() == 0
    assert held(simulator) == ids(traces)
    batch = TraceBatch.objects.get()
    assert (batch.state, batch.attempts, batch.last_code) == (BatchState.ACKNOWLEDGED, 1, "")
    assert not TraceDelivery.objects.filter(accepted_at=None).exists()


def test_the_other_side_can_check_the_chain(simulator, make_traces, monkeypatch):
    monkeypatch.setattr(batching, "BATCH_SIZE", 2)
    make_traces(5)
    assert transmit_due() == 3
    previous = GENESIS
    for record in simulator.traces():
        assert record["prevHash"] == previous
        previous = digest(record)


def test_each_house_calls_with_its_own_certificate(simulator, make_traces):
    """The simulated service refuses a trace of a house that is not the one of the certificate."""
    here, there = make_traces(2), make_traces(2, finess=LOIRE)
    assert transmit_due() == 2
    assert sorted(held(simulator)) == sorted(ids(here) + ids(there))
    assert not TraceDelivery.objects.exclude(rejected_code="").exists()


def test_without_an_address_nothing_leaves_and_nothing_is_lost(simulator, make_traces, settings):
    settings.AMO_TRACES_ENDPOINT = ""
    make_traces(1)
    assert transmit_due() == 0
    assert not TraceBatch.objects.exists()
    assert Trace.objects.undelivered().count() == 1


def test_a_house_without_keys_keeps_its_traces_and_holds_up_no_other(simulator, make_traces):
    make_traces(1, finess="990000309")
    mine = make_traces(1)
    assert transmit_due() == 1
    assert held(simulator) == ids(mine)
    assert not TraceBatch.objects.filter(finess="990000309").exists()


@pytest.mark.parametrize(
    "mode", ["http_503", "http_429", "coupure_avant", "xml_malforme", "vide", "redirection"]
)
def test_a_failure_is_tried_again(simulator, make_traces, mode):
    traces = make_traces(3)
    simulator.faults(mode)
    assert transmit_due() == 0
    batch = TraceBatch.objects.get()
    assert batch.state == BatchState.OPEN
    assert batch.last_code
    assert held(simulator) == []
    assert transmit_due() == 1
    assert held(simulator) == ids(traces)
    assert TraceBatch.objects.get().attempts == 2


@pytest.mark.parametrize("mode", ["coupure_apres", "timeout_apres"])
def test_a_lost_acknowledgement_counts_once(simulator, make_traces, settings, mode):
    settings.AMO_TIMEOUT_SECONDS = 1
    traces = make_traces(3)
    simulator.faults(mode)
    assert transmit_due() == 0
    assert held(simulator) == ids(traces)
    assert not TraceDelivery.objects.exclude(accepted_at=None).exists()
    assert transmit_due() == 1
    assert held(simulator) == ids(traces)
    assert not TraceDelivery.objects.filter(accepted_at=None).exists()


def test_the_service_stopped_then_back(simulator, make_traces):
    simulator.stop()
    traces = make_traces(2)
    assert transmit_due() == 0
    traces += make_traces(2)
    assert transmit_due() == 0
    simulator.start()
    assert transmit_due() == 2
    assert held(simulator) == ids(traces)


def test_the_delays_grow_and_are_spread(simulator, make_traces, settings):
    settings.AMO_RETRY_SCALE = 1
    make_traces(1)
    batch = new_batch(TILLEULS)
    for number, base in enumerate(RETRY_DELAYS, start=1):
        TraceBatch.objects.filter(pk=batch.pk).update(attempts=number)
        batch.attempts = number
        postpone(batch, "timeout")
        due = TraceBatch.objects.get().next_attempt_at
        assert due
        wait = (due - timezone.now()).total_seconds()
        assert 0.8 * base - 1 <= wait <= 1.2 * base


def test_a_batch_that_always_fails_waits_for_a_person(simulator, make_traces):
    traces = make_traces(2)
    simulator.faults("http_503", times=len(RETRY_DELAYS) + 1)
    for _ in range(len(RETRY_DELAYS)):
        transmit_due()
        assert not TraceBatch.objects.stuck().exists()
    transmit_due()
    batch = TraceBatch.objects.stuck().get()
    assert (batch.state, batch.last_code) == (BatchState.STUCK, "http_503")
    later = make_traces(1)
    assert transmit_due() == 1, "what comes after does not wait for a dead letter"
    assert held(simulator) == ids(later)
    call_command("retry_traces", stdout=(said := StringIO()))
    assert "http_503" in said.getvalue()
    assert transmit_due() == 1
    assert sorted(held(simulator)) == sorted(ids(traces + later))


def test_a_refused_batch_is_not_sent_again(make_traces):
    """403 and the like: the same bytes would be refused again."""
    make_traces(1)
    batch = new_batch(TILLEULS)
    assert claim(batch)

    class Refusing:
        def send(self, batch_id, records):
            raise Rejected("http_413", "trop gros", 413)

    assert not transmission.send(batch, Refusing())
    assert TraceBatch.objects.stuck().get().last_code == "http_413"


# --- acknowledgement trace by trace -------------------------------------------------------------
def test_a_refused_trace_is_kept_with_its_code_and_holds_up_no_other(make_traces):
    good, bad, named = make_traces(3)
    batch = new_batch(TILLEULS)
    claim(batch)
    answer = BatchAck(
        frozenset({str(good.pk)}), {str(bad.pk): "sim_trace_finess", str(named.pk): "Mme Beaumont"}
    )
    assert acknowledge(batch, answer)
    codes = dict(TraceDelivery.objects.values_list("trace_id", "rejected_code"))
    assert codes == {good.pk: "", bad.pk: "sim_trace_finess", named.pk: "code_masque"}
    assert TraceBatch.objects.get().state == BatchState.ACKNOWLEDGED


def test_a_trace_the_answer_forgets_is_sent_again(simulator, make_traces):
    first, second = make_traces(2)
    batch = new_batch(TILLEULS)
    claim(batch)
    assert not acknowledge(batch, BatchAck(frozenset({str(first.pk)}), {}))
    assert TraceBatch.objects.get().last_code == "accuse_incomplet"
    assert transmit_due() == 1
    assert held(simulator) == ids([first, second])


# --- one sender at a time -----------------------------------------------------------------------
def test_a_batch_is_claimed_once(make_traces):
    make_traces(1)
    mine = new_batch(TILLEULS)
    theirs = TraceBatch.objects.get(pk=mine.pk)
    assert claim(mine)
    assert not claim(theirs)
    assert not TraceBatch.objects.due(timezone.now()).exists()


def test_a_dead_sender_s_batch_is_due_again(simulator, make_traces, settings):
    settings.AMO_LEASE_SECONDS = 0
    traces = make_traces(1)
    claim(new_batch(TILLEULS))  # and nothing follows
    assert transmit_due() == 1
    assert held(simulator) == ids(traces)


def test_a_sender_that_lost_its_lease_decides_nothing(make_traces):
    make_traces(1)
    slow = new_batch(TILLEULS)
    claim(slow)
    TraceBatch.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    fast = TraceBatch.objects.get()
    claim(fast)
    postpone(slow, "timeout")
    assert TraceBatch.objects.get().next_attempt_at == fast.next_attempt_at
    acknowledge(fast, BatchAck(frozenset(ids(list(Trace.objects.all()))), {}))
    transmission.give_up(fast, "timeout")
    assert TraceBatch.objects.get().state == BatchState.ACKNOWLEDGED


def test_an_altered_trace_does_not_leave(simulator, make_traces):
    """Whoever may switch the trigger off cannot make a chained trace say something else unseen."""
    make_traces(2)
    new_batch(TILLEULS)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE traces_trace SET error_code = 'timeout'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert transmit_due() == 0
    assert TraceBatch.objects.stuck().get().last_code == "empreinte_differente"
    assert held(simulator) == []
