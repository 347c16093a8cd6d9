"""The panel of checks in a real Chromium: an alert asks its reason, keeps it, and lets one sign; what is open stays open."""

import pytest
from playwright.sync_api import expect

from prescriptions.models import Acknowledgement, Prescription
from tests.browser.test_basket import add
from tests.browser.test_residents_screens import overflow
from tests.browser.test_story import log_in, open_jeanne
from tests.cast import PIN, make_cast
from tests.drug_base import load_drug_base
from tests.official_lists import load_official_lists

pytestmark = [pytest.mark.browser, pytest.mark.stack]


@pytest.fixture
def cast(transactional_db):
    load_drug_base()
    load_official_lists()
    return make_cast()


@pytest.fixture
def desk(page, live_stack, cast):
    page.set_viewport_size({"width": 1366, "height": 768})
    log_in(page, live_stack.url, "martineau")
    open_jeanne(page)
    page.get_by_role("link", name="Prescrire").first.click()
    return page


def two_lines_of_one_substance(page) -> None:
    for rank, shown in enumerate(("doliprane 1000 mg comprime", "dafalgan 1 g"), start=1):
        add(page, "Médicament", shown, "PARACÉTAMOL")
        expect(page.locator(".line-open .line-no")).to_have_text(str(rank))
        page.locator("[name=p0-matin]").fill("1")
        page.get_by_label("Durée").fill("8")
        expect(page.locator(".sentence")).to_contain_text("pendant 8 jours.")


def test_a_reason_is_given_kept_and_shown_where_one_signs(desk, live_stack, cast, axe):
    two_lines_of_one_substance(desk)
    panel = desk.locator("#checks")
    expect(panel.get_by_text("Même substance deux fois")).to_be_visible()
    expect(desk.locator("#bar")).to_contain_text("motif")
    axe(desk)
    panel.get_by_label("ou un autre motif").first.fill("relais, une seule boîte à la fois")
    panel.get_by_role("button", name="Maintenir avec ce motif").first.click()
    expect(desk.get_by_role("link", name="Relire et signer")).to_be_visible()
    assert Acknowledgement.objects.get().reason == "relais, une seule boîte à la fois"
    desk.get_by_role("link", name="Relire et signer").click()
    expect(desk.get_by_text("relais, une seule boîte à la fois")).to_be_visible()
    axe(desk)
    desk.get_by_label("Votre code de signature").fill(PIN)
    desk.get_by_role("button", name="Signer et transmettre").click()
    expect(desk.get_by_role("heading", name="Contrôles à la signature")).to_be_visible()
    axe(desk)
    kept = Prescription.objects.get().checks or {}
    assert any(found["reason"] == "relais, une seule boîte à la fois" for found in kept["findings"])


def test_what_was_opened_stays_open_while_one_types(desk, cast):
    two_lines_of_one_substance(desk)
    unchecked = desk.locator("#checks .note-unchecked").first
    unchecked.locator("summary").click()
    desk.locator(".line-open [name=p0-soir]").fill("1")
    expect(desk.locator(".sentence")).to_contain_text("matin et soir")
    assert unchecked.get_attribute("open") is not None


def test_the_panel_fits_a_tablet_and_says_what_it_is(desk, live_stack, cast, axe):
    two_lines_of_one_substance(desk)
    desk.set_viewport_size({"width": 820, "height": 1180})
    assert overflow(desk) <= 0
    axe(desk)
    desk.get_by_role("link", name="Ce que ces contrôles font et ne font pas").click()
    expect(desk.get_by_text("n’est pas un dispositif médical certifié")).to_be_visible()
    axe(desk)
    assert overflow(desk) <= 0
