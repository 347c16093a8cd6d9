"""The real base for these tests."""

import pytest

from tests.drug_base import load_drug_base


@pytest.fixture
def drug_base(db):
    """The shipped drug base, whole."""
    load_drug_base()
