"""Acts of biology as the prescriber meets them: panels first, then the NABM (rules B60, B61)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from .lists.search import search_list
from .models import NabmAct, NabmWord
from .tables.panels import PANELS, Panel
from .words import words

__all__ = ["PANELS", "ActFacts", "Panel", "UnknownAct", "act_facts", "search_acts", "search_panels"]


class UnknownAct(LookupError):
    """No act with this NABM code in the loaded list."""


@dataclass(frozen=True, slots=True)
class ActFacts:
    """One code of the NABM. `coefficient`: number of B, None when the table gives none."""

    code: str
    label: str
    readable: str
    coefficient: Decimal | None
    active: bool
    group_label: str = ""
    release: str = ""
    """Reference of the list, as a signed line keeps it (A12); empty in a search."""


_VITAMIN = re.compile(r"\bvit(?:amine)?s?\.? ?([a-ek]) ?(\d{0,2})\b", re.IGNORECASE)


def search_acts(text: str, limit: int = 20) -> list[ActFacts]:
    """Return the acts answering every word of `text`, or its NABM code, at most `limit` of them.

    Acts out of force and the laboratory's own supplements are left out, unless asked by their code.
    """
    code = _code(text.strip())
    offered = "is_act AND (ends_on IS NULL OR ends_on >= CURRENT_DATE)"
    today = timezone.localdate()
    found = search_list(NabmAct, NabmWord, _one_word(text), code=code, offered=offered, limit=limit)
    return [_facts(act, today) for act in found]


def search_panels(text: str, limit: int = 6) -> list[Panel]:
    """Return the panels each word of `text` begins a word of, those named so before their synonyms.

    An empty text gives the first panels: they are the favourites (B61).
    """
    asked = words(_one_word(text))
    if text.strip() and not asked:
        return []
    found = [panel for panel in PANELS if _begun(asked, _names(panel))]
    found.sort(key=lambda panel: not _begun(asked, words(_one_word(panel.name))))
    return found[:limit]


def act_facts(code: str) -> ActFacts:
    """Return the facts of one code; UnknownAct when the loaded list does not hold it."""
    act = NabmAct.objects.select_related("release").filter(pk=_code(code)).first()
    if act is None:
        raise UnknownAct(code)
    return _facts(act, timezone.localdate(), act.release.reference)


def _code(text: str) -> str:
    """Return the code as the table keys it (552 is 0552), empty when it is none."""
    return text.zfill(4) if re.fullmatch(r"\d{3,4}", text, re.ASCII) else ""


def _names(panel: Panel) -> set[str]:
    return words(_one_word(" ; ".join((panel.name, *panel.synonyms))))


def _one_word(text: str) -> str:
    """Write « vitamine D » as one word: alone, its letter would be read as an article."""
    return _VITAMIN.sub(r"vit\1\2", text)


def _begun(asked: set[str], known: set[str]) -> bool:
    return all(any(word.startswith(typed) for word in known) for typed in asked)


def _facts(act: NabmAct, today: date, release: str = "") -> ActFacts:
    return ActFacts(
        code=act.code,
        label=act.label,
        readable=act.readable,
        coefficient=act.coefficient,
        active=act.ends_on is None or act.ends_on >= today,
        group_label=act.group_label,
        release=release,
    )
