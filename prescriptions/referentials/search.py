"""Search a medicine as one types it (A14): brand, common name, code, strength, form. Two SQL queries at most.

The order is neutral: what matches the words as typed before what only begins so, medicines named by their
substance before brands, what is reserved for hospitals last, single substances before combinations, then
common name A to Z, strength, form and label. Nobody pays to be first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from .chips import NOT_MARKETED, Chip, condition_chips
from .query import Known, nearest, official_code, terms, tsqueries, words_to_look_up


@dataclass(frozen=True, slots=True)
class SpecialityHit:
    """One row of the results. `shortage` is the official label of the supply trouble, or None."""

    cis: str
    label: str
    dci_label: str
    form: str
    dosage: str
    routes: tuple[str, ...]
    marketed: bool
    is_generic: bool
    shortage: str | None
    chips: tuple[Chip, ...]


def search_specialities(
    query: str, *, marketed_only: bool = True, homeopathy: bool = False, limit: int = 20
) -> list[SpecialityHit]:
    """Return the specialities answering every word of `query`, at most `limit` of them.

    `marketed_only` leaves out what is no longer marketed; `homeopathy` lets homeopathic medicines in. A
    code (CIS, CIP7, CIP13, or the scanned content of a box) answers whatever those say: the box is in the
    hand.
    """
    code = official_code(query)
    if code:
        return _hits(_BY_CODE, {"code": code, "limit": limit})
    asked = terms(query)
    found = tsqueries(asked, _known(list(words_to_look_up(asked)))) if asked else None
    if found is None:
        return []
    exact, prefix = found
    params = {
        "exact": exact,
        "prefix": prefix,
        "limit": limit,
        "all": not marketed_only,
        "homeopathy": homeopathy,
    }
    return _hits(_BY_WORDS, params)


_COLUMNS = """
    s.cis, s.label, s.dci_label, s.form, s.dosage, s.routes, s.marketed, s.is_generic,
    ARRAY(SELECT c.label FROM referentials_prescriptioncondition c WHERE c.speciality_id = s.cis),
    ARRAY(SELECT t.label FROM referentials_shortage t
           WHERE t.speciality_id = s.cis AND t.kind <> '4' ORDER BY t.kind)
"""
_BY_WORDS = f"""
    SELECT {_COLUMNS}
      FROM (SELECT *, search @@ %(exact)s::tsquery AS as_typed
              FROM referentials_speciality
             WHERE search @@ %(prefix)s::tsquery
               AND (marketed OR %(all)s) AND (NOT is_homeopathy OR %(homeopathy)s)
             ORDER BY search @@ %(exact)s::tsquery DESC, named_by_dci DESC, sort_rank
             LIMIT %(limit)s) s
     ORDER BY s.as_typed DESC, s.named_by_dci DESC, s.sort_rank
"""  # noqa: S608  no outside text in the statement
_BY_CODE = f"""
    SELECT {_COLUMNS}
      FROM referentials_speciality s
     WHERE s.cis IN (SELECT %(code)s
                      UNION SELECT speciality_id FROM referentials_presentation WHERE cip13 = %(code)s
                      UNION SELECT speciality_id FROM referentials_presentation WHERE cip7 = %(code)s)
     ORDER BY s.sort_rank
     LIMIT %(limit)s
"""  # noqa: S608  no outside text in the statement
_KNOWN = """
    SELECT t.word, in_names, in_names OR EXISTS (
               SELECT 1 FROM referentials_searchword w
                WHERE w.word >= t.stem AND w.word < t.stem || '~' AND NOT w.is_name),
           ARRAY(SELECT w.word FROM referentials_searchword w
                  WHERE NOT in_names AND length(t.word) > 3
                    AND (w.word %% t.word
                         OR (w.word >= left(t.word, 2) AND w.word < left(t.word, 2) || '~'
                             AND similarity(left(w.word, length(t.word)), t.word) >= 0.3))
                  ORDER BY greatest(similarity(w.word, t.word), similarity(left(w.word, length(t.word)),
                  t.word)) DESC, w.word LIMIT 24) FROM (SELECT word, CASE WHEN length(word) > 4 THEN
                  rtrim(word, 's') ELSE word END AS stem FROM unnest(%s::text[]) AS word) t, LATERAL (SELECT
                  EXISTS (SELECT 1 FROM referentials_searchword w WHERE w.word >= t.stem AND w.word < t.stem
                  || '~' AND w.is_name) AS in_names) n
"""


def _known(words: list[str]) -> dict[str, Known]:
    """Ask the base which of these words it knows, and which words are near the others."""
    if not words:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [words])
        return {
            word: Known(in_names, anywhere, [] if anywhere else nearest(word, near))
            for word, in_names, anywhere, near in cursor.fetchall()
        }


def _hits(statement: str, params: dict[str, Any]) -> list[SpecialityHit]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [_hit(*row) for row in cursor.fetchall()]


def _hit(
    cis: str,
    label: str,
    dci_label: str,
    form: str,
    dosage: str,
    routes: list[str],
    marketed: bool,
    is_generic: bool,
    conditions: list[str],
    shortages: list[str],
) -> SpecialityHit:
    status = [] if marketed else [NOT_MARKETED]
    return SpecialityHit(
        cis=cis,
        label=label,
        dci_label=dci_label,
        form=form,
        dosage=dosage,
        routes=tuple(routes),
        marketed=marketed,
        is_generic=is_generic,
        shortage=shortages[0] if shortages else None,
        chips=tuple(condition_chips([*conditions, *shortages, *status])),
    )
