"""Logging in and changing one's password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from residents.forms.base import Styled
from residents.models import StaffMember

if TYPE_CHECKING:
    PasswordForm = PasswordChangeForm[StaffMember]
else:
    PasswordForm = PasswordChangeForm


class LoginForm(Styled, AuthenticationForm):
    """Name and password. The refusal does not tell which of the two is wrong."""

    error_messages = {
        "invalid_login": "Identifiant ou mot de passe incorrect. Vérifiez les majuscules ; en cas d’oubli, "
        "l’administrateur de votre établissement peut vous donner un nouveau mot de passe.",
        "inactive": "Ce compte est fermé. Voyez l’administrateur de votre établissement.",
    }


class OwnPasswordForm(Styled, PasswordForm):
    """Old password, then the new one twice."""
