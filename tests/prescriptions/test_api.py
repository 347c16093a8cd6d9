"""REST API: the verbs and the rights of the screens."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from prescriptions.models import Prescription, Submission
from tests.cast import PIN, Cast, make_cast
from tests.drug_base import load_drug_base

DOLIPRANE = "60234100"
LINE = {
    "cis": DOLIPRANE, "unit": "comprimé", "route": "orale", "regime": "CONTINU", "starts_on": "2026-11-24", "duration_days": "8",
    "renewals": "0", "phases": [{"matin": "1", "soir": "1", "rhythm": "DAILY"}],
}  # fmt: skip


@pytest.fixture
def cast(db) -> Cast:
    load_drug_base()
    return make_cast()


def api(person=None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def write(client, cast, lines):
    body = json.dumps({"resident": str(cast.jeanne.pk), "lines": lines})
    return client.post("/api/v1/prescriptions/", body, content_type="application/json")


def post(client, where, body):
    return client.post(where, json.dumps(body), content_type="application/json")


def test_residents_are_listed_by_room_without_those_of_other_houses(cast, django_assert_num_queries):
    client = api(cast.roussel)
    with django_assert_num_queries(7):  # session, person, assignments, residents; 3 to keep the session alive
        answer = client.get("/api/v1/residents/").json()
    assert [r["birth_name"] for r in answer["results"]] == ["Beaumont"]
    assert client.get(f"/api/v1/residents/{cast.louis.pk}/").status_code == 404


def test_write_review_sign_and_follow(cast):
    client = api(cast.martineau)
    draft = write(client, cast, [LINE])
    assert draft.status_code == 201, draft.json()
    where = f"/api/v1/prescriptions/{draft.json()['id']}/"
    seen = client.get(f"{where}review/").json()
    assert seen["can_sign"], seen
    assert seen["lines"][0]["sentence"].startswith("1 comprimé matin et soir")
    signed = post(client, f"{where}sign/", {"digest": seen["digest"], "pin": PIN})
    assert signed.status_code == 200, signed.json()
    assert signed.json()["status"] == "SIGNED"
    assert len(signed.json()["identifier"]) == 18
    assert client.get(f"{where}status/").json()["attempts"] == 0
    assert Submission.objects.get().prescription_id == Prescription.objects.get().pk
    assert api(cast.roussel).get(where).json()["lines"][0]["label"]


def test_a_basket_of_several_kinds_is_split_and_each_part_told(cast):
    client = api(cast.martineau)
    physio = {"kind": "acteKinesitherapie", "slug": "marche", "sessions": "10", "indication": "chutes"}
    dressing = {
        "kind": "acteInfirmier",
        "slug": "constantes",
        "times": "1",
        "per": "jour",
        "duration_days": "7",
    }
    lines = [LINE, physio | {"starts_on": "2026-11-24"}, dressing | {"starts_on": "2026-11-24"}]
    where = f"/api/v1/prescriptions/{write(client, cast, lines).json()['id']}/"
    seen = client.get(f"{where}review/").json()
    assert [(line["kind"], line["route"]) for line in seen["lines"]] == [
        ("medicament", "VILLE"),
        ("acteKinesitherapie", "VILLE"),
        ("acteInfirmier", "FORFAIT"),
    ]
    signed = post(client, f"{where}sign/", {"digest": seen["digest"], "pin": PIN}).json()
    assert [(part["kind"], part["status"]) for part in signed["parts"]] == [
        ("medicament", "SIGNED"),
        ("acteKinesitherapie", "SIGNED"),
        ("acteInfirmier", "HOUSE"),
    ]


def test_a_kind_nobody_writes_is_refused(cast):
    answer = write(api(cast.martineau), cast, [{"kind": "imagerie"}])
    assert answer.status_code == 409
    assert "huit genres" in answer.json()["detail"]


def test_an_incomplete_draft_says_what_is_missing_and_is_not_signed(cast):
    client = api(cast.martineau)
    where = f"/api/v1/prescriptions/{write(client, cast, [LINE | {'duration_days': ''}]).json()['id']}/"
    seen = client.get(f"{where}review/").json()
    assert not seen["can_sign"]
    assert "durée" in seen["lines"][0]["problems"][0]
    refused = post(client, f"{where}sign/", {"digest": seen["digest"], "pin": PIN})
    assert refused.status_code == 409


def test_what_changed_since_the_review_is_not_signed(cast):
    client = api(cast.martineau)
    pk = write(client, cast, [LINE]).json()["id"]
    digest = client.get(f"/api/v1/prescriptions/{pk}/review/").json()["digest"]
    client.put(
        f"/api/v1/prescriptions/{pk}/",
        json.dumps({"lines": [LINE | {"duration_days": "9"}]}),
        content_type="application/json",
    )
    refused = post(client, f"/api/v1/prescriptions/{pk}/sign/", {"digest": digest, "pin": PIN})
    assert refused.status_code == 409
    assert "a changé" in refused.json()["detail"]


def test_a_wrong_code_signs_nothing(cast):
    client = api(cast.martineau)
    pk = write(client, cast, [LINE]).json()["id"]
    digest = client.get(f"/api/v1/prescriptions/{pk}/review/").json()["digest"]
    refused = post(client, f"/api/v1/prescriptions/{pk}/sign/", {"digest": digest, "pin": "000000"})
    assert refused.status_code == 403
    assert Prescription.objects.get().status == "DRAFT"


@pytest.mark.parametrize("name", ["roussel", "perrin", "benali", "garnier", "platform"])
def test_who_does_not_prescribe_writes_nothing(cast, name):
    pk = write(api(cast.martineau), cast, [LINE]).json()["id"]
    client = api(getattr(cast, name))
    assert write(client, cast, [LINE]).status_code == 403
    assert client.get(f"/api/v1/prescriptions/{pk}/review/").status_code == 403
    assert post(client, f"/api/v1/prescriptions/{pk}/sign/", {}).status_code == 403
    assert (
        client.put(f"/api/v1/prescriptions/{pk}/", "{}", content_type="application/json").status_code == 403
    )


def test_a_draft_is_nobody_elses(cast):
    pk = write(api(cast.martineau), cast, [LINE]).json()["id"]
    assert api(cast.roussel).get(f"/api/v1/prescriptions/{pk}/").status_code == 404
    assert api(cast.sellier).get(f"/api/v1/prescriptions/{pk}/review/").status_code == 404


def test_a_resident_of_another_house_cannot_be_prescribed_for(cast):
    body = json.dumps({"resident": str(cast.louis.pk), "lines": [LINE]})
    refused = api(cast.martineau).post("/api/v1/prescriptions/", body, content_type="application/json")
    assert refused.status_code == 400


def test_the_api_is_closed_to_strangers_and_its_page_to_everybody_else(cast):
    for where in ("/api/v1/residents/", "/api/v1/prescriptions/", reverse("api-schema"), reverse("api-docs")):
        assert api().get(where).status_code in {302, 401, 403}, where
    page = api(cast.martineau).get(reverse("api-docs"))
    assert page.status_code == 200
    assert b"/api/v1/prescriptions/{id}/sign/" in page.content
    schema = api(cast.martineau).get(reverse("api-schema"), headers={"accept": "application/json"}).json()
    assert {"/api/v1/residents/", "/api/v1/prescriptions/{id}/sign/"} <= schema["paths"].keys()
