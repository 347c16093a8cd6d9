"""Devices of the LPP as the prescriber meets them: search, and what a line freezes (rules B50–B53)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from .lists.search import search_list
from .models import LppItem, LppWord
from .tables.annex_1999 import AnnexItem, annex_item

TARIFFS_LAST = timedelta(days=730)
"""Our choice: tariffs of a table older than this are shown with their year, never added up on an ordonnance (rule A16)."""


class UnknownDevice(LookupError):
    """No device with this LPP code in the loaded list."""


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """One code of the LPP. `tariff` in euros as of `tariff_since`, None when the table has none.

    `annex`: what it is in the annex of 1999 (the house pays), None when the city pays.
    """

    code: str
    label: str
    readable: str
    tariff: Decimal | None
    is_rental: bool
    ended: bool
    annex: AnnexItem | None
    kind: str = LppItem.Kind.PURCHASE.value
    tariff_since: date | None = None
    tariff_is_current: bool = False
    """True when the loaded table is recent enough for its tariffs to be printed; a search does not ask."""
    release: str = ""
    """Reference of the list, as a signed line keeps it (A12); empty in a search."""

    @property
    def lasts(self) -> bool:
        """Tell whether it is paid by the period, so that the prescription must say how long: rentals, and fees such as those
        of oxygen.
        """
        return self.kind in (LppItem.Kind.RENTAL, LppItem.Kind.SERVICE)


def search_devices(text: str, limit: int = 20) -> list[DeviceFacts]:
    """Return the devices answering every word of `text`, or its LPP code, at most `limit` of them.

    Codes out of force are left out, unless asked by their code.
    """
    digits = re.sub(r"\s", "", text)
    code = digits if re.fullmatch(r"\d{7}", digits, re.ASCII) else ""
    offered = "(ends_on IS NULL OR ends_on >= CURRENT_DATE)"
    today = timezone.localdate()
    found = search_list(LppItem, LppWord, text, code=code, offered=offered, limit=limit)
    return [_facts(item, today) for item in found]


def device_facts(code: str) -> DeviceFacts:
    """Return the facts of one code; UnknownDevice when the loaded list does not hold it."""
    item = LppItem.objects.select_related("release").filter(pk=code).first()
    if item is None:
        raise UnknownDevice(code)
    today, release = timezone.localdate(), item.release
    is_current = today - release.published_on <= TARIFFS_LAST
    return replace(_facts(item, today), tariff_is_current=is_current, release=release.reference)


def _facts(item: LppItem, today: date) -> DeviceFacts:
    return DeviceFacts(
        code=item.code,
        label=item.label,
        readable=item.readable,
        tariff=item.tariff,
        is_rental=item.kind == LppItem.Kind.RENTAL,
        ended=item.ends_on is not None and item.ends_on < today,
        annex=annex_item(item.label, item.chapter),
        kind=item.kind,
        tariff_since=item.tariff_since,
    )
