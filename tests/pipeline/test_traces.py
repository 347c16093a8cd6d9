"""What every trace of the main job says: the bytes, the call, how long, from where; refusals before sending too."""

from uuid import UUID

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prescriptions.models import Status, Submission
from prescriptions.transmission import client_for, transmit
from prescriptions.workflow.review import review
from residents.models import SigningSecret
from tests.cast import PIN
from tests.pipeline.conftest import write
from traces.export import to_record
from traces.models import Trace
from traces.workstation import COOKIE, enrol


@pytest.fixture(autouse=True)
def _new_clients(settings):
    settings.AMO_TIMEOUT_SECONDS = 1.0
    client_for.cache_clear()
    yield
    client_for.cache_clear()


@pytest.fixture
def station(cast):
    return enrol("Poste médical", cast.tilleuls.finess, by="garnier")


@pytest.fixture
def doctor(cast, station) -> Client:
    """Dr Martineau on an activated workstation."""
    client = Client()
    client.force_login(cast.martineau)
    client.cookies[COOKIE] = signing.dumps(str(station.pk), salt="traces.workstation")
    return client


def attempt_traces() -> list[Trace]:
    return list(Trace.objects.filter(operation="EP4").order_by("attempt"))


@pytest.mark.stack
def test_a_registration_names_the_bytes_the_call_and_its_length(signed, simulator):
    prescription = signed()
    transmit(prescription.submission.pk)
    [trace] = attempt_traces()
    assert trace.payload_sha256 == simulator.eprescriptions()[0]["empreinte"]
    told = to_record(trace, "")
    assert str(UUID(told["correlationId"]))
    assert str(UUID(told["assertionId"].removeprefix("_")))
    assert told["dureeMs"] is not None


@pytest.mark.stack
@pytest.mark.parametrize(
    ("fault", "severity", "http_status"),
    [
        ("siram_100", "fatale", 500),
        ("siram_40", "fatale", 500),
        ("http_503", "", 503),
        ("xml_malforme", "", 200),
        ("autre_identifiant", "", 200),
    ],
)
def test_a_failed_call_tells_its_severity_and_how_long_it_took(
    signed, simulator, fault, severity, http_status
):
    prescription = signed()
    simulator.faults(fault)
    transmit(prescription.submission.pk)
    [trace] = attempt_traces()
    assert (trace.outcome, trace.severity, trace.http_status) == ("ECHEC", severity, http_status)
    assert trace.duration_ms is not None
    assert trace.payload_sha256 == Submission.objects.get().signed_sha256
    assert trace.correlation_id
    assert trace.assertion_id


@pytest.mark.stack
def test_silence_is_told_with_the_time_it_was_waited_for(signed, simulator):
    prescription = signed()
    simulator.faults("timeout_avant")
    transmit(prescription.submission.pk)
    [trace] = attempt_traces()
    assert trace.duration_ms is not None
    assert trace.duration_ms >= 900


@pytest.mark.stack
def test_every_sending_has_names_of_its_own_and_the_same_bytes(signed, simulator):
    prescription = signed()
    simulator.faults("http_503")
    for _ in range(2):
        Submission.objects.update(next_attempt_at=timezone.now())
        transmit(prescription.submission.pk)
    first, second = attempt_traces()
    assert first.correlation_id != second.correlation_id
    assert first.assertion_id != second.assertion_id
    assert first.payload_sha256 == second.payload_sha256


@pytest.mark.stack
def test_without_a_key_the_trace_names_no_call(signed, simulator, settings, tmp_path):
    settings.AMO_CREDENTIALS_DIR = tmp_path
    transmit(signed().submission.pk)
    [trace] = attempt_traces()
    assert (trace.error_code, trace.correlation_id, trace.payload_sha256) == ("cle_absente", "", "")


@pytest.mark.stack
def test_another_identifier_is_kept_after_the_retry_succeeds(signed, simulator, doctor, station):
    prescription = signed()
    simulator.faults("autre_identifiant")
    transmit(prescription.submission.pk)
    other = Submission.objects.get().other_identifier
    assert other not in ("", prescription.identifier)
    doctor.post(reverse("prescriptions:retry", args=[prescription.pk]))
    transmit(prescription.submission.pk)
    prescription.refresh_from_db()
    assert (prescription.status, prescription.returned_identifier) == (
        Status.REGISTERED,
        prescription.identifier,
    )
    assert Submission.objects.get().other_identifier == other
    page = doctor.get(reverse("prescriptions:detail", args=[prescription.pk]))
    assert f"une réponse précédente portait {other}" in page.content.decode()
    assert Trace.objects.get(operation="RELANCER").workstation == station.pk


def refused(doctor, draft, pin=PIN) -> Trace:
    """Try to sign on the screen, be refused, and return the one trace it left."""
    sent = {"resident": str(draft.resident_id), "digest": review(draft).digest, "pin": pin}
    doctor.post(reverse("prescriptions:review", args=[draft.pk]), sent)
    draft.refresh_from_db()
    assert draft.is_draft
    return Trace.objects.latest("occurred_at")


@pytest.mark.parametrize("way", ["wrong", "locked", "absent", "profile", "house"])
def test_a_signature_refused_before_sending_is_traced(cast, doctor, station, way):
    draft = write(cast)
    pin, code = {
        "wrong": ("000000", "code_signature_faux"),
        "locked": (PIN, "code_signature_verrouille"),
        "absent": (PIN, "code_signature_absent"),
        "profile": (PIN, "signature_non_permise"),
        "house": (PIN, "signature_non_permise"),
    }[way]
    if way == "locked":
        for _ in range(5):
            refused(doctor, draft, "000000")
    if way == "absent":
        SigningSecret.objects.all().delete()
    if way == "profile":
        type(cast.martineau).objects.filter(pk=cast.martineau.pk).update(phone="")
    if way == "house":
        type(cast.tilleuls).objects.filter(pk=cast.tilleuls.pk).update(has_pui=True)
    trace = refused(doctor, draft, pin)
    assert (trace.operation, trace.outcome, trace.error_code) == ("CREER", "ECHEC", code)
    assert (trace.workstation, trace.actor_rpps) == (station.pk, cast.martineau.rpps)
    assert (trace.finess, trace.prescription_identifier) == (cast.tilleuls.finess, "")
    assert to_record(trace, "")["codeErreur"] == code
