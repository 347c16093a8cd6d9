"""CDA documents: every drawn statement satisfies the rules; each shape is said the way it should."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prescriptions.documents import epu
from prescriptions.documents.cda import build
from prescriptions.documents.statement import Statement
from prescriptions.kinds.codes import Kind
from tests.prescriptions.cda import draw, rules

slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@slow
@given(draw.statements(Kind.MEDICAMENT), draw.any_facts())
def test_any_prescription_of_medicines_satisfies_the_rules(statement, facts):
    rules.check(build(statement, facts))


@slow
@given(draw.statements(Kind.DISPOSITIF_MEDICAL), draw.any_facts())
def test_any_prescription_of_devices_satisfies_the_rules(statement, facts):
    rules.check(build(statement, facts))


@settings(max_examples=30, deadline=None)
@given(st.data())
@pytest.mark.parametrize("kind", draw.ACTS)
def test_any_prescription_of_acts_satisfies_the_rules(kind, data):
    rules.check(build(data.draw(draw.statements(kind)), data.draw(draw.any_facts())))


@settings(max_examples=40, deadline=None)
@given(st.data())
@pytest.mark.parametrize("kind", Kind)
def test_the_document_says_what_the_message_says(kind, data):
    statement = data.draw(draw.statements(kind))
    message = epu.to_message(statement, "01S2TBPZ2JCNZZYGHZ")
    found = rules.Document(build(statement, draw.facts()))
    first = "h:documentationOf[1]/h:serviceEvent"
    assert found.one(f"{first}/h:effectiveTime/h:high/@value") == f"{message.date_fin_validite:%Y%m%d}"
    assert found.all("h:documentationOf[position()>1]/h:serviceEvent/h:code/@code") == list(
        message.sous_types
    )
    ins = found.all("h:recordTarget/h:patientRole/h:id[starts-with(@root,'1.2.250.1.213.1.4.')]/@extension")
    assert ins == ([message.patient.ins] if message.patient.ins else [])


@settings(deadline=None)
@given(draw.statements(Kind.MEDICAMENT))
def test_the_same_statement_gives_the_same_bytes(statement):
    assert build(statement, draw.facts()) == build(Statement.from_json(statement.to_json()), draw.facts())
