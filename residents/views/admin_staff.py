"""Administration: the people of an establishment, what they do there, what they lack to sign."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.models import BaseModelFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from residents.access import MATRIX, Permission, StaffRequest, Who, requires
from residents.administration import get_house, get_member, new_password, why_account_is_closed_to
from residents.forms.staff import AssignmentForm, AssignmentFormSet, KnownPersonForm, StaffForm
from residents.models import Assignment, Establishment, StaffMember
from residents.profile import missing_to_sign, read_assignments

_NOT_TO_ONESELF = (
    "Vous ne pouvez pas vous donner un rôle de soins : demandez-le à l’administrateur de la plateforme."
)
_ATTACHED = {
    True: "{} : rôle proposé. Il vaudra quand cette personne l’aura accepté, à sa prochaine connexion ; "
    "complétez-le dès maintenant.",
    False: "{} a déjà ce rôle ici : complétez-le.",
}


@dataclass(frozen=True)
class Person:
    """Somebody's row: roles here, past ones included, and what they lack to sign if they prescribe."""

    member: StaffMember
    assignments: list[Assignment]
    missing: tuple[str, ...]
    prescribes: bool
    works_today: bool
    awaited: bool
    """They were proposed a role here, and have none yet."""


def _people(house: Establishment) -> list[Person]:
    mine = list(
        house.assignments.select_related("staff").order_by("staff__last_name", "staff__first_name", "role")
    )
    members = {assignment.staff_id: assignment.staff for assignment in mine}
    read_assignments(members.values())
    return [
        _person(member, [a for a in mine if a.staff_id == member.pk], house) for member in members.values()
    ]


def _person(member: StaffMember, assignments: list[Assignment], house: Establishment) -> Person:
    prescribes = member.assignment_as_prescriber(house) is not None
    works = any(a.establishment_id == house.pk for a in member.active_assignments)
    missing = missing_to_sign(member, house) if prescribes else ()
    awaited = not works and any(a.accepted_at is None for a in assignments)
    return Person(member, assignments, missing, prescribes, works, awaited)


@requires(Permission.MANAGE_ESTABLISHMENT)
@require_GET
def staff(request: StaffRequest, finess: str) -> HttpResponse:
    """List the people of one establishment."""
    house = get_house(request.user, finess)
    context = {"house": house, "people": _people(house), "today": timezone.localdate()}
    return render(request, "residents/admin/staff.html", context)


@requires(Permission.MANAGE_ESTABLISHMENT)
@require_http_methods(["GET", "POST"])
def create_member(request: StaffRequest, finess: str) -> HttpResponse:
    """Open an account with one role here; the first password is shown once."""
    house = get_house(request.user, finess)
    form = StaffForm(request.POST or None)
    role = AssignmentForm(
        request.POST or None, instance=Assignment(establishment=house), prefix="role", house=house
    )
    if request.method == "POST" and form.is_valid() and role.is_valid():
        with transaction.atomic():
            member = form.save(commit=False)
            password = new_password_for_new(member)
            role.instance.staff = member
            role.save()
        return _show_password(request, house, member, password)
    context = {"house": house, "form": form, "role": role, "known": KnownPersonForm(auto_id="known_%s")}
    return render(
        request,
        "residents/admin/member_create.html",
        context,
        status=422 if form.errors or role.errors else 200,
    )


def new_password_for_new(member: StaffMember) -> str:
    """Store a new person without any usable password, then give them one."""
    member.set_unusable_password()
    member.save()
    return new_password(member)


@requires(Permission.MANAGE_ESTABLISHMENT)
@require_POST
def attach_member(request: StaffRequest, finess: str) -> HttpResponse:
    """Bring here somebody who already has an account, known by their RPPS."""
    house = get_house(request.user, finess)
    known = KnownPersonForm(request.POST, auto_id="known_%s")
    if known.is_valid():
        member: StaffMember = known.cleaned_data["rpps"]
        if member == request.user:
            raise PermissionDenied(_NOT_TO_ONESELF)
        # Without dates nor exercise: the next screen asks them, and a role that is not complete cannot sign.
        role, _ = Assignment.objects.get_or_create(
            staff=member, establishment=house, role=Assignment.Role.PRESCRIBER, defaults={"accepted_at": None}
        )
        messages.success(request, _ATTACHED[role.accepted_at is None].format(member.display_name))
        return redirect("residents:admin_member", finess=finess, member_pk=member.pk)
    context = {
        "house": house,
        "form": StaffForm(),
        "role": AssignmentForm(prefix="role", house=house),
        "known": known,
    }
    return render(request, "residents/admin/member_create.html", context, status=422)


@requires(Permission.MANAGE_ESTABLISHMENT)
@require_http_methods(["GET", "POST"])
def edit_member(request: StaffRequest, finess: str, member_pk: int) -> HttpResponse:
    """Change somebody's account, when it is ours to change, and their roles here."""
    house = get_house(request.user, finess)
    member = get_member(house, member_pk)
    closed = why_account_is_closed_to(request.user, member)
    shown_name = member.display_name
    form = None if closed else StaffForm(request.POST or None, instance=member)
    roles = AssignmentFormSet(
        request.POST or None,
        instance=member,
        queryset=member.assignments.filter(establishment=house),
        form_kwargs={"house": house},
    )
    valid = request.method == "POST" and roles.is_valid() and (form is None or form.is_valid())
    if valid and member == request.user and _gives_care_role(roles):
        raise PermissionDenied(_NOT_TO_ONESELF)
    if valid:
        _save_member(house, form, roles, shared=bool(closed))
        messages.success(request, "Enregistré.")
        return redirect("residents:admin_staff", finess=finess)
    refused = roles.is_bound and (not roles.is_valid() or bool(form and form.errors))
    context = {
        "house": house,
        "member": member,
        "shown_name": shown_name,
        "form": form,
        "roles": roles,
        "closed": closed,
    }
    return render(request, "residents/admin/member_form.html", context, status=422 if refused else 200)


def _gives_care_role(roles: BaseModelFormSet[Assignment, AssignmentForm]) -> bool:
    """Whether these forms add or change a role that sees residents."""
    changed = [form.cleaned_data.get("role") for form in roles.forms if form.has_changed()]
    return any(role and Permission.VIEW_RESIDENTS in MATRIX[Who(role)] for role in changed)


@transaction.atomic
def _save_member(
    house: Establishment,
    form: StaffForm | None,
    roles: BaseModelFormSet[Assignment, AssignmentForm],
    *,
    shared: bool,
) -> None:
    """Store the account and its roles here; a new or other role of a `shared` account is proposed, not given."""
    if form is not None:
        form.save()
    saved = roles.save(commit=False)
    other = [assignment for assignment, fields in roles.changed_objects if "role" in fields]
    for assignment in saved:
        assignment.establishment = house
        if shared and assignment in [*roles.new_objects, *other]:
            assignment.accepted_at = None
        assignment.save()


@requires(Permission.MANAGE_ESTABLISHMENT)
@require_POST
def reset_password(request: StaffRequest, finess: str, member_pk: int) -> HttpResponse:
    """Give somebody a new password, shown once; their sessions close by themselves.

    Their signing code goes with the old password: whoever resets a password must not be able to sign in their name
    with the code they had, and the person is told when they choose a new one.
    """
    house = get_house(request.user, finess)
    member = get_member(house, member_pk)
    closed = why_account_is_closed_to(request.user, member)
    if closed:
        raise PermissionDenied(closed)
    return _show_password(request, house, member, new_password(member))


@never_cache
def _show_password(
    request: StaffRequest, house: Establishment, member: StaffMember, password: str
) -> HttpResponse:
    context = {"house": house, "member": member, "password": password}
    return render(request, "residents/admin/password.html", context)
