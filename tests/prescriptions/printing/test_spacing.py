"""Where a line of the ordonnance may end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescriptions.printing.spacing import BREAK, NBSP, hard_spaces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 comprimé le matin", "1_comprimé le matin"),
        ("APIXABAN 2,5 mg, comprimé", "APIXABAN 2,5_mg, comprimé"),
        ("à 8 h et 20 h 30", "à 8_h et 20_h 30"),
        ("MTE : marge", "MTE_: marge"),
        ("« urgent » ?", "«_urgent_»_?"),
        ("n° 12", "n°_12"),
    ],
)
def test_a_number_stays_with_what_it_counts(text, expected):
    assert hard_spaces(text).replace(NBSP, "_") == expected


@given(st.text(max_size=200))
def test_no_word_is_changed(text):
    assert hard_spaces(text).replace(NBSP, " ").replace(BREAK, "") == text.replace(NBSP, " ").replace(
        BREAK, ""
    )
