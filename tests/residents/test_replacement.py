"""A replacement doctor (rule B102): own account and code, the name of the replaced one on paper, in the code and on the wire."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from prescriptions.documents import epu
from prescriptions.documents.compose import compose
from prescriptions.documents.sheet import code2d_of, to_sheet
from prescriptions.printing.sheet import State
from residents.models import StaffMember
from tests.cast import make_cast, make_prescriber


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def replacing(cast) -> StaffMember:
    """Dr Anne Leroy, who replaces Dr Martineau for two weeks."""
    member = make_prescriber("leroy", cast.tilleuls, "Anne", "Leroy", "99900007487")
    until = timezone.localdate() + timedelta(days=14)
    member.assignments.update(replaces=cast.martineau, ends_on=until)
    return StaffMember.objects.get(pk=member.pk)


def statement(cast, author):
    assignment = author.assignment_as_prescriber(cast.tilleuls)
    return compose(cast.jeanne, author, assignment, (), written_on=date(2026, 11, 24))


def test_the_paper_names_who_is_replaced(cast, replacing):
    sheet = to_sheet(statement(cast, replacing), state=State.PROJET)
    assert sheet.replaced == "Dr Claire MARTINEAU"
    assert sheet.prescriber.rpps == replacing.rpps


def test_the_code_and_the_wire_carry_both_numbers(cast, replacing):
    written = statement(cast, replacing)
    numbers = json.loads(code2d_of(written, "0" * 18))["D"]["M"]
    assert (numbers["RPPS"], numbers["RPPS2"]) == (cast.martineau.rpps, replacing.rpps)
    message = epu.to_message(written, "0" * 18)
    assert (message.prescripteur.rpps, message.prescripteur.nom) == (cast.martineau.rpps, "Martineau")
    assert message.rpps_remplacant == replacing.rpps


def test_who_replaces_nobody_has_one_number(cast):
    written = statement(cast, cast.martineau)
    assert "RPPS2" not in json.loads(code2d_of(written, "0" * 18))["D"]["M"]
    assert epu.to_message(written, "0" * 18).rpps_remplacant is None


def test_access_ends_with_the_replacement(cast, replacing):
    replacing.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert StaffMember.objects.get(pk=replacing.pk).assignment_as_prescriber(cast.tilleuls) is None


def test_a_replacement_without_an_end_is_refused(cast, replacing, client):
    client.force_login(cast.garnier)
    where = reverse("residents:admin_member", args=[cast.tilleuls.finess, replacing.pk])
    role = replacing.assignments.get()
    assert "Remplace" in client.get(where).content.decode()
    body = {
        "title": "Dr", "last_name": "Leroy", "first_name": "Anne", "username": "leroy", "email": "leroy@exemple.invalid",
        "phone": "+33241000011", "profession": "10", "rpps": replacing.rpps, "speciality": "Médecine générale",
        "speciality_code": "01", "is_active": "on", "assignments-TOTAL_FORMS": "1", "assignments-INITIAL_FORMS": "1",
        "assignments-0-id": str(role.pk), "assignments-0-staff": str(replacing.pk), "assignments-0-role": "PRESCRIBER",
        "assignments-0-exercise": "LIBERAL", "assignments-0-am_number": "991000696", "assignments-0-starts_on": "",
        "assignments-0-ends_on": "", "assignments-0-replaces": str(cast.martineau.pk),
    }  # fmt: skip
    answer = client.post(where, body)
    assert "Un remplacement a une fin" in answer.content.decode()
    ends = {"assignments-0-ends_on": (timezone.localdate() + timedelta(days=7)).isoformat()}
    assert client.post(where, body | ends).status_code == 302
