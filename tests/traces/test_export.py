"""The transmitted record: Part 2's keys, the same bytes for ever; and the extraction on request."""

import json
from datetime import UTC, datetime
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.cast import LOIRE, TILLEULS
from traces.batching import make_batch
from traces.export import GENESIS, digest, to_record
from traces.models import Trace, TraceDelivery
from traces.operations import Operation
from traces.recorder import TraceEvent, record

# A record already chained must never change: when these differ, `schemaVersion` must differ too.
GOLDEN: dict[str, Any] = {
    "traceId": "11111111-1111-4111-8111-111111111111",
    "schemaVersion": "sim-1",
    "dateTime": "2026-11-24T08:30:00.123Z",
    "idPoste": "22222222-2222-4222-8222-222222222222",
    "lpsNom": "ehpad-eprescription",
    "lpsVersion": "0.1.0",
    "lpsIdam": "SIM0000000001",
    "idNatPs": "899900123458",
    "idNatStruct": "1990000101",
    "authMode": "PSC",
    "samlAuthContext": "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
    "assertionId": "_33333333333343338333333333333333",
    "service": "EP4",
    "operation": "ENREGISTRER",
    "serviceVersion": "1.0.0",
    "messageId": "44444444-4444-4444-8444-444444444444",
    "correlationId": "55555555-5555-4555-8555-555555555555",
    "identifiantPrescription": "03UE8SP00UGBYH4JF7",
    "statut": "ECHEC",
    "codeErreur": "siram_40",
    "severite": "erreur",
    "httpStatus": 500,
    "dureeMs": 812,
    "tentative": 2,
    "environnement": "simulateur",
    "payloadSha256": "ab" * 32,
    "prevHash": GENESIS,
}
GOLDEN_DIGEST = "2fc48286a349a5a0665131f8747e682e8270d4855d3105eafd81f2dffb040ff9"


def golden_trace() -> Trace:
    return Trace(
        pk=UUID(GOLDEN["traceId"]),
        occurred_at=datetime(2026, 11, 24, 8, 30, 0, 123999, tzinfo=UTC),
        workstation=UUID(GOLDEN["idPoste"]),
        lps_name="ehpad-eprescription",
        lps_version="0.1.0",
        lps_idam="SIM0000000001",
        actor_rpps="99900123458",
        finess="990000101",
        auth_mode="PSC",
        assertion_id=GOLDEN["assertionId"],
        operation="EP4",
        message_id=UUID(GOLDEN["messageId"]),
        correlation_id=GOLDEN["correlationId"],
        prescription_identifier=GOLDEN["identifiantPrescription"],
        outcome="ECHEC",
        error_code="siram_40",
        severity="erreur",
        http_status=500,
        duration_ms=812,
        attempt=2,
        environment="simulateur",
        payload_sha256="ab" * 32,
    )


def test_the_record_is_the_specified_one():
    built = to_record(golden_trace(), GENESIS)
    assert built == GOLDEN
    assert list(built) == list(GOLDEN)
    assert digest(built) == GOLDEN_DIGEST


@pytest.mark.django_db
def test_settings_changed_later_change_no_record(settings, make_traces):
    (trace,) = make_traces(1)
    before = to_record(trace, GENESIS)
    settings.LPS_NAME, settings.LPS_IDAM, settings.LPS_VERSION = "autre", "SIM0000000002", "9"
    assert to_record(Trace.objects.get(pk=trace.pk), GENESIS) == before


@pytest.mark.django_db
def test_what_happens_in_the_house_names_no_service(make_traces):
    (trace,) = make_traces(1, operation=Operation.IMPRIMER, rpps="")
    built = to_record(trace, None)
    assert (built["service"], built["operation"], built["idNatPs"], built["prevHash"]) == (
        None,
        "IMPRIMER",
        None,
        None,
    )


# --- extraction on request ----------------------------------------------------------------------
def trace_at(moment: datetime, finess: str = TILLEULS, rpps: str = "99900123458") -> Trace:
    happened = TraceEvent(operation=Operation.CREER, finess=finess, rpps=rpps, workstation=None)
    with transaction.atomic():
        return record(happened, occurred_at=moment)


def extracted(*arguments: str) -> list[dict]:
    out = StringIO()
    call_command("export_traces", *arguments, stdout=out, stderr=StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.django_db
def test_a_period_is_made_of_whole_days_of_paris():
    trace_at(datetime(2026, 11, 22, 22, 59, tzinfo=UTC))  # 23:59 in Paris on the 22nd
    first = trace_at(datetime(2026, 11, 22, 23, 0, tzinfo=UTC))
    last = trace_at(datetime(2026, 11, 24, 22, 59, tzinfo=UTC))
    trace_at(datetime(2026, 11, 24, 23, 0, tzinfo=UTC))
    found = extracted("--from", "2026-11-23", "--to", "2026-11-24")
    assert [line["traceId"] for line in found] == [str(first.pk), str(last.pk)]


@pytest.mark.django_db
def test_one_person_or_one_house_can_be_extracted(django_assert_num_queries):
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    mine, hers = trace_at(noon), trace_at(noon, rpps="99900007487")
    elsewhere = trace_at(noon, finess=LOIRE)
    day = ("--from", "2026-11-24", "--to", "2026-11-24")
    assert {line["traceId"] for line in extracted(*day, "--rpps", "99900007487")} == {str(hers.pk)}
    assert {line["traceId"] for line in extracted(*day, "--finess", LOIRE)} == {str(elsewhere.pk)}
    with django_assert_num_queries(1):
        assert len(extracted(*day, "--finess", TILLEULS)) == 2
    assert str(mine.pk) in {line["traceId"] for line in extracted(*day)}


@pytest.mark.django_db
def test_an_extracted_trace_shows_its_place_in_the_chain(make_traces):
    make_traces(1)
    make_batch(TILLEULS)
    make_traces(1)
    today = Trace.objects.latest("occurred_at").occurred_at.date().isoformat()
    sent, waiting = extracted("--from", "2000-01-01", "--to", today)
    assert sent["prevHash"] == TraceDelivery.objects.get().prev_hash == GENESIS
    assert waiting["prevHash"] is None


@pytest.mark.parametrize(
    "wrong", [("--from", "24/11/2026"), ("--rpps", "Martineau"), ("--finess", "12"), ("--to", "2026-11-23")]
)
def test_a_wrong_request_is_refused(wrong):
    with pytest.raises(CommandError):
        call_command("export_traces", "--from", "2026-11-24", "--to", "2026-11-24", *wrong, stderr=StringIO())
