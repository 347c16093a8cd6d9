"""No code reaches a person without a sentence, and no sentence promises another fate than the error's class gives."""

import ast
from pathlib import Path

import pytest

import amo_gateway
from amo_gateway.codes import EXPLANATIONS, explain
from amo_gateway.errors import ProtocolError, Rejected, SigningUnavailable, Unavailable
from amo_gateway.signing.verify import InvalidSignature
from amo_gateway.simulator.faults import AFTER, BEFORE, BUSINESS, FAULTS

PACKAGE = Path(amo_gateway.__file__).parent
ERRORS = {
    kind.__name__ for kind in (Unavailable, Rejected, ProtocolError, SigningUnavailable, InvalidSignature)
}
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "simulator" not in path.parts)
# Not written as a literal where they are raised.
COMPUTED = {("connexion", "Unavailable"), ("timeout", "Unavailable"), ("siram_40", "Unavailable")}
# Raised by the callers of this package, on what it returned.
BY_CALLERS = {"enregistree_malgre_papier", "identifiant_different", "erreur_interne"}
GENERIC = {"http_4xx", "http_5xx", "http_408", "http_425", "http_429"}


def codes_raised() -> set[tuple[str, str]]:
    """Every (code, class) the source builds an error with."""
    found = set(COMPUTED)
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            code = node.args[0]
            if node.func.id in ERRORS and isinstance(code, ast.Constant):
                found.add((str(code.value), node.func.id))
    return found


def codes_of_the_service() -> set[str]:
    """Every code the simulated service answers with: refusals of a call, of a trace."""
    literals = {
        node.value
        for path in (PACKAGE / "simulator").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    prefixes = ("sim_ep_", "sim_trace_", "desir_", "siram_")
    return {text for text in literals if text.startswith(prefixes)}


def test_the_scan_sees_what_it_should():
    assert {
        ("tls", "Unavailable"),
        ("adresse_interdite", "ProtocolError"),
        ("cle_absente", "SigningUnavailable"),
    } <= (codes_raised())
    assert "desir_550" in codes_of_the_service()


@pytest.mark.parametrize(("code", "kind"), sorted(codes_raised()))
def test_every_code_raised_is_explained_with_the_fate_of_its_class(code: str, kind: str):
    assert code in EXPLANATIONS
    assert explain(code).retry is (kind == "Unavailable")


@pytest.mark.parametrize("code", sorted(codes_of_the_service() | FAULTS.keys() | BUSINESS.keys()))
def test_every_code_of_the_service_is_explained(code: str):
    assert code in EXPLANATIONS
    assert explain(code).retry is (code == "siram_40")


@pytest.mark.parametrize("mode", sorted(mode for mode in BEFORE | AFTER if mode.startswith("http_")))
def test_an_http_failure_of_the_service_is_sent_again(mode: str):
    assert explain(mode).retry


@pytest.mark.parametrize("status", range(400, 600))
def test_any_http_status_is_explained(status: int):
    found = explain(f"http_{status}")
    assert found.retry is (status >= 500 or status in {408, 425, 429})
    assert "ne connaît pas" not in found.sentence


def test_no_explanation_is_left_over():
    used = {code for code, _ in codes_raised()} | codes_of_the_service() | BY_CALLERS | GENERIC
    assert EXPLANATIONS.keys() - used == set()


@pytest.mark.parametrize("code", sorted(EXPLANATIONS))
def test_every_explanation_says_what_to_do_and_where_it_comes_from(code: str):
    found = EXPLANATIONS[code]
    assert found.sentence.endswith(".")
    assert found.what_to_do.endswith((".", ")."))
    assert found.source
    assert ("hypothèse" in found.source) is code.startswith("sim_")


@pytest.mark.parametrize("code", sorted(EXPLANATIONS))
def test_once_stopped_nobody_is_told_to_wait(code: str):
    waiting, stopped = explain(code), explain(code, stopped=True)
    assert "Rien à faire" not in stopped.what_to_do
    assert "repris automatiquement" not in stopped.what_to_do
    assert (stopped.what_to_do != waiting.what_to_do) is waiting.retry
    assert (stopped.sentence, stopped.source) == (waiting.sentence, waiting.source)


def test_an_unknown_code_is_said_honestly():
    found = explain("siram_77")
    assert "siram_77" in found.sentence
    assert not found.retry
