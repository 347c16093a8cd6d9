"""Coming in, going out, saying where one is."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from residents.access import Permission, StaffRequest, establishments_where, holds_anywhere, workplaces
from residents.forms.account import LoginForm, OwnPasswordForm
from residents.views.proposals import waits_for_an_answer


@method_decorator(login_not_required, name="dispatch")
class Login(LoginView):
    """The way in. A fragment asked after the session closed leads the whole page here, never a form inside a
    form.
    """

    template_name = "registration/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Send a fragment's request to the whole login page, and come back to the page it was asked from."""
        if request.headers.get("HX-Request") == "true" and request.method == "GET":
            came_from = urlsplit(request.headers.get("HX-Current-URL", "")).path
            return HttpResponseClientRedirect(f"{reverse('login')}?next={came_from}")
        return super().dispatch(request, *args, **kwargs)


class OwnPassword(PasswordChangeView):
    """Change one's own password."""

    template_name = "registration/password_change.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("home")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Say it on the next page."""
        messages.success(self.request, "Mot de passe changé. Vos autres sessions sont fermées.")
        form.user.must_change_password = False
        return super().form_valid(form)


class OwnPasswordFirst:
    """Middleware: whoever has a password that somebody else knows chooses their own before anything else."""

    OPEN = frozenset({"password_change", "logout", "login"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponseBase | None:
        """Lead to the password page, except from the pages one needs to obey."""
        match = request.resolver_match
        user = request.user
        if (
            not user.is_authenticated
            or not user.must_change_password
            or (match and match.url_name in self.OPEN)
        ):
            return None
        return redirect("password_change")


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead everybody to their first screen: roles proposed to them, once; then residents for those who care,
    administration for those who configure.
    """
    user = cast("StaffRequest", request).user
    if waits_for_an_answer(cast("StaffRequest", request)):
        return redirect("residents:proposals")
    if len(workplaces(user)) > 1 and "workplace" not in request.session:
        return redirect("workplace")
    if establishments_where(user, Permission.VIEW_RESIDENTS):
        return redirect("residents:list")
    if holds_anywhere(user, Permission.MANAGE_ESTABLISHMENT):
        return redirect("residents:admin")
    return render(request, "registration/no_assignment.html", status=403)


@require_http_methods(["GET", "POST"])
def workplace(request: HttpRequest) -> HttpResponse:
    """Say in which of one's establishments one is; remembered until the session closes."""
    places = workplaces(cast("StaffRequest", request).user)
    if request.method == "GET":
        return render(request, "registration/workplace.html", {"places": places})
    chosen = next((place for place in places if str(place.pk) == request.POST.get("establishment")), None)
    if chosen is None:
        return render(request, "registration/workplace.html", {"places": places, "refused": True}, status=400)
    request.session["workplace"] = chosen.pk
    return redirect(safe_next(request) or "home")


def safe_next(request: HttpRequest) -> str:
    """Return the page asked by `next`, posted or in the address, when it is one of this site; empty otherwise."""
    target = request.POST.get("next") or request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if allowed else ""


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """All the help on one page, for whoever has no script or wants to read it."""
    return render(request, "help.html")
