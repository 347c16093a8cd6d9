"""The real base, and a short way to the door."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection

from prescriptions.referentials.models import ListRelease, OfficialList
from prescriptions.referentials.thesaurus import load
from prescriptions.safety.in_service import in_service
from prescriptions.safety.treatment.door import check_treatments
from prescriptions.safety.treatment.resolving import Resolver
from prescriptions.workflow.safety import medicine_right
from tests.drug_base import load_drug_base

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    """One for all: the base does not change while the tests run."""
    return Resolver()


def load_thesaurus() -> None:
    """Make sure the shipped interactions are in the test database; committed on their own connection, as the base is."""
    if ListRelease.objects.filter(which=OfficialList.ANSM, current=True).exists():
        return
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(_load).result()


def _load() -> None:
    try:
        load.put_in_service(load.from_archive())
    finally:
        connection.close()


@pytest.fixture
def door(db, resolver) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Check one JSON treatment against the real base."""
    load_drug_base()
    load_thesaurus()

    def check(document: dict[str, Any]) -> dict[str, Any]:
        return check_treatments(
            [document], today=TODAY, rights=medicine_right, resolver=resolver, service=in_service()
        )[0]

    return check
