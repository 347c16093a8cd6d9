"""The legal forms of paper, and what is printed without the service: words, pages, codes, pictures."""

import re
from dataclasses import replace
from datetime import date

import pytest
import zxingcpp
from PIL import Image, ImageChops

from prescriptions.kinds.order import Paper
from prescriptions.printing import mentions as words
from prescriptions.printing.sheet import FallbackBlock, State
from prescriptions.printing.typeset import to_pdf

from .goldens import FOLDER, GOLDENS, picture
from .sheets import (
    APIXABAN,
    CODE,
    IDENTIFIER,
    LEVOTHYROX,
    MORPHINE,
    OXYCODONE,
    PARACETAMOL,
    make_sheet,
    on_paper,
)
from .test_codes import rasterised, read_codes
from .test_typeset import pages_of, text_of

LONG = tuple(
    replace(
        MORPHINE,
        title=f"{MORPHINE.title} rang{rank:02d}",
        texts=(*OXYCODONE.texts, *MORPHINE.texts, f"Fin{rank:02d}."),
        ald=rank < 10,
        flags=("AT/MP",),
    )
    for rank in range(30)
)
FORMS = {
    "simple": make_sheet(*(replace(line, ald=False) for line in LONG)),
    "bizone": make_sheet(*LONG),
    "securisee": make_sheet(*(replace(line, ald=False) for line in LONG), form=Paper.SECURISEE),
    "securisee bizone": make_sheet(*LONG, form=Paper.SECURISEE),
    "exception": make_sheet(*LONG, form=Paper.EXCEPTION),
}


def difference(one: Image.Image, other: Image.Image) -> int:
    """Number of pixels that differ by more than the shade of an edge."""
    assert one.size == other.size
    return sum(ImageChops.difference(one, other).histogram()[64:])


@pytest.mark.parametrize("name", GOLDENS)
def test_each_kind_and_form_looks_as_its_picture(name):
    kept = Image.open(FOLDER / f"{name}.png").convert("L")
    assert difference(picture(GOLDENS[name]), kept) < 10


def test_the_pictures_see_one_changed_figure():
    sheet = GOLDENS["medicament"]
    other = replace(LEVOTHYROX, title=LEVOTHYROX.title.replace("50", "75"))
    assert difference(picture(sheet), picture(replace(sheet, lines=(other, *sheet.lines[1:])))) >= 10


@pytest.mark.parametrize("name", GOLDENS)
def test_each_is_accessible(name):
    pdf = to_pdf(GOLDENS[name])
    assert b"pdfuaid:part>1<" in pdf


@pytest.mark.parametrize("name", FORMS)
def test_thirty_long_lines_are_never_split_and_every_page_is_signed_for(name):
    pages = pages_of(FORMS[name])
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        begun, ended = re.findall(r"rang(\d\d)", page), re.findall(r"Fin(\d\d)", page)
        assert begun == ended
        assert f"Page {number}/{len(pages)}" in page
        assert page.count(IDENTIFIER) == 2
    assert len(re.findall(r"rang\d\d", " ".join(pages))) == 30
    assert "Nombre de lignes : trente (30)" in pages[-1]


@pytest.mark.parametrize("name", ["securisee bizone", "exception"])
def test_the_code_is_read_on_every_page(name):
    for page in rasterised(to_pdf(FORMS[name])):
        assert read_codes(page, zxingcpp.BarcodeFormat.QRCode) == [CODE]


@pytest.mark.parametrize("state", [State.ORIGINAL, State.DUPLICATA])
def test_the_secured_form_writes_its_lines_in_letters(state):
    text = text_of(make_sheet(MORPHINE, OXYCODONE, form=Paper.SECURISEE, state=state))
    lines = text[text.index("MORPHINE") : text.index("Nombre de lignes")].replace("2. OXY", "OXY")
    assert not re.search(r"\d", lines)
    for expected in (
        "Ordonnance sécurisée",
        "dix milligrammes, gélule",
        "Une gélule à huit heures et vingt heures, pendant quatorze jours.",
        "Délivrance fractionnée de sept jours.",
        "Nombre de lignes : deux (2)",
    ):
        assert expected in text, expected


def test_a_date_stays_a_date_on_the_secured_form():
    line = replace(MORPHINE, texts=("1 gélule le soir. À partir du 24/11/2026.",))
    assert "Une gélule le soir. À partir du 24/11/2026." in text_of(make_sheet(line, form=Paper.SECURISEE))


def test_the_other_forms_keep_digits():
    for form in (Paper.SIMPLE, Paper.EXCEPTION):
        text = text_of(make_sheet(MORPHINE, form=form))
        assert "10 mg" in text
        assert "Ordonnance sécurisée" not in text


def test_no_blank_is_left_on_any_page_of_the_secured_form():
    """Between the end of the lines and the foot, no white strip wide enough for a pen."""
    for image in rasterised(to_pdf(FORMS["securisee"]), 72):
        body = image.convert("L").crop((60, 85, 535, 842 - 175))
        rows = (min(body.crop((0, y, body.width, y + 1)).tobytes()) for y in range(body.height))
        white = "".join("x" if darkest < 250 else " " for darkest in rows)
        assert max(map(len, white.split("x"))) <= 16


def test_the_exception_form_names_its_rule_and_its_parts_on_paper_only():
    sent = text_of(make_sheet(APIXABAN, form=Paper.EXCEPTION))
    assert "Ordonnance de médicament d’exception" in sent
    assert "fiche d’information thérapeutique, FIT (CSS R163-2)" in sent
    assert "4/4 pharmacien" not in sent
    paper = text_of(on_paper(APIXABAN, form=Paper.EXCEPTION))
    for part in ("1/4 assuré", "2/4 prescripteur", "3/4 caisse d’assurance maladie", "4/4 pharmacien"):
        assert part in paper


def test_what_is_said_once_for_all_lines():
    text = text_of(
        make_sheet(
            replace(PARACETAMOL, flags=("AT/MP", "Urgent"), unchecked="Texte libre, non contrôlé"),
            pharmacy="Pharmacie du Marché, Angers",
            replaced="Dr Paul ROUSSEL",
        )
    )
    for expected in (
        "Pharmacie désignée : Pharmacie du Marché, Angers",
        "Remplaçant du Dr Paul ROUSSEL",
        "AT/MP Urgent Texte libre, non contrôlé",
    ):
        assert expected in text, expected


def test_on_paper_there_is_neither_number_nor_code_and_the_motive_is_said():
    sheet = on_paper(LEVOTHYROX)
    text = text_of(sheet)
    for expected in (
        "ORDONNANCE Médicaments",
        words.FALLBACK,
        "Motif : absence de connexion (CSP R4073-2), consigné le 23/11/2026.",
        words.HANDWRITTEN,
        "Dr Claire MARTINEAU le 23/11/2026",
        "Page 1/1",
    ):
        assert expected in text, expected
    for absent in ("NUMÉRIQUE", "N°01S", "Signé électroniquement", "ameli.fr", words.NO_CODE):
        assert absent not in text, absent
    assert read_codes(rasterised(to_pdf(sheet))[0], zxingcpp.BarcodeFormat.QRCode) == []


def test_the_paper_title_names_the_form():
    secured = replace(on_paper().fallback, secured_lot="B2026-0415")  # type: ignore[type-var]
    text = text_of(on_paper(MORPHINE, form=Paper.SECURISEE, fallback=secured))
    assert "ORDONNANCE SÉCURISÉE" in text
    assert "Papier sécurisé, lot n° B2026-0415" in text
    assert "ORDONNANCE DE MÉDICAMENT D’EXCEPTION" in text_of(on_paper(form=Paper.EXCEPTION))


def test_every_page_on_paper_says_why():
    pages = pages_of(on_paper(*FORMS["simple"].lines))
    assert all(words.FALLBACK in page for page in pages)
    assert [words.HANDWRITTEN in page for page in pages] == [False] * (len(pages) - 1) + [True]


def test_a_secured_original_is_never_printed_on_plain_paper():
    with pytest.raises(ValueError, match="lot number"):
        on_paper(MORPHINE, form=Paper.SECURISEE)
    project = on_paper(MORPHINE, form=Paper.SECURISEE, state=State.PROJET)
    assert words.SECURED_PAPER_MISSING in text_of(project)


@pytest.mark.parametrize("changes", [{"identifier": IDENTIFIER}, {"code2d": CODE}])
@pytest.mark.parametrize(
    "outside", [{"fallback": FallbackBlock(motive="m", recorded_on=date(2026, 1, 1))}, {"internal": True}]
)
def test_what_the_service_never_gets_has_neither_number_nor_code(changes, outside):
    with pytest.raises(ValueError, match="neither number nor code"):
        make_sheet(**{"identifier": None, "code2d": None, **changes, **outside})


def test_an_internal_order_says_that_it_does_not_leave():
    text = text_of(GOLDENS["internal"])
    for expected in ("PRESCRIPTION INTERNE", words.INTERNAL_MEANS, "Signé électroniquement"):
        assert expected in text, expected
    for absent in ("NUMÉRIQUE", words.NO_CODE, words.NO_IDENTIFIER, "ameli.fr"):
        assert absent not in text, absent
