"""The prescriber's confirmation: a personal code, asked at every signature, locked after five wrong ones."""

import re

from django.utils import timezone

from prescriptions.workflow.errors import NoPin, PinLocked, WorkflowError, WrongPin
from residents.models import SigningSecret, StaffMember
from residents.models.staff import PIN_MAX_FAILURES

_TOO_SIMPLE = re.compile(r"^(\d)\1+$")


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


def choose_pin(user: StaffMember, pin: str) -> None:
    """Set or replace the signing code of `user`: six digits, not all the same. The caller has checked who they are."""
    if not re.fullmatch(r"\d{6}", pin) or _TOO_SIMPLE.match(pin) or pin in {"123456", "654321"}:
        raise WorkflowError("Choisissez un code de 6 chiffres qui ne soit ni une suite ni un chiffre répété.")
    secret = SigningSecret.objects.filter(staff=user).first() or SigningSecret(staff=user)
    secret.set_pin(pin)
    secret.save()
