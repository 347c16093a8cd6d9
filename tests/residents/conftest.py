"""What the tests of people and places share."""

import pytest
from django.test import Client

from residents.models import StaffMember
from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def as_member():
    """A browser where somebody is logged in."""

    def login(member: StaffMember) -> Client:
        client = Client()
        client.force_login(member)
        return client

    return login
