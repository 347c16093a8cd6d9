"""Every URL, for every person: closed by default, the matrix holds, another house looks as if it did not exist."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from prescriptions.models import Prescription
from residents.access import Permission, holds_anywhere
from tests.cast import Cast, make_cast
from tests.prescriptions.test_database_refuses import make

PUBLIC = {"login"}
"""Routes anybody may open without an account."""
ANY_STAFF = {"logout", "home", "workplace", "password_change", "help", "about", "proposals"}
"""Routes of every logged-in person: they show nothing of a resident."""
STATIC_ROUTES = ("static", "api-schema", "api-docs")


@dataclass(frozen=True)
class Route:
    """One named URL and what its view declares."""

    name: str
    pattern: URLPattern

    @property
    def permission(self) -> Permission | None:
        return getattr(self.pattern.callback, "required_permission", None)

    @property
    def bare(self) -> str:
        return self.name.rsplit(":", 1)[-1]

    @property
    def is_api(self) -> bool:
        return hasattr(self.pattern.callback, "cls")

    @property
    def parameters(self) -> list[str]:
        return list(self.pattern.pattern.converters) or list(self.pattern.pattern.regex.groupindex)


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Route]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif not (entry.name or "").startswith(STATIC_ROUTES):
            yield Route(f"{prefix}{entry.name}", entry)


ROUTES = list(routes())
OURS = [r for r in ROUTES if not r.is_api]


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def address(cast):
    """The URL of a route about the people of Les Tilleuls. An unknown parameter fails here: give it a value."""
    made: dict[str, Prescription] = {}

    def prescription(status: str) -> Prescription:
        if status not in made:
            made[status] = make(cast, status)
        return made[status]

    def find(route: Route) -> str:
        values: dict[str, object] = {}
        for name in route.parameters:
            if name == "pk" and route.bare in STATUS_OF:
                values[name] = prescription(STATUS_OF[route.bare]).pk
            else:
                values[name] = VALUES[route.bare if route.bare in VALUES else name](cast)
        return reverse(route.name, kwargs=values)

    return find


STATUS_OF = {
    "review": "DRAFT", "preview-page": "DRAFT", "detail": "STALLED", "state": "STALLED", "retry": "STALLED", "correct": "STALLED",
    "print": "STALLED", "give-up": "STALLED", "cda": "STALLED", "xdm": "STALLED",
}  # fmt: skip
"""Routes about a prescription, and the state of the one they are tried on."""
NOBODY = "00000000-0000-4000-8000-000000000000"
VALUES = {
    "pk": lambda cast: cast.jeanne.pk,
    "line_pk": lambda cast: NOBODY,
    "workstation_pk": lambda cast: NOBODY,
    "printout": lambda cast: NOBODY,
    "allergy_pk": lambda cast: 0,
    "condition_pk": lambda cast: 0,
    "external_pk": lambda cast: NOBODY,
    "member_pk": lambda cast: cast.roussel.pk,
    "number": lambda cast: 1,
    "part": lambda cast: 0,
    "act": lambda cast: NOBODY,
    "act-state": lambda cast: NOBODY,
    "finess": lambda cast: cast.tilleuls.finess,
}


@pytest.mark.parametrize("route", OURS, ids=lambda r: r.name)
def test_every_view_declares_what_it_needs(route):
    assert route.permission is not None or route.bare in PUBLIC | ANY_STAFF, "décorez la vue avec @requires"


@pytest.mark.parametrize("route", [r for r in ROUTES if r.bare not in PUBLIC], ids=lambda r: r.name)
def test_a_stranger_is_sent_to_the_login_page_or_refused(route, address):
    for method in ("get", "post"):
        answer = getattr(Client(), method)(address(route))
        assert answer.status_code in {302, 401, 403, 405}, f"{method} {answer.status_code}"
        if answer.status_code == 302:
            assert answer["Location"].startswith("/connexion"), answer["Location"]


@pytest.mark.parametrize("route", [r for r in OURS if r.permission], ids=lambda r: r.name)
def test_who_does_not_hold_the_permission_is_refused(route, cast, address):
    assert route.permission is not None
    where = address(route)
    for person in cast.everybody:
        if holds_anywhere(person, route.permission):
            continue
        client = Client()
        client.force_login(person)
        for method in ("get", "post"):
            assert getattr(client, method)(where).status_code == 403, f"{method} as {person.username}"


@pytest.mark.parametrize("route", [r for r in OURS if r.permission and r.parameters], ids=lambda r: r.name)
def test_another_house_looks_as_if_it_did_not_exist(route, cast, address):
    client = Client()
    client.force_login(cast.sellier)
    for method in ("get", "post"):
        status = getattr(client, method)(address(route)).status_code
        assert status in {403, 404, 405}, f"{method} {status}"
