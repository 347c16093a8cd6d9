"""What every page of the product shows around its content. Nothing is read before a template asks for it."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

import ehpad_eprescription
from prescriptions.models import Prescription
from prescriptions.models.status import NEEDS_HUMAN
from prescriptions.referentials.freshness import BaseAge, check_base_age, current_release
from prescriptions.referentials.models import DrugBaseRelease
from prescriptions.treatment import corrected
from residents.access import Permission, establishments_where, holds_anywhere, workplaces
from residents.models import Assignment

if TYPE_CHECKING:
    from residents.models import Establishment, StaffMember

AMO_ENVIRONMENTS = {"simulateur": "simulateur", "qualif": "qualification", "prod": "réel"}
"""AMO_ENVIRONMENT → the word shown on screen."""
SECTIONS = {"residents": "residents", "prescriptions": "prescriptions"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates `shell`, read lazily, and the nonce of the content security policy."""
    return {"shell": Shell(request), "csp_nonce": getattr(request, "csp_nonce", "")}


class Shell:
    """The frame of a page: where one is, who one is, what waits. Every attribute costs its query only when
    read.
    """

    version = ehpad_eprescription.__version__

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def amo_environment(self) -> str:
        """Which Assurance Maladie service this installation talks to, in a word."""
        return AMO_ENVIRONMENTS.get(settings.AMO_ENVIRONMENT, settings.AMO_ENVIRONMENT)

    @property
    def section(self) -> str:
        """The entry of the rail to mark as current."""
        match = self.request.resolver_match
        if match is None:
            return ""
        if match.url_name == "help":
            return "help"
        if (match.url_name or "").startswith("admin"):
            return "admin"
        # A resident's record belongs to « Résidents », whoever draws it.
        return (
            "residents"
            if match.url_name in {"record", "prescribe", "review", "external", "add-external"}
            else SECTIONS.get(match.app_name, "")
        )

    @cached_property
    def user(self) -> StaffMember | None:
        """Who is logged in."""
        user: Any = self.request.user
        return user if user.is_authenticated else None

    @cached_property
    def workplace(self) -> Establishment | None:
        """Where they say they are."""
        return self.request.workplace or None  # type: ignore[attr-defined]

    @cached_property
    def workplaces(self) -> list[Establishment]:
        """Where they may say they are."""
        return workplaces(self.user) if self.user else []

    @cached_property
    def role_words(self) -> str:
        """Their roles where they are, in words."""
        if self.user is None:
            return ""
        place = self.workplace.pk if self.workplace else None
        roles = [
            str(Assignment.Role(a.role).label)
            for a in self.user.active_assignments
            if a.establishment_id == place
        ]
        return ", ".join(roles + ["Administrateur de la plateforme"] * self.user.is_platform_admin)

    @cached_property
    def sees_residents(self) -> bool:
        """Whether the rail offers residents and e-prescriptions."""
        return self.user is not None and bool(establishments_where(self.user, Permission.VIEW_RESIDENTS))

    @cached_property
    def administers(self) -> bool:
        """Whether the rail offers the administration."""
        return self.user is not None and holds_anywhere(self.user, Permission.MANAGE_ESTABLISHMENT)

    @cached_property
    def to_handle(self) -> int:
        """How many e-prescriptions of this establishment wait for a person."""
        if self.user is None or self.workplace is None:
            return 0
        waiting = Prescription.objects.visible_to(self.user).filter(
            establishment=self.workplace, status__in=NEEDS_HUMAN
        )
        return waiting.exclude(corrected("pk")).count()

    @cached_property
    def now(self) -> datetime:
        """The moment the page was drawn."""
        return timezone.now()

    @cached_property
    def drug_base(self) -> DrugBaseRelease | None:
        """The drug base in use; None when none is loaded."""
        return current_release()

    @property
    def drug_base_on(self) -> date | None:
        """Its publication day."""
        return self.drug_base.published_on if self.drug_base else None

    @property
    def drug_base_age(self) -> BaseAge:
        """Whether it may still be relied on, in words (A11)."""
        return check_base_age(self.drug_base, timezone.localdate())

    @cached_property
    def workstation(self) -> str:
        """The label of this activated workstation; empty when it is not activated."""
        station = getattr(self.request, "workstation", None)
        return str(station.label) if station else ""

    @cached_property
    def prescribes(self) -> bool:
        """Whether the person prescribes somewhere, and so has a signing code."""
        return self.user is not None and holds_anywhere(self.user, Permission.PRESCRIBE)
