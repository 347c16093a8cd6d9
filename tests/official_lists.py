"""The real lists of devices (LPP) and acts of biology (NABM) in the test database, as for the drug base."""

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from django.db import connection

from prescriptions.referentials.lists.contents import ListContents, LppContents, NabmContents
from prescriptions.referentials.lists.load import from_archive, put_in_service
from prescriptions.referentials.models import LppItem, NabmAct


@lru_cache(maxsize=2)
def bundled(contents: type[ListContents]) -> ListContents:
    """Read a shipped copy once per test process."""
    return from_archive(contents)


def load_official_lists() -> None:
    """Make sure both shipped lists are in the test database. Call it with database access allowed."""
    if LppItem.objects.exists() and NabmAct.objects.exists():
        return
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(_load).result()


def _load() -> None:
    try:
        for contents in (LppContents, NabmContents):
            put_in_service(bundled(contents))
    finally:
        connection.close()
