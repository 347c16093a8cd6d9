"""A service in a thread, made once; every test finds it well and empty."""

from collections.abc import Iterator

import pytest

from amo_gateway.credentials import Credentials
from tests.amo_gateway.samples import Neighbour, keys_of, neighbour
from tests.stack import Pki


@pytest.fixture(scope="session")
def _neighbour(pki: Pki, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbour]:
    state = tmp_path_factory.mktemp("neighbour") / "state.sqlite3"
    with neighbour(pki, state, unknown_products=frozenset({"69999999", "9999999"})) as found:
        yield found


@pytest.fixture
def amo(_neighbour: Neighbour) -> Iterator[Neighbour]:
    """The simulated service in a thread of this process."""
    yield _neighbour
    _neighbour.forget()


@pytest.fixture(scope="session")
def keys(pki: Pki) -> Credentials:
    """The credentials of Les Tilleuls."""
    return keys_of(pki)
