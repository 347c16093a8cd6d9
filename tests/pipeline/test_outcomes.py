"""One attempt, every way the service may answer: status, next attempt, trace, and what the service holds afterwards."""

from datetime import timedelta

import pytest
from django.utils import timezone

from amo_gateway.codes import explain
from prescriptions.models import Prescription, Status, Submission
from prescriptions.retry import JITTER, RETRY_DELAYS, delay_after
from prescriptions.transmission import transmit
from prescriptions.workflow import outcomes
from prescriptions.workflow.errors import Superseded
from prescriptions.workflow.traces import AttemptFacts
from traces.models import Trace

pytestmark = pytest.mark.stack

AGAIN, NO, HUMAN = "again", "no", "human"
CASES = [
    # fault of the service, status afterwards, next attempt, registered at the service by this attempt
    ("timeout_avant", Status.SIGNED, AGAIN, False),
    ("timeout_apres", Status.SIGNED, AGAIN, True),
    ("coupure_avant", Status.SIGNED, AGAIN, False),
    ("coupure_apres", Status.SIGNED, AGAIN, True),
    ("http_502", Status.SIGNED, AGAIN, False),
    ("http_503", Status.SIGNED, AGAIN, False),
    ("http_504", Status.SIGNED, AGAIN, False),
    ("http_429", Status.SIGNED, AGAIN, False),
    ("siram_40", Status.SIGNED, AGAIN, False),
    ("tronquee", Status.SIGNED, AGAIN, False),
    ("siram_100", Status.REJECTED, NO, False),
    ("desir_550", Status.REJECTED, NO, False),
    ("desir_560", Status.REJECTED, NO, False),
    ("desir_620", Status.REJECTED, NO, False),
    ("sim_ep_doublon", Status.REJECTED, NO, False),
    ("sim_ep_produit_inconnu", Status.REJECTED, NO, False),
    ("xml_malforme", Status.STALLED, HUMAN, False),
    ("doctype", Status.STALLED, HUMAN, False),
    ("redirection", Status.STALLED, HUMAN, False),
    ("autre_identifiant", Status.STALLED, HUMAN, True),
    ("autre_message", Status.STALLED, HUMAN, True),
]


@pytest.fixture(autouse=True)
def _quick(settings, simulator):
    settings.AMO_TIMEOUT_SECONDS = 1.0
    from prescriptions.transmission import client_for

    client_for.cache_clear()
    yield
    client_for.cache_clear()


def again(prescription: Prescription) -> Prescription:
    return Prescription.objects.select_related("submission").get(pk=prescription.pk)


def make_due(prescription: Prescription) -> None:
    Submission.objects.filter(prescription=prescription).update(next_attempt_at=timezone.now())


@pytest.mark.parametrize(("fault", "status", "then", "held"), CASES, ids=[case[0] for case in CASES])
def test_each_answer_has_its_outcome(signed, simulator, fault, status, then, held):
    prescription = signed()
    simulator.faults(fault)
    transmit(prescription.submission.pk)
    now, seen = timezone.now(), again(prescription)
    assert seen.status == status
    assert [e["identifiant"] for e in simulator.eprescriptions()] == ([seen.identifier] if held else [])
    assert (seen.submission.next_attempt_at is not None) is (then == AGAIN)
    if then == AGAIN:
        assert seen.submission.next_attempt_at is not None
        assert now < seen.submission.next_attempt_at < now + timedelta(seconds=RETRY_DELAYS[0] * (1 + JITTER))
    assert seen.submission.attempts == 1
    code = seen.submission.last_code
    assert explain(code).sentence
    (trace,) = Trace.objects.filter(prescription_identifier=seen.identifier, operation="EP4")
    assert (trace.outcome, trace.error_code, trace.attempt) == ("ECHEC", code, 1)


def test_a_lost_answer_is_settled_by_sending_the_same_bytes_again(signed, simulator):
    prescription = signed()
    simulator.faults("timeout_apres")
    transmit(prescription.submission.pk)
    before = again(prescription).submission
    make_due(prescription)
    transmit(prescription.submission.pk)
    after = again(prescription)
    assert after.status == Status.REGISTERED
    assert after.returned_identifier == after.identifier
    assert (bytes(after.submission.signed_xml or b""), after.submission.message_id) == (
        bytes(before.signed_xml or b""),
        before.message_id,
    )
    assert [e["identifiant"] for e in simulator.eprescriptions()] == [after.identifier]
    outcomes_seen = (
        Trace.objects.filter(operation="EP4").order_by("occurred_at").values_list("outcome", flat=True)
    )
    assert list(outcomes_seen) == ["ECHEC", "SUCCES"]


def test_another_identifier_is_kept_beside_ours_for_a_person_to_see(signed, simulator):
    prescription = signed()
    simulator.faults("autre_identifiant")
    transmit(prescription.submission.pk)
    seen = again(prescription)
    assert seen.returned_identifier
    assert seen.returned_identifier != seen.identifier
    assert seen.outcome_code == "identifiant_different"


def test_after_the_cap_a_person_decides_and_may_ask_again(signed, simulator, cast, settings):
    prescription = signed()
    Submission.objects.update(attempts_limit=2)
    simulator.faults("http_503", times=2)
    for _ in range(2):
        make_due(prescription)
        transmit(prescription.submission.pk)
    assert again(prescription).status == Status.STALLED
    outcomes.retry(again(prescription), by=cast.martineau)
    transmit(prescription.submission.pk)
    assert again(prescription).status == Status.REGISTERED
    with pytest.raises(Superseded):
        outcomes.retry(again(prescription), by=cast.martineau)


def test_without_a_key_nothing_leaves_and_a_person_is_called(signed, simulator, cast, settings, tmp_path):
    prescription = signed()
    keys, settings.AMO_CREDENTIALS_DIR = settings.AMO_CREDENTIALS_DIR, tmp_path
    transmit(prescription.submission.pk)
    seen = again(prescription)
    assert (seen.status, seen.outcome_code, seen.submission.signed_xml) == (
        Status.STALLED,
        "cle_absente",
        None,
    )
    assert simulator.eprescriptions() == []
    assert Trace.objects.filter(error_code="cle_absente").count() == 1
    settings.AMO_CREDENTIALS_DIR = keys
    outcomes.retry(seen, by=cast.martineau)
    transmit(prescription.submission.pk)
    assert again(prescription).status == Status.REGISTERED


def test_without_an_address_nothing_leaves_and_a_person_is_called(signed, simulator, settings):
    prescription = signed()
    settings.AMO_ENDPOINT = ""
    transmit(prescription.submission.pk)
    assert again(prescription).status == Status.STALLED
    assert simulator.eprescriptions() == []


def test_a_worker_that_lost_its_lease_cannot_undo_what_came_after(signed, simulator):
    prescription = signed()
    late = outcomes.Attempt(prescription.submission.pk, prescription.pk, 1, 12, _facts(prescription))
    Submission.objects.update(attempts=2, next_attempt_at=None)
    outcomes.rejected(late, "siram_100")
    assert outcomes.postponed(late, "timeout") is not None
    assert again(prescription).status == Status.SIGNED
    assert again(prescription).submission.next_attempt_at is None


def _facts(prescription: Prescription) -> AttemptFacts:
    return AttemptFacts(
        prescription.identifier or "", prescription.submission.message_id, "", "990000101", None
    )


def test_a_fault_of_ours_counts_and_calls_a_person_at_the_cap(signed, simulator, monkeypatch):
    from prescriptions import tasks

    prescription = signed()
    Submission.objects.update(attempts_limit=2)
    monkeypatch.setattr("prescriptions.documents.statement._READABLE", (99,))
    for _ in range(2):
        make_due(prescription)
        tasks.transmit(prescription.submission.pk)
    seen = again(prescription)
    assert (seen.status, seen.outcome_code) == (Status.STALLED, "erreur_interne")


@pytest.mark.parametrize("attempts", range(1, 20))
def test_delays_follow_the_table_within_the_jitter(attempts, settings):
    settings.AMO_RETRY_SCALE = 1.0
    base = RETRY_DELAYS[min(attempts, len(RETRY_DELAYS)) - 1]
    for _ in range(50):
        assert base * (1 - JITTER) <= delay_after(attempts).total_seconds() <= base * (1 + JITTER)
