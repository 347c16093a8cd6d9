"""The PDF of the ordonnance: what it says, on which page, how it is tagged, and that it is always the same
bytes.
"""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from prescriptions.printing import mentions as words
from prescriptions.printing.mentions import mentions
from prescriptions.printing.sheet import Sheet, State, StructureKind
from prescriptions.printing.typeset import page_count, to_pdf, to_png

from .sheets import APIXABAN, IDENTIFIER, JEANNE, LEVOTHYROX, MARTINEAU, PARACETAMOL, make_sheet, many


def plain(text: str) -> str:
    """Text on one line with ordinary spaces."""
    return re.sub(r"\s+", " ", text)


def pages_of(sheet: Sheet) -> list[str]:
    return [plain(page.extract_text()) for page in PdfReader(io.BytesIO(to_pdf(sheet))).pages]


def text_of(sheet: Sheet) -> str:
    return " ".join(pages_of(sheet))


def test_it_says_everything_the_law_wants():
    text = text_of(make_sheet(LEVOTHYROX, PARACETAMOL))
    for expected in (
        "Dr Claire MARTINEAU", "Médecin, médecine générale", "RPPS 99900123458", "N° AM 991000696",
        "EHPAD Les Tilleuls",
        "49000 Angers, France", "+33 2 41 00 00 11", "martineau@exemple.invalid",
        "BEAUMONT Jeanne Marie Louise",
        "nom utilisé : LEMAIRE Jeanne", "née le 14/03/1938 (88 ans), femme", "58,4 kg · 158 cm",
        "INS 2 38 03 49 007 001 44",
        "Angers, le 23 novembre 2026", f"ORDONNANCE NUMÉRIQUE n° {IDENTIFIER}", "Médicaments",
        "Nombre de lignes : deux (2)",
        "Prix total d’une délivrance : 12,40 €", "e-prescription", f"N°{IDENTIFIER}", "Page 1/1", "Signé électroniquement",
        "a été informé le 03/11/2026 et ne s’oppose pas", "Assurance Maladie",
    ):  # fmt: skip
        assert expected in text, expected
    for line in (LEVOTHYROX, PARACETAMOL):
        for expected in (line.title, *line.texts):
            assert expected in text, expected


def test_every_page_carries_number_code_mentions_and_patient():
    pages = pages_of(many(14))
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        for expected in (
            f"N°{IDENTIFIER}",
            f"n° {IDENTIFIER}",
            f"Page {number}/2",
            "ne s’oppose pas",
            "BEAUMONT",
            "MARTINEAU",
        ):
            assert expected in page, (number, expected)
    assert ["Suite page suivante" in page for page in pages] == [True, False]
    assert ["Signé électroniquement" in page for page in pages] == [False, True]
    assert ["Nombre de lignes : quatorze (14)" in page for page in pages] == [False, True]


@pytest.mark.parametrize("count", range(8, 14))
def test_a_line_is_never_split_between_two_pages(count):
    for page in pages_of(many(count)):
        assert (
            page.count("MÉDICAMENT") == page.count("1 comprimé si douleur") == page.count("ne pas renouveler")
        )


@pytest.mark.parametrize("count", [1, 7, 8, 9, 10, 11, 40])
def test_every_line_is_printed_once_whatever_their_number(count):
    text = text_of(many(count))
    assert re.findall(r"MÉDICAMENT(\d\d)", text) == [f"{rank:02d}" for rank in range(1, count + 1)]


def test_two_zones_as_soon_as_one_line_has_to_do_with_an_ald():
    text = text_of(make_sheet(LEVOTHYROX, APIXABAN))
    upper, lower = plain(words.ALD_ZONE), plain(words.OTHER_ZONE)
    assert text.index(upper) < text.index("APIXABAN") < text.index(lower) < text.index("LÉVOTHYROXINE")
    assert words.EMPTY_ZONE not in text
    assert words.OTHER_ZONE not in text_of(make_sheet(LEVOTHYROX))


def test_an_empty_zone_says_so():
    assert words.EMPTY_ZONE in text_of(make_sheet(APIXABAN))


def test_the_zone_is_named_again_where_it_goes_on():
    sheet = many(16)
    pages = pages_of(replace(sheet, lines=(APIXABAN, *sheet.lines)))
    assert all(plain(words.OTHER_ZONE) in page for page in pages)
    assert words.ALD_ZONE not in pages[1]


def test_a_project_is_neither_numbered_nor_coded_and_says_it():
    text = text_of(
        make_sheet(
            state=State.PROJET, identifier=None, code2d=None, signature=("Signature électronique à venir",)
        )
    )
    for expected in (
        words.PROJECT,
        words.NO_CODE,
        words.NO_IDENTIFIER,
        "Signature électronique à venir",
        "Page 1/1",
    ):
        assert expected in text
    assert IDENTIFIER not in text


def test_a_reprint_says_duplicata():
    assert "DUPLICATA imprimé le 24/11/2026" in text_of(
        make_sheet(state=State.DUPLICATA, printed_on=date(2026, 11, 24))
    )
    assert "DUPLICATA" not in text_of(make_sheet())


def test_an_objection_is_printed():
    text = text_of(make_sheet(mentions=mentions(date(2026, 11, 3), "GUARDIAN", opposes=True)))
    assert "Le représentant légal du patient a été informé le 03/11/2026 et s’oppose" in text


def test_information_not_recorded_is_not_invented():
    assert mentions(None, "", opposes=False)[0] == words.NOT_INFORMED
    assert "s’oppose" in mentions(None, "", opposes=True)[0]


def test_a_salaried_prescriber_prints_the_finess():
    salaried = replace(MARTINEAU, structure_kind=StructureKind.FINESS, structure_number="990000101")
    assert "FINESS 990000101" in text_of(make_sheet(prescriber=salaried))


def test_unknown_price_and_bare_patient():
    bare = replace(JEANNE, used_name="", weight_kg="", height_cm="", ins="", sex="M")
    text = text_of(make_sheet(patient=bare, total_price=None))
    assert "prix inconnu" in text
    assert "né le 14/03/1938 (88 ans), homme" in text
    assert "INS" not in text.replace("INSTITUT", "")
    assert "Prix" not in text_of(make_sheet(shows_price=False))


@pytest.mark.parametrize(
    "hostile",
    [
        "#panic(1)",
        "$x^2$ *gras* _it_",
        "\\u{41} \\",
        '"); #read("/etc/passwd")',
        "= titre",
        "<label> @ref",
        "`code` ~ // x /* y",
    ],
)
def test_text_is_never_read_as_markup(hostile):
    line = replace(LEVOTHYROX, title=f"A {hostile} Z", texts=(f"B {hostile} Y",))
    text = text_of(make_sheet(line))
    assert plain(f"A {hostile} Z") in text
    assert plain(f"B {hostile} Y") in text


def test_a_word_wider_than_the_paper_stays_on_it():
    endless = replace(LEVOTHYROX, texts=("Æ" * 500,))
    page = PdfReader(io.BytesIO(to_pdf(make_sheet(endless)))).pages[0]
    text = page.extract_text()
    assert text.count("Æ") == 500
    assert max(len(line) for line in text.splitlines() if "Æ" in line) < 100


def test_it_is_tagged_french_and_named():
    reader: Any = PdfReader(io.BytesIO(to_pdf(make_sheet())))
    root = reader.trailer["/Root"]
    assert root["/Lang"] in {"fr", "fr-FR"}
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert reader.metadata.title == f"Ordonnance numérique n° {IDENTIFIER}"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()


def test_a_screen_reader_hears_the_code_and_the_mentions():
    root: Any = PdfReader(io.BytesIO(to_pdf(make_sheet()))).trailer["/Root"]
    alternatives = _alternatives(root["/StructTreeRoot"])
    assert sum(IDENTIFIER in text for text in alternatives) == 1
    assert sum("Code-barres" in text for text in alternatives) == 2


def _alternatives(node: object, depth: int = 0) -> list[str]:
    resolved = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(resolved, list):
        return [text for kid in resolved for text in _alternatives(kid, depth + 1)]
    if not isinstance(resolved, dict) or depth > 60:
        return []
    found = [str(resolved["/Alt"])] if "/Alt" in resolved else []
    return found + _alternatives(resolved.get("/K", []), depth + 1)


def test_the_same_sheet_gives_the_same_bytes():
    first = to_pdf(make_sheet(LEVOTHYROX, APIXABAN))
    to_pdf(many(3))
    assert to_pdf(make_sheet(LEVOTHYROX, APIXABAN)) == first
    assert to_pdf(make_sheet(LEVOTHYROX, APIXABAN, written_on=date(2026, 11, 24))) != first


def test_pages_are_counted_and_drawn():
    sheet = many(14)
    assert page_count(sheet) == 2
    assert to_png(sheet, 2, 50).startswith(b"\x89PNG")
    for missing in (0, 3):
        with pytest.raises(IndexError):
            to_png(sheet, missing, 50)
