"""The simulated service as a process: what it holds survives, its page shows no name, its keys are private."""

import json
import sqlite3
import threading
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from amo_gateway.client import AmoClient
from amo_gateway.credentials import Credentials
from amo_gateway.errors import GatewayError, ProtocolError, Rejected, Unavailable
from amo_gateway.schemas import epresc_types
from amo_gateway.simulator import pki as demonstration
from amo_gateway.simulator.faults import MODES
from amo_gateway.simulator.store import Store
from amo_gateway.traces_channel import BatchAck, HttpTracesChannel
from tests.amo_gateway.samples import BY_KIND, PATIENT, Neighbour, context, eprescription, keys_of, signed
from tests.cast import LOIRE, TILLEULS
from tests.stack import Pki, Simulator


@pytest.fixture(scope="module")
def process(pki: Pki, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    """A process of our own: these tests kill it."""
    made = Simulator(pki, tmp_path_factory.mktemp("process"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def client(process: Simulator, keys: Credentials) -> Iterator[AmoClient]:
    process.ensure_running()
    process.reset()
    made = AmoClient(
        process.environment["AMO_ENDPOINT"],
        ca_file=process.environment["AMO_CA_FILE"],
        credentials=keys,
        timeout=5,
    )
    yield made
    made.close()


def page(process: Simulator, path: str = "", **options: Any) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of an address of the page."""
    request = urllib.request.Request(f"http://127.0.0.1:{process.page_port}/{path}", **options)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=5) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read().decode()


@pytest.mark.stack
def test_what_it_holds_survives_a_kill(process: Simulator, client: AmoClient, keys: Credentials):
    message, call = eprescription(), context()
    document = signed(message, keys)
    receipt = client.register(document, call, message.identifiant)
    process.kill()
    with pytest.raises(Unavailable):
        client.register(document, call, message.identifiant)
    process.start()
    again = client.register(document, call, message.identifiant)  # same client, same token: kept on disk too
    assert again.already_registered
    assert again.registered_at == receipt.registered_at
    assert [held["identifiant"] for held in process.eprescriptions()] == [message.identifiant]


@pytest.mark.stack
def test_the_page_shows_the_identifier_and_no_name(process: Simulator, client: AmoClient, keys: Credentials):
    message = eprescription()
    client.register(signed(message, keys), context(), message.identifiant)
    status, headers, html = page(process)
    assert status == 200
    assert message.identifiant in html
    assert "script" not in headers["Content-Security-Policy"]
    calls = page(process, "api/calls")[2]
    assert json.loads(calls)[0]["resultat"] == "00"
    ins = str(PATIENT.ins)
    for shown in (html, calls, page(process, "api/eprescriptions")[2]):
        assert message.identifiant in shown
        for secret in (PATIENT.nom_famille, PATIENT.prenom, "Lemaire", ins, "PREDNISONE"):
            assert secret not in shown


@pytest.mark.stack
def test_the_page_says_the_kind_of_each_in_french(process: Simulator, client: AmoClient, keys: Credentials):
    for lines in BY_KIND.values():
        message = eprescription(lignes=lines)
        client.register(signed(message, keys), context(), message.identifiant)
    html = page(process)[2]
    assert [label for label in epresc_types().values() if f"<td>{label}</td>" not in html] == []
    assert "Orthoptie, 2 ligne(s)" in page(process, f"eprescription/{message.identifiant}")[2]
    assert {held["type"] for held in process.eprescriptions()} == epresc_types().keys()


def test_a_file_made_when_medicines_were_the_only_kind_is_read(tmp_path: Path):
    path = tmp_path / "state.sqlite3"
    with closing(sqlite3.connect(path)) as old:
        old.execute(
            "CREATE TABLE eprescription (identifiant TEXT PRIMARY KEY, empreinte TEXT NOT NULL, xml BLOB NOT NULL,"
            " finess TEXT NOT NULL, rpps TEXT NOT NULL, lignes INTEGER NOT NULL, date_enregistrement TEXT NOT NULL)"
        )
        old.execute("INSERT INTO eprescription VALUES ('A', 'e', x'00', 'f', 'r', 1, '2026-11-24')")
        old.commit()
    store = Store(path)
    store.register("B", "e", b"", finess="f", rpps="r", lines=1, epresc_type="acteInfirmier")
    assert [(held["identifiant"], held["type"]) for held in store.eprescriptions()] == [
        ("B", "acteInfirmier"), ("A", "medicament"),
    ]  # fmt: skip
    store._base.close()


@pytest.mark.stack
def test_the_page_shows_what_a_caller_wrote_as_text(process: Simulator, client: AmoClient):
    with pytest.raises(Rejected):
        client.consult("<script>alert(1)</script>", context())
    html = page(process)[2]
    assert "<script" not in html
    assert "&lt;script" in html


@pytest.mark.stack
def test_faults_are_counted_then_it_is_well_again(process: Simulator, client: AmoClient, keys: Credentials):
    message = eprescription()
    document, call = signed(message, keys), context()
    process.faults("http_503", times=2)
    assert "http_503, encore 2 appel(s)" in page(process)[2]
    for _ in range(2):
        with pytest.raises(Unavailable):
            client.register(document, call, message.identifiant)
    assert not client.register(document, call, message.identifiant).already_registered
    assert "aucune panne" in page(process)[2]


@pytest.mark.stack
def test_the_form_of_the_page_switches_every_fault(process: Simulator, client: AmoClient):
    html = page(process)[2]
    assert [mode for mode in MODES if f"<option>{mode}</option>" not in html] == []
    assert "jusqu’à nouvel ordre" in page(process, "pannes", data=b"mode=http_502&times=")[2]
    assert "aucune panne" in page(process, "pannes", data=b"mode=")[2]
    process.faults("http_502")
    page(process, "api/faults", method="DELETE")
    assert "aucune panne" in page(process)[2]


@pytest.mark.stack
@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("api/faults", b'{"mode": "inconnu"}', 400),
        ("api/faults", b"{}", 400),
        ("api/faults", b"rien", 400),
        ("api/faults", b"[]", 400),
        ("api/faults", b'{"mode": "http_503", "seconds": "x"}', 400),
        ("api/faults", b'{"mode": "http_503", "times": "deux"}', 400),
        ("pannes", b"mode=inconnu&times=1", 400),
        ("ailleurs", b"", 404),
        ("ailleurs", None, 404),
        ("eprescription/INCONNUE", None, 404),
    ],
)
def test_nonsense_asked_of_the_page(
    path: str, data: bytes | None, status: int, process: Simulator, client: AmoClient
):
    assert page(process, path, data=data)[0] == status
    assert page(process)[0] == 200


@pytest.mark.stack
def test_reset_forgets_everything(process: Simulator, client: AmoClient, keys: Credentials):
    message = eprescription()
    client.register(signed(message, keys), context(), message.identifiant)
    process.reset()
    assert process.eprescriptions() == []
    assert json.loads(page(process, "api/calls")[2]) == []


# --- Workstation traces ----------------------------------------------------------------------------


@pytest.fixture
def channel(amo: Neighbour, keys: Credentials) -> Iterator[HttpTracesChannel]:
    made = HttpTracesChannel(
        f"{amo.origin}/traces", ca_file=str(amo.pki.folder / "ca.pem"), credentials=keys, timeout=1
    )
    yield made
    made.close()


def trace(finess: str = TILLEULS, **fields: str) -> dict[str, Any]:
    return {"traceId": str(uuid.uuid4()), "idNatStruct": f"1{finess}", "statut": "SUCCES", **fields}


def ids(records: list[dict[str, Any]]) -> frozenset[str]:
    return frozenset(str(record["traceId"]) for record in records)


def test_each_trace_is_acknowledged(amo: Neighbour, channel: HttpTracesChannel):
    good, foreign = [trace(statut="ÉCHEC"), trace()], [trace(LOIRE)]
    acknowledged = channel.send("lot-1", [*good, *foreign])
    assert acknowledged == BatchAck(ids(good), {foreign[0]["traceId"]: "sim_trace_finess"})
    assert amo.service.store.traces() == good


def test_a_trace_sent_twice_is_kept_once(amo: Neighbour, channel: HttpTracesChannel):
    first, second = trace(), trace()
    channel.send("lot-1", [first, first])
    altered = first | {"statut": "ECHEC"}
    assert channel.send("lot-2", [altered, second]).accepted == ids([first, second])
    assert amo.service.store.traces() == [first, second]  # the first version stays


def test_a_batch_whose_acknowledgement_is_lost_is_sent_again(amo: Neighbour, channel: HttpTracesChannel):
    records = [trace() for _ in range(3)]
    amo.service.switch.set("coupure_apres", 1, 0)
    with pytest.raises(Unavailable):
        channel.send("lot-1", records)
    assert amo.service.store.traces() == records
    assert channel.send("lot-1", records).accepted == ids(records)
    assert amo.service.store.traces() == records


def test_a_thousand_traces(amo: Neighbour, channel: HttpTracesChannel):
    records = [trace(idPoste="poste") for _ in range(1000)]
    assert channel.send("lot", records).accepted == ids(records)


TRACE_OUTCOMES: dict[str, type[GatewayError]] = {
    "http_429": Unavailable,
    "http_503": Unavailable,
    "coupure_avant": Unavailable,
    "timeout_avant": Unavailable,
    "tronquee": Unavailable,
    "lente": Unavailable,
    "vide": ProtocolError,
    "xml_malforme": ProtocolError,
    "enorme": ProtocolError,
    "redirection": ProtocolError,
}


@pytest.mark.parametrize("mode", TRACE_OUTCOMES)
def test_a_batch_that_fails_is_sent_again_without_loss(mode: str, amo: Neighbour, channel: HttpTracesChannel):
    records = [trace()]
    amo.service.switch.set(mode, 1, 0.02 if mode == "lente" else 1.5)
    with pytest.raises(TRACE_OUTCOMES[mode]):
        channel.send("lot", records)
    assert channel.send("lot", records).accepted == ids(records)
    assert amo.service.store.traces() == records


@pytest.mark.parametrize("lines", [b"{", b"[]\n", b'{"a": 1}\n', b"\xff\n", b"1\n"])
def test_a_batch_that_is_no_batch(lines: bytes, amo: Neighbour):
    assert amo.service.traces(lines, "lot", TILLEULS)[0] == 400
    assert amo.service.store.traces() == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "reponse_illisible"),
        (b"[]", "reponse_illisible"),
        (b'{"accepted": []}', "reponse_illisible"),
        (b'{"accepted": [], "rejected": []}', "reponse_illisible"),
        (b'{"accepted": ["autre"], "rejected": {}}', "correlation"),
    ],
)
def test_an_acknowledgement_that_is_none(
    body: bytes, code: str, amo: Neighbour, channel: HttpTracesChannel, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(amo.service, "traces", lambda lines, batch, finess: (200, body))
    with pytest.raises(ProtocolError) as failure:
        channel.send("lot", [trace()])
    assert failure.value.code == code


def test_a_batch_refused_whole(amo: Neighbour, channel: HttpTracesChannel, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(amo.service, "traces", lambda lines, batch, finess: (400, b""))
    with pytest.raises(Rejected) as failure:
        channel.send("lot", [trace()])
    assert failure.value.code == "http_400"


# --- Keys ------------------------------------------------------------------------------------------


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_keys_are_made_once_and_private(tmp_path: Path):
    folder = tmp_path / "pki"
    demonstration.ensure(folder, [TILLEULS])
    before = files(folder)
    demonstration.ensure(folder, [TILLEULS])
    assert files(folder) == before
    demonstration.ensure(folder, [TILLEULS, LOIRE])
    assert before.items() <= files(folder).items()
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0 or path.name == ".lock"
    for path in folder.rglob("*.key"):
        assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_several_at_once_make_one_set(tmp_path: Path):
    folder = tmp_path / "pki"
    start = threading.Barrier(4)

    def make(_: int) -> None:
        start.wait()
        demonstration.ensure(folder, [TILLEULS])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(make, range(4)))
    assert keys_of(Pki(folder)).reference == TILLEULS
    assert not [name for name in files(folder) if name.startswith(".") and name != ".lock"]


def test_a_certificate_about_to_expire_is_renewed_by_the_same_authority(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "pki"
    with monkeypatch.context() as short:
        short.setattr(demonstration, "_LEAF_LIFE", timedelta(days=29))
        demonstration.ensure(folder, [TILLEULS])
    before = files(folder)
    demonstration.ensure(folder, [TILLEULS])
    after = files(folder)
    assert {name for name in after if after[name] != before[name]} == {
        "server.pem", "server.key", *(f"{TILLEULS}/{name}" for name in ("sign.pem", "sign.key", "tls.pem", "tls.key")),
    }  # fmt: skip


def test_a_new_authority_renews_everything_below(tmp_path: Path):
    folder = tmp_path / "pki"
    demonstration.ensure(folder, [TILLEULS])
    (folder / "ca.key").unlink()
    demonstration.ensure(folder, [TILLEULS])
    authority = x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes())
    for name in ("server.pem", f"{TILLEULS}/sign.pem", f"{TILLEULS}/tls.pem"):
        x509.load_pem_x509_certificate((folder / name).read_bytes()).verify_directly_issued_by(authority)


def test_the_same_message_for_another_patient_is_another_message(amo: Neighbour, keys: Credentials):
    message = eprescription()
    amo.client().register(signed(message, keys), context(), message.identifiant)
    other = replace(message, patient=replace(PATIENT, nom_famille="Caradec"))
    with pytest.raises(Rejected) as failure:
        amo.client().register(signed(other, keys), context(), message.identifiant)
    assert failure.value.code == "sim_ep_doublon"
