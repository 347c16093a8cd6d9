"""Administration: the checklist, people and what they lack, passwords, workstations; nobody reaches past
their house.
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from residents.models import Assignment, Establishment, Pharmacy, SigningSecret, StaffMember
from tests.cast import LOIRE, TILLEULS, make_house, make_prescriber
from traces.models import Workstation

HOUSES = "/administration/"
PERSON = {
    "title": "Dr", "last_name": "Le Goff", "first_name": "Yann", "username": "legoff",
    "email": "y@exemple.invalid",
    "phone": "+33241000012", "profession": "10", "rpps": "99900123474", "speciality": "Gériatrie",
    "speciality_code": "34", "is_active": "on",
    "role-role": "PRESCRIBER", "role-exercise": "SALARIED",
}  # fmt: skip
HOUSE = {
    "name": "EHPAD Les Glycines", "finess": "990000309", "finess_juridique": "", "address": "1 rue du Port",
    "postal_code": "49300",
    "city": "Cholet", "phone": "", "tariff_option": "PARTIEL", "amo_credentials_ref": "", "activated_on": "",
}  # fmt: skip


def url(name: str, *args: object) -> str:
    return str(reverse(f"residents:admin_{name}", args=[TILLEULS, *args]))


def text(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def roles_data(member: StaffMember, **changes: str) -> dict[str, str]:
    """What the browser posts for the roles of a member of Les Tilleuls."""
    role = member.assignments.get(establishment__finess=TILLEULS)
    data = {
        "assignments-TOTAL_FORMS": "1", "assignments-INITIAL_FORMS": "1", "assignments-0-id": str(role.pk),
        "assignments-0-staff": str(member.pk), "assignments-0-role": role.role,
        "assignments-0-exercise": role.exercise,
        "assignments-0-am_number": role.am_number, "assignments-0-starts_on": "", "assignments-0-ends_on": "",
    }  # fmt: skip
    return data | changes


def person_data(member: StaffMember, **changes: str) -> dict[str, str]:
    fields = (
        "title",
        "last_name",
        "first_name",
        "username",
        "email",
        "phone",
        "profession",
        "rpps",
        "speciality",
        "speciality_code",
        "skills",
    )
    return {name: getattr(member, name) for name in fields} | {"is_active": "on"} | changes


def test_the_checklist_turns_green_line_by_line(cast, as_member, pki, settings):
    settings.AMO_CREDENTIALS_DIR = pki.folder
    client = as_member(cast.garnier)
    html = text(client.get(HOUSES))
    assert "1 prescripteur sur 1 peut signer" in html
    assert "Aucun poste activé" in html
    assert "1 point à régler" in html
    client.post(url("workstation_enrol"), {"label": "Infirmerie"})
    assert "Prêt à transmettre" in text(client.get(HOUSES))


def test_the_capacities_of_a_prescriber_are_written_by_the_administrator(cast, as_member):
    body = person_data(cast.martineau, skills="Capacité de gérontologie")
    as_member(cast.garnier).post(url("member", cast.martineau.pk), body | roles_data(cast.martineau))
    cast.martineau.refresh_from_db()
    assert cast.martineau.skills == "Capacité de gérontologie"


def test_a_pui_is_refused_with_the_reason(cast, as_member):
    Establishment.objects.filter(finess=TILLEULS).update(has_pui=True)
    html = text(as_member(cast.garnier).get(HOUSES))
    assert "Dispose d’une PUI" in html
    assert "ne concerne que les EHPAD sans PUI" in html


def test_what_is_missing_is_said(cast, as_member):
    Establishment.objects.filter(finess=TILLEULS).update(
        finess_juridique="", amo_credentials_ref="", activated_on=None
    )
    SigningSecret.objects.all().delete()
    html = text(as_member(cast.garnier).get(HOUSES))
    for words in (
        "FINESS juridique</b>",
        "Certificats Assurance maladie",
        "Date d’activation",
        "0 prescripteur sur 1 peut signer",
    ):
        assert words in html, words


def test_an_establishment_admin_sees_theirs_and_the_platform_all(cast, as_member):
    assert "Bord de Loire" not in text(as_member(cast.garnier).get(HOUSES))
    assert "Bord de Loire" in text(as_member(cast.platform).get(HOUSES))


def test_the_cost_of_the_checklists_does_not_follow_their_number(cast, as_member):
    client = as_member(cast.platform)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(HOUSES)
        return len(queries)

    few = cost()
    for number, finess in enumerate(["990000309", "990000408", "990000507"]):
        house = make_house(finess, f"EHPAD {number}")
        make_prescriber(f"doc{number}", house, "A", "B", "")
    assert cost() == few


def test_only_the_platform_creates_an_establishment(cast, as_member):
    assert as_member(cast.garnier).post(reverse("residents:admin_create"), HOUSE).status_code == 403
    answer = as_member(cast.platform).post(reverse("residents:admin_create"), HOUSE)
    assert answer["Location"] == "/administration/990000309/professionnels/"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"finess": "990000301"}, "FINESS n’est pas valide"),
        ({"finess": TILLEULS}, "existe déjà"),
        ({"has_pui": "on", "activated_on": "2026-11-01"}, "ne transmet pas d’e-prescription"),
        ({"phone": "024100000"}, "+33"),
        ({"phone": "+32 2 41 00 00 11"}, "+33"),
        ({"name": ""}, "À renseigner"),
    ],
)
def test_a_wrong_establishment_is_refused_in_french(cast, as_member, change, words):
    answer = as_member(cast.platform).post(reverse("residents:admin_create"), HOUSE | change)
    assert answer.status_code == 422
    assert words in text(answer)


def test_an_establishment_admin_edits_everything_but_the_finess(cast, as_member):
    data = HOUSE | {"name": "Les Grands Tilleuls", "finess": "990000309"}
    assert as_member(cast.garnier).post(url("house"), data).status_code == 302
    cast.tilleuls.refresh_from_db()
    assert (cast.tilleuls.name, cast.tilleuls.finess) == ("Les Grands Tilleuls", TILLEULS)


def test_another_house_does_not_exist_for_its_neighbour(cast, as_member):
    client = as_member(cast.garnier)
    for name in ("house", "staff", "workstations", "pharmacies", "member_create"):
        assert client.get(reverse(f"residents:admin_{name}", args=[LOIRE])).status_code == 404


def test_staff_says_what_each_prescriber_lacks(cast, as_member):
    StaffMember.objects.filter(pk=cast.martineau.pk).update(phone="", speciality="")
    SigningSecret.objects.all().delete()
    html = text(as_member(cast.garnier).get(url("staff")))
    assert "il manque le téléphone (+33), la spécialité, le code de signature" in html
    assert html.count("ne prescrit pas ici") == 4


def test_the_cost_of_the_staff_list_does_not_follow_their_number(cast, as_member):
    client = as_member(cast.garnier)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url("staff"))
        return len(queries)

    few = cost()
    for number in range(8):
        make_prescriber(f"doc{number}", cast.tilleuls, "A", "B", "")
    assert cost() == few


def test_a_new_account_gets_a_password_shown_once_that_opens_the_door(cast, as_member):
    answer = as_member(cast.garnier).post(url("member_create"), PERSON)
    found = re.search(r"<code>([a-z0-9-]{17})</code>", text(answer))
    assert found is not None
    assert "no-store" in answer["Cache-Control"]
    assert Client().login(username="legoff", password=found[1])
    role = Assignment.objects.get(staff__username="legoff")
    assert (role.establishment, role.billing_identifier) == (cast.tilleuls, TILLEULS)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rpps": "99900123475"}, "RPPS n’est pas valide"),
        ({"rpps": "99900123458"}, "existe déjà"),
        ({"username": "martineau"}, "existe déjà"),
        ({"phone": "02 41 00 00 1"}, "+33"),
        ({"role-exercise": ""}, "Libéral ou salarié"),
        ({"role-exercise": "LIBERAL"}, "numéro d’assurance maladie"),
        ({"role-exercise": "LIBERAL", "role-am_number": "12"}, "9 chiffres"),
        ({"role-starts_on": "2026-12-01", "role-ends_on": "2026-11-01"}, "précède le début"),
    ],
)
def test_a_wrong_person_is_refused_in_french(cast, as_member, change, words):
    answer = as_member(cast.garnier).post(url("member_create"), PERSON | change)
    assert answer.status_code == 422
    assert words in text(answer)
    assert not StaffMember.objects.filter(username="legoff").exists()


def test_somebody_known_elsewhere_is_brought_by_their_rpps(cast, as_member):
    client = as_member(cast.garnier)
    assert "Personne n’a ce RPPS" in text(client.post(url("member_attach"), {"rpps": "99900123474"}))
    answer = client.post(url("member_attach"), {"rpps": cast.sellier.rpps}, follow=True)
    assert "Compte partagé" in text(answer)
    proposed = cast.sellier.assignments.get(establishment=cast.tilleuls, role="PRESCRIBER")
    assert proposed.accepted_at is None
    assert "En attente de son accord" in text(client.get(url("staff")))


def test_a_shared_account_cannot_be_taken_over_by_one_of_its_houses(cast, as_member):
    Assignment.objects.create(staff=cast.sellier, establishment=cast.tilleuls, role="PRESCRIBER")
    client = as_member(cast.garnier)
    assert client.post(url("member_password", cast.sellier.pk)).status_code == 403
    data = roles_data(cast.sellier, **{"assignments-0-exercise": "SALARIED"}) | person_data(
        cast.sellier, username="pris"
    )
    client.post(url("member", cast.sellier.pk), data)
    cast.sellier.refresh_from_db()
    assert cast.sellier.username == "sellier"
    assert cast.sellier.assignments.get(establishment=cast.tilleuls).exercise == "SALARIED"


def test_a_house_cannot_change_a_role_held_elsewhere(cast, as_member):
    Assignment.objects.create(staff=cast.sellier, establishment=cast.tilleuls, role="NURSE")
    elsewhere = cast.sellier.assignments.get(establishment=cast.loire)
    data = roles_data(cast.sellier, **{"assignments-0-id": str(elsewhere.pk), "assignments-0-role": "ADMIN"})
    as_member(cast.garnier).post(url("member", cast.sellier.pk), data)
    elsewhere.refresh_from_db()
    assert elsewhere.role == "PRESCRIBER"


def test_roles_are_changed_ended_and_never_doubled(cast, as_member):
    client, perrin = as_member(cast.garnier), cast.perrin
    where = url("member", perrin.pk)
    data = person_data(perrin) | roles_data(perrin, **{"assignments-0-ends_on": "2026-01-31"})
    assert client.post(where, data).status_code == 302
    assert "Plus de rôle en cours" in text(client.get(url("staff")))
    twice = data | {
        "assignments-TOTAL_FORMS": "2",
        "assignments-1-staff": str(perrin.pk),
        "assignments-1-role": "NURSING_ASSISTANT",
    }
    assert "deux fois" in text(client.post(where, twice))
    second = twice | {"assignments-1-role": "NURSE"}
    assert client.post(where, second).status_code == 302
    assert perrin.assignments.count() == 2


def test_a_new_password_replaces_the_old_one(cast, as_member):
    html = text(as_member(cast.garnier).post(url("member_password", cast.roussel.pk)))
    found = re.search(r"<code>(.+?)</code>", html)
    assert found is not None
    assert Client().login(username="roussel", password=found[1])


def test_pharmacies_are_written_by_the_house(cast, as_member):
    data = {
        "pharmacies-TOTAL_FORMS": "1", "pharmacies-INITIAL_FORMS": "0",
        "pharmacies-0-name": "Pharmacie des Halles",
        "pharmacies-0-finess": "", "pharmacies-0-address": "", "pharmacies-0-phone": "",
    }  # fmt: skip
    client = as_member(cast.garnier)
    assert client.post(url("pharmacies"), data).status_code == 302
    assert Pharmacy.objects.get().establishment == cast.tilleuls
    assert client.post(url("pharmacies"), data | {"pharmacies-0-finess": "123456780"}).status_code == 422


def test_this_browser_becomes_a_workstation_until_it_is_revoked(cast, as_member):
    client = as_member(cast.garnier)
    assert "Poste non activé" in text(client.get(url("workstations")))
    client.post(url("workstation_enrol"), {"label": "Infirmerie 1er étage"})
    station = Workstation.objects.get()
    assert (station.finess, station.enrolled_by) == (TILLEULS, "garnier")
    assert "Poste « Infirmerie 1er étage »" in text(client.get(url("workstations")))
    client.post(url("workstation_revoke", station.pk))
    assert "Poste non activé" in text(client.get(url("workstations")))


def test_activating_again_replaces_the_former_name(cast, as_member):
    client = as_member(cast.garnier)
    for label in ("Ancien", "Nouveau"):
        client.post(url("workstation_enrol"), {"label": label})
    assert [s.label for s in Workstation.objects.active()] == ["Nouveau"]


def test_a_workstation_has_a_name(cast, as_member):
    assert as_member(cast.garnier).post(url("workstation_enrol"), {"label": ""}).status_code == 422


def test_a_workstation_of_another_house_stays(cast, as_member):
    client = as_member(cast.platform)
    client.post(reverse("residents:admin_workstation_enrol", args=[LOIRE]), {"label": "Loire"})
    station = Workstation.objects.get()
    assert as_member(cast.garnier).post(url("workstation_revoke", station.pk)).status_code == 404
    station.refresh_from_db()
    assert station.revoked_at is None


def test_a_phone_is_typed_as_people_say_it(cast, as_member):
    client = as_member(cast.garnier)
    house = {"name": "EHPAD Les Tilleuls", "finess_juridique": "990000010", "address": "12 rue des Vergers",
             "postal_code": "49000", "city": "Angers", "tariff_option": "PARTIEL", "activated_on": "2026-11-01",
             "phone": "02 41 00 00 11"}  # fmt: skip
    assert client.post(url("house"), house).status_code == 302
    client.post(url("member_create"), PERSON | {"phone": "06 12 34 56 78"})
    empty = {"pharmacies-TOTAL_FORMS": "1", "pharmacies-INITIAL_FORMS": "0", "pharmacies-0-name": "Halles"}
    client.post(url("pharmacies"), empty | {"pharmacies-0-phone": "02.41.00.00.03"})
    assert Establishment.objects.get(finess=TILLEULS).phone == "+33241000011"
    assert StaffMember.objects.get(username="legoff").phone == "+33612345678"
    assert Pharmacy.objects.get(name="Halles").phone == "+33241000003"
