"""The traps of the real files, one by one."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescriptions.referentials.bdpm import rows
from prescriptions.referentials.replacing import MalformedFile


@pytest.mark.parametrize(
    ("text", "euros"),
    [("24,34", "24.34"), ("1,466,29", "1466.29"), ("0,98", "0.98"), ("1 234,50", "1234.50")],
)
def test_prices_are_read_with_or_without_thousands(text, euros):
    assert rows.parse_price(text) == Decimal(euros)


@pytest.mark.parametrize("text", ["", "gratuit", ","])
def test_an_unreadable_price_is_unknown(text):
    assert rows.parse_price(text) is None


@given(st.integers(0, 99_999_999))
def test_every_price_written_by_the_base_is_read_back(cents):
    euros, rest = divmod(cents, 100)
    assert rows.parse_price(f"{euros:,},{rest:02d}") == Decimal(cents) / 100


@pytest.mark.parametrize(("text", "rate"), [("65%", 65), ("65 %", 65), ("100 %", 100), ("", None)])
def test_rates_are_read_with_or_without_space(text, rate):
    assert rows.parse_rate(text) == rate


def test_days_are_read_and_impossible_ones_left_out():
    assert rows.parse_day("19/05/2026") == date(2026, 5, 19)
    assert rows.parse_day("31/02/2026") is None
    assert rows.parse_day("") is None


def test_blank_lines_holding_a_carriage_return_are_left_out():
    raw = "60000001\tliste I\r\n\r\r\n60000002\tstupéfiants\r\n".encode("cp1252")
    assert [row.label for row in rows.conditions(raw)] == ["liste I", "stupéfiants"]


def test_each_file_is_read_in_its_own_encoding():
    line = "60000001\tprescription hospitalière\r\n"
    assert list(rows.conditions(line.encode("cp1252"))) == list(rows.conditions(line.encode("utf-8")))


def test_a_phantom_column_is_dropped():
    raw = b"60000001\tA02BA01\tNOM\thttp://exemple\t\t\r\n"
    assert list(rows.atc_codes(raw)) == [("60000001", "A02BA01")]


def test_a_truncated_file_is_refused_with_its_line():
    with pytest.raises(MalformedFile, match=r"CIS_MITM\.txt, ligne 2 : 2 colonnes au lieu de 4"):
        list(rows.atc_codes(b"60000001\tA\tB\tC\r\n60000002\tA\r\n"))


def test_a_shortage_without_box_means_every_box():
    raw = b"60000001\t\t4\tremise a disposition\t01/02/2026\t02/02/2026\t\thttps://exemple\r\n"
    [notice] = rows.shortages(raw)
    assert notice.cip13 is None
    assert notice.label == "Remise a disposition"
    assert notice.back_on is None


TAB = "\t"
SPECIALITY = TAB.join(("60000001", "X 1 mg, comprimé", "comprimé", "orale", "Autorisation active", "Nationale",
                       "Commercialisée", "01/01/2020", "", "", "LABO", "Non"))  # fmt: skip
BOX = TAB.join(("60000001", "3000001", "plaquette", "active", "Déclaration de commercialisation", "01/01/2020",
                "3400930000011", "oui", "65%", "1,00", "2,02", "1,02", ""))  # fmt: skip


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (rows.specialities, f"{SPECIALITY}\n{SPECIALITY}", r"CIS_bdpm\.txt, ligne 2 : le code 60000001 est déjà donné"),
        (rows.specialities, f"CIS{SPECIALITY}", r"CIS_bdpm\.txt, ligne 1 : un code à 8 chiffres"),
        (rows.presentations, f"{BOX}\n\n{BOX}", r"CIS_CIP_bdpm\.txt, ligne 3 : le code 3400930000011 est déjà donné"),
        (rows.composition, TAB.join(("60000001", "comprimé", "1", "X", "1 mg", "", "SA", "un")),
         r"CIS_COMPO_bdpm\.txt, ligne 1 : un nombre est attendu dans la colonne 8"),
        (rows.generics, TAB.join(("x", "X", "60000001", "0", "1")), r"CIS_GENER_bdpm\.txt, ligne 1 : un nombre"),
        (rows.transparency_pages, f"CT-1{TAB}javascript:alert(1)", r"HAS_LiensPageCT_bdpm\.txt, ligne 1 : une adresse"),
        (rows.hybrids, TAB.join(("x", "60000001", "H", "X")), r"fic03spe\.txt, ligne 1 : un nombre"),
    ],
)  # fmt: skip
def test_a_malformed_line_is_told_with_its_file_and_its_place(read, text, said):
    with pytest.raises(MalformedFile, match=said):
        list(read(text.encode()))
