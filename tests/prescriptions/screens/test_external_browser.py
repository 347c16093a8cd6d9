"""What is noted for the checks, in a real Chromium: found with the keyboard, kept when refused, readable, no overflow."""

import re

import pytest
from playwright.sync_api import Page, expect

from prescriptions.models import ExternalLine
from residents.models import Allergy
from tests.cast import PASSWORD, Cast, make_cast
from tests.drug_base import load_drug_base

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(1366, 768), (820, 1180)]


@pytest.fixture
def cast(transactional_db) -> Cast:
    load_drug_base()
    return make_cast()


@pytest.fixture
def enter(page: Page, live_server, cast):
    """Nadia Roussel's browser, on a page about Jeanne."""

    def visit(path: str) -> Page:
        page.goto(f"{live_server.url}/connexion/")
        page.get_by_label("Identifiant").fill("roussel")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/residents/"))
        page.goto(f"{live_server.url}/residents/{cast.jeanne.pk}/{path}")
        return page

    return visit


def search(page: Page, label: str, typed: str) -> None:
    """Type in a combobox and wait for its options."""
    field = page.get_by_label(label)
    field.fill(typed)
    page.locator(f"#{field.get_attribute('aria-controls')} [role=option]").first.wait_for()


def test_an_allergy_is_chosen_with_the_keyboard_and_free_text_is_never_the_default(enter):
    page = enter("identite/")
    search(page, "Substance, classe ou excipient", "penici")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Substance, classe ou excipient")).to_have_value("Pénicillines")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Allergie notée.")).to_be_visible()
    search(page, "Substance, classe ou excipient", "latex")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Allergie notée en texte libre : non contrôlée.")).to_be_visible()
    search(page, "Substance, classe ou excipient", "tartrazine")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Allergie notée comme excipient : non contrôlée.")).to_be_visible()
    assert set(Allergy.objects.values_list("kind", "code", "label")) == {
        ("CLASS", "PENICILLINES", "Pénicillines"),
        ("FREE", "", "latex"),
        ("EXCIPIENT", "", "tartrazine"),
    }


@pytest.mark.parametrize("size", SIZES, ids=["desk", "tablet"])
def test_a_refused_line_keeps_its_choice_and_the_pages_read_well(enter, cast, axe, size):
    page = enter("traitements-exterieurs/")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    axe(page)
    search(page, "Médicament", "kardegic 75")
    axe(page)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Noter le traitement").click()
    expect(page.get_by_text("À renseigner.")).to_be_visible()
    page.get_by_label("D’où il vient").select_option("HOSPITAL")
    page.get_by_role("button", name="Noter le traitement").click()
    expect(page.get_by_role("button", name=re.compile("^Arrêter KARDEGIC"))).to_be_visible()
    assert ExternalLine.objects.get().cis
    for path in ("traitements-exterieurs/", "identite/", ""):
        page.goto(re.sub(r"(/residents/[^/]+/).*", rf"\1{path}", page.url))
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path
        axe(page)
