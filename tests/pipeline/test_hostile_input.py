"""Whatever is typed or posted: kept in one shape, never an error page, never in the logs."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amo_gateway.credentials import load
from amo_gateway.errors import SigningUnavailable
from ehpad_eprescription.privacy import PrivateFormatter
from prescriptions.kinds.medicament.raw import normalised
from prescriptions.workflow.confirm import choose_pin
from prescriptions.workflow.errors import WorkflowError

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda c: st.lists(c) | st.dictionaries(st.text(), c),
)
SHAPE = normalised({})


@given(st.dictionaries(st.sampled_from(sorted(SHAPE)), JSON) | JSON)
def test_any_json_takes_the_shape_of_the_form(raw):
    shaped = normalised(raw)
    assert shaped.keys() == SHAPE.keys()
    assert normalised(shaped) == shaped
    assert all(isinstance(step["hours"], list) for step in shaped["phases"])


@pytest.mark.parametrize("bad", ["VIH \x00", "a\ud800b", "tab\x1b[31m"])
def test_characters_no_database_carries_are_dropped(bad):
    kept = normalised({"comment": bad})["comment"]
    assert not set(kept) & {"\x00", "\ud800", "\x1b"}


def test_a_log_says_where_and_which_never_what():
    try:
        try:
            raise ValueError("Jeanne BEAUMONT, VIH")
        except ValueError as cause:
            raise RuntimeError("patient 238034900700144") from cause
    except RuntimeError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "failed", (), (type(error), error, error.__traceback__)
        )
    line = PrivateFormatter("%(message)s").format(record)
    assert "RuntimeError" in line
    assert "ValueError" in line
    assert "BEAUMONT" not in line
    assert "238034900700144" not in line


@pytest.mark.parametrize(
    "pin", ["123456", "234567", "987654", "111111", "121212", "123123", "12345", "abcdef", "٣٤٥٦٧٩"]
)
def test_codes_that_anybody_would_try_are_refused(cast, pin):
    with pytest.raises(WorkflowError):
        choose_pin(cast.martineau, pin)


def test_the_keys_of_another_house_are_not_used(pki):
    load(pki.folder, "990000101").check_owner("990000101")
    with pytest.raises(SigningUnavailable) as refused:
        load(pki.folder, "990000200").check_owner("990000101")
    assert refused.value.code == "certificat_autre_maison"
