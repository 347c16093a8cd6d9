"""The real base for these tests."""

import pytest

from tests.drug_base import load_drug_base
from tests.official_lists import load_official_lists
from tests.referentials.thesaurus_base import load_thesaurus


@pytest.fixture
def drug_base(db):
    """The shipped drug base, whole."""
    load_drug_base()


@pytest.fixture
def official_lists(db):
    """The shipped lists of devices and acts of biology, whole."""
    load_official_lists()


@pytest.fixture
def thesaurus(drug_base):
    """The shipped drug base and the shipped thesaurus of interactions."""
    load_thesaurus()
