"""The codes of the ordonnance as vector images: QR for the e-prescription (B10), two code 128 for the
identifiers (B09).

Code 128 is ISO/IEC 15417: bars and spaces of 1 to 4 modules, eleven modules a symbol, a checksum modulo 103.
"""

from __future__ import annotations

import io
from itertools import accumulate

import segno

QUIET_ZONE = 4
"""Modules of white around the QR code (ISO/IEC 18004)."""

CODE128_QUIET_ZONE = 10
"""Modules of white on each side of a code 128."""

# Widths of the six elements (bar, space, …) of symbol values 0 to 105, then the seven of the stop.
_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 "
    "122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 "
    "322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 "
    "112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 "
    "331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 "
    "112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 "
    "124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 "
    "411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_PATTERNS = tuple(_WIDTHS.split())
_CODE_B, _START_B, _START_C, _STOP = 100, 104, 105, 106


def qr_svg(content: bytes) -> str:
    """Return the QR code of `content` as SVG: byte mode, error correction L, smallest version that holds it.

    Dark modules only: the paper is the light ones.
    """
    code = segno.make_qr(content, error="L", mode="byte", boost_error=False)
    out = io.BytesIO()
    code.save(out, kind="svg", border=QUIET_ZONE, xmldecl=False, svgns=True, omitsize=True, light=None)
    return out.getvalue().decode()


def qr_png(content: bytes, *, module: int = 4) -> bytes:
    """Return the same QR code as a PNG, `module` pixels a module, quiet zone included."""
    code = segno.make_qr(content, error="L", mode="byte", boost_error=False)
    out = io.BytesIO()
    code.save(out, kind="png", border=QUIET_ZONE, scale=module)
    return out.getvalue()


def code128_svg(text: str, *, height: int = 24) -> str:
    """Return `text` as a code 128, one unit of the SVG a module, `height` modules high."""
    widths = [int(width) for symbol in (*symbols(text), _STOP) for width in _PATTERNS[symbol]]
    edges = list(accumulate(widths, initial=CODE128_QUIET_ZONE))
    bars = "".join(
        f"M{x} 0h{width}v{height}h-{width}z" for x, width in zip(edges[:-1:2], widths[::2], strict=True)
    )
    total = edges[-1] + CODE128_QUIET_ZONE
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total} {height}"><path d="{bars}"/></svg>'


def symbols(text: str) -> list[int]:
    """Return the symbol values of `text`, start and checksum included, without the stop.

    Digits go two by two (code set C), a last odd one and anything else in code set B. Raises ValueError
    outside printable ASCII.
    """
    if not text or not all(" " <= char <= "~" for char in text):
        raise ValueError("a code 128 holds printable ASCII characters, one at least")
    values = _all_digits(text) if text.isdecimal() and len(text) > 1 else [_START_B, *map(_in_b, text)]
    checksum = (values[0] + sum(rank * value for rank, value in enumerate(values))) % 103
    return [*values, checksum]


def _all_digits(text: str) -> list[int]:
    even = len(text) - len(text) % 2
    pairs = [int(text[i : i + 2]) for i in range(0, even, 2)]
    odd = [_CODE_B, _in_b(text[-1])] if even < len(text) else []
    return [_START_C, *pairs, *odd]


def _in_b(char: str) -> int:
    return ord(char) - 32
