"""The database refuses what the law forbids, whatever code or person asks: bulk updates and raw SQL included."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from prescriptions.models import Prescription, PrescriptionLine, SigningAct, Status, Submission
from tests.cast import Cast, make_cast

MOVES = {
    ("DRAFT", "SIGNED"), ("SIGNED", "REGISTERED"), ("SIGNED", "REJECTED"), ("SIGNED", "STALLED"), ("STALLED", "SIGNED"),
    ("STALLED", "REGISTERED"), ("DRAFT", "HOUSE"), ("DRAFT", "PAPER"), ("SIGNED", "PAPER"), ("STALLED", "PAPER"),
    ("REJECTED", "PAPER"),
}  # fmt: skip


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


def signed_facts(cast: Cast) -> dict[str, object]:
    now = timezone.now()
    act = SigningAct.objects.create(
        signer=cast.martineau,
        establishment=cast.tilleuls,
        method="PIN",
        preview_sha256="0" * 64,
        signed_at=now,
    )
    return {"signing_act": act, "signed_at": now, "identifier": "0" * 18, "frozen": {"version": 1}}


def facts_of(status: str, cast: Cast) -> dict[str, object]:
    facts = {} if status == Status.DRAFT else signed_facts(cast)
    if status == Status.HOUSE:
        facts["identifier"] = None
    if status == Status.REGISTERED:
        facts |= {"registered_at": timezone.now(), "returned_identifier": "0" * 18}
    return facts


def make(cast: Cast, status: str = "DRAFT", *, lines: int = 1) -> Prescription:
    """A prescription in any state, with its lines written while it was a draft."""
    draft = Prescription.objects.create(
        establishment=cast.tilleuls, resident=cast.jeanne, prescriber=cast.martineau
    )
    for position in range(1, lines + 1):
        PrescriptionLine.objects.create(prescription=draft, position=position)
    path = {
        "SIGNED": ["SIGNED"],
        "REGISTERED": ["SIGNED", "REGISTERED"],
        "REJECTED": ["SIGNED", "REJECTED"],
        "STALLED": ["SIGNED", "STALLED"],
        "HOUSE": ["HOUSE"],
        "PAPER": ["PAPER"],
    }
    facts = facts_of(status, cast)
    for step in path.get(status, []):
        late = {} if step == Status.REGISTERED else {"registered_at": None, "returned_identifier": ""}
        Prescription.objects.filter(pk=draft.pk).update(status=step, **facts | late)
    return Prescription.objects.get(pk=draft.pk)


def refused(run) -> bool:
    try:
        with transaction.atomic():
            run()
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("source", Status.values)
@pytest.mark.parametrize("target", Status.values)
def test_only_the_moves_of_the_table_are_possible(cast, source, target):
    if source == target:
        return
    prescription = make(cast, source)
    facts = facts_of(target, cast) if source == Status.DRAFT or target == Status.REGISTERED else {}
    facts = {
        k: v
        for k, v in facts.items()
        if source == Status.DRAFT or k in {"registered_at", "returned_identifier"}
    }
    said_no = refused(lambda: Prescription.objects.filter(pk=prescription.pk).update(status=target, **facts))
    assert said_no is ((source, target) not in MOVES)


@pytest.mark.parametrize(
    "change",
    [
        {"frozen": {"version": 1, "forged": True}},
        {"identifier": "1" * 18},
        {"signed_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_what_was_signed_never_changes(cast, change):
    prescription = make(cast, "REGISTERED")
    assert refused(lambda: Prescription.objects.filter(pk=prescription.pk).update(**change))


def test_a_signed_prescription_keeps_its_lines_as_they_are(cast):
    line = make(cast, "SIGNED").lines.get()
    assert refused(lambda: PrescriptionLine.objects.filter(pk=line.pk).update(sentence="autre chose"))
    assert refused(lambda: PrescriptionLine.objects.filter(pk=line.pk).delete())
    assert refused(lambda: PrescriptionLine.objects.create(prescription=line.prescription, position=9))


def test_a_line_never_moves_out_of_a_signed_prescription(cast):
    line = make(cast, "SIGNED").lines.get()
    other = make(cast)
    assert refused(lambda: PrescriptionLine.objects.filter(pk=line.pk).update(prescription=other))


def test_an_internal_order_has_no_number_and_what_is_sent_has_one(cast):
    draft = make(cast)
    numbered = facts_of("SIGNED", cast)
    assert refused(lambda: Prescription.objects.filter(pk=draft.pk).update(status="HOUSE", **numbered))
    assert refused(
        lambda: Prescription.objects.filter(pk=draft.pk).update(
            status="SIGNED", **numbered | {"identifier": None}
        )
    )


def test_a_draft_can_be_thrown_away_and_a_signed_one_cannot(cast):
    make(cast).delete()
    signed = make(cast, "SIGNED", lines=0)
    assert refused(lambda: Prescription.objects.filter(pk=signed.pk).delete())


def test_one_open_draft_per_resident_and_author(cast):
    make(cast)
    assert refused(lambda: make(cast))


def test_nobody_becomes_the_author_of_anothers_draft(cast):
    draft = make(cast)
    assert refused(lambda: Prescription.objects.filter(pk=draft.pk).update(prescriber=cast.sellier))


def test_signed_bytes_are_stored_once(cast):
    submission = Submission.objects.create(prescription=make(cast, "SIGNED"), queued_at=timezone.now())
    mine = Submission.objects.filter(pk=submission.pk)
    mine.update(signed_xml=b"<first/>", signed_sha256="1" * 64)
    mine.update(attempts=2)
    assert refused(lambda: mine.update(signed_xml=b"<second/>"))
    assert refused(lambda: mine.update(message_id="00000000-0000-0000-0000-000000000000"))
    assert refused(lambda: mine.delete())


def test_raw_sql_is_refused_too(cast):
    prescription = make(cast, "SIGNED")

    def forge() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE prescriptions_prescription SET frozen = '{}' WHERE id = %s", [prescription.pk]
            )

    assert refused(forge)
