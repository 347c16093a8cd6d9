"""From signature to registration, failures included: nothing of the patient in traces, broker, logs or error texts."""

import logging
import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import redis
from django.db import connection

from prescriptions.documents.statement import Statement
from prescriptions.models import Prescription, Status, Submission
from prescriptions.tasks import transmit
from prescriptions.transmission import client_for
from prescriptions.workflow import outcomes
from prescriptions.workflow.review import review
from prescriptions.workflow.signing import sign
from tests.cast import Cast
from tests.pipeline.conftest import DOLIPRANE, join_doorbells, write
from tests.pipeline.test_attempts import make_due
from tests.traces.test_export import GOLDEN
from traces.models import Trace
from traces.transmission import transmit_due

pytestmark = pytest.mark.stack
WAYS = ["timeout_apres", "coupure_avant", "http_503", "siram_40", "xml_malforme", "autre_identifiant"]


@pytest.fixture(autouse=True)
def _new_clients(settings, simulator):
    settings.AMO_TIMEOUT_SECONDS = 1.0
    client_for.cache_clear()
    yield
    client_for.cache_clear()


def secrets_of(cast: Cast) -> list[str]:
    """What must be nowhere, in lower case: who she is, where she lives, what she takes."""
    jeanne = cast.jeanne
    born: date = jeanne.birth_date
    return [
        *(text.lower() for text in (jeanne.birth_name, jeanne.used_name, jeanne.birth_first_name)),
        jeanne.ins_number,
        *(born.strftime(pattern) for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d%m%Y", "%Y%m%d")),
        str(jeanne.pk),
        "doliprane",
        "paracétamol",
        "paracetamol",
        DOLIPRANE,
        "comprimé",
    ]


def texts(value: Any) -> Iterator[str]:
    """Every key and every value of a JSON value, as text."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield key
            yield from texts(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from texts(inside)
    else:
        yield str(value)


def leaks(cast: Cast, *values: Any) -> list[str]:
    found = " ".join(texts(list(values))).lower()
    return [secret for secret in secrets_of(cast) if secret in found]


def live_through_everything(cast: Cast, simulator) -> Prescription:
    """Sign Jeanne's e-prescription, fail in every way, ask a person twice, register, then send the traces."""
    draft = write(cast)
    [signed] = sign(draft, by=cast.martineau, digest=review(draft).digest, workstation=None)
    for way in WAYS:
        simulator.faults(way)
        make_due()
        transmit(signed.submission.pk)
        signed.refresh_from_db()
        if signed.status == Status.STALLED:
            outcomes.retry(signed, by=cast.martineau)
    make_due()
    transmit(signed.submission.pk)
    signed.refresh_from_db()
    return signed


def test_nothing_of_the_patient_leaves_the_record(cast, simulator, caplog):
    caplog.set_level(logging.DEBUG)
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as broker:
        broker.flushdb()
        signed = live_through_everything(cast, simulator)
        join_doorbells()
        messages = [raw.decode() for queue in ("bells", "celery") for raw in broker.lrange(queue, 0, -1)]
        messages += [raw.decode() for raw in broker.hvals("unacked")]
        broker.flushdb()
    assert signed.status == Status.REGISTERED
    assert len(messages) >= 3
    assert transmit_due() == 1
    sent = simulator.traces()
    assert len(sent) == Trace.objects.count() == 1 + len(WAYS) + 2 + 1
    assert all(record.keys() == GOLDEN.keys() for record in sent)
    rows = [list(Trace.objects.values()), caplog.text, messages, sent]
    assert leaks(cast, *rows) == []
    assert leaks(cast, signed.frozen, bytes(signed.submission.signed_xml or b"").decode()), "the search finds"


def test_a_refusal_in_the_service_s_words_stays_out_of_traces_and_logs(cast, simulator, caplog):
    """The label may name the patient or the drug: only its code is kept."""
    caplog.set_level(logging.DEBUG)
    draft = write(cast)
    [signed] = sign(draft, by=cast.martineau, digest=review(draft).digest, workstation=None)
    simulator.faults("sim_ep_produit_inconnu")
    transmit(signed.submission.pk)
    signed.refresh_from_db()
    assert (signed.status, signed.outcome_code) == (Status.REJECTED, "sim_ep_produit_inconnu")
    assert "Produit inconnu" not in caplog.text
    assert "Produit inconnu" not in str(list(Trace.objects.values()))


@pytest.mark.parametrize("spoilt", ["statement", "database"])
def test_a_fault_of_ours_says_nothing_of_the_patient(cast, simulator, caplog, monkeypatch, spoilt):
    """Neither an error of the code nor one of the database, whose texts quote values, reaches the logs."""
    caplog.set_level(logging.DEBUG)
    draft = write(cast)
    [signed] = sign(draft, by=cast.martineau, digest=review(draft).digest, workstation=None)
    if spoilt == "statement":
        monkeypatch.setattr(
            Statement, "from_json", fail_with(f"{cast.jeanne.birth_name} {cast.jeanne.ins_number}")
        )
    else:
        refuse_every_update(cast.jeanne.birth_name)
    try:
        transmit(signed.submission.pk)
    finally:
        accept_updates_again()
    assert f"submission {signed.submission.pk}" in caplog.text
    assert leaks(cast, caplog.text, list(Trace.objects.values())) == []
    assert Submission.objects.get().next_attempt_at is not None, "it is not lost"


def fail_with(words: str) -> Callable[..., Any]:
    def fail(*_: Any) -> Any:
        raise LookupError(words)

    return fail


def refuse_every_update(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_loudly() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'not for {words}'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER refuse_loudly BEFORE UPDATE ON prescriptions_submission "
            "FOR EACH ROW EXECUTE FUNCTION refuse_loudly()"
        )


def accept_updates_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION IF EXISTS refuse_loudly CASCADE")
