"""The prescriber chooses or replaces their signing code, proving first who they are."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from prescriptions.workflow.confirm import choose_pin
from prescriptions.workflow.errors import WorkflowError
from residents.access import Permission, StaffRequest, requires
from residents.forms.base import Styled
from residents.views.account import safe_next

_CODE = {"autocomplete": "off", "inputmode": "numeric", "maxlength": "6"}


class SigningCodeForm(Styled, forms.Form):
    """The password of the account, then the new code twice."""

    password = forms.CharField(
        label="Votre mot de passe", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    code = forms.CharField(
        label="Nouveau code de signature",
        widget=forms.PasswordInput(attrs=_CODE),
        help_text="6 chiffres, ni suite ni chiffre répété.",
    )
    again = forms.CharField(label="Le même code, encore une fois", widget=forms.PasswordInput(attrs=_CODE))

    def clean_again(self) -> str:
        """Both entries must agree."""
        if self.cleaned_data["again"] != self.cleaned_data.get("code"):
            raise forms.ValidationError("Les deux codes ne sont pas les mêmes.")
        return str(self.cleaned_data["again"])


@sensitive_post_parameters("password", "code", "again")
@requires(Permission.PRESCRIBE)
@require_http_methods(["GET", "POST"])
def signing_code(request: StaffRequest) -> HttpResponseBase:
    """Choose the signing code, then go back where one came from (`next`).

    A wrong password or a code too simple is said, nothing changes.
    """
    back = safe_next(request)
    form = SigningCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not request.user.check_password(form.cleaned_data["password"]):
            form.add_error("password", "Ce mot de passe n’est pas le vôtre.")
        else:
            try:
                choose_pin(request.user, form.cleaned_data["code"])
            except WorkflowError as error:
                form.add_error("code", str(error))
            else:
                messages.success(request, "Votre code de signature est enregistré.")
                return redirect(back or "home")
    return render(request, "prescriptions/signing_code.html", {"form": form, "back": back})
