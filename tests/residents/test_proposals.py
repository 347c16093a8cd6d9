"""A role given by another house waits for the person's yes, and takes nothing from the first house."""

import pytest
from django.urls import reverse

from residents.models import Assignment
from residents.profile import read_assignments
from tests.cast import LOIRE, TILLEULS, make_member
from tests.residents.test_screens_admin import person_data, roles_data, text, url

PROPOSALS = reverse("residents:proposals")


@pytest.fixture
def proposed(cast, as_member) -> Assignment:
    """Odile Garnier, of Les Tilleuls, proposes a role to Dr Sellier, of Bord de Loire."""
    as_member(cast.garnier).post(url("member_attach"), {"rpps": cast.sellier.rpps})
    return cast.sellier.assignments.get(establishment=cast.tilleuls)


def answer(client, role: Assignment, words: str):
    return client.post(PROPOSALS, {"proposal": role.pk, "answer": words})


def test_until_accepted_it_gives_no_right(cast, as_member, proposed):
    client = as_member(cast.sellier)
    assert client.get(reverse("residents:identity", args=[cast.jeanne.pk])).status_code == 404
    assert client.post(reverse("workplace"), {"establishment": cast.tilleuls.pk}).status_code == 400
    read_assignments([cast.sellier])
    assert {a.establishment for a in cast.sellier.active_assignments} == {cast.loire}
    form = text(as_member(cast.roussel).get(reverse("residents:edit", args=[cast.jeanne.pk])))
    assert "Sellier" not in form
    assert "SELLIER" not in form


def test_home_shows_it_once_then_goes_on(cast, as_member, proposed):
    client = as_member(cast.sellier)
    assert client.get("/")["Location"] == PROPOSALS
    page = text(client.get(PROPOSALS))
    assert (
        "L’établissement EHPAD Les Tilleuls, 49000 Angers, vous propose le rôle <b>Prescripteur</b>" in page
    )
    assert client.get("/")["Location"] == "/residents/"


def test_accepted_it_opens_the_house(cast, as_member, proposed):
    client = as_member(cast.sellier)
    assert answer(client, proposed, "accept")["Location"] == "/"
    assert client.get(reverse("residents:identity", args=[cast.jeanne.pk])).status_code == 200
    assert client.get("/")["Location"] == reverse("workplace")


def test_refused_it_leaves_nothing(cast, as_member, proposed):
    client = as_member(cast.sellier)
    assert answer(client, proposed, "refuse")["Location"] == "/"
    assert not Assignment.objects.filter(pk=proposed.pk).exists()
    assert cast.sellier.assignments.get().establishment == cast.loire
    assert "Sellier" not in text(as_member(cast.garnier).get(url("staff")))


@pytest.mark.parametrize(
    ("who", "words"), [("roussel", "accept"), ("roussel", "refuse"), ("sellier", "maybe")]
)
def test_only_the_person_answers_and_only_yes_or_no(cast, as_member, proposed, who, words):
    assert answer(as_member(getattr(cast, who)), proposed, words).status_code == 404
    proposed.refresh_from_db()
    assert proposed.accepted_at is None


@pytest.mark.parametrize("key", ["", "abc", "²", "99999999"])
def test_a_proposal_that_does_not_exist_is_not_found(cast, as_member, key):
    assert as_member(cast.sellier).post(PROPOSALS, {"proposal": key, "answer": "accept"}).status_code == 404


def test_an_accepted_role_is_not_deleted_by_an_old_page(cast, as_member):
    role = cast.sellier.assignments.get()
    assert answer(as_member(cast.sellier), role, "refuse").status_code == 404
    assert Assignment.objects.filter(pk=role.pk).exists()


def test_the_first_house_keeps_administering_the_account_until_then(cast, as_member, proposed):
    first = as_member(make_member("colas", cast.loire, "ADMIN", first_name="Eve", last_name="Colas"))
    password = reverse("residents:admin_member_password", args=[LOIRE, cast.sellier.pk])
    assert first.post(password).status_code == 200
    assert as_member(cast.garnier).post(url("member_password", cast.sellier.pk)).status_code == 403
    Assignment.objects.filter(pk=proposed.pk).update(accepted_at=proposed.staff.date_joined)
    assert first.post(password).status_code == 403


def test_an_account_with_proposals_only_belongs_to_nobody_who_proposes(cast, as_member, proposed):
    Assignment.objects.filter(staff=cast.sellier, establishment=cast.loire).delete()
    client = as_member(cast.garnier)
    assert client.post(url("member_password", cast.sellier.pk)).status_code == 403
    assert "n’a pas encore accepté" in text(client.get(url("member", cast.sellier.pk)))


@pytest.mark.parametrize("accepted", [True, False])
def test_every_other_role_of_a_shared_account_is_a_proposal_too(cast, as_member, proposed, accepted):
    if accepted:
        Assignment.objects.filter(pk=proposed.pk).update(accepted_at=proposed.staff.date_joined)
    added = {"assignments-TOTAL_FORMS": "2", "assignments-1-role": "NURSE"}
    data = person_data(cast.sellier) | roles_data(cast.sellier, **{"assignments-0-exercise": "SALARIED"})
    assert as_member(cast.garnier).post(url("member", cast.sellier.pk), data | added).status_code == 302
    roles = {a.role: a.accepted_at for a in cast.sellier.assignments.filter(establishment=cast.tilleuls)}
    assert roles["NURSE"] is None
    assert (roles["PRESCRIBER"] is not None) is accepted


def test_changing_the_role_of_a_shared_account_asks_again(cast, as_member, proposed):
    Assignment.objects.filter(pk=proposed.pk).update(accepted_at=proposed.staff.date_joined)
    data = roles_data(cast.sellier, **{"assignments-0-role": "NURSE"})
    assert as_member(cast.garnier).post(url("member", cast.sellier.pk), data).status_code == 302
    proposed.refresh_from_db()
    assert (proposed.role, proposed.accepted_at) == ("NURSE", None)


def test_an_account_of_the_house_takes_its_new_role_at_once(cast, as_member):
    added = {"assignments-TOTAL_FORMS": "2", "assignments-1-role": "NURSE"}
    data = person_data(cast.perrin) | roles_data(cast.perrin) | added
    as_member(cast.garnier).post(url("member", cast.perrin.pk), data)
    assert cast.perrin.assignments.get(role="NURSE").accepted_at is not None


def test_an_administrator_does_not_propose_a_care_role_to_themselves(cast, as_member):
    cast.garnier.rpps = "99900123474"
    cast.garnier.save()
    assert as_member(cast.garnier).post(url("member_attach"), {"rpps": "99900123474"}).status_code == 403
    assert cast.garnier.assignments.get(establishment__finess=TILLEULS).role == "ADMIN"
