"""CDA documents: every drawn statement satisfies the rules; each shape is said the way it should."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prescriptions.documents.cda import build
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
