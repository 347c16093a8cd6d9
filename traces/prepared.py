"""Statements that run for every document: prepared once by the server, values sent apart and in binary.

Everything else goes through the ORM. Same connection, same transaction, same exceptions as Django's.
"""

from collections.abc import Sequence
from typing import Any, cast

import psycopg
from django.db import connection


def execute(sql: str, values: Sequence[Any]) -> psycopg.Cursor[Any]:
    """Run `sql` (a constant of the code) with `values`; return its cursor, to fetch from or to count rows."""
    with connection.cursor() as usual:  # opens the connection, or checks that it still answers
        raw = usual.connection
    with connection.wrap_database_errors:
        return psycopg.Cursor(cast("psycopg.Connection[Any]", raw)).execute(
            cast("Any", sql), values, prepare=True
        )
