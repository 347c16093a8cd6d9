"""The shipped thesaurus in the test database, as tests/drug_base.py does for the drug base."""

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from django.db import connection

from prescriptions.referentials.models import ThesaurusPair
from prescriptions.referentials.thesaurus.contents import ThesaurusContents
from prescriptions.referentials.thesaurus.load import from_archive, put_in_service


@lru_cache(maxsize=1)
def bundled_thesaurus() -> ThesaurusContents:
    """Read the shipped copy once per test process."""
    return from_archive()


def load_thesaurus() -> None:
    """Make sure the shipped thesaurus is in the test database. Call it with database access allowed."""
    if ThesaurusPair.objects.exists():
        return
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(_load).result()


def _load() -> None:
    try:
        put_in_service(bundled_thesaurus())
    finally:
        connection.close()
