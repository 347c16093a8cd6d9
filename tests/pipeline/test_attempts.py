"""One e-prescription over many attempts: the same bytes every time, and nothing that is over begins again."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from amo_gateway.client import Receipt
from prescriptions.models import Prescription, Status, Submission
from prescriptions.retry import JITTER, RETRY_DELAYS, delay_after
from prescriptions.tasks import sweep
from prescriptions.transmission import claim, client_for, load_due, transmit
from prescriptions.workflow import outcomes
from prescriptions.workflow.errors import Superseded
from prescriptions.workflow.outcomes import Attempt
from tests.cast import LOIRE, TILLEULS
from traces.models import Trace

FAILURES = [
    # fault of the service, code kept, HTTP status traced
    ("timeout_avant", "timeout", None),
    ("coupure_avant", "connexion", None),
    ("coupure_apres", "connexion", None),  # registered from here on: the answers are what is lost
    ("http_502", "http_502", 502),
    ("http_503", "http_503", 503),
    ("http_504", "http_504", 504),
    ("http_429", "http_429", 429),
    ("siram_40", "siram_40", 500),
    ("timeout_apres", "timeout", None),
]


@pytest.fixture(autouse=True)
def _new_clients(settings):
    settings.AMO_TIMEOUT_SECONDS = 1.0
    client_for.cache_clear()
    yield
    client_for.cache_clear()


def row() -> Submission:
    return Submission.objects.select_related("prescription").get()


def make_due() -> None:
    Submission.objects.update(next_attempt_at=timezone.now())


def begun(prescription: Prescription) -> Attempt:
    """An attempt whose worker has said nothing yet, and whose lease is over."""
    job = load_due(prescription.submission.pk)
    attempt = claim(job, b"<signed/>") if job else None
    assert attempt, "rien à prendre"
    make_due()
    return attempt


def receipt(prescription: Prescription) -> Receipt:
    return Receipt(prescription.identifier or "", timezone.now(), False, 200, 12)


def assert_waits(number: int, before: datetime, due: datetime | None) -> None:
    """The next attempt is where the table puts it after the `number`-th failure."""
    assert due
    base = timedelta(seconds=RETRY_DELAYS[number - 1])
    assert before + base * (1 - JITTER) <= due <= timezone.now() + base * (1 + JITTER)


# --- the same thing every time ------------------------------------------------------------------
@pytest.mark.stack
def test_every_attempt_sends_the_same_bytes_and_leaves_one_trace(signed, simulator):
    prescription = signed()
    sent = set()
    for number, (fault, code, http_status) in enumerate(FAILURES, start=1):
        simulator.faults(fault)
        make_due()
        before = timezone.now()
        transmit(prescription.submission.pk)
        after = row()
        assert (after.prescription.status, after.attempts, after.last_code) == (Status.SIGNED, number, code)
        assert_waits(number, before, after.next_attempt_at)
        trace = Trace.objects.filter(operation="EP4").latest("occurred_at")
        assert (trace.outcome, trace.attempt, trace.error_code, trace.http_status) == (
            "ECHEC",
            number,
            code,
            http_status,
        )
        sent.add((bytes(after.signed_xml or b""), after.message_id, after.prescription.identifier))
    make_due()
    transmit(prescription.submission.pk)
    after = row()
    sent.add((bytes(after.signed_xml or b""), after.message_id, after.prescription.identifier))
    assert len(sent) == 1
    assert (after.prescription.status, after.attempts) == (Status.REGISTERED, len(FAILURES) + 1)
    assert [(e["identifiant"], e["empreinte"]) for e in simulator.eprescriptions()] == [
        (after.prescription.identifier, after.signed_sha256)
    ]
    assert Trace.objects.filter(operation="EP4").count() == len(FAILURES) + 1


# --- what is over stays over --------------------------------------------------------------------
@pytest.mark.stack
def test_nobody_sends_a_refused_one_again(signed, simulator, cast):
    """Neither the sweep, nor a second ring, nor a person."""
    prescription = signed()
    simulator.faults("sim_ep_produit_inconnu")
    transmit(prescription.submission.pk)
    assert sweep() == 0
    transmit(prescription.submission.pk)
    with pytest.raises(Superseded):
        outcomes.retry(row().prescription, by=cast.martineau)
    assert (row().attempts, row().next_attempt_at) == (1, None)
    assert simulator.eprescriptions() == []
    assert Trace.objects.filter(operation="EP4").count() == 1


ENDINGS: dict[str, Callable[[Attempt], object]] = {
    "postponed": lambda attempt: outcomes.postponed(attempt, "timeout"),
    "stalled": lambda attempt: outcomes.stalled(attempt, "correlation", returned="1" * 18),
    "rejected": lambda attempt: outcomes.rejected(attempt, "sim_ep_doublon"),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_success_that_comes_late_stands_whatever_the_next_attempt_says(signed, ending):
    prescription = signed()
    slow, fast = begun(prescription), begun(prescription)
    outcomes.registered(slow, receipt(prescription))
    ENDINGS[ending](fast)
    after = row()
    assert (after.prescription.status, after.next_attempt_at, after.last_code) == (
        Status.REGISTERED,
        None,
        "",
    )
    assert after.prescription.returned_identifier == prescription.identifier
    assert Trace.objects.filter(operation="EP4").count() == 2, "both attempts are told"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_failure_that_comes_late_decides_nothing(signed, ending):
    prescription = signed()
    slow, fast = begun(prescription), begun(prescription)
    outcomes.postponed(fast, "http_503")
    decided = row().next_attempt_at
    ENDINGS[ending](slow)
    after = row()
    assert (after.prescription.status, after.next_attempt_at, after.last_code) == (
        Status.SIGNED,
        decided,
        "http_503",
    )


# --- attempts that end without a word -----------------------------------------------------------
@pytest.mark.stack
def test_workers_that_always_die_call_a_person_in_the_end(signed, simulator, cast):
    """Out of memory, power cut: an attempt that says nothing counts like the others."""
    prescription = signed()
    Submission.objects.update(attempts_limit=2)
    last = [begun(prescription) for _ in range(2)][-1]
    transmit(prescription.submission.pk)
    after = row()
    assert (after.prescription.status, after.next_attempt_at, after.attempts) == (Status.STALLED, None, 2)
    assert after.prescription.outcome_code == outcomes.INTERNAL
    assert simulator.eprescriptions() == []
    transmit(prescription.submission.pk)
    assert Trace.objects.filter(operation="EP4").count() == 1
    outcomes.registered(last, receipt(prescription))  # it was only very slow
    assert row().prescription.status == Status.REGISTERED


# --- keys ---------------------------------------------------------------------------------------
def with_an_unreadable_key(keys: Path) -> None:
    (keys / TILLEULS / "sign.key").write_bytes(b"not a key")


def with_the_keys_of_another_house(keys: Path) -> None:
    shutil.rmtree(keys / TILLEULS)
    (keys / LOIRE).rename(keys / TILLEULS)


@pytest.mark.stack
@pytest.mark.parametrize(
    ("spoil", "code"),
    [(with_an_unreadable_key, "cle_illisible"), (with_the_keys_of_another_house, "certificat_autre_maison")],
)
def test_with_a_wrong_key_nothing_is_signed_and_nothing_leaves(
    signed, simulator, settings, tmp_path, spoil, code
):
    prescription = signed()
    settings.AMO_CREDENTIALS_DIR = shutil.copytree(simulator.pki.folder, tmp_path / "keys")
    spoil(settings.AMO_CREDENTIALS_DIR)
    transmit(prescription.submission.pk)
    after = row()
    assert (after.prescription.status, after.signed_xml, after.last_code) == (Status.STALLED, None, code)
    assert simulator.eprescriptions() == []
    trace = Trace.objects.get(operation="EP4")
    assert (trace.outcome, trace.error_code, trace.attempt) == ("ECHEC", code, 1)


# --- the table ----------------------------------------------------------------------------------
@given(st.integers(1, 200), st.floats(0, 10))
def test_the_delay_is_the_table_s_within_the_jitter(attempts, scale):
    base = RETRY_DELAYS[min(attempts, len(RETRY_DELAYS)) - 1] * scale
    with override_settings(AMO_RETRY_SCALE=scale):
        delay = delay_after(attempts).total_seconds()
    assert base * (1 - JITTER) - 1e-5 <= delay <= base * (1 + JITTER) + 1e-5


def test_delays_grow_and_are_not_all_alike(settings):
    settings.AMO_RETRY_SCALE = 1.0
    assert list(RETRY_DELAYS) == sorted(RETRY_DELAYS)
    assert len(RETRY_DELAYS) == settings.AMO_MAX_ATTEMPTS
    assert len({delay_after(1) for _ in range(20)}) > 10
