"""The small labels shown beside a medicine (A18, A19): legal conditions and supply."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .tables.condition_chips import CONDITION_CHIPS, Tone
from .words import fold

NOT_MARKETED = "Non commercialisée"
"""The status of CIS_bdpm, given to `condition_chips` beside the condition labels."""

_RULES = tuple((re.compile(pattern), code, text, tone) for pattern, code, text, tone in CONDITION_CHIPS)


@dataclass(frozen=True, slots=True)
class Chip:
    """`code` for machines, `text_fr` for the screen, `tone` from the one severity grammar."""

    code: str
    text_fr: str
    tone: Tone


def condition_chips(labels: Iterable[str]) -> list[Chip]:
    """Return the chips of these official labels, worst first, each text once."""
    found = {match for match in map(_match, labels) if match and match[1].code}
    chips = [chip for _, chip in sorted(found, key=lambda match: (match[0], match[1].text_fr))]
    return list({chip.text_fr: chip for chip in chips}.values())


def is_mapped(label: str) -> bool:
    """Tell whether the table knows this label, be it to show nothing."""
    return _match(label) is not None


@lru_cache(maxsize=1024)
def _match(label: str) -> tuple[int, Chip] | None:
    """Return the rank of the first row that knows `label`, and its chip."""
    folded = " ".join(fold(label).split())
    for rank, (pattern, code, text, tone) in enumerate(_RULES):
        match = pattern.match(folded)
        if match:
            caught = [group.upper() if code == "LIST" else group for group in match.groups("")]
            return rank, Chip(code, text.format(*caught), tone)
    return None
