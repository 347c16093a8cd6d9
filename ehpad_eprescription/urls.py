"""Routes of the whole product."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, include, path

from ehpad_eprescription.api import api_urls
from residents.views import account

urlpatterns: list[URLPattern | URLResolver] = [
    path("", account.home, name="home"),
    path("connexion/", account.Login.as_view(), name="login"),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
    path("etablissement/", account.workplace, name="workplace"),
    path("mot-de-passe/", account.OwnPassword.as_view(), name="password_change"),
    path("aide/", account.help_page, name="help"),
    path("api/v1/", include(api_urls)),
    path("", include("residents.urls")),
    path("", include("prescriptions.urls")),
]
