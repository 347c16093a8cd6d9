"""From a sheet to its PDF (PDF/UA-1) or to the image of one page, by Typst.

What people wrote travels as JSON in an input of the compiler, never in its source: nothing in it can be taken
for markup. Only the fonts that come with Typst are used, so every machine makes the same bytes. One compiler
is kept warm per process (50 ms for the first page, about 2 ms then) behind a lock: it is not made for two
threads at once. Do not typeset before forking: Typst starts threads of its own, which a child would not have.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from threading import Lock
from typing import Any

import typst
from django.conf import settings

from prescriptions.printing.sheet import Sheet
from prescriptions.printing.wording import words_of

PDF_STANDARDS = ["ua-1"]
_COUNTING_PPI = 10.0
_lock = Lock()


def to_pdf(sheet: Sheet) -> bytes:
    """Return the tagged PDF of `sheet`. The same sheet always gives the same bytes."""
    return _compile(sheet, format="pdf", pdf_standards=PDF_STANDARDS)[0]


def to_png(sheet: Sheet, page: int, ppi: float) -> bytes:
    """Return page `page` (from 1) of `sheet` as an image of `ppi` pixels per inch. Raises IndexError when
    there is no such page.
    """
    pages = _compile(sheet, format="png", ppi=ppi)
    if not 1 <= page <= len(pages):
        raise IndexError("this sheet has no such page")
    return pages[page - 1]


def page_count(sheet: Sheet) -> int:
    """Return how many pages `sheet` takes."""
    return len(_compile(sheet, format="png", ppi=_COUNTING_PPI))


def _compile(sheet: Sheet, **options: Any) -> list[bytes]:
    document = json.dumps(words_of(sheet), ensure_ascii=False)
    day = datetime.combine(sheet.written_on, time(12), tzinfo=UTC)
    with _lock:
        made = _compiler().compile(sys_inputs={"sheet": document}, timestamp=int(day.timestamp()), **options)
    return [page for page in (made if isinstance(made, list) else [made]) if page is not None]


@cache
def _compiler() -> typst.Compiler:
    folder = settings.BASE_DIR / "templates" / "ordonnance"
    return typst.Compiler(input=folder / "ordonnance.typ", root=folder, ignore_system_fonts=True)
