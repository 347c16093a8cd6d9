"""The content of the 2D code: the one public sample, byte for byte."""

import json
import logging
from datetime import date

import pytest

from amo_gateway import code2d

SAMPLE = (
    b'{"S":{"V":2},"D":{"ID":"03UE8SP00UGBYH4JF7","P":{"N":"NESSI'
    + b" " * 85
    + b'","P":"Ruth'
    + b" " * 86
    + b'","D":"1977-07-14"},"M":{"RPPS":"99900023138","RPPS2":"99900007487","AM":"991000696"}}}'
)


def test_the_public_sample_byte_for_byte():
    made = code2d.content(
        "03UE8SP00UGBYH4JF7", "NESSI", "Ruth", date(1977, 7, 14), "99900023138", "99900007487", "991000696"
    )
    assert len(made) == 328
    assert made == SAMPLE


def test_without_replacement_doctor_nor_am_the_keys_are_left_out(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING):
        made = code2d.content("0" * 18, "Beaumont", "Jeanne", date(1938, 3, 14), "99900123458")
    assert json.loads(made)["D"]["M"] == {"RPPS": "99900123458"}
    assert caplog.messages == ["code 2D sans numéro AM"]  # and nothing about the patient


def test_with_am_nothing_is_logged(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        code2d.content("0" * 18, "B", "J", date(1938, 3, 14), "99900123458", am="991000696")
    assert caplog.messages == []


def test_accents_and_quotes_survive():
    made = code2d.content("0" * 18, 'D’"Éon', "Zoé", date(1938, 3, 14), "99900123458", am="991000696")
    assert "Zoé".encode() in made  # UTF-8, not an escape: our hypothesis
    patient = json.loads(made.decode("utf-8"))["D"]["P"]
    assert (patient["N"].rstrip(), patient["P"].rstrip()) == ('D’"Éon', "Zoé")
    assert len(patient["N"]) == len(patient["P"]) == 90


def test_a_long_name_is_kept_whole():
    made = code2d.content("0" * 18, "N" * 100, "P", date(1938, 3, 14), "99900123458", am="991000696")
    assert json.loads(made)["D"]["P"]["N"] == "N" * 100
