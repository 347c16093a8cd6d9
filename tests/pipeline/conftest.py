"""Signed e-prescriptions, made by the real verbs."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from ehpad_eprescription.celery import app
from prescriptions.kinds.codes import Kind
from prescriptions.models import Prescription
from prescriptions.workflow import drafts
from prescriptions.workflow.review import review
from prescriptions.workflow.signing import sign
from tests.cast import Cast, make_cast, make_resident
from tests.drug_base import load_drug_base

DOLIPRANE = "60234100"
CONTENT = {"duration_days": "8", "renewals": "0", "regime": "CONTINU", "unit": "comprimé", "route": "orale"}
PHASE = {"matin": "1", "midi": "", "soir": "1", "coucher": "", "hours": [], "rhythm": "DAILY", "days": ""}


@pytest.fixture
def cast(transactional_db) -> Cast:
    load_drug_base()
    return make_cast()


def write(cast: Cast, resident=None) -> Prescription:
    """A draft of Dr Martineau with one complete line."""
    draft = drafts.open_draft(resident or cast.jeanne, by=cast.martineau)
    line = drafts.add_lines(draft, Kind.MEDICAMENT, DOLIPRANE, by=cast.martineau)[0]
    content = line.content | CONTENT | {"phases": [PHASE]}
    drafts.save_line(line, content, by=cast.martineau, version=line.version)
    return Prescription.objects.get(pk=draft.pk)


@pytest.fixture
def signed(cast) -> Callable[..., Prescription]:
    """`signed()`: one more e-prescription, signed and queued, each for its own resident."""
    made: list[Prescription] = []

    def make() -> Prescription:
        resident = make_resident(cast.tilleuls, f"Essai{len(made)}", "Anne", room=str(300 + len(made)))
        draft = write(cast, resident)
        made.extend(sign(draft, by=cast.martineau, digest=review(draft).digest, workstation=None))
        return made[-1]

    return make


@contextmanager
def broker_at(url: str) -> Iterator[None]:
    """This process talks to another broker for a while."""
    usual = app.conf.broker_url
    _use_broker(url)
    try:
        yield
    finally:
        _use_broker(usual)


def _use_broker(url: str) -> None:
    """Celery keeps the connections it opened: they are made anew."""
    app.conf.update(broker_url=url)
    vars(app)["_pool"] = vars(app.amqp)["_producer_pool"] = None


def join_doorbells() -> None:
    """Wait until every ring has been tried, at the broker it was meant for."""
    for thread in threading.enumerate():
        if thread.name == "doorbell":
            thread.join(20)
