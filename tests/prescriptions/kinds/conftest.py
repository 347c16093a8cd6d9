"""The real tables, for the tests of the kinds."""

import pytest

from tests.drug_base import load_drug_base
from tests.official_lists import load_official_lists


@pytest.fixture
def tables(db) -> None:
    """Medicines, devices and acts of biology, as shipped."""
    load_drug_base()
    load_official_lists()
