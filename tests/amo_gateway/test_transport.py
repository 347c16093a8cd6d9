"""The transport: one deadline for a whole call, addresses it may call, certificates on both sides."""

import socket
import ssl
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509

from amo_gateway.client import AmoClient
from amo_gateway.credentials import Credentials
from amo_gateway.endpoint import check_endpoint
from amo_gateway.errors import ProtocolError, SigningUnavailable
from amo_gateway.simulator import pki as demonstration
from tests.amo_gateway.samples import Neighbour, caught, context, eprescription, signed, within
from tests.stack import Pki


def test_an_answer_that_drips_is_cut_at_the_deadline(amo: Neighbour, keys: Credentials):
    message = eprescription()
    client = amo.client(timeout=0.6)
    amo.service.switch.set(
        "lente", 1, 0.05
    )  # a byte every 50 ms: no single read is slow, the whole takes 40 s
    with within(0.9):
        failure = caught(lambda: client.register(signed(message, keys), context(), message.identifiant))
    assert failure.code == "timeout"


def test_a_service_that_never_shakes_hands_is_cut(pki: Pki, keys: Credentials):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = AmoClient(
            f"https://localhost:{silent.getsockname()[1]}/lps",
            ca_file=str(pki.folder / "ca.pem"),
            credentials=keys,
            timeout=0.3,
        )
        with within(0.9):
            assert caught(lambda: client.consult("0" * 18, context())).code == "timeout"
        client.close()


def test_nobody_listens(pki: Pki, keys: Credentials):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    client = AmoClient(
        f"https://localhost:{port}/lps", ca_file=str(pki.folder / "ca.pem"), credentials=keys, timeout=1
    )
    assert caught(lambda: client.consult("0" * 18, context())).code == "connexion"
    client.close()


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8443/lps", "https:///lps", "https://user:pw@localhost/lps", "ftp://localhost/",
        "https://services-ps.ameli.fr/lps", "https://10.0.0.1/lps", "https://localhost.evil.example/lps",
        "https://simulator.evil.example/", "https://evilsim.invalid/",
    ],
)  # fmt: skip
def test_addresses_refused_towards_the_simulator(url: str, pki: Pki, keys: Credentials):
    failure = caught(lambda: AmoClient(url, ca_file=str(pki.folder / "ca.pem"), credentials=keys, timeout=1))
    assert (type(failure), failure.code) == (ProtocolError, "adresse_interdite")
    assert "pw" not in str(failure)


@pytest.mark.parametrize(
    "url",
    [
        "https://localhost/lps",
        "https://127.0.0.1:1/",
        "https://[::1]:1/",
        "https://SIMULATOR:2/",
        "https://a.sim.invalid/",
    ],
)
def test_addresses_of_a_simulator(url: str):
    assert check_endpoint(url, "simulateur").geturl() == url


def test_elsewhere_only_listed_hosts_are_called():
    assert (
        check_endpoint("https://qualif.example/lps", "qualif", ["qualif.example"]).hostname
        == "qualif.example"
    )
    for url, environment in (
        ("https://prod.example/", "qualif"),
        ("https://localhost/", "qualif"),
        ("https://localhost/", "prod"),
    ):
        failure = caught(lambda u=url, e=environment: check_endpoint(u, e, ["qualif.example"]))  # type: ignore[misc]
        assert failure.code == "adresse_interdite"


def test_an_unknown_environment_calls_nobody():
    assert caught(lambda: check_endpoint("https://localhost/", "production")).code == "environnement_inconnu"


def test_an_unreadable_tls_certificate(pki: Pki, keys: Credentials, tmp_path: Path):
    (tmp_path / "tls.pem").write_text("rien")
    spoilt = replace(keys, tls_certificate=tmp_path / "tls.pem")
    failure = caught(
        lambda: AmoClient(
            "https://localhost:1/lps", ca_file=str(pki.folder / "ca.pem"), credentials=spoilt, timeout=1
        )
    )
    assert (type(failure), failure.code) == (SigningUnavailable, "certificat_tls_illisible")


def test_a_service_of_another_authority_is_refused_by_the_client(
    amo: Neighbour, keys: Credentials, tmp_path: Path
):
    other = Pki.make(tmp_path / "pki").folder / "ca.pem"
    client = AmoClient(f"{amo.origin}/lps", ca_file=str(other), credentials=keys, timeout=2)
    assert caught(lambda: client.consult("0" * 18, context())).code == "tls"
    client.close()


def test_a_service_with_another_name_is_refused_by_the_client(pki: Pki, keys: Credentials, tmp_path: Path):
    certificate = tmp_path / "ailleurs.pem"
    names = x509.SubjectAlternativeName([x509.DNSName("ailleurs.sim.invalid")])
    authority = demonstration._authority(pki.folder)
    demonstration._leaf(certificate, authority, demonstration._subject("ailleurs"), [(names, False)])
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, certificate.with_suffix(".key"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_shake_hands, args=(listener, tls), daemon=True).start()
        url = f"https://localhost:{listener.getsockname()[1]}/lps"
        client = AmoClient(url, ca_file=str(pki.folder / "ca.pem"), credentials=keys, timeout=2)
        assert caught(lambda: client.consult("0" * 18, context())).code == "tls"
        client.close()


def _shake_hands(listener: socket.socket, tls: ssl.SSLContext) -> None:
    plain, _ = listener.accept()
    try:
        tls.wrap_socket(plain, server_side=True).close()
    except OSError:
        plain.close()
