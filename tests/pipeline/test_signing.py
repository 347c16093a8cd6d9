"""Signing: one transaction, what was seen and nothing else, and a dead broker does not matter."""

import copy
import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import redis
from django.db import IntegrityError, connection
from django.utils import timezone

from prescriptions.documents import epu
from prescriptions.documents.statement import Statement
from prescriptions.doorbell import ring
from prescriptions.models import Prescription, SigningAct, Status, Submission
from prescriptions.tasks import sweep
from prescriptions.workflow import drafts
from prescriptions.workflow.errors import ContentChanged, DraftChanged, NotReady, Superseded, WorkflowError
from prescriptions.workflow.review import digest_of, review
from prescriptions.workflow.signing import identifiers, sign
from residents.models import Establishment, Resident, StaffMember
from tests.answers import answer_all
from tests.pipeline.conftest import broker_at, write
from traces.models import Trace


def test_everything_a_signature_writes_is_there_together(cast):
    draft = write(cast)
    [signed] = sign(draft, by=cast.martineau, digest=review(draft).digest, workstation=None)
    assert (signed.status, len(signed.identifier or "")) == (Status.SIGNED, 18)
    assert signed.signing_act is not None
    assert signed.signing_act.preview_sha256 == review_digest(signed)
    assert signed.submission.next_attempt_at is not None
    assert Trace.objects.get().operation == "CREER"


def review_digest(signed: Prescription) -> str:
    """The digest of what the database holds now."""
    return digest_of([Statement.from_json(Prescription.objects.get(pk=signed.pk).frozen or {})])


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


def test_a_dead_broker_does_not_hold_the_signature(cast):
    draft = write(cast)
    digest = review(draft).digest
    with broker_at("redis://127.0.0.1:1/0"):
        started = time.monotonic()
        [signed] = sign(draft, by=cast.martineau, digest=digest, workstation=None)
        assert time.monotonic() - started < 1
        ring(signed.submission.pk)  # says so in the log, raises nothing
    assert Submission.objects.due(timezone.now()).get().prescription_id == signed.pk
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as broker:  # the usual one, back
        broker.flushdb()
        assert sweep() == 1
        assert broker.llen("bells") == 1
        broker.flushdb()


def test_people_and_houses_change_what_was_signed_does_not(cast):
    draft = write(cast)
    [signed] = sign(draft, by=cast.martineau, digest=review(draft).digest, workstation=None)
    before, message = review_digest(signed), message_of(signed)
    Resident.objects.filter(pk=cast.jeanne.pk).update(birth_name="Autre", room="1")
    StaffMember.objects.filter(pk=cast.martineau.pk).update(last_name="Mariée", phone="+33299999999")
    Establishment.objects.filter(pk=cast.tilleuls.pk).update(name="Racheté", city="Nantes")
    assert review_digest(signed) == before
    assert message_of(signed) == message
    assert b"Beaumont" in message


def message_of(signed: Prescription) -> bytes:
    """The message as a worker would build it now, from what the database holds."""
    kept = Prescription.objects.get(pk=signed.pk)
    return epu.build(Statement.from_json(kept.frozen or {}), kept.identifier or "")


def test_every_value_of_the_statement_is_under_the_digest(cast):
    """Change any leaf, of a line too: another digest, or no statement at all."""
    frozen = review(write(cast)).parts[0].statement.to_json()
    digest = Statement.from_json(frozen).digest()
    paths = list(leaves(frozen))
    assert len(paths) > 50
    for path in paths:
        altered = copy.deepcopy(frozen)
        spoil(altered, path)
        try:
            assert Statement.from_json(altered).digest() != digest, path
        except ValueError:
            assert path == ("version",)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything in a JSON value that is neither a list nor an object."""
    if isinstance(value, dict | list):
        for key, inside in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inside, (*path, key))
    else:
        yield path


def spoil(whole: Any, path: tuple[Any, ...]) -> None:
    for key in path[:-1]:
        whole = whole[key]
    value = whole[path[-1]]
    is_date = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    whole[path[-1]] = "1901-01-01" if is_date else not value if isinstance(value, bool) else f"{value}x"


def test_everything_a_signature_writes_or_nothing(cast, monkeypatch):
    """An identifier already taken is found out once lines and act are written: nothing of them remains."""
    first = write(cast)
    taken = sign(first, by=cast.martineau, digest=review(first).digest, workstation=None)[0].identifier
    second = answer_all(write(cast))
    monkeypatch.setattr(identifiers, "generate", lambda: taken)
    with pytest.raises(IntegrityError):
        sign(second, by=cast.martineau, digest=review(second).digest, workstation=None)
    assert Prescription.objects.get(pk=second.pk).status == Status.DRAFT
    assert second.lines.get().sentence == ""
    assert (SigningAct.objects.count(), Submission.objects.count(), Trace.objects.count()) == (1, 1, 1)


def test_a_stale_tab_does_not_overwrite(cast):
    draft = write(cast)
    line = draft.lines.get()
    drafts.save_line(line, line.content, by=cast.martineau, version=line.version)
    with pytest.raises(DraftChanged):
        drafts.save_line(line, {}, by=cast.martineau, version=line.version - 1)


def test_a_refused_prescription_comes_back_as_a_draft_dated_today(cast):
    draft = write(cast)
    [signed] = sign(draft, by=cast.martineau, digest=review(draft).digest, workstation=None)
    Prescription.objects.filter(pk=signed.pk).update(status=Status.REJECTED)
    again = drafts.correct(Prescription.objects.get(pk=signed.pk), by=cast.martineau)
    assert again.lines.get().content["starts_on"] == timezone.localdate().isoformat()
    assert Prescription.objects.get(pk=again.pk).corrects_id == signed.pk
    assert timezone.now() - again.saved_at < timedelta(minutes=1)
