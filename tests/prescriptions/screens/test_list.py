"""The list of e-prescriptions: what waits for a person first."""

import pytest
from django.urls import reverse

from prescriptions.views import listing
from tests.prescriptions.screens.test_prescribing import text

WHERE = reverse("prescriptions:list")


def test_groups_come_in_the_order_of_what_must_be_done(doctor, put, write):
    put("REGISTERED")
    put(attempts=1, code="siram_40", drug="furosemide 20 mg")
    put("REJECTED", code="sim_ep_produit_inconnu", drug="ramipril 2,5 mg")
    write("bisoprolol 2,5 mg")
    page = text(doctor.get(WHERE))
    titles = ["À traiter 1", "En transmission 1", "Vos brouillons 1", "Enregistrées 1"]
    assert [page.index(title) for title in titles] == sorted(page.index(title) for title in titles)


def test_a_draft_is_its_author_s_only(nurse, write):
    write("bisoprolol 2,5 mg")
    assert "brouillon" not in text(nurse.get(WHERE)).lower()


def test_another_house_has_its_own_list(stranger, put):
    put("REGISTERED")
    assert "Aucune e-prescription ici" in text(stranger.get(WHERE))


def test_pages_go_back_in_time(doctor, put, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 1)
    first, second = put("REGISTERED"), put("REGISTERED", drug="furosemide 20 mg")
    latest = doctor.get(WHERE).content.decode()
    assert second.identifier in latest
    assert first.identifier not in latest
    older = doctor.get(WHERE, {"page": "2"}).content.decode()
    assert first.identifier in older
    assert "Plus récentes" in older


@pytest.mark.parametrize("page", ["0", "-3", "x", "9" * 40])
def test_a_strange_page_number_breaks_nothing(doctor, page):
    assert doctor.get(WHERE, {"page": page}).status_code == 200


def test_the_list_costs_the_same_whatever_its_length(doctor, put, django_assert_num_queries):
    put("REGISTERED")
    with django_assert_num_queries(13):
        doctor.get(WHERE)
    put("REGISTERED", drug="furosemide 20 mg")
    put("STALLED", drug="ramipril 2,5 mg", code="siram_40")
    with django_assert_num_queries(13):
        doctor.get(WHERE)
