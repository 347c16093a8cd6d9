"""Counts in letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescriptions.kinds.letters import count, in_letters

_VALUES = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "trente": 30, "quarante": 40,
    "cinquante": 50, "soixante": 60, "vingt": 20, "vingts": 20, "zéro": 0,
}  # fmt: skip


def value_of(words: str) -> int:
    """Read the words back: quatre before vingt multiplies, everything else adds."""
    total = 0
    for word in words.replace(" et ", "-").split("-"):
        total = total * 20 if word.startswith("vingt") and total == 4 else total + _VALUES[word]
    return total


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zéro"),
        (1, "un"),
        (17, "dix-sept"),
        (21, "vingt et un"),
        (22, "vingt-deux"),
        (61, "soixante et un"),
        (70, "soixante-dix"),
        (71, "soixante et onze"),
        (77, "soixante-dix-sept"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (91, "quatre-vingt-onze"),
        (99, "quatre-vingt-dix-neuf"),
    ],
)
def test_words(number, words):
    assert in_letters(number) == words


@given(st.integers(0, 99), st.booleans())
def test_the_words_read_back_as_the_number(number, feminine):
    assert value_of(in_letters(number, feminine=feminine)) == number


def test_agreement():
    assert [in_letters(n, feminine=True) for n in (1, 11, 21, 81)] == [
        "une",
        "onze",
        "vingt et une",
        "quatre-vingt-une",
    ]
    assert count(1, feminine=True) == "une (1)"
    assert count(3) == "trois (3)"


@pytest.mark.parametrize("number", [-1, 100])
def test_out_of_range(number):
    with pytest.raises(ValueError, match="0 to 99"):
        in_letters(number)
