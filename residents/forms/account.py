"""Logging in and changing one's password."""

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from residents.forms.base import Styled


class LoginForm(Styled, AuthenticationForm):
    """Name and password. The refusal does not tell which of the two is wrong."""

    error_messages = {
        "invalid_login": "Identifiant ou mot de passe incorrect. Vérifiez les majuscules ; en cas d’oubli, "
        "l’administrateur de votre établissement peut vous donner un nouveau mot de passe.",
        "inactive": "Ce compte est fermé. Voyez l’administrateur de votre établissement.",
    }


class OwnPasswordForm(Styled, PasswordChangeForm):
    """Old password, then the new one twice."""
