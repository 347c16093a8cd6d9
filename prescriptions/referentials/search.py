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
from .lookup import asked_of
from .models import SearchWord
from .query import official_code


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
    found = asked_of(SearchWord, query, of_drugs=True)
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
