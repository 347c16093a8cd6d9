"""Searching a list: a code, or words as one types them. Three SQL queries at most."""

from __future__ import annotations

from typing import TypeVar

from prescriptions.referentials.lookup import asked_of
from prescriptions.referentials.models.lists import ListedCode
from prescriptions.referentials.models.search import WordOfList

Listed = TypeVar("Listed", bound=ListedCode)

_FOUND = """
    SELECT * FROM {table}
     WHERE search @@ %(prefix)s::tsquery AND {offered}
     ORDER BY search @@ %(exact)s::tsquery DESC, sort_rank
     LIMIT %(limit)s
"""


def search_list(
    model: type[Listed], words: type[WordOfList], text: str, *, code: str, offered: str, limit: int
) -> list[Listed]:
    """Return the rows whose code is `code` (in force or not), then those answering every word of `text`.

    `offered`: condition in SQL of what may be proposed by its words.
    """
    by_code = list(model._default_manager.filter(pk=code)) if code else []
    asked = asked_of(words, text)
    if asked is None:
        return by_code
    statement = _FOUND.format(table=model._meta.db_table, offered=offered)
    params = {"exact": asked[0], "prefix": asked[1], "limit": limit}
    by_words = model._default_manager.raw(statement, params)
    return [*by_code, *(row for row in by_words if row.pk != code)][:limit]
