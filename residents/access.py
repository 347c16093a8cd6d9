"""Who may do what: one readable matrix, closed by default.

Rights follow role × establishment. A view declares what it needs with `@requires(...)`; a query starts from
`Model.objects.visible_to(user)`; an object is fetched together with the right to act on it (`get_resident`).
A test walks every URL for every role.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

if TYPE_CHECKING:
    from residents.models import Establishment, Resident, StaffMember


class Permission(StrEnum):
    """Everything a person may be allowed to do."""

    VIEW_RESIDENTS = "voir les résidents et leur traitement"
    EDIT_RESIDENT = "créer et modifier l’identité d’un résident"
    RECORD_MEASURE = "saisir mesures, allergies, antécédents et traitements venus d’ailleurs"
    PRESCRIBE = "écrire et signer une prescription"
    PRINT_ORDONNANCE = "imprimer une ordonnance enregistrée"
    RETRY_TRANSMISSION = "relancer une transmission en panne"
    MANAGE_ESTABLISHMENT = "configurer l’établissement et ses professionnels"
    ENROL_WORKSTATION = "activer un poste de travail"
    MANAGE_PLATFORM = "créer un établissement"


class Who(StrEnum):
    """The columns of the matrix: the roles of `Assignment.Role`, and the platform admin."""

    PRESCRIBER = "PRESCRIBER"
    NURSE = "NURSE"
    NURSING_ASSISTANT = "NURSING_ASSISTANT"
    PHARMACIST = "PHARMACIST"
    ADMIN = "ADMIN"
    PLATFORM_ADMIN = "PLATFORM_ADMIN"


_P = Permission
MATRIX: dict[Who, frozenset[Permission]] = {
    Who.PRESCRIBER: frozenset(
        {
            _P.VIEW_RESIDENTS,
            _P.EDIT_RESIDENT,
            _P.RECORD_MEASURE,
            _P.PRESCRIBE,
            _P.PRINT_ORDONNANCE,
            _P.RETRY_TRANSMISSION,
        }
    ),
    Who.NURSE: frozenset({_P.VIEW_RESIDENTS, _P.EDIT_RESIDENT, _P.RECORD_MEASURE, _P.PRINT_ORDONNANCE}),
    Who.NURSING_ASSISTANT: frozenset({_P.VIEW_RESIDENTS, _P.RECORD_MEASURE}),
    Who.PHARMACIST: frozenset({_P.VIEW_RESIDENTS}),
    Who.ADMIN: frozenset({_P.MANAGE_ESTABLISHMENT, _P.ENROL_WORKSTATION}),
    # Runs the platform; sees no resident: health data is for those who care.
    Who.PLATFORM_ADMIN: frozenset({_P.MANAGE_ESTABLISHMENT, _P.ENROL_WORKSTATION, _P.MANAGE_PLATFORM}),
}


class StaffRequest(HttpRequest):
    """A request of a logged-in person, with the establishment they say they are in."""

    user: StaffMember
    workplace: Establishment | None


def allows(user: StaffMember, permission: Permission, establishment_id: int) -> bool:
    """Tell whether `user` holds `permission` in that establishment."""
    if user.is_platform_admin and permission in MATRIX[Who.PLATFORM_ADMIN]:
        return True
    return establishment_id in establishments_where(user, permission)


def establishments_where(user: StaffMember, permission: Permission) -> list[int]:
    """Return the ids of the establishments where one of the roles of `user` holds `permission`."""
    return sorted({a.establishment_id for a in user.active_assignments if permission in MATRIX[Who(a.role)]})


def holds_anywhere(user: StaffMember, permission: Permission) -> bool:
    """Tell whether `user` holds `permission` somewhere: what decides if a page makes sense for them at all."""
    if user.is_platform_admin and permission in MATRIX[Who.PLATFORM_ADMIN]:
        return True
    return bool(establishments_where(user, permission))


P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
StaffView = Callable[Concatenate[StaffRequest, P], R]


def requires(permission: Permission) -> Callable[[StaffView[P, R]], Callable[Concatenate[HttpRequest, P], R]]:
    """Declare the permission a view needs; 403 for anyone who holds it nowhere. The object's own check comes after."""

    def decorate(view: StaffView[P, R]) -> Callable[Concatenate[HttpRequest, P], R]:
        @wraps(view)
        def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> R:
            staff_request = cast("StaffRequest", request)
            if not holds_anywhere(staff_request.user, permission):
                raise PermissionDenied(f"Votre rôle ne permet pas cela : {permission.value}.")
            return view(staff_request, *args, **kwargs)

        cast("Any", checked).required_permission = permission
        return cast("Callable[Concatenate[HttpRequest, P], R]", checked)

    return decorate


def get_resident(
    user: StaffMember, pk: UUID | str, permission: Permission = Permission.VIEW_RESIDENTS
) -> Resident:
    """Return the resident if `user` may act on them: 404 when not visible, 403 when visible but not allowed."""
    from residents.models import Resident

    resident = (
        Resident.objects.visible_to(user)
        .select_related("establishment", "referring_physician", "pharmacy")
        .defer("photo")
        .filter(pk=pk)
        .first()
    )
    if resident is None:
        raise Http404("Ce résident n’existe pas ou n’est pas suivi dans vos établissements.")
    if not allows(user, permission, resident.establishment_id):
        raise PermissionDenied(f"Votre rôle ne permet pas cela : {permission.value}.")
    return resident


def workplaces(user: StaffMember) -> list[Establishment]:
    """Return the establishments a person may say they are in, once each, by name."""
    return list({a.establishment_id: a.establishment for a in user.active_assignments}.values())


def current_workplace(request: HttpRequest) -> Establishment | None:
    """Return the establishment chosen in the session, else the first one where the person works."""
    if not request.user.is_authenticated:
        return None
    places = workplaces(request.user)
    chosen = request.session.get("workplace")
    return next((p for p in places if p.pk == chosen), places[0] if places else None)


class WorkplaceMiddleware:
    """Give every request its `workplace`, read lazily: a page that does not need it costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        cast("Any", request).workplace = SimpleLazyObject(lambda: current_workplace(request))
        return self.get_response(request)
