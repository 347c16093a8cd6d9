"""Which workstation speaks: a signed cookie laid at activation by an administrator of the house."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.core import signing
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from traces.models import Workstation

COOKIE = "poste"
_SALT = "traces.workstation"


def enrol(label: str, finess: str, by: str) -> Workstation:
    """Activate a workstation of the house `finess`; `by` is the login of who does it."""
    return Workstation.objects.create(label=label, finess=finess, enrolled_by=by, enrolled_at=timezone.now())


def revoke(workstation: Workstation) -> None:
    """Stop believing the cookie of this workstation; its traces stay."""
    Workstation.objects.filter(pk=workstation.pk, revoked_at=None).update(revoked_at=timezone.now())


def active_counts(finess: Iterable[str]) -> dict[str, int]:
    """Return how many workstations are active in each house, in one query."""
    rows = (
        Workstation.objects.active()
        .filter(finess__in=list(finess))
        .values_list("finess")
        .annotate(n=Count("pk"))
    )
    return dict(rows.order_by())


def set_cookie(response: HttpResponseBase, workstation: Workstation) -> None:
    """Lay the signed cookie on the browser that becomes this workstation."""
    response.set_cookie(
        COOKIE,
        signing.dumps(str(workstation.pk), salt=_SALT),
        max_age=timedelta(days=settings.WORKSTATION_COOKIE_DAYS),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def clear_cookie(response: HttpResponseBase) -> None:
    """Forget the workstation on this browser."""
    response.delete_cookie(COOKIE, samesite="Lax")


def workstation_of(request: HttpRequest, finess: str) -> uuid.UUID | None:
    """Return the id of the workstation behind `request`, if it was activated in the house `finess`."""
    found: Workstation | None = getattr(request, "workstation", None)
    return found.pk if found and found.finess == finess else None


def read_cookie(request: HttpRequest) -> Workstation | None:
    """Return the workstation a genuine cookie names, unless it was revoked. A forged cookie names nobody."""
    try:
        pk = uuid.UUID(signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    return Workstation.objects.active().filter(pk=pk).first()


class WorkstationMiddleware:
    """Give every request its `workstation`, read only when asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        cast("Any", request).workstation = SimpleLazyObject(lambda: read_cookie(request))
        return self.get_response(request)
