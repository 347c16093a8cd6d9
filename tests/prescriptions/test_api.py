"""REST API: the verbs and the rights of the screens."""

import json

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from prescriptions.kinds.codes import Kind
from prescriptions.models import Prescription, Submission
from tests.cast import PIN, Cast, make_cast
from tests.drug_base import load_drug_base
from traces.models import Trace
from traces.workstation import COOKIE, enrol

DOLIPRANE = "60234100"
CONTENT = {
    "cis": DOLIPRANE, "unit": "comprimé", "route": "orale", "regime": "CONTINU", "starts_on": "2026-11-24", "duration_days": "8",
    "renewals": "0", "phases": [{"matin": "1", "soir": "1", "rhythm": "DAILY"}],
}  # fmt: skip
LINE = {"kind": "medicament", "content": CONTENT}


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


def changed(**content):
    return {"kind": "medicament", "content": CONTENT | content}


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
    physio = {"slug": "marche", "sessions": "10", "indication": "chutes", "starts_on": "2026-11-24"}
    dressing = {
        "slug": "constantes",
        "times": "1",
        "per": "jour",
        "duration_days": 7,
        "starts_on": "2026-11-24",
    }
    lines = [
        LINE,
        {"kind": "acteKinesitherapie", "content": physio},
        {"kind": "acteInfirmier", "content": dressing},
    ]
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
    answer = write(api(cast.martineau), cast, [{"kind": "imagerie", "content": {}}])
    assert answer.status_code == 400
    assert "huit genres" in answer.json()["lines"][0]["kind"][0]


def test_what_was_read_can_be_written_back_and_nothing_is_lost(cast):
    client = api(cast.martineau)
    physio = {
        "kind": "acteKinesitherapie",
        "content": {"slug": "marche", "sessions": 10, "indication": "chutes"},
    }
    read = write(client, cast, [LINE, physio]).json()
    assert read["lines"][0]["content"]["cis"] == DOLIPRANE
    assert read["lines"][0]["content"]["phases"][0]["matin"] == "1"
    where = f"/api/v1/prescriptions/{read['id']}/"
    again = client.put(where, json.dumps(client.get(where).json()), content_type="application/json")
    assert again.status_code == 200, again.json()
    assert [line["content"] for line in again.json()["lines"]] == [line["content"] for line in read["lines"]]
    posted = post(client, "/api/v1/prescriptions/", read)
    assert posted.status_code == 201, posted.json()
    assert [line["content"] for line in posted.json()["lines"]] == [line["content"] for line in read["lines"]]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([{}], "huit genres"),
        ([CONTENT], "huit genres"),
        ([{"kind": "medicament"} | CONTENT], "cis"),
        ([{"kind": "medicament"}], "obligatoire"),
        ([{"kind": "medicament", "content": {}}], "choisissez-le dans la liste"),
        ([{"kind": "medicament", "content": CONTENT | {"dosage": "1 g"}}], "Champ inconnu"),
        ([{"kind": "medicament", "content": CONTENT | {"phases": [{"Matin": "1"}]}}], "Champ inconnu"),
        ([{"kind": "medicament", "content": CONTENT | {"cis": "00000000"}}], "n’est plus, dans la base"),
        ([{"kind": "medicament", "content": CONTENT | {"ald": "oui, sans doute"}}], "booléen"),
        ([{"kind": "acteInfirmier", "content": CONTENT}], "Champ inconnu"),
        ("60234100", "liste des lignes"),
        ([LINE] * 51, "50 lignes"),
    ],
)
def test_what_would_be_lost_is_refused_in_french(cast, lines, told):
    answer = write(api(cast.martineau), cast, lines)
    assert answer.status_code == 400
    assert told in json.dumps(answer.json(), ensure_ascii=False)
    assert not Prescription.objects.exists()


def test_an_unknown_field_beside_the_lines_is_refused(cast):
    client = api(cast.martineau)
    pk = write(client, cast, [LINE]).json()["id"]
    body = json.dumps({"lines": [LINE], "ligne": []})
    answer = client.put(f"/api/v1/prescriptions/{pk}/", body, content_type="application/json")
    assert "Champ inconnu" in answer.json()["ligne"][0]


def test_the_schema_types_the_line_of_each_kind(cast):
    schema = api(cast.martineau).get(reverse("api-schema"), headers={"accept": "application/json"}).json()
    shapes = schema["components"]["schemas"]
    assert set(shapes["Line"]["discriminator"]["mapping"]) == set(Kind)
    assert {"cis", "phases", "as_needed", "duration_days"} <= shapes["MedicamentContent"]["properties"].keys()
    assert {"matin", "hours", "rhythm"} <= shapes["MedicamentContentPhases"]["properties"].keys()
    assert {"code", "quantity"} <= shapes["DispositifMedicalContent"]["properties"].keys()
    assert "additionalProperties" not in json.dumps(shapes)
    shown = write(api(cast.martineau), cast, [LINE]).json()["lines"][0]
    assert shown.keys() == shapes["MedicamentLine"]["properties"].keys()
    assert shown["content"].keys() == shapes["MedicamentContent"]["properties"].keys()


def test_an_alert_is_told_answered_and_signed_by_machine(cast):
    """Two boxes of paracetamol: the duplicate asks for a reason, which the review says and `acknowledge` gives."""
    client = api(cast.martineau)
    where = f"/api/v1/prescriptions/{write(client, cast, [LINE, LINE]).json()['id']}/"
    seen = client.get(f"{where}review/").json()
    assert not seen["can_sign"]
    [obstacle] = seen["obstacles"]
    assert "un motif est demandé" in obstacle
    [asking] = [found for found in seen["findings"] if found["asks"]]
    assert (asking["check"], asking["level"], asking["positions"]) == ("DUPLICATE", "REASON", [1, 2])
    assert post(client, f"{where}sign/", {"digest": seen["digest"], "pin": PIN}).json()["detail"] == obstacle
    assert post(client, f"{where}acknowledge/", {"key": asking["key"], "reason": " "}).status_code == 400
    assert post(client, f"{where}acknowledge/", {"key": "autre", "reason": "vu"}).status_code == 409
    again = post(client, f"{where}acknowledge/", {"key": asking["key"], "reason": "Relais surveillé"}).json()
    assert (again["can_sign"], again["obstacles"]) == (True, [])
    assert "Relais surveillé" in [found["reason"] for found in again["findings"]]
    assert post(client, f"{where}sign/", {"digest": again["digest"], "pin": PIN}).status_code == 200


def test_a_signature_by_machine_names_its_workstation(cast):
    client = api(cast.martineau)
    station = enrol("Poste médical", cast.jeanne.establishment.finess, "admin")
    client.cookies[COOKIE] = signing.dumps(str(station.pk), salt="traces.workstation")
    where = f"/api/v1/prescriptions/{write(client, cast, [LINE]).json()['id']}/"
    seen = client.get(f"{where}review/").json()
    assert post(client, f"{where}sign/", {"digest": seen["digest"], "pin": PIN}).status_code == 200
    assert Trace.objects.get(operation="CREER").workstation == station.pk
    assert Submission.objects.get().workstation == station.pk


def test_an_incomplete_draft_says_what_is_missing_and_is_not_signed(cast):
    client = api(cast.martineau)
    where = f"/api/v1/prescriptions/{write(client, cast, [changed(duration_days='')]).json()['id']}/"
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
        json.dumps({"lines": [changed(duration_days="9")]}),
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
    assert post(client, f"/api/v1/prescriptions/{pk}/acknowledge/", {}).status_code == 403
    assert (
        client.put(f"/api/v1/prescriptions/{pk}/", "{}", content_type="application/json").status_code == 403
    )


def test_a_draft_is_nobody_elses(cast):
    pk = write(api(cast.martineau), cast, [LINE]).json()["id"]
    assert api(cast.roussel).get(f"/api/v1/prescriptions/{pk}/").status_code == 404
    assert api(cast.sellier).get(f"/api/v1/prescriptions/{pk}/review/").status_code == 404
    for verb in ("acknowledge", "sign"):  # whatever the body, its existence is not told
        assert post(api(cast.sellier), f"/api/v1/prescriptions/{pk}/{verb}/", {}).status_code == 404


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
