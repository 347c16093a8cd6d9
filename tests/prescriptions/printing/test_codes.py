"""The codes of the ordonnance, read back by a reader that is not the writer."""

import io
from typing import Any

import pypdfium2
import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from prescriptions.printing.barcode import code128_svg, symbols
from prescriptions.printing.layout import QR_LEAST_MM, SIZES_MM
from prescriptions.printing.sheet import State
from prescriptions.printing.typeset import to_pdf, to_png

from .sheets import CODE, MARTINEAU, make_sheet, many


def rasterised(pdf: bytes, dpi: int = 200) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil() for page in document]
    finally:
        document.close()


def read_codes(image: Image.Image, formats: Any) -> list[bytes]:
    return [code.bytes for code in zxingcpp.read_barcodes(image, formats=formats)]


def test_the_qr_code_reads_back_to_the_same_bytes_on_every_page():
    pages = rasterised(to_pdf(many(14)))
    assert len(pages) > 1
    for page in pages:
        assert read_codes(page, zxingcpp.BarcodeFormat.QRCode) == [CODE]


def test_the_qr_code_is_read_under_a_duplicata_and_on_a_screen_capture():
    image = Image.open(io.BytesIO(to_png(make_sheet(state=State.DUPLICATA), 1, 150)))
    assert read_codes(image, zxingcpp.BarcodeFormat.QRCode) == [CODE]


def test_the_public_sample_gives_a_version_12_code():
    sample = (
        b'{"S":{"V":2},"D":{"ID":"03UE8SP00UGBYH4JF7","P":{"N":"' + b"NESSI".ljust(90)
        + b'","P":"' + b"Ruth".ljust(90)
        + b'","D":"1977-07-14"},"M":{"RPPS":"99900023138","RPPS2":"99900007487","AM":"991000696"}}}'
    )  # fmt: skip
    assert len(sample) == 328
    code = segno.make_qr(sample, error="L", mode="byte", boost_error=False)
    assert (code.version, code.error, code.mode) == (12, "L", "byte")
    assert read_codes(rasterised(to_pdf(make_sheet(code2d=sample)))[0], zxingcpp.BarcodeFormat.QRCode) == [
        sample
    ]


def test_names_with_accents_survive():
    accents = "{}é’Œ".encode() * 40
    assert read_codes(rasterised(to_pdf(make_sheet(code2d=accents)))[0], zxingcpp.BarcodeFormat.QRCode) == [
        accents
    ]


def test_the_code_is_printed_large_enough():
    assert SIZES_MM["qr"] >= QR_LEAST_MM


def test_the_two_barcodes_read_back():
    page = rasterised(to_pdf(make_sheet()))[0]
    assert sorted(read_codes(page, zxingcpp.BarcodeFormat.Code128)) == sorted(
        [MARTINEAU.rpps.encode(), MARTINEAU.structure_number.encode()]
    )


@pytest.mark.parametrize("text", ["99900123458", "9910006961", "2A0000123", "1", "ABC-12 ~"])
def test_code_128_of_any_identifier_is_read(text):
    code_128: Any = zxingcpp.BarcodeFormat.Code128
    bars = _drawn(text)
    assert [code.text for code in zxingcpp.read_barcodes(bars, formats=code_128)] == [text]


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=20))
def test_code_128_symbols_stay_in_the_table(text):
    assert all(0 <= value <= 105 for value in symbols(text))


@pytest.mark.parametrize("text", ["", "é", "a\nb"])
def test_code_128_refuses_what_it_cannot_hold(text):
    with pytest.raises(ValueError, match="printable ASCII"):
        symbols(text)


def _drawn(text: str) -> Image.Image:
    """Draw the bars of the SVG, three pixels a module."""
    path = code128_svg(text).split('d="')[1].split('"')[0]
    image = Image.new("L", (1200, 100), 255)
    for bar in path.split("M")[1:]:
        x, rest = bar.split(" 0h")
        image.paste(0, (int(x) * 3, 10, (int(x) + int(rest.split("v")[0])) * 3, 90))
    return image
