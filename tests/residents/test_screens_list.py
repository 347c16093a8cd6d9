"""The list of residents: what it shows, how one is found, what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from residents import overview
from residents.listing import folded, natural
from residents.models import Resident
from residents.overview import Alert, Deadline, Overview
from tests.cast import make_resident

URL = "/residents/"


@pytest.fixture
def neighbours(cast):
    make_resident(
        cast.tilleuls,
        "Jégou",
        "Thérèse",
        used_name="Colin",
        room="9",
        floor="Rez-de-chaussée",
        ins_status="PROVISOIRE",
    )
    make_resident(
        cast.tilleuls,
        "Guillou",
        "Jean-Pierre",
        sex="M",
        room="126",
        floor="1er étage",
        allergy_status="NONE_KNOWN",
    )
    return cast


@pytest.fixture
def provider(monkeypatch):
    """Replaces what other apps say of treatments."""

    def say(make):
        monkeypatch.setattr(overview, "_providers", [make])

    say(lambda ids: {})
    return say


def names(html: str) -> list[str]:
    return [
        part.split("</b>")[0]
        for part in html.split("data-row-link href=")[1:]
        for part in [part.split("<b>")[1]]
    ]


def test_it_shows_the_residents_of_the_house_by_floor_and_room(neighbours, as_member):
    html = as_member(neighbours.martineau).get(URL).content.decode()
    assert names(html) == ["JÉGOU", "GUILLOU", "BEAUMONT"]
    assert "CARADEC" not in html
    assert "nom utilisé LEMAIRE" in html
    assert "Dr Martineau" in html


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jegou", ["JÉGOU"]), ("COLIN", ["JÉGOU"]), ("pierre", ["GUILLOU"]), ("214", ["BEAUMONT"]),
        ("lem jean", ["BEAUMONT"]),
        ("jean", ["GUILLOU", "BEAUMONT"]), ("zzz", []), ("  ", ["JÉGOU", "GUILLOU", "BEAUMONT"]),
    ],
)  # fmt: skip
def test_typing_finds_by_any_name_or_room_without_accents(neighbours, as_member, typed, found):
    answer = as_member(neighbours.roussel).post(URL, {"q": typed}, headers={"HX-Request": "true"})
    assert names(answer.content.decode()) == found
    assert b"<html" not in answer.content


def test_a_name_typed_never_reaches_the_address(neighbours, as_member):
    html = as_member(neighbours.roussel).get(URL).content.decode()
    form = html.split('role="search"')[0].rsplit("<form", 1)[1]
    assert 'method="post"' in form
    assert "BEAUMONT" in as_member(neighbours.roussel).get(URL + "?q=jegou").content.decode()


def test_nothing_found_says_what_to_try(neighbours, as_member):
    html = as_member(neighbours.roussel).post(URL, {"q": "zzz"}).content.decode()
    assert "Aucun résident ne correspond" in html


def test_an_empty_house_says_so_and_offers_to_begin(cast, as_member):
    Resident.objects.filter(establishment=cast.tilleuls).delete()
    assert "Créer le premier" in as_member(cast.roussel).get(URL).content.decode()
    assert "Créer le premier" not in as_member(cast.perrin).get(URL).content.decode()


def test_filters_keep_their_residents_and_say_how_many(neighbours, as_member, provider):
    day = timezone.localdate() + timedelta(days=3)
    said = Overview(4, Deadline(day, 2), (Alert("refused", "E-prescription refusée"),))
    provider(lambda ids: {neighbours.jeanne.pk: said})
    client = as_member(neighbours.martineau)
    html = client.get(URL).content.decode()
    assert "E-prescription refusée" in html
    assert "2 lignes" in html
    for code, found in {
        "mes-residents": ["BEAUMONT"], "finit-bientot": ["BEAUMONT"],
        "a-traiter": ["JÉGOU", "GUILLOU", "BEAUMONT"],
        "etage-0": ["JÉGOU"], "etage-1": ["GUILLOU"],
        "etage-99": ["JÉGOU", "GUILLOU", "BEAUMONT"], "inconnu": ["JÉGOU", "GUILLOU", "BEAUMONT"],
    }.items():  # fmt: skip
        assert names(client.get(URL, {"filtre": code}).content.decode()) == found, code


def test_what_a_resident_lacks_is_told(neighbours, as_member):
    html = as_member(neighbours.martineau).get(URL).content.decode()
    assert "Allergies non renseignées" in html
    assert "Identité à vérifier" in html


def test_the_cost_does_not_follow_the_number_of_residents(cast, as_member):
    client = as_member(cast.martineau)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        return len(queries)

    few = cost()
    for number in range(40):
        make_resident(
            cast.tilleuls, f"Nom{number}", "Prénom", room=str(number), referring_physician=cast.martineau
        )
    assert cost() == few
    assert few <= 11


def test_the_list_never_reads_photographs(cast, as_member):
    with CaptureQueriesContext(connection) as queries:
        as_member(cast.martineau).get(URL)
    assert not [q["sql"] for q in queries if '"residents_resident"."photo",' in q["sql"]]


def test_only_prescribers_are_offered_to_prescribe(cast, as_member):
    new = reverse("prescriptions:prescribe", args=[cast.jeanne.pk])
    assert new in as_member(cast.martineau).get(URL).content.decode()
    assert new not in as_member(cast.roussel).get(URL).content.decode()


def test_rooms_and_floors_are_sorted_as_people_count():
    assert sorted(["201", "9", "12", "10B", "10A"], key=natural) == ["9", "10A", "10B", "12", "201"]
    assert (
        sorted(["2e étage", "Rez-de-chaussée", "1er étage", "10e étage"], key=natural)[0] == "Rez-de-chaussée"
    )


def test_folding_forgets_accents_hyphens_and_ligatures():
    assert folded("Jean-Pierre LE CŒUR d’Ële") == "jean pierre le coeur d ele"
