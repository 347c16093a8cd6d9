"""The small labels shown beside a medicine (A18, A19): legal conditions and supply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Tone = Literal["blocking", "reason", "info", "muted"]


@dataclass(frozen=True, slots=True)
class Chip:
    """`code` for machines, `text_fr` for the screen, `tone` from the one severity grammar."""

    code: str
    text_fr: str
    tone: Tone


def condition_chips(labels: Iterable[str]) -> list[Chip]:
    """Return the chips of these official labels, worst first, each code once."""
    raise NotImplementedError
