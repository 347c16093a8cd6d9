"""The prescriber's confirmation: a personal code, asked at every signature, locked after five wrong ones."""

import re
from itertools import pairwise

from django.utils import timezone

from prescriptions.workflow.errors import NoPin, PinLocked, WorkflowError, WrongPin
from residents.models import SigningSecret, StaffMember
from residents.models.staff import PIN_MAX_FAILURES

_STEPS = range(-1, 2)
"""Steps between digits that make a sequence: 654321, 111111, 123456."""


def confirm_pin(user: StaffMember, pin: str) -> None:
    """Check the code of `user`. Raises `NoPin`, `PinLocked` or `WrongPin`; returns nothing when it is right."""
    secret = SigningSecret.objects.filter(staff=user).first()
    if secret is None:
        raise NoPin
    if secret.verify(pin):
        return
    secret.refresh_from_db()
    if secret.is_locked(timezone.now()) and secret.locked_until is not None:
        raise PinLocked(timezone.localtime(secret.locked_until).strftime("%-H h %M"))
    raise WrongPin(PIN_MAX_FAILURES - secret.failures)


def _is_too_simple(pin: str) -> bool:
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    is_sequence = len(steps) == 1 and steps <= set(_STEPS)
    return is_sequence or pin[:2] * 3 == pin or pin[:3] * 2 == pin


def choose_pin(user: StaffMember, pin: str) -> None:
    """Set or replace the signing code of `user`: six digits, not all the same. The caller has checked who they are."""
    if not re.fullmatch(r"[0-9]{6}", pin) or _is_too_simple(pin):
        raise WorkflowError("Choisissez un code de 6 chiffres qui ne soit ni une suite ni un chiffre répété.")
    secret = SigningSecret.objects.filter(staff=user).first() or SigningSecret(staff=user)
    secret.set_pin(pin)
    secret.save()
