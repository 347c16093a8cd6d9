"""What the tests of the prescribing screens share: the cast, the real drug base, drafts and signed prescriptions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from prescriptions.kinds.codes import Kind
from prescriptions.models import Prescription, PrescriptionLine, Status, Submission
from prescriptions.referentials.search import search_specialities
from prescriptions.workflow import drafts
from prescriptions.workflow.review import review
from prescriptions.workflow.signing import sign
from residents.models import StaffMember
from tests.answers import answer_all
from tests.cast import Cast, make_cast
from tests.drug_base import load_drug_base

Write = Callable[..., PrescriptionLine]
Put = Callable[..., Prescription]


@pytest.fixture
def cast(db) -> Cast:
    load_drug_base()
    return make_cast()


@pytest.fixture
def login():
    """A browser where somebody is logged in."""

    def as_member(member: StaffMember) -> Client:
        client = Client()
        client.force_login(member)
        return client

    return as_member


@pytest.fixture
def doctor(cast, login):
    """Dr Martineau's browser."""
    return login(cast.martineau)


@pytest.fixture
def nurse(cast, login):
    """Nadia Roussel's browser."""
    return login(cast.roussel)


@pytest.fixture
def stranger(cast, login):
    """The browser of Dr Sellier, who prescribes in another house."""
    return login(cast.sellier)


def cis_of(typed: str) -> str:
    """The first speciality that answers."""
    return search_specialities(typed, limit=1)[0].cis


@pytest.fixture
def write(cast) -> Write:
    """`write("apixaban 2,5", matin="1", duration_days="28")`: a line in Dr Martineau's draft for Jeanne."""

    def line(typed: str, **fields: Any) -> PrescriptionLine:
        draft = drafts.open_draft(cast.jeanne, by=cast.martineau)
        new = drafts.add_lines(draft, Kind.MEDICAMENT, cis_of(typed), by=cast.martineau)[0]
        moments = {name: fields.pop(name) for name in ("matin", "midi", "soir", "coucher") if name in fields}
        content = new.content | fields | {"phases": [new.content["phases"][0] | moments]}
        return drafts.save_line(new, content, by=cast.martineau, version=new.version)

    return line


@pytest.fixture
def put(cast, write) -> Put:
    """`put("REJECTED", outcome_code="…")`: a prescription of Jeanne's signed, then moved to that state."""

    def prescription(
        status: str = "SIGNED", *, attempts: int = 1, code: str = "", **facts: Any
    ) -> Prescription:
        fields = {"matin": "1", "soir": "1", "duration_days": "28"} | facts.pop("line", {})
        draft = write(facts.pop("drug", "apixaban 2,5"), **fields).prescription
        digest = review(answer_all(draft)).digest
        [signed] = sign(draft, by=cast.martineau, digest=digest, workstation=None)
        if status == Status.REGISTERED:
            facts |= {"registered_at": timezone.now(), "returned_identifier": signed.identifier}
        if code and status != Status.SIGNED:
            facts["outcome_code"] = code
        if status != Status.SIGNED or facts:
            Prescription.objects.filter(pk=signed.pk).update(status=status, **facts)
        due = timezone.now() if status == Status.SIGNED else None
        Submission.objects.filter(prescription=signed).update(
            attempts=attempts, last_code=code, next_attempt_at=due, last_attempt_at=timezone.now()
        )
        return Prescription.objects.get(pk=signed.pk)

    return prescription
