"""Reading answers, one odd answer at a time: what no switch of the simulator plays."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amo_gateway import answers
from amo_gateway.envelope import ENV, SIM, SIRAM, WSA
from amo_gateway.errors import GatewayError, ProtocolError, Rejected, Unavailable
from amo_gateway.transport import Answer
from amo_gateway.xml import MAX_BYTES, parse

MESSAGE = "6f1c1a4e-5a07-4f0e-9c1e-0d1f6a2b3c4d"
GOOD = (
    "<sim:CR><sim:CodeCR>00</sim:CodeCR></sim:CR><sim:identifiant>000000000000000000</sim:identifiant>"
    "<sim:dateEnregistrement>2026-11-24T10:00:00+01:00</sim:dateEnregistrement>"
)


def success(content: str = GOOD, message: str = MESSAGE, element: str = "enregistrerReponse") -> str:
    header = f'<env:Header><wsa:RelatesTo xmlns:wsa="{WSA}">uuid:{message}</wsa:RelatesTo></env:Header>'
    body = f'<sim:{element} xmlns:sim="{SIM}">{content}</sim:{element}>'
    return f'<env:Envelope xmlns:env="{ENV}">{header}<env:Body>{body}</env:Body></env:Envelope>'


def fault(code: str = "", detail: str = "", reason: str = "") -> str:
    subcode = f"<env:Subcode><env:Value>{code}</env:Value></env:Subcode>" if code else ""
    inside = f"<env:Code><env:Value>env:Sender</env:Value>{subcode}</env:Code>{reason}{detail}"
    body = f"<env:Body><env:Fault>{inside}</env:Fault></env:Body>"
    return f'<env:Envelope xmlns:env="{ENV}" xmlns:siram="{SIRAM}">{body}</env:Envelope>'


def detail(code: str) -> str:
    return f'<env:Detail><siram:Erreur severite="fatal" code="{code}"/></env:Detail>'


def read(body: str, status: int = 200) -> answers.Registration:
    return answers.registration(Answer(status, "text/xml", body.encode(), 1), MESSAGE)


def test_a_success():
    found = read(success())
    assert found == answers.Registration("0" * 18, datetime(2026, 11, 24, 9, tzinfo=UTC), False)


CASES: list[tuple[str, int, type[GatewayError], str]] = [
    # No SOAP at all: the HTTP status decides.
    ("<html/>", 200, ProtocolError, "reponse_illisible"),
    ("", 204, ProtocolError, "http_204"),
    ("", 404, ProtocolError, "http_404"),
    ("", 408, Unavailable, "http_408"),
    ("", 425, Unavailable, "http_425"),
    ("<html/>", 500, Unavailable, "http_500"),
    ("<!DOCTYPE html><html></html>", 503, Unavailable, "http_503"),
    ("<!DOCTYPE html><html/>", 404, ProtocolError, "doctype_interdit"),
    ("", 301, ProtocolError, "redirection"),
    (success(), 503, Unavailable, "http_503"),
    # SOAP 1.1 is not our contract.
    (
        success().replace(ENV, "http://schemas.xmlsoap.org/soap/envelope/"),
        200,
        ProtocolError,
        "reponse_illisible",
    ),
    # A success that lacks something is not one.
    (success(message=MESSAGE[::-1]), 200, ProtocolError, "correlation"),
    (success(message=""), 200, ProtocolError, "correlation"),
    (success(element="consulterReponse"), 200, ProtocolError, "reponse_illisible"),
    (success(""), 200, ProtocolError, "reponse_illisible"),
    (success(GOOD.replace("<sim:CodeCR>00</sim:CodeCR>", "")), 200, ProtocolError, "reponse_illisible"),
    (success(GOOD.replace("0" * 18, "")), 200, ProtocolError, "reponse_illisible"),
    (success(GOOD.replace("+01:00", "")), 200, ProtocolError, "reponse_illisible"),
    (success(GOOD.replace("2026-11-24", "24/11/2026")), 200, ProtocolError, "reponse_illisible"),
    # A result code that is not a success.
    (success(GOOD.replace(">00<", ">siram_40<")), 200, Unavailable, "siram_40"),
    (success(GOOD.replace(">00<", ">99<")), 200, Rejected, "99"),
    # Faults, whatever the HTTP status.
    (fault("siram:siram_40", detail("insi_101")), 500, Unavailable, "siram_40"),
    (fault("autre:siram_40"), 200, Unavailable, "siram_40"),
    (fault("siram:siram_100", detail("desir_550")), 500, Rejected, "desir_550"),
    (fault("siram_100"), 400, Rejected, "siram_100"),
    (fault("", detail("desir_620")), 500, Rejected, "desir_620"),
    (fault("", detail("")), 500, ProtocolError, "faute_sans_code"),
    (fault(), 500, ProtocolError, "faute_sans_code"),
]


@pytest.mark.parametrize(("body", "status", "kind", "code"), CASES)
def test_an_odd_answer(body: str, status: int, kind: type[GatewayError], code: str):
    with pytest.raises(GatewayError) as caught:
        read(body, status)
    assert (type(caught.value), caught.value.code) == (kind, code)
    assert getattr(caught.value, "http_status", status) in {status, None}


def test_the_words_of_a_fault_are_kept_out_of_the_text():
    reason = '<env:Reason><env:Text xml:lang="fr">Mme Beaumont est inconnue</env:Text></env:Reason>'
    with pytest.raises(Rejected) as caught:
        read(fault("siram:siram_100", reason=reason), 500)
    assert caught.value.label == "Mme Beaumont est inconnue"
    assert "Beaumont" not in str(caught.value)


@given(st.binary(max_size=200), st.sampled_from([200, 302, 400, 401, 500, 503]))
def test_any_rubbish_is_sorted(body: bytes, status: int):
    with pytest.raises(Unavailable if status >= 500 else ProtocolError):
        answers.registration(Answer(status, "", body, 1), MESSAGE)


def test_entities_files_and_length_are_refused():
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    stolen = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    for xml in (bomb, stolen, b"<!DOCTYPE a><a/>"):
        with pytest.raises(ProtocolError) as caught:
            parse(xml)
        assert caught.value.code == "doctype_interdit"
    with pytest.raises(ProtocolError, match="reponse_trop_longue"):
        parse(b"<a>" + b" " * MAX_BYTES + b"</a>")
