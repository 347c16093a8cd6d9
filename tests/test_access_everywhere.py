"""Every URL, for every person: closed by default, the matrix holds, another house looks as if it did not exist."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from residents.access import Permission, holds_anywhere
from tests.cast import Cast, make_cast
from tests.prescriptions.test_database_refuses import make

PUBLIC = {"login"}
"""Routes anybody may open without an account."""
ANY_STAFF = {"logout", "home", "workplace", "password_change", "help", "about"}
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
        return list(self.pattern.pattern.converters)


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


def address(route: Route, cast: Cast) -> str:
    """The URL of a route about the people of Les Tilleuls. An unknown parameter fails here: give it a value."""
    prescription = None
    values: dict[str, object] = {}
    for name in route.parameters:
        if name == "pk" and route.bare in DRAFT_ROUTES | PRESCRIPTION_ROUTES:
            prescription = prescription or make(cast, "DRAFT" if route.bare in DRAFT_ROUTES else "STALLED")
            values[name] = prescription.pk
        else:
            values[name] = VALUES[route.bare if route.bare in VALUES else name](cast)
    return reverse(route.name, kwargs=values)


DRAFT_ROUTES = {"review", "preview-page"}
PRESCRIPTION_ROUTES = {"detail", "state", "retry", "correct", "print"}
NOBODY = "00000000-0000-4000-8000-000000000000"
VALUES = {
    "pk": lambda cast: cast.jeanne.pk,
    "line_pk": lambda cast: NOBODY,
    "printout": lambda cast: NOBODY,
    "number": lambda cast: 1,
    "name": lambda cast: "prescrire",
    "finess": lambda cast: cast.tilleuls.finess,
    "admin-establishment": lambda cast: cast.tilleuls.pk,
    "admin-staff-member": lambda cast: cast.roussel.pk,
}


@pytest.mark.parametrize("route", OURS, ids=lambda r: r.name)
def test_every_view_declares_what_it_needs(route):
    assert route.permission is not None or route.bare in PUBLIC | ANY_STAFF, "décorez la vue avec @requires"


@pytest.mark.parametrize("route", [r for r in ROUTES if r.bare not in PUBLIC], ids=lambda r: r.name)
def test_a_stranger_is_sent_to_the_login_page_or_refused(route, cast):
    for method in ("get", "post"):
        answer = getattr(Client(), method)(address(route, cast))
        assert answer.status_code in {302, 401, 403, 405}, f"{method} {answer.status_code}"
        if answer.status_code == 302:
            assert answer["Location"].startswith("/connexion"), answer["Location"]


@pytest.mark.parametrize("route", [r for r in OURS if r.permission], ids=lambda r: r.name)
def test_who_does_not_hold_the_permission_is_refused(route, cast):
    assert route.permission is not None
    where = address(route, cast)
    for person in cast.everybody:
        if holds_anywhere(person, route.permission):
            continue
        client = Client()
        client.force_login(person)
        for method in ("get", "post"):
            assert getattr(client, method)(where).status_code == 403, f"{method} as {person.username}"


@pytest.mark.parametrize("route", [r for r in OURS if r.permission and r.parameters], ids=lambda r: r.name)
def test_another_house_looks_as_if_it_did_not_exist(route, cast):
    client = Client()
    client.force_login(cast.sellier)
    for method in ("get", "post"):
        status = getattr(client, method)(address(route, cast)).status_code
        assert status in {403, 404, 405}, f"{method} {status}"
