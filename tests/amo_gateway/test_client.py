"""The client over real mutual TLS: every way the service fails, what the client makes of it, what the service holds."""

import json
import re
import socket
import ssl
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import urllib3

from amo_gateway import envelope
from amo_gateway.codes import explain
from amo_gateway.credentials import Credentials
from amo_gateway.envelope import Actor, CallContext, Lps
from amo_gateway.errors import GatewayError, ProtocolError, Rejected, Unavailable
from amo_gateway.messages import Structure
from amo_gateway.simulator.faults import BUSINESS, FAULTS, MODES
from tests.amo_gateway.samples import (
    AM,
    LINES,
    Neighbour,
    actor,
    caught,
    context,
    eprescription,
    keys_of,
    neighbour,
    signed,
    within,
)
from tests.cast import LOIRE, TILLEULS
from tests.stack import Pki

TIMEOUT = 0.4
OUTCOMES: dict[str, tuple[type[GatewayError], str]] = {
    "tls": (Unavailable, "tls"),
    "timeout_avant": (Unavailable, "timeout"),
    "coupure_avant": (Unavailable, "connexion"),
    "http_429": (Unavailable, "http_429"),
    "http_502": (Unavailable, "http_502"),
    "http_503": (Unavailable, "http_503"),
    "http_504": (Unavailable, "http_504"),
    "tronquee": (Unavailable, "connexion"),
    "xml_malforme": (ProtocolError, "reponse_illisible"),
    "vide": (ProtocolError, "reponse_illisible"),
    "enorme": (ProtocolError, "reponse_trop_longue"),
    "doctype": (ProtocolError, "doctype_interdit"),
    "redirection": (ProtocolError, "redirection"),
    "timeout_apres": (Unavailable, "timeout"),
    "coupure_apres": (Unavailable, "connexion"),
    "lente": (Unavailable, "timeout"),
    "autre_message": (ProtocolError, "correlation"),
    "siram_40": (Unavailable, "siram_40"),
    **{code: (Rejected, code) for code in FAULTS if code != "siram_40"},
    **{code: (Rejected, code) for code in BUSINESS},
}
REGISTERED_ALL_THE_SAME = {"timeout_apres", "coupure_apres", "lente", "autre_message", "autre_identifiant"}


def test_the_table_forgets_no_way_to_fail():
    assert OUTCOMES.keys() | {"autre_identifiant"} == MODES


@pytest.mark.parametrize("mode", sorted(OUTCOMES))
def test_every_way_to_fail_then_the_same_bytes_again(mode: str, amo: Neighbour, keys: Credentials):
    kind, code = OUTCOMES[mode]
    message, call = eprescription(), context()
    document = signed(message, keys)
    client = amo.client(timeout=TIMEOUT)
    amo.service.switch.set(mode, 1, 0.02 if mode == "lente" else 1.0)
    with within(TIMEOUT + 0.6):
        failure = caught(lambda: client.register(document, call, message.identifiant))
    assert (type(failure), failure.code) == (kind, code)
    assert explain(code).retry is isinstance(failure, Unavailable)
    assert "Beaumont" not in str(failure)
    registered = mode in REGISTERED_ALL_THE_SAME
    assert amo.held() == ([message.identifiant] if registered else [])

    receipt = client.register(document, call, message.identifiant)
    assert receipt.identifier_returned == message.identifiant
    assert receipt.already_registered is registered
    assert amo.held() == [message.identifiant]


@pytest.mark.parametrize(("mode", "status"), [("siram_40", 500), ("http_503", 503), ("timeout_avant", None)])
def test_the_http_status_is_told(mode: str, status: int | None, amo: Neighbour, keys: Credentials):
    message = eprescription()
    amo.service.switch.set(mode, 1, 1.0)
    failure = caught(
        lambda: amo.client(timeout=TIMEOUT).register(signed(message, keys), context(), message.identifiant)
    )
    assert isinstance(failure, Unavailable)
    assert failure.http_status == status


def test_a_refusal_brings_the_words_of_the_service_but_not_in_its_text(amo: Neighbour, keys: Credentials):
    message = eprescription()
    amo.service.switch.set("sim_ep_patient_inconnu", 1, 0)
    failure = caught(lambda: amo.client().register(signed(message, keys), context(), message.identifiant))
    assert isinstance(failure, Rejected)
    assert (failure.label, str(failure)) == ("Patient inconnu", "sim_ep_patient_inconnu")


def test_another_identifier_echoed_is_told_to_the_caller(amo: Neighbour, keys: Credentials):
    message = eprescription()
    amo.service.switch.set("autre_identifiant", 1, 0)
    receipt = amo.client().register(signed(message, keys), context(), message.identifiant)
    assert receipt.identifier_returned == "SIMAUTRE0000000000"
    assert amo.held() == [message.identifiant]


# --- Registering -----------------------------------------------------------------------------------


def test_a_first_registration(amo: Neighbour, keys: Credentials):
    message = eprescription()
    receipt = amo.client().register(signed(message, keys), context(), message.identifiant)
    assert (receipt.identifier_returned, receipt.http_status) == (message.identifiant, 200)
    assert not receipt.already_registered
    assert receipt.registered_at.utcoffset() is not None
    assert 0 <= receipt.duration_ms < 5000


def test_same_identifier_other_bytes(amo: Neighbour, keys: Credentials):
    message = eprescription()
    client = amo.client()
    first = signed(message, keys)
    client.register(first, context(), message.identifiant)
    other = signed(replace(message, commentaire="autre chose"), keys)
    failure = caught(lambda: client.register(other, context(), message.identifiant))
    assert (type(failure), failure.code) == (Rejected, "sim_ep_doublon")
    held = client.consult(message.identifiant, context())
    assert held.payload_sha256 == sha256(first).hexdigest()  # the first one stays


def test_a_salaried_doctor_presents_the_finess(amo: Neighbour, keys: Credentials):
    message = eprescription(structure=Structure(finess=TILLEULS))
    call = context(actor=actor(billing_identifier=TILLEULS))
    assert not amo.client().register(signed(message, keys), call, message.identifiant).already_registered


def test_many_at_once_with_one_client(amo: Neighbour, keys: Credentials):
    messages = [eprescription() for _ in range(24)]
    client = amo.client()
    with ThreadPoolExecutor(8) as pool:
        receipts = pool.map(lambda m: client.register(signed(m, keys), context(), m.identifiant), messages)
        assert [receipt.identifier_returned for receipt in receipts] == [m.identifiant for m in messages]
    assert len(amo.held()) == 24


def test_the_same_one_sent_by_eight_threads_is_registered_once(amo: Neighbour, keys: Credentials):
    message = eprescription()
    document, call, client = signed(message, keys), context(), amo.client()
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: client.register(document, call, message.identifiant), range(8)))
    assert [receipt.already_registered for receipt in receipts].count(False) == 1
    assert len({receipt.registered_at for receipt in receipts}) == 1


def test_one_connection_for_twenty_calls(amo: Neighbour, keys: Credentials):
    client, before = amo.client(), amo.server.connections
    for _ in range(20):
        message = eprescription()
        client.register(signed(message, keys), context(), message.identifiant)
    assert amo.server.connections - before == 1


def test_a_connection_closed_meanwhile_is_opened_again(pki: Pki, keys: Credentials, tmp_path: Path):
    with neighbour(pki, tmp_path / "state.sqlite3") as service:
        client = service.client()
        for _ in range(2):
            message = eprescription()
            client.register(signed(message, keys), context(), message.identifiant)
            client._transport._pool.pool.queue[-1].sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]
        assert service.server.connections == 2


def test_what_the_service_holds_is_what_was_sent(amo: Neighbour, keys: Credentials):
    message = eprescription()
    document = signed(message, keys)
    amo.client().register(document, context(), message.identifiant)
    held = amo.service.store.find(message.identifiant)
    assert held is not None
    assert held["xml"] == document
    assert (held["finess"], held["rpps"], held["lignes"]) == (TILLEULS, message.prescripteur.rpps, 2)
    assert AM.encode() in document


def test_names_that_look_like_xml_travel_as_names(amo: Neighbour, keys: Credentials):
    message = eprescription()
    call = context(actor=actor(name='Zoé "O’Neil" & <fils>\r\n]]>'))
    receipt = amo.client().register(signed(message, keys), call, message.identifiant)
    assert receipt.identifier_returned == message.identifiant


# --- Who calls -------------------------------------------------------------------------------------


def refused(
    amo: Neighbour, document: bytes, call: CallContext, identifier: str, house: str = TILLEULS
) -> str:
    """The code the service refuses with."""
    failure = caught(lambda: amo.client(keys_of(amo.pki, house)).register(document, call, identifier))
    assert isinstance(failure, Rejected)
    assert amo.held() == []
    return failure.code


def test_without_certificate_the_handshake_fails(amo: Neighbour):
    trusting = ssl.create_default_context(cafile=str(amo.pki.folder / "ca.pem"))
    with (
        urllib3.HTTPSConnectionPool(
            "localhost", amo.server.server_port, ssl_context=trusting, retries=False
        ) as pool,
        pytest.raises(urllib3.exceptions.HTTPError),
    ):
        pool.request("POST", "/proxy/token", body=b"{}")
    assert amo.service.store.calls() == []


def test_a_certificate_of_another_authority_is_refused_by_the_service(amo: Neighbour, tmp_path: Path):
    stranger = keys_of(Pki.make(tmp_path / "pki"))
    failure = caught(lambda: amo.client(stranger).consult("0" * 18, context()))
    assert isinstance(failure, Unavailable)
    assert failure.code in {"tls", "connexion"}  # the alert may be lost with the connection
    assert amo.service.store.calls() == []


def test_the_certificate_of_another_house_signs(amo: Neighbour):
    message = eprescription()
    document = signed(message, keys_of(amo.pki, LOIRE))
    assert refused(amo, document, context(), message.identifiant) == "sim_ep_ps_non_autorise"


def test_the_certificate_of_another_house_calls(amo: Neighbour, keys: Credentials):
    message = eprescription()
    failure = caught(
        lambda: amo.client(keys_of(amo.pki, LOIRE)).register(
            signed(message, keys), context(), message.identifiant
        )
    )
    assert (type(failure), failure.code) == (ProtocolError, "jeton_non_delivre")
    # Even in its own name, it cannot carry what another house signed.
    call = context(finess=LOIRE)
    assert refused(amo, signed(message, keys), call, message.identifiant, LOIRE) == "sim_ep_ps_non_autorise"


@pytest.mark.parametrize(
    "changes",
    [
        {"structure": Structure(am="991000001")},
        {"structure": Structure(finess=LOIRE)},
        {"prescripteur": replace(eprescription().prescripteur, rpps="99900123466")},
    ],
)
def test_the_message_and_the_assertion_name_the_same_people(
    changes: dict[str, Any], amo: Neighbour, keys: Credentials
):
    message = eprescription(**changes)
    code = refused(amo, signed(message, keys), context(), message.identifiant)
    assert code == "sim_ep_ps_non_autorise"


def test_the_finess_of_another_house_as_billing_identifier(amo: Neighbour, keys: Credentials):
    message = eprescription(structure=Structure(finess=LOIRE))
    call = context(actor=actor(billing_identifier=LOIRE))
    assert refused(amo, signed(message, keys), call, message.identifiant) == "sim_ep_ps_non_autorise"


def test_an_unknown_software_number(amo: Neighbour, keys: Credentials):
    message = eprescription()
    lps = Lps(name="x", version="1", idam="INCONNU", instance=str(uuid.uuid4()))
    assert refused(amo, signed(message, keys), context(lps=lps), message.identifiant) == "desir_550"


@pytest.mark.parametrize("who", [{"billing_identifier": ""}, {"sector": ""}, {"profession": ""}])
def test_an_assertion_that_lacks_something(who: dict[str, str], amo: Neighbour, keys: Credentials):
    message = eprescription()
    call = context(actor=actor(**who))
    assert refused(amo, signed(message, keys), call, message.identifiant) == "desir_560"


ASSERTION = re.compile(rb"<saml:Assertion .*</saml:Assertion>")


@pytest.mark.parametrize("presents_a_token", [False, True])
def test_without_assertion_the_certificate_of_the_house_is_not_enough(
    presents_a_token: bool, amo: Neighbour, keys: Credentials
):
    message, call, client = eprescription(), context(), amo.client()
    sent = envelope.register(signed(message, keys), call, message.identifiant, "CN=x")
    headers = {"Authorization": f"Bearer {client._tokens.get(call)}"} if presents_a_token else {}
    answer = client._transport.post("/lps", ASSERTION.sub(b"", sent), headers)
    assert answer.status == 500
    assert b'code="desir_560"' in answer.body
    assert amo.held() == []


def test_an_assertion_without_token_is_not_enough(amo: Neighbour, keys: Credentials):
    message = eprescription()
    sent = envelope.register(signed(message, keys), context(), message.identifiant, "CN=x")
    assert b'code="desir_560"' in amo.client()._transport.post("/lps", sent, {}).body
    assert amo.held() == []


def test_the_token_of_somebody_else_is_not_enough(amo: Neighbour, keys: Credentials):
    message, client = eprescription(), amo.client()
    other = client._tokens.get(context(actor=actor(rpps="99900123466")))
    sent = envelope.register(signed(message, keys), context(), message.identifiant, "CN=x")
    answer = client._transport.post("/lps", sent, {"Authorization": f"Bearer {other}"})
    assert b'code="desir_560"' in answer.body
    assert amo.held() == []


def test_the_sender_named_is_the_house_of_the_certificate(amo: Neighbour, keys: Credentials):
    message, client = eprescription(), amo.client()
    token = client._tokens.get(context())
    sent = envelope.register(signed(message, keys), context(finess=LOIRE), message.identifiant, "CN=x")
    answer = client._transport.post("/lps", sent, {"Authorization": f"Bearer {token}"})
    assert b'code="desir_560"' in answer.body
    assert amo.held() == []


def test_a_proxy_gives_no_token_for_a_malformed_rpps(amo: Neighbour, keys: Credentials):
    someone: Actor = actor(rpps="12")
    failure = caught(lambda: amo.client().consult("0" * 18, context(actor=someone)))
    assert (type(failure), failure.code) == (ProtocolError, "jeton_non_delivre")


# --- What is sent ----------------------------------------------------------------------------------


def test_a_message_altered_on_the_way(amo: Neighbour, keys: Credentials):
    message = eprescription()
    altered = signed(message, keys).replace(b"<quantite>2</quantite>", b"<quantite>9</quantite>")
    assert refused(amo, altered, context(), message.identifiant) == "sim_ep_signature_invalide"


def test_a_message_the_schema_refuses(amo: Neighbour, keys: Credentials):
    message = eprescription(sous_types=["IMAGERIE"])
    assert refused(amo, signed(message, keys), context(), message.identifiant) == "sim_ep_message_invalide"


def test_two_identifiers_that_differ(amo: Neighbour, keys: Credentials):
    document = signed(eprescription(), keys)
    assert refused(amo, document, context(), "0" * 18) == "sim_ep_identifiant_invalide"


def test_a_product_the_service_does_not_know(amo: Neighbour, keys: Credentials):
    message = eprescription(lignes=[replace(LINES[0], cis="69999999")])
    assert refused(amo, signed(message, keys), context(), message.identifiant) == "sim_ep_produit_inconnu"


def test_no_message_at_all(amo: Neighbour):
    assert refused(amo, b"", context(), "0" * 18) == "sim_ep_champ_manquant"


def test_a_refused_envelope_says_so(amo: Neighbour, keys: Credentials):
    """The envelope is not understood, yet the answer names the call: a refusal, not somebody else's answer."""
    message, call = eprescription(), context(lps=replace(context().lps, instance=""))
    assert refused(amo, signed(message, keys), call, message.identifiant) == "sim_ep_enveloppe_invalide"


@pytest.mark.parametrize("age", [timedelta(hours=-1), timedelta(hours=2)])
def test_an_assertion_out_of_its_dates(age: timedelta, amo: Neighbour, keys: Credentials):
    message = eprescription()
    call = context(sent_at=datetime.now(UTC) - age)
    assert refused(amo, signed(message, keys), call, message.identifiant) == "desir_560"


def test_a_handshake_that_fails_spoils_an_open_connection_too(amo: Neighbour, keys: Credentials):
    message, client = eprescription(), amo.client()
    document = signed(message, keys)
    client.register(document, context(), message.identifiant)
    amo.service.switch.set("tls", 1, 0)
    failure = caught(lambda: client.register(document, context(), message.identifiant))
    assert (type(failure), failure.code) == (Unavailable, "connexion")


@pytest.mark.parametrize("message_id", ["", "pas-un-uuid", "x<y&z"])
def test_a_malformed_message_id(message_id: str, amo: Neighbour, keys: Credentials):
    message = eprescription()
    failure = caught(
        lambda: amo.client().register(
            signed(message, keys), context(message_id=message_id), message.identifiant
        )
    )
    assert isinstance(failure, Rejected | ProtocolError)
    assert amo.held() == []


# --- Consulting ------------------------------------------------------------------------------------


def test_consult(amo: Neighbour, keys: Credentials):
    message, client = eprescription(), amo.client()
    document = signed(message, keys)
    receipt = client.register(document, context(), message.identifiant)
    held = client.consult(message.identifiant, context())
    assert (held.identifier, held.status) == (message.identifiant, "ENREGISTREE")
    assert held.registered_at == receipt.registered_at
    assert held.payload_sha256 == sha256(document).hexdigest()


def test_consult_with_a_finess(amo: Neighbour):
    call = context(actor=actor(billing_identifier=TILLEULS))
    assert caught(lambda: amo.client().consult("0" * 18, call)).code == "sim_ep_inconnue"


@pytest.mark.parametrize("code", ["sim_ep_inconnue", "sim_ep_opposition", "sim_ep_expiree", "desir_560"])
def test_consult_refused(code: str, amo: Neighbour):
    if code != "sim_ep_inconnue":
        amo.service.switch.set(code, 1, 0)
    failure = caught(lambda: amo.client().consult("0" * 18, context()))
    assert (type(failure), failure.code) == (Rejected, code)


# --- Tokens ----------------------------------------------------------------------------------------


def tokens(amo: Neighbour) -> int:
    return int(amo.service.store._read("SELECT count(*) AS n FROM jeton")[0]["n"])


def test_one_token_for_many_calls_one_for_each_professional(amo: Neighbour, keys: Credentials):
    client, before = amo.client(), tokens(amo)
    for _ in range(3):
        message = eprescription()
        client.register(signed(message, keys), context(), message.identifiant)
    assert tokens(amo) - before == 1
    caught(lambda: client.consult("0" * 18, context(actor=actor(rpps="99900123466"))))
    assert tokens(amo) - before == 2


def test_a_token_the_service_lost_is_asked_again_at_the_next_sending(amo: Neighbour, keys: Credentials):
    message, client = eprescription(), amo.client()
    document, call = signed(message, keys), context()
    caught(lambda: client.consult("0" * 18, call))
    with amo.service.store._writing() as base:
        base.execute("DELETE FROM jeton")
    failure = caught(lambda: client.register(document, call, message.identifiant))
    assert (type(failure), failure.code) == (Unavailable, "jeton_refuse")
    assert not client.register(document, call, message.identifiant).already_registered


def test_a_token_about_to_expire_is_asked_again(
    amo: Neighbour, keys: Credentials, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("amo_gateway.simulator.service.TOKEN_SECONDS", 30)
    client, before = amo.client(), tokens(amo)
    for _ in range(2):
        assert caught(lambda: client.consult("0" * 18, context())).code == "sim_ep_inconnue"
    assert tokens(amo) - before == 2


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (503, b"", Unavailable, "jeton_indisponible"),
        (429, b"", Unavailable, "jeton_indisponible"),
        (403, b"{}", ProtocolError, "jeton_non_delivre"),
        (200, b"{", ProtocolError, "jeton_illisible"),
        (200, b"[]", ProtocolError, "jeton_illisible"),
        (200, b'{"access_token": "", "expires_in": 3600}', ProtocolError, "jeton_illisible"),
        (200, b'{"access_token": "a\\r\\nX: y", "expires_in": 3600}', ProtocolError, "jeton_illisible"),
        (200, b'{"access_token": "a", "expires_in": null}', ProtocolError, "jeton_illisible"),
        (200, json.dumps({"access_token": "é", "expires_in": 1}).encode(), ProtocolError, "jeton_illisible"),
    ],
)
def test_a_proxy_that_fails(
    status: int, body: bytes, kind: type, code: str, amo: Neighbour, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(amo.service, "token", lambda raw, finess: (status, body))
    failure = caught(lambda: amo.client().consult("0" * 18, context()))
    assert (type(failure), failure.code) == (kind, code)
    assert amo.service.store.calls() == []
