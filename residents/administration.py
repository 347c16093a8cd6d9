"""What an administrator may do to people, and the verbs that do it.

An establishment's administrator rules over its assignments; a role given to somebody whose account is not
theirs is a proposal, which the person accepts or refuses. The account itself (name, RPPS, password) may belong
to several establishments, those whose roles were accepted: only somebody who administers all of them may touch
it, else one house could take over an account of another.
"""

from __future__ import annotations

import logging
import secrets
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404

from residents.access import Permission, allows
from residents.models import Establishment, SigningSecret, StaffMember

logger = logging.getLogger(__name__)
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the letters and digits that are read for one another."""


def get_house(
    user: StaffMember, finess: str, permission: Permission = Permission.MANAGE_ESTABLISHMENT
) -> Establishment:
    """Return the establishment if `user` administers it: 404 when not visible, 403 when visible but not
    theirs.
    """
    house = Establishment.objects.visible_to(user).filter(finess=finess).first()
    if house is None:
        raise Http404("Cet établissement n’existe pas ou ne vous est pas confié.")
    if not allows(user, permission, house.pk):
        raise PermissionDenied(f"Votre rôle ne permet pas cela : {permission.value}.")
    return house


def get_member(house: Establishment, pk: object) -> StaffMember:
    """Return somebody who has, or had, a role in `house`."""
    member = (
        StaffMember.objects.filter(pk=cast("int", pk), assignments__establishment=house).distinct().first()
    )
    if member is None:
        raise Http404("Cette personne ne travaille pas dans cet établissement.")
    return member


def why_account_is_closed_to(admin: StaffMember, member: StaffMember) -> str:
    """Say in French why `admin` may not change the account of `member`; empty when they may."""
    if admin.is_platform_admin:
        return ""
    if member.is_platform_admin:
        return (
            "Cette personne administre la plateforme : "
            "seul un administrateur de la plateforme modifie son compte."
        )
    accepted = member.assignments.accepted().select_related("establishment")
    houses = {assignment.establishment for assignment in accepted}
    if not houses:  # only proposals: nobody here was given this account
        return (
            "Cette personne n’a pas encore accepté de rôle dans votre établissement : "
            "son identité et son mot de passe ne vous sont pas confiés."
        )
    others = [house.name for house in houses if not allows(admin, Permission.MANAGE_ESTABLISHMENT, house.pk)]
    if not others:
        return ""
    return (
        f"Cette personne travaille aussi à {', '.join(sorted(others))} : "
        "son identité et son mot de passe se changent par l’administrateur de la plateforme. "
        "Ses rôles dans votre établissement restent les vôtres."
    )


def new_password(member: StaffMember) -> str:
    """Give `member` a random password, to be changed by them, and return it: it is shown once and stored
    nowhere.
    """
    password = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(3))
    member.set_password(password)
    member.must_change_password = True
    member.save(update_fields=["password", "must_change_password"])
    SigningSecret.objects.filter(staff=member).delete()
    logger.info("password of account %s reset; its signing code is withdrawn", member.pk)
    return password
