"""The list of crushing of the house: its file, its words, what is said of a line (rule B127)."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from prescriptions.safety.clinical import crushing
from prescriptions.safety.crushing_list import (
    Conduct,
    CrushingList,
    UnreadableList,
    Verdict,
    read_crushing_list,
)
from prescriptions.safety.finding import Level, Status
from prescriptions.safety.in_service import house_knowledge
from prescriptions.safety.knowledge import Knowledge
from tests.prescriptions.safety.facts import TODAY, case, drug, line, traits

HEADING = "SFPC et OMéDIT Normandie;2026-04-24\n"
LONG = drug("MORPHINE", form="gélule à libération prolongée", cis="60000001")


@pytest.fixture
def house(tmp_path, settings) -> Path:
    """A list that the settings name; write its bytes."""
    settings.CRUSHING_LIST = str(tmp_path / "liste.csv")
    return tmp_path / "liste.csv"


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Ne pas écraser", Verdict.FORBIDDEN),
        ("NE PAS OUVRIR", Verdict.FORBIDDEN),
        ("Ni écraser ni ouvrir", Verdict.FORBIDDEN),
        ("ne doit pas être écrasé", Verdict.FORBIDDEN),
        ("Écrasement impossible", Verdict.FORBIDDEN),
        ("Écrasement non recommandé", Verdict.FORBIDDEN),
        ("Comprimé non écrasable", Verdict.FORBIDDEN),
        ("Ouverture possible, ne pas écraser les microgranules", Verdict.FORBIDDEN),
        ("Écrasement possible", Verdict.ALLOWED),
        ("écrasement possible ; ne pas conserver le mélange", Verdict.ALLOWED),
        ("Ouverture possible", Verdict.ALLOWED),
        ("Peut être écrasé", Verdict.ALLOWED),
        ("Absence de données", Verdict.UNCLEAR),
        ("Voir RCP", Verdict.UNCLEAR),
    ],
)
def test_what_a_conduct_says(words, verdict):
    assert Conduct.of(words).verdict is verdict


@pytest.mark.parametrize(
    ("words", "level", "headline"),
    [
        ("Ne pas écraser", Level.REASON, "PARACÉTAMOL 10 mg : ne pas écraser"),
        ("Voir RCP", Level.REASON, "PARACÉTAMOL 10 mg : écrasement à vérifier"),
        ("Écrasement possible", Level.INFO, "PARACÉTAMOL 10 mg : écrasement ou ouverture admis par la liste"),
    ],
)
def test_the_list_of_the_house_speaks_first_in_its_own_words(house, words, level, headline):
    house.write_text(f"{HEADING}60000000;{words}\n", encoding="utf-8")
    (found,) = crushing.check(case(line(crush=True)), house_knowledge())
    assert (found.level, found.headline) == (level, headline)
    assert found.text.startswith(f"{words}.")
    assert (found.source.text, found.source.dated) == ("SFPC et OMéDIT Normandie", date(2026, 4, 24))


@pytest.mark.parametrize("trouble", [True, False, None])
def test_what_the_list_allows_alarms_nobody(house, trouble):
    house.write_text(f"{HEADING}60000001;Ouverture possible\n", encoding="utf-8")
    resident = traits(swallowing_trouble=trouble)
    assert list(crushing.check(case(line(medicine=LONG), resident=resident), house_knowledge())) == []


def test_of_two_rows_the_strictest_wins(house):
    house.write_text(f"{HEADING}60000000;Ne pas écraser\n60000000;Écrasement possible\n", encoding="utf-8")
    assert read_crushing_list(house).by_cis["60000000"].verdict is Verdict.FORBIDDEN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_whatever_the_spreadsheet_the_list_is_read(house, encoding):
    house.write_text(f"{HEADING}60000000;Écrasement possible\r\n\r\n", encoding=encoding)
    read = read_crushing_list(house)
    assert read.source == "SFPC et OMéDIT Normandie"
    assert read.by_cis["60000000"] == Conduct("Écrasement possible", Verdict.ALLOWED)


def test_a_list_written_again_is_read_again(house):
    house.write_text(f"{HEADING}60000000;Ne pas écraser\n", encoding="utf-8")
    first = read_crushing_list(house)
    house.write_text("Autre;2026-05-01\n60000000;Écrasement possible\n", encoding="utf-8")
    assert (first.source, read_crushing_list(house).source) == ("SFPC et OMéDIT Normandie", "Autre")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "vide"),
        ("source\n", "ligne 1"),
        ("source;hier\n", "ligne 1"),
        (";2026-04-24\n", "ligne 1"),
        (f"{HEADING}un;deux;trois\n", "ligne 2"),
        (f"{HEADING}\n6023;Ne pas écraser\n", "ligne 3"),
        (f"{HEADING}60000000;\n", "ligne 2"),
    ],
)
def test_an_unreadable_list_says_where(house, text, where):
    house.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableList, match=where):
        read_crushing_list(house)


def test_without_its_list_the_house_is_told_and_the_rest_is_checked(house):
    found = list(crushing.check(case(line(medicine=LONG, crush=True)), house_knowledge()))
    assert [f.level or f.status for f in found] == [Level.REASON, Status.NOT_DONE]
    assert "liste.csv ne s’ouvre pas" in found[1].text


def test_the_operator_is_warned_of_an_unreadable_list(house, capsys):
    call_command("check", "--tag", "prescriptions")
    assert "liste.csv ne s’ouvre pas" in capsys.readouterr().err
    house.write_text(HEADING, encoding="utf-8")
    call_command("check", "--tag", "prescriptions")
    assert "liste.csv" not in capsys.readouterr().err


def test_liquids_are_not_crushed():
    syrup = drug("X", form="sirop", label="X LP, sirop")
    known = Knowledge(crushing=CrushingList("s", TODAY, {}))
    assert list(crushing.check(case(line(medicine=syrup, crush=True)), known)) == []
