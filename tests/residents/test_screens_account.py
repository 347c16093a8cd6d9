"""Coming in, going out, saying where one is, and the pages of refusal."""

import pytest
from django.test import Client
from django.urls import reverse

from residents.models import Assignment, StaffMember
from tests.cast import PASSWORD


def test_login_leads_to_the_residents(cast):
    client = Client()
    answer = client.post("/connexion/", {"username": "roussel", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/residents/"
    assert "BEAUMONT" in answer.content.decode()


@pytest.mark.parametrize("login", ["roussel", "inconnue"])
def test_a_refused_login_does_not_say_which_part_is_wrong(cast, login):
    answer = Client().post("/connexion/", {"username": login, "password": "fausse"})
    html = answer.content.decode()
    assert "Identifiant ou mot de passe incorrect" in html
    assert 'role="alert"' in html


def test_a_closed_account_does_not_come_in(cast):
    StaffMember.objects.filter(pk=cast.roussel.pk).update(is_active=False)
    assert (
        "incorrect"
        in Client().post("/connexion/", {"username": "roussel", "password": PASSWORD}).content.decode()
    )


def test_after_an_idle_session_the_login_page_says_why_and_comes_back(cast):
    page = Client().get("/residents/", follow=True)
    assert "quinze minutes" in page.content.decode()
    answer = Client().post("/connexion/", {"username": "roussel", "password": PASSWORD, "next": "/aide/"})
    assert answer["Location"] == "/aide/"


def test_login_never_leads_to_another_site(cast):
    answer = Client().post(
        "/connexion/", {"username": "roussel", "password": PASSWORD, "next": "https://ailleurs.example/"}
    )
    assert answer["Location"] == "/"


def test_a_fragment_asked_too_late_moves_the_whole_page(cast):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/residents/"}
    answer = Client().get("/connexion/?next=/residents/x/", headers=headers)
    assert answer["HX-Redirect"] == "/connexion/?next=/residents/"


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("martineau", "/residents/"),
        ("benali", "/residents/"),
        ("garnier", "/administration/"),
        ("platform", "/administration/"),
    ],
)
def test_home_is_where_each_role_works(cast, as_member, who, where):
    assert as_member(getattr(cast, who)).get("/")["Location"] == where


def test_without_a_role_home_says_whom_to_see(cast, as_member):
    Assignment.objects.filter(staff=cast.perrin).delete()
    answer = as_member(cast.perrin).get("/")
    assert answer.status_code == 403
    assert "Aucun rôle pour l’instant" in answer.content.decode()


def test_a_person_of_two_houses_chooses_once_and_sees_that_house_only(cast, as_member):
    Assignment.objects.create(
        staff=cast.martineau, establishment=cast.loire, role="PRESCRIBER", exercise="SALARIED"
    )
    client = as_member(cast.martineau)
    assert client.get("/")["Location"] == reverse("workplace")
    assert "Bord de Loire" in client.get(reverse("workplace")).content.decode()
    client.post(reverse("workplace"), {"establishment": cast.loire.pk})
    html = client.get("/residents/").content.decode()
    assert "CARADEC" in html
    assert "BEAUMONT" not in html


def test_one_may_not_say_to_be_elsewhere(cast, as_member):
    client = as_member(cast.roussel)
    assert client.post(reverse("workplace"), {"establishment": cast.loire.pk}).status_code == 400
    assert "BEAUMONT" in client.get("/residents/").content.decode()


def test_logging_out_is_a_post(cast, as_member):
    client = as_member(cast.roussel)
    assert client.get("/deconnexion/").status_code == 405
    assert client.post("/deconnexion/")["Location"] == "/connexion/"
    assert client.get("/residents/").status_code == 302


def test_changing_one_s_password(cast, as_member):
    client = as_member(cast.roussel)
    new = "Tilleul-argente-26"
    answer = client.post(
        "/mot-de-passe/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}, follow=True
    )
    assert "Mot de passe changé" in answer.content.decode()
    assert Client().login(username="roussel", password=new)
    refused = client.post(
        "/mot-de-passe/", {"old_password": new, "new_password1": "court", "new_password2": "court"}
    )
    assert "12" in refused.content.decode()


def test_an_unknown_page_keeps_calm(cast, as_member):
    answer = as_member(cast.roussel).get("/rien/")
    assert answer.status_code == 404
    assert "Rien n’a été modifié" in answer.content.decode()


def test_a_refused_page_says_what_the_role_lacks(cast, as_member):
    answer = as_member(cast.perrin).get("/administration/")
    assert answer.status_code == 403
    assert "configurer l’établissement" in answer.content.decode()


def test_a_stale_form_says_to_reload(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.roussel)
    answer = client.post("/etablissement/", {"establishment": cast.tilleuls.pk})
    assert answer.status_code == 403
    assert "Cette page était périmée" in answer.content.decode()


def test_a_failure_page_needs_nothing(rf):
    from django.views.defaults import server_error

    answer = server_error(rf.get("/"))
    assert "Une panne de notre côté" in answer.content.decode()


def test_the_login_page_asks_nothing_of_the_database(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get("/connexion/")


def test_every_page_says_where_one_is_and_on_which_workstation(cast, as_member):
    html = as_member(cast.roussel).get("/aide/").content.decode()
    assert "EHPAD Les Tilleuls" in html
    assert "Poste non activé" in html
    assert "simulateur" in html
