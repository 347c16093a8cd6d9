"""The workstation: known by a genuine cookie, and by nothing else."""

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import RequestFactory

from tests.cast import TILLEULS
from traces import workstation as posts
from traces.workstation import COOKIE, WorkstationMiddleware, workstation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return posts.enrol("Poste de soins", TILLEULS, by="garnier")


def laid(workstation) -> HttpResponse:
    response = HttpResponse()
    posts.set_cookie(response, workstation)
    return response


def seen_with(cookie: str | None):
    """The workstation the application sees on a request with this cookie."""
    request = RequestFactory().get("/")
    if cookie is not None:
        request.COOKIES[COOKIE] = cookie
    WorkstationMiddleware(lambda _: HttpResponse())(request)
    return workstation_of(request, TILLEULS)


def test_the_activated_browser_is_known(post):
    assert seen_with(laid(post).cookies[COOKIE].value) == post.pk


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(post, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = laid(post).cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == settings.WORKSTATION_COOKIE_DAYS * 86400


def forgeries(post) -> dict[str, str]:
    genuine = laid(post).cookies[COOKIE].value
    return {
        "altered": genuine[:-1] + ("A" if genuine[-1] != "A" else "B"),
        "bare": str(post.pk),
        "signed for something else": signing.dumps(str(post.pk), salt="something else"),
        "signed but not a workstation": signing.dumps("poste", salt="traces.workstation"),
        "signed but not a text": signing.dumps({"id": 1}, salt="traces.workstation"),
        "empty": "",
    }


@pytest.mark.parametrize(
    "kind",
    [
        "altered",
        "bare",
        "signed for something else",
        "signed but not a workstation",
        "signed but not a text",
        "empty",
    ],
)
def test_a_forged_cookie_names_nobody(post, kind):
    assert seen_with(forgeries(post)[kind]) is None


def test_another_installation_s_cookie_names_nobody(post, settings):
    cookie = laid(post).cookies[COOKIE].value
    settings.SECRET_KEY = "another key"
    assert seen_with(cookie) is None


def test_a_revoked_workstation_is_no_longer_known(post):
    cookie = laid(post).cookies[COOKIE].value
    posts.revoke(post)
    assert seen_with(cookie) is None
    assert posts.active_counts([TILLEULS]) == {}


def test_a_browser_without_cookie_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert seen_with(None) is None


def test_nothing_is_read_until_asked_for(post, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = laid(post).cookies[COOKIE].value
    with django_assert_num_queries(0):
        WorkstationMiddleware(lambda _: HttpResponse())(request)
    with django_assert_num_queries(1):
        assert workstation_of(request, TILLEULS) == workstation_of(request, TILLEULS) == post.pk


def test_the_cookie_can_be_forgotten(post):
    response = laid(post)
    posts.clear_cookie(response)
    assert response.cookies[COOKIE]["max-age"] == 0


def test_a_workstation_of_another_house_is_not_one_here(post):
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = laid(post).cookies[COOKIE].value
    WorkstationMiddleware(lambda _: HttpResponse())(request)
    assert workstation_of(request, "990000200") is None
