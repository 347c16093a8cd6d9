"""Signing: one transaction, what was seen and nothing else, and a dead broker does not matter."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from ehpad_eprescription.celery import app
from prescriptions.doorbell import ring
from prescriptions.models import Prescription, SigningAct, Status, Submission
from prescriptions.workflow import drafts
from prescriptions.workflow.errors import ContentChanged, DraftChanged, NotReady, Superseded, WorkflowError
from prescriptions.workflow.review import review
from prescriptions.workflow.signing import sign
from residents.models import StaffMember
from tests.pipeline.conftest import write
from traces.models import Trace


def test_everything_a_signature_writes_is_there_together(cast):
    draft = write(cast)
    signed = sign(draft, by=cast.martineau, digest=review(draft).digest, workstation=None)
    assert (signed.status, len(signed.identifier or "")) == (Status.SIGNED, 18)
    assert signed.signing_act is not None
    assert signed.signing_act.preview_sha256 == review_digest(signed)
    assert signed.submission.next_attempt_at is not None
    assert Trace.objects.get().operation == "CREER"


def review_digest(signed: Prescription) -> str:
    from prescriptions.documents.statement import Statement

    return Statement.from_json(signed.frozen or {}).digest()


def test_what_changed_after_the_review_is_refused_and_nothing_is_written(cast):
    draft = write(cast)
    digest = review(draft).digest
    line = draft.lines.get()
    drafts.save_line(line, line.content | {"duration_days": "9"}, by=cast.martineau, version=line.version)
    with pytest.raises(ContentChanged):
        sign(draft, by=cast.martineau, digest=digest, workstation=None)
    assert not SigningAct.objects.exists()
    assert not Trace.objects.exists()


@pytest.mark.parametrize(
    ("field", "word"),
    [("phone", "téléphone"), ("rpps", "RPPS"), ("email", "électronique"), ("speciality", "spécialité")],
)
def test_an_incomplete_profile_cannot_sign_and_is_told_what_is_missing(cast, field, word):
    draft = write(cast)
    StaffMember.objects.filter(pk=cast.martineau.pk).update(**{field: ""})
    draft = Prescription.objects.get(pk=draft.pk)
    with pytest.raises(NotReady, match=word):
        sign(draft, by=StaffMember.objects.get(pk=cast.martineau.pk), digest="", workstation=None)


def test_a_house_with_a_pharmacy_inside_is_refused(cast):
    draft = write(cast)
    cast.tilleuls.has_pui = True
    cast.tilleuls.save()
    with pytest.raises(NotReady, match="pharmacie à usage intérieur"):
        sign(Prescription.objects.get(pk=draft.pk), by=cast.martineau, digest="", workstation=None)


def test_two_clicks_sign_once(cast):
    draft = write(cast)
    digest = review(draft).digest

    def click(_: int) -> str:
        try:
            sign(draft, by=StaffMember.objects.get(pk=cast.martineau.pk), digest=digest, workstation=None)
        except WorkflowError as error:
            return type(error).__name__
        finally:
            connection.close()
        return "signed"

    with ThreadPoolExecutor(4) as pool:
        results = sorted(pool.map(click, range(4)))
    assert results == ["Superseded"] * 3 + ["signed"]
    assert Submission.objects.count() == 1


def test_nobody_signs_anothers_draft(cast):
    draft = write(cast)
    with pytest.raises(Superseded):
        sign(draft, by=cast.sellier, digest=review(draft).digest, workstation=None)


@contextmanager
def broker_at(url: str) -> Iterator[None]:
    """This process talks to another broker for a while: its pools are made anew, then again."""
    usual = app.conf.broker_url
    for address in (url, usual):
        app.conf.update(broker_url=address)
        vars(app)["_pool"] = vars(app.amqp)["_producer_pool"] = None
        if address == url:
            yield


def test_a_dead_broker_does_not_hold_the_signature(cast):
    draft = write(cast)
    digest = review(draft).digest
    with broker_at("redis://127.0.0.1:1/0"):
        started = time.monotonic()
        signed = sign(draft, by=cast.martineau, digest=digest, workstation=None)
        assert time.monotonic() - started < 1
        ring(signed.submission.pk)  # says so in the log, raises nothing
    assert Submission.objects.due(timezone.now()).get().prescription_id == signed.pk


def test_people_change_what_was_signed_does_not(cast):
    draft = write(cast)
    signed = sign(draft, by=cast.martineau, digest=review(draft).digest, workstation=None)
    before = review_digest(signed)
    cast.jeanne.birth_name = "Autre"
    cast.jeanne.save()
    StaffMember.objects.filter(pk=cast.martineau.pk).update(last_name="Mariée")
    assert review_digest(Prescription.objects.get(pk=signed.pk)) == before


def test_every_value_shown_is_under_the_digest(cast):
    """Change any leaf of the statement: another digest."""
    from prescriptions.documents.statement import Statement

    draft = write(cast)
    frozen = review(draft).statement.to_json()
    digest = Statement.from_json(frozen).digest()
    for section in ("house", "prescriber", "patient"):
        for key, value in frozen[section].items():
            altered = frozen | {section: frozen[section] | {key: _other(value)}}
            assert Statement.from_json(altered).digest() != digest, (section, key)


def _other(value: str) -> str:
    return "1901-01-01" if value[:4].isdecimal() and value.count("-") == 2 else value + "x"


def test_a_stale_tab_does_not_overwrite(cast):
    draft = write(cast)
    line = draft.lines.get()
    drafts.save_line(line, line.content, by=cast.martineau, version=line.version)
    with pytest.raises(DraftChanged):
        drafts.save_line(line, {}, by=cast.martineau, version=line.version - 1)


def test_a_refused_prescription_comes_back_as_a_draft_dated_today(cast):
    draft = write(cast)
    signed = sign(draft, by=cast.martineau, digest=review(draft).digest, workstation=None)
    Prescription.objects.filter(pk=signed.pk).update(status=Status.REJECTED)
    again = drafts.correct(Prescription.objects.get(pk=signed.pk), by=cast.martineau)
    assert again.lines.get().content["starts_on"] == timezone.localdate().isoformat()
    assert Prescription.objects.get(pk=again.pk).corrects_id == signed.pk
    assert timezone.now() - again.saved_at < timedelta(minutes=1)
