"""Numbers in French letters: read back by a reader that is not the writer, and a table of French agreement."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescriptions.kinds.letter_units import COUNTED, MEASURED
from prescriptions.kinds.lettered_text import left_in_digits, numbers_in_letters
from prescriptions.kinds.letters import (
    LARGEST,
    count,
    decimal_in_letters,
    in_letters,
    quantity_in_letters,
)
from prescriptions.kinds.medicament.posology import Posology
from prescriptions.kinds.medicament.sentence import sentence
from prescriptions.kinds.medicament.units import UNITS, quantity

from .posologies import any_posology

_VALUES = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "trente": 30, "quarante": 40,
    "cinquante": 50, "soixante": 60, "vingt": 20, "vingts": 20, "zéro": 0,
}  # fmt: skip


def value_of(words: str) -> int:
    """Read the words back, left to right: vingt, cent and mille multiply what stands before them."""
    thousands = total = part = 0
    for word in words.replace(" et ", "-").replace(" ", "-").split("-"):
        if word == "mille":
            thousands, total, part = max(1, total + part), 0, 0
        elif word in {"cent", "cents"}:
            total, part = 100 * max(1, part), 0
        elif word.startswith("vingt") and part == 4:
            part = 80
        else:
            part += _VALUES[word]
    return thousands * 1000 + total + part


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
        (100, "cent"),
        (101, "cent un"),
        (180, "cent quatre-vingts"),
        (200, "deux cents"),
        (201, "deux cent un"),
        (280, "deux cent quatre-vingts"),
        (999, "neuf cent quatre-vingt-dix-neuf"),
        (1000, "mille"),
        (1001, "mille un"),
        (1100, "mille cent"),
        (1900, "mille neuf cents"),
        (2000, "deux mille"),
        (2200, "deux mille deux cents"),
        (9999, "neuf mille neuf cent quatre-vingt-dix-neuf"),
        (80_000, "quatre-vingt mille"),
        (100_000, "cent mille"),
        (200_000, "deux cent mille"),
        (200_080, "deux cent mille quatre-vingts"),
    ],
)
def test_words(number, words):
    assert in_letters(number) == words


def test_the_words_of_every_number_to_9999_read_back():
    assert [value_of(in_letters(number)) for number in range(10_000)] == list(range(10_000))
    assert [value_of(in_letters(number, feminine=True)) for number in range(10_000)] == list(range(10_000))


def test_no_two_numbers_share_their_words():
    assert len({in_letters(number) for number in range(10_000)}) == 10_000


@given(st.integers(0, LARGEST), st.booleans())
def test_the_words_read_back_as_the_number(number, feminine):
    assert value_of(in_letters(number, feminine=feminine)) == number


@given(st.integers(0, LARGEST))
def test_the_feminine_only_changes_a_last_un(number):
    masculine, feminine = in_letters(number), in_letters(number, feminine=True)
    assert feminine == (f"{masculine}e" if masculine.split()[-1].split("-")[-1] == "un" else masculine)


def test_agreement():
    assert [in_letters(n, feminine=True) for n in (1, 11, 21, 81, 101, 1001)] == [
        "une",
        "onze",
        "vingt et une",
        "quatre-vingt-une",
        "cent une",
        "mille une",
    ]
    assert count(1, feminine=True) == "une (1)"
    assert count(3) == "trois (3)"


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_out_of_range(number):
    with pytest.raises(ValueError, match=f"0 to {LARGEST}"):
        in_letters(number)


@given(st.integers(0, 9999), st.integers(0, 99_999))
def test_every_decimal_reads_back(whole, fraction):
    value = Decimal(f"{whole}.{fraction:05d}")
    words, _, after = decimal_in_letters(value).partition(" virgule ")
    zeros = re.match(r"(?:zéro )*", after)[0]  # type: ignore[index]
    digits = "0" * zeros.count("zéro") + (str(value_of(after[len(zeros) :])) if after else "0")
    assert Decimal(f"{value_of(words)}.{digits}") == value


QUANTITIES = [
    ("0.25", "comprimé", "un quart de comprimé"),
    ("0.25", "ampoule", "un quart d’ampoule"),
    ("0.5", "comprimé", "un demi-comprimé"),
    ("0.50", "comprimés", "un demi-comprimé"),
    ("0.5", "gélule", "une demi-gélule"),
    ("0.75", "dose", "trois quarts de dose"),
    ("1", "comprimé", "un comprimé"),
    ("1", "gélule", "une gélule"),
    ("1.5", "comprimé", "un comprimé et demi"),
    ("1.5", "ampoule", "une ampoule et demie"),
    ("2", "comprimé", "deux comprimés"),
    ("2.25", "comprimé", "deux comprimés et un quart"),
    ("2.5", "bouffée", "deux bouffées et demie"),
    ("2.75", "comprimé", "deux comprimés et trois quarts"),
    ("21", "dose", "vingt et une doses"),
    ("1.3", "dose", "un virgule trois dose"),
    ("1.5", "cuillère à café", "une cuillère à café et demie"),
    ("12.5", "mg", "douze virgule cinq milligrammes"),
    ("0.25", "mg", "zéro virgule vingt-cinq milligramme"),
    ("1.5", "mL", "un virgule cinq millilitre"),
    ("0.05", "g", "zéro virgule zéro cinq gramme"),
    ("1", "UI", "une unité internationale"),
    ("10000", "UI", "dix mille unités internationales"),
    ("75", "µg", "soixante-quinze microgrammes"),
    ("1", "mcg", "un microgramme"),
    ("0.9", "%", "zéro virgule neuf pour cent"),
    ("2", "noisette", "deux noisette"),
]


@pytest.mark.parametrize(("value", "unit", "words"), QUANTITIES)
def test_quantities(value, unit, words):
    assert quantity_in_letters(Decimal(value), unit) == words


TEXTS = [
    (
        "2 comprimés le matin pendant 28 jours.",
        "deux comprimés le matin pendant vingt-huit jours.",
    ),
    ("2,5 mg", "deux virgule cinq milligrammes"),
    ("2.50 mg.", "deux virgule cinq milligrammes."),
    ("1\u00a0000 mg", "mille milligrammes"),
    ("à 8 h", "à huit heures"),
    ("à 8 h, 14 h et 20 h 30", "à huit heures, quatorze heures et vingt heures trente"),
    ("à 0 h et 1 h", "à zéro heure et une heure"),
    ("du 23/11/2026 au 1er décembre 2026", "du 23/11/2026 au 1er décembre 2026"),
    ("0,5 comprimé matin et soir", "un demi-comprimé matin et soir"),
    ("½ comprimé, 1/2 gélule", "un demi-comprimé, une demi-gélule"),
    ("1 fois par jour, 21 injections", "une fois par jour, vingt et une injections"),
    ("1 à 2 injections", "une à deux injections"),
    ("1 noisette", "un noisette"),
    ("10-8 mg", "dix – huit milligrammes"),
    ("1-0-1", "un – zéro – un"),
    ("DUROGESIC 25 microgrammes/heure", "DUROGESIC vingt-cinq microgrammes par heure"),
    ("10 mg/5 mL", "dix milligrammes par cinq millilitres"),
    ("3 mg/24 h", "trois milligrammes par vingt-quatre heures"),
    ("8 mg/2 mg", "huit milligrammes/deux milligrammes"),
    ("vitamine B12 5 µg, n° 4", "vitamine B12 cinq microgrammes, n° 4"),
    ("tension 120/80, 3e jour", "tension 120/80, 3e jour"),
    ("3x par jour", "trois x par jour"),
    ("après 1,5 heure", "après une heure et demie"),
    (
        "QSP 28 jours, à renouveler 5 fois (168 jours en tout).",
        "QSP vingt-huit jours, à renouveler cinq fois (cent soixante-huit jours en tout).",
    ),
    ("1 000 000 UI", "1 000 000 UI"),
    ("5/2,5 mg", "cinq milligrammes/deux virgule cinq milligrammes"),
    ("40/80 mg", "quarante milligrammes/quatre-vingts milligrammes"),
    ("1/2 mg", "zéro virgule cinq milligramme"),
    ("1 / 2 comprimé", "un demi-comprimé"),
    ("3 1/2 comprimés", "trois comprimés et demi"),
    ("2 ½ gélules", "deux gélules et demie"),
    ("25µg/h", "vingt-cinq microgrammes par heure"),
    ("10 mg x2", "dix milligrammes x deux"),
]


@pytest.mark.parametrize(("text", "words"), TEXTS)
def test_texts(text, words):
    assert numbers_in_letters(text) == words


LEFT = [
    ("12/12h", "12/12h"),
    ("1 000 000 UI", "1 000 000"),
    ("⅓ de dose", "⅓"),
    ("tension 120/80", "120/80"),
    ("le 23/11/2026, vitamine B12, n° 4, 3e jour, 1er décembre 2026", ""),
    ("prendre10mg le matin", "prendre10mg"),
    ("MATIN10", "MATIN10"),
    ("5/2,5 mg, 3 1/2 comprimés x2 à 8 h 30", ""),
]


@pytest.mark.parametrize(("text", "left"), LEFT)
def test_what_cannot_be_written_in_letters_is_named(text, left):
    assert left_in_digits(text).replace("\u00a0", " ") == left


@given(st.text("0123456789/,. xhmgcpé½⅓-", max_size=25))
def test_a_text_with_nothing_left_has_no_amount_in_digits(text):
    if not left_in_digits(text):
        words = re.sub(r"\d{1,2}/\d{1,2}/\d{4}|\d+e(?!\w)", "", numbers_in_letters(text))
        assert not re.search(r"[\d⅓½]", words)


def _without_free_text(posology: Posology) -> Posology:
    needed = posology.as_needed and replace(posology.as_needed, indication="douleur")
    return replace(posology, precision="", as_needed=needed)


@given(any_posology.map(_without_free_text), st.integers(1, 365))
def test_no_posology_keeps_a_digit(posology, duration):
    assert not re.search(r"\d", numbers_in_letters(sentence(posology, duration)))


@given(
    st.integers(1, 99_999).map(lambda hundredths: Decimal(hundredths).scaleb(-2)),
    st.sampled_from(sorted(UNITS)),
)
def test_a_printed_quantity_and_its_text_say_the_same(value, unit):
    assert numbers_in_letters(quantity(value, unit)) == quantity_in_letters(value, unit)


@given(st.text(max_size=200))
def test_a_text_without_digit_is_left_alone(text):
    bare = re.sub(r"[\d½¼¾]", "", text)
    assert numbers_in_letters(bare) == bare


def test_every_unit_of_intake_has_its_words():
    assert all(unit in COUNTED or unit in MEASURED for unit in UNITS)
