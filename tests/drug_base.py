"""The real drug base in the test database, for any test that wants it.

Loading commits on its own connection (a thread has one): the rows outlive the transaction of the test, and
a test that truncates every table costs the next one a reload from memory, not a reading of the files.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from django.db import connection

from prescriptions.referentials.bdpm.load import BaseContents, put_in_service
from prescriptions.referentials.bdpm.sources import read_bundle
from prescriptions.referentials.models import Speciality


@lru_cache(maxsize=1)
def bundled_contents() -> BaseContents:
    """Read the shipped copy once per test process."""
    return BaseContents(read_bundle())


def load_drug_base() -> None:
    """Make sure the shipped base is in the test database. Call it with database access allowed."""
    if Speciality.objects.exists():
        return
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(_load).result()


def _load() -> None:
    try:
        put_in_service(bundled_contents())
    finally:
        connection.close()
