"""What a base knows of the words typed: the step between a query and its tsqueries, alike for every base."""

from __future__ import annotations

from django.db import connection

from .models.search import WordOfList
from .query import Known, nearest, terms, tsqueries, words_to_look_up

_KNOWN = """
    SELECT t.word, in_names, in_names OR EXISTS (
               SELECT 1 FROM {table} w
                WHERE w.word >= t.stem AND w.word < t.stem || '~' AND NOT w.is_name),
           ARRAY(SELECT w.word FROM {table} w
                  WHERE NOT in_names AND length(t.word) > 3
                    AND (w.word %% t.word
                         OR (w.word >= left(t.word, 2) AND w.word < left(t.word, 2) || '~'
                             AND similarity(left(w.word, length(t.word)), t.word) >= 0.3))
                  ORDER BY greatest(similarity(w.word, t.word), similarity(left(w.word, length(t.word)),
                  t.word)) DESC, w.word LIMIT 24) FROM (SELECT word, CASE WHEN length(word) > 4 THEN
                  rtrim(word, 's') ELSE word END AS stem FROM unnest(%s::text[]) AS word) t, LATERAL (SELECT
                  EXISTS (SELECT 1 FROM {table} w WHERE w.word >= t.stem AND w.word < t.stem
                  || '~' AND w.is_name) AS in_names) n
"""


def asked_of(model: type[WordOfList], query: str, *, of_drugs: bool = False) -> tuple[str, str] | None:
    """Return the tsqueries (exact, by prefix) of `query` for the base whose words are in `model`.

    None when nothing is asked, or when a word is unknown to the base and nothing there is near it.
    """
    asked = terms(query, of_drugs=of_drugs)
    return tsqueries(asked, _known(model, list(words_to_look_up(asked)))) if asked else None


def _known(model: type[WordOfList], words: list[str]) -> dict[str, Known]:
    """Ask the base which of these words it knows, and which words are near the others."""
    if not words:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN.format(table=model._meta.db_table), [words])
        return {
            word: Known(in_names, anywhere, [] if anywhere else nearest(word, near))
            for word, in_names, anywhere, near in cursor.fetchall()
        }
