"""Statements that run for every document: prepared once by the server, values sent apart and in binary.

Everything else goes through the ORM. Same connection, same transaction, same exceptions as Django's.
"""

from collections.abc import Sequence
from typing import Any, cast

import psycopg
from django.db import connection


def execute(sql: str, values: Sequence[Any]) -> psycopg.Cursor[Any]:
    """Run `sql` (a constant of the code) with `values`; return its cursor, to fetch from or to count rows."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        raw = cast("psycopg.Connection[Any]", connection.connection)
        return psycopg.Cursor(raw).execute(cast("Any", sql), values, prepare=True)
