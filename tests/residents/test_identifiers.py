"""Identifiers: what is well formed and what the message says when it is not."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from residents import identifiers as ids
from residents.forms.base import NumberField, PhoneField


@pytest.mark.parametrize("finess", ["990000101", "750712184"])
def test_finess_with_its_key_is_accepted(finess):
    assert ids.is_finess(finess)


@pytest.mark.parametrize("finess", ["990000102", "99000010", "9900001011", "ABCDEFGHI", "", "990000101\n"])
def test_finess_of_wrong_shape_or_key_is_refused_in_french(finess):
    with pytest.raises(ValidationError, match="FINESS"):
        ids.validate_finess(finess)


@given(st.text("0123456789", min_size=8, max_size=8))
def test_exactly_one_last_digit_makes_a_finess(body):
    valid = [digit for digit in "0123456789" if ids.is_finess(body + digit)]
    assert valid == [luhn.calc_check_digit(body)]


@pytest.mark.parametrize("rpps", ["99900023138", "99900007487"])
def test_public_sample_rpps_are_valid(rpps):
    ids.validate_rpps(rpps)


@given(st.text("0123456789", min_size=11, max_size=11), st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_never_makes_another_rpps(rpps, place, shift):
    if ids.is_rpps(rpps):
        altered = rpps[:place] + str((int(rpps[place]) + shift) % 10) + rpps[place + 1 :]
        assert not ids.is_rpps(altered)


@pytest.mark.parametrize("phone", ["+33241000000", "+33 2 41 00 00 00", "+33.2.41.00.00.00"])
def test_phone_in_international_form_is_accepted(phone):
    ids.validate_french_phone(phone)


@pytest.mark.parametrize("phone", ["0241000000", "+33041000000", "+32241000000", "+3324100000", ""])
def test_phone_in_another_form_is_refused_with_an_example(phone):
    with pytest.raises(ValidationError, match=r"\+33"):
        ids.validate_french_phone(phone)


@pytest.mark.parametrize(
    "typed",
    ["02 41 00 00 11", "0241000011", "02.41.00.00.11", "02-41-00-00-11", "0033 2 41 00 00 11", "+33 (0)2 41 00 00 11",
     "+33 2 41 00 00 11", " 02\u00a041\u202f00 00 11 "],
)  # fmt: skip
def test_a_national_phone_is_stored_in_international_form(typed):
    assert ids.international_phone(typed) == "+33241000011"


@pytest.mark.parametrize("typed", ["0262 20 00 00", "0 590 12 34 56", "112", "+32 2 41 00 00 11", "abc", ""])
def test_a_phone_of_elsewhere_is_left_as_typed_and_refused(typed):
    assert ids.international_phone(typed) == typed
    with pytest.raises(ValidationError, match=r"\+33"):
        ids.validate_french_phone(typed)


@given(st.from_regex(r"\A0[1-9][0-9]{8}\Z"))
def test_what_was_converted_is_valid_and_converts_to_itself(typed):
    said = ids.international_phone(typed)
    if said != typed:
        ids.validate_french_phone(said)
        assert ids.international_phone(said) == said


def test_ins_key_is_checked():
    ids.validate_ins("238034900700144")
    with pytest.raises(ValidationError, match="INS"):
        ids.validate_ins("238034900700145")


@pytest.mark.parametrize(("number", "good"), [("991000696", True), ("99100069", False), ("99100069X", False)])
def test_am_number_is_nine_digits(number, good):
    if good:
        ids.validate_am_number(number)
    else:
        with pytest.raises(ValidationError, match="9 chiffres"):
            ids.validate_am_number(number)


def test_corsican_letter_counts_as_its_digit():
    """Hypothesis: A counts as 1 and B as 2, so each letter has its own key."""
    keys = {letter: [d for d in "0123456789" if ids.is_finess(f"2{letter}000001{d}")] for letter in "AB"}
    assert all(len(valid) == 1 for valid in keys.values())
    assert keys["A"] != keys["B"]


OTHER_DIGITS = {
    "full width": str.maketrans("0123456789", "０１２３４５６７８９"),
    "arabic": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
}


@pytest.mark.parametrize("script", OTHER_DIGITS)
@pytest.mark.parametrize(
    ("check", "value"),
    [
        (ids.validate_am_number, "491234567"),
        (ids.validate_ins, "238034900700144"),
        (ids.validate_rpps, "99900023138"),
        (ids.validate_finess, "990000101"),
        (ids.validate_french_phone, "+33241000011"),
    ],
)
def test_digits_of_another_script_are_not_digits(check, value, script):
    check(value)
    with pytest.raises(ValidationError):
        check(value[:4] + value[4:].translate(OTHER_DIGITS[script]))
    with pytest.raises(ValidationError):
        check(f"{value}\n")


@pytest.mark.parametrize(
    "number", ["2380349007001440", "23803490070014", "2 38 03 49 007 001 44", "23803490070014A"]
)
def test_an_ins_number_of_another_shape_is_refused(number):
    with pytest.raises(ValidationError, match="15 caractères"):
        ids.validate_ins(number)


@given(st.text(max_size=20))
def test_what_is_accepted_is_what_the_message_can_carry(text):
    for check, shape in (
        (ids.validate_am_number, r"[0-9]{9}"),
        (ids.validate_ins, r"[0-9]{6}[0-9AB][0-9]{8}"),
    ):
        try:
            check(text)
        except ValidationError:
            continue
        assert re.fullmatch(shape, text)


@pytest.mark.parametrize(
    ("number", "sex"), [("1", "M"), ("2", "F"), ("7", "M"), ("8", "F"), ("5", ""), ("", "")]
)
def test_the_first_digit_of_a_matricule_tells_the_sex(number, sex):
    assert ids.sex_told_by_ins(number) == sex


def test_what_is_pasted_in_full_width_is_stored_plain():
    assert NumberField().clean("２３８ 03 49 007 001 44") == "238034900700144"
    assert PhoneField().clean("０２ 41 00 00 11") == "+33241000011"
    assert NumberField().clean("٢٣٨") == "٢٣٨", "left for the validators to refuse"
