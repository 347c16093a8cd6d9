"""What the 2D code of the ordonnance holds: a small JSON, without prescription content, INS nor signature.

Decoded from the one public sample (structure version 2, 328 bytes), which this builder reproduces byte for byte.
UTF-8 for accented letters is our hypothèse: the sample is pure ASCII.
"""

from __future__ import annotations

import json
import logging
from datetime import date

logger = logging.getLogger(__name__)

STRUCTURE_VERSION = 2
NAME_WIDTH = 90
"""Names are padded with spaces to this width in the public sample."""


def content(
    identifier: str,
    family_name: str,
    first_name: str,
    birth_date: date,
    rpps: str,
    rpps_remplacant: str | None = None,
    am: str | None = None,
) -> bytes:
    """Return the bytes to put in the QR code (byte mode, error correction L).

    `am` is left out for a prescriber known by a FINESS only: no public key exists for it, and none is invented.
    """
    if am is None:
        logger.warning("code 2D sans numéro AM")
    numbers = {"RPPS": rpps, "RPPS2": rpps_remplacant, "AM": am}
    patient = {
        "N": family_name.ljust(NAME_WIDTH),
        "P": first_name.ljust(NAME_WIDTH),
        "D": birth_date.isoformat(),
    }
    present = {key: value for key, value in numbers.items() if value is not None}
    tree = {"S": {"V": STRUCTURE_VERSION}, "D": {"ID": identifier, "P": patient, "M": present}}
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()
