"""Rights: the matrix, and what each person of the cast can see."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from residents.access import MATRIX, Permission, Who, get_resident, workplaces
from residents.models import Assignment, Establishment, Resident, StaffMember
from tests.cast import Cast, make_cast

P = Permission


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


def again(member: StaffMember) -> StaffMember:
    """The same person on another request: nothing remembered."""
    return StaffMember.objects.get(pk=member.pk)


def test_every_role_has_a_row_in_the_matrix():
    assert {role.value for role in Assignment.Role} == {
        who.value for who in Who if who is not Who.PLATFORM_ADMIN
    }
    assert set(MATRIX) == set(Who)


def test_only_prescribers_prescribe():
    assert [who for who, rights in MATRIX.items() if P.PRESCRIBE in rights] == [Who.PRESCRIBER]


def test_nobody_sees_residents_just_because_they_administer():
    for who in (Who.ADMIN, Who.PLATFORM_ADMIN):
        assert not MATRIX[who] & {
            P.VIEW_RESIDENTS,
            P.EDIT_RESIDENT,
            P.RECORD_MEASURE,
            P.PRESCRIBE,
            P.PRINT_ORDONNANCE,
        }


def test_residents_are_those_of_the_houses_where_one_works(cast):
    seen = {m.username: set(Resident.objects.visible_to(m)) for m in cast.everybody}
    here, there = {cast.jeanne}, {cast.louis}
    assert seen == {
        "martineau": here, "roussel": here, "perrin": here, "benali": here, "sellier": there, "garnier": set(),
        "plateforme": set(),
    }  # fmt: skip


def test_another_house_looks_as_if_it_did_not_exist(cast):
    with pytest.raises(Http404):
        get_resident(cast.sellier, cast.jeanne.pk)


def test_seeing_is_not_prescribing(cast):
    assert get_resident(cast.roussel, cast.jeanne.pk) == cast.jeanne
    with pytest.raises(PermissionDenied):
        get_resident(cast.roussel, cast.jeanne.pk, P.PRESCRIBE)


@pytest.mark.parametrize(
    ("starts", "ends", "works"),
    [(None, None, True), (-9, -1, False), (1, None, False), (-1, 0, True), (0, 0, True)],
)
def test_an_assignment_gives_rights_only_while_it_lasts(cast, starts, ends, works):
    today = date.today()
    cast.martineau.assignments.update(
        starts_on=None if starts is None else today + timedelta(days=starts),
        ends_on=None if ends is None else today + timedelta(days=ends),
    )
    assert again(cast.martineau).can(P.PRESCRIBE, cast.tilleuls) is works


def test_a_closed_account_keeps_no_right(cast):
    StaffMember.objects.filter(pk=cast.martineau.pk).update(is_active=False)
    assert not Resident.objects.visible_to(again(cast.martineau)).exists()


def test_a_prescriber_of_two_houses_may_say_where_they_are(cast):
    Assignment.objects.create(
        staff=cast.martineau, establishment=cast.loire, role="PRESCRIBER", exercise="SALARIED"
    )
    doctor = again(cast.martineau)
    assert workplaces(doctor) == [cast.loire, cast.tilleuls]
    at_home, elsewhere = (
        doctor.assignment_as_prescriber(cast.tilleuls),
        doctor.assignment_as_prescriber(cast.loire),
    )
    assert at_home is not None
    assert elsewhere is not None
    assert (at_home.billing_identifier, elsewhere.billing_identifier) == ("991000696", cast.loire.finess)


def test_admin_sees_their_house_and_platform_sees_all(cast):
    assert list(Establishment.objects.visible_to(cast.garnier)) == [cast.tilleuls]
    assert Establishment.objects.visible_to(cast.platform).count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"has_pui": True}, "pharmacie à usage intérieur"),
        ({"activated_on": None}, "pas encore activé"),
        ({"amo_credentials_ref": ""}, "certificats"),
    ],
)
def test_a_house_that_may_not_eprescribe_says_why(cast, change, words):
    for field, value in change.items():
        setattr(cast.tilleuls, field, value)
    assert words in cast.tilleuls.eprescription_refusal()
