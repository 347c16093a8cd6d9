"""What an administrator could try in order to read records or sign in somebody's name."""

import pytest
from django.test import Client
from django.urls import reverse

from residents.models import Assignment, SigningSecret, StaffMember
from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def admin(cast) -> Client:
    client = Client()
    client.force_login(cast.garnier)
    return client


def roles_form(assignment: Assignment, role: str) -> dict[str, str]:
    return {
        "assignments-TOTAL_FORMS": "2", "assignments-INITIAL_FORMS": "1", "assignments-MIN_NUM_FORMS": "0",
        "assignments-MAX_NUM_FORMS": "1000", "assignments-0-id": str(assignment.pk), "assignments-0-role": "ADMIN",
        "assignments-1-role": role, "assignments-1-exercise": "SALARIED",
    }  # fmt: skip


@pytest.mark.parametrize("role", ["PRESCRIBER", "NURSE", "NURSING_ASSISTANT", "PHARMACIST"])
def test_an_administrator_does_not_give_themselves_a_care_role(admin, cast, role):
    me = cast.garnier
    where = reverse("residents:admin_member", args=[cast.tilleuls.finess, me.pk])
    person = {"last_name": "Garnier", "first_name": "Odile", "username": "garnier", "is_active": "on"}
    answer = admin.post(where, person | roles_form(me.assignments.get(), role))
    assert answer.status_code == 403
    assert me.assignments.count() == 1
    assert admin.get(reverse("prescriptions:record", args=[cast.jeanne.pk])).status_code == 403


def test_a_reset_password_withdraws_the_signing_code_and_must_be_changed(admin, cast):
    doctor = cast.martineau
    where = reverse("residents:admin_member_password", args=[cast.tilleuls.finess, doctor.pk])
    assert admin.post(where).status_code == 200
    assert not SigningSecret.objects.filter(staff=doctor).exists()
    client = Client()
    client.force_login(StaffMember.objects.get(pk=doctor.pk))
    answer = client.get(reverse("residents:list"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("password_change"))
    assert client.get(reverse("password_change")).status_code == 200


def test_a_house_does_not_choose_the_keys_of_another(admin, cast):
    where = reverse("residents:admin_house", args=[cast.tilleuls.finess])
    admin.post(where, {"name": "EHPAD Les Tilleuls", "amo_credentials_ref": cast.loire.finess})
    cast.tilleuls.refresh_from_db()
    assert cast.tilleuls.amo_credentials_ref == cast.tilleuls.finess


def test_answers_to_a_person_are_not_kept_by_browsers(admin):
    assert "no-store" in admin.get(reverse("residents:admin"))["Cache-Control"]
