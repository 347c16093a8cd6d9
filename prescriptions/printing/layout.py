"""Sizes of the printed ordonnance, in millimetres: a table, because the Assurance Maladie has already
asked to resize the code.
"""

SIZES_MM: dict[str, float] = {
    "qr": 32.0,
    "barcode_width": 42.0,
    "barcode_height": 7.0,
    "barcode_inset": 3.2,
    "margin_side": 17.0,
    "margin_top": 28.0,
    "head": 14.0,
    "margin_bottom": 61.0,
    "foot_gap": 4.0,
}
"""`qr` includes the quiet zone of 4 modules. Source: none published (hypothèse); read back at 200 dpi by the
tests.

28 mm is the least a counter-top reader of a pharmacy reads at ease for a version 12 code (our own choice).
"""

QR_LEAST_MM = 28.0
