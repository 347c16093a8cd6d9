"""People and places in a real Chromium: nothing overflows, axe finds nothing, hands stay on the keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from residents.models import Allergy, Resident
from tests.cast import PASSWORD, TILLEULS, Cast, make_cast, make_resident

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK, TABLET, ZOOMED = (1366, 768), (820, 1180), (683, 384)
FINGER = 44
"""Least height, in CSS pixels, of what a finger must reach (tablet)."""


@pytest.fixture
def cast(transactional_db) -> Cast:
    cast = make_cast()
    Allergy.objects.create(resident=cast.jeanne, kind="FREE", label="produit iodé")
    Resident.objects.filter(pk=cast.jeanne.pk).update(allergy_status="PRESENT")
    for number in range(1, 31):
        room = str(100 + number)
        make_resident(cast.tilleuls, f"Riou{number:02}", "André", sex="M", room=room, floor="1er étage")
    return cast


@pytest.fixture
def enter(page: Page, live_server):
    """Logs somebody in through the login page and returns the page."""

    def login(username: str, path: str = "/") -> Page:
        page.goto(f"{live_server.url}/connexion/")
        page.get_by_label("Identifiant").fill(username)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/(residents|administration)/"))
        page.goto(f"{live_server.url}{path}")
        return page

    return login


def screens(cast: Cast) -> list[tuple[str, str]]:
    jeanne, house = f"/residents/{cast.jeanne.pk}/identite", f"/administration/{TILLEULS}"
    return [
        ("martineau", "/residents/"),
        ("martineau", "/etablissement/"),
        ("roussel", "/residents/nouveau/"),
        ("roussel", f"{jeanne}/"),
        ("benali", f"{jeanne}/"),
        ("roussel", f"{jeanne}/modifier/"),
        ("perrin", "/aide/"),
        ("perrin", "/mot-de-passe/"),
        ("garnier", "/administration/"),
        ("garnier", f"{house}/"),
        ("garnier", f"{house}/professionnels/"),
        ("garnier", f"{house}/professionnels/nouveau/"),
        ("garnier", f"{house}/professionnels/{cast.martineau.pk}/"),
        ("garnier", f"{house}/postes/"),
        ("garnier", f"{house}/pharmacies/"),
        ("perrin", "/administration/"),
        ("perrin", "/rien/"),
    ]


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def too_small(page: Page) -> list[str]:
    """What a finger would miss: links in a sentence are excepted (WCAG 2.5.8); a row is reached whole."""
    return page.evaluate(
        """least => [...document.querySelectorAll(
            "button, select, input:not([type=hidden]), summary, a.btn, a.chip, .tabs a")]
        .filter(e => e.getClientRects().length && !e.matches("[type=checkbox], [type=radio]"))
        .filter(e => e.getBoundingClientRect().height < least - 0.5).map(e => e.outerHTML.slice(0, 120))""",
        FINGER,
    )


@pytest.mark.parametrize("size", [DESK, TABLET, ZOOMED], ids=["desk", "tablet", "zoomed"])
def test_no_screen_overflows_and_axe_finds_nothing(cast, enter, page, live_server, axe, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{live_server.url}/connexion/")
    axe(page)
    somebody = ""
    for who, path in screens(cast):
        if who != somebody:
            page.context.clear_cookies()
            enter(who, path)
            somebody = who
        else:
            page.goto(f"{live_server.url}{path}")
        assert overflow(page) <= 0, path
        assert size != TABLET or not too_small(page), path
        axe(page)


def test_dark_screens_are_as_readable(cast, enter, page, axe):
    page.emulate_media(color_scheme="dark")
    identity = f"/residents/{cast.jeanne.pk}/identite/"
    for who, path in [("martineau", "/residents/"), ("roussel", identity), ("garnier", "/administration/")]:
        page.context.clear_cookies()
        enter(who, path)
        axe(page)


def test_nothing_is_refused_by_the_content_security_policy(cast, enter, page):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    enter("martineau", "/residents/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("beaumont")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    page.goto(page.url + f"{cast.jeanne.pk}/identite/")
    assert said == []


def test_one_types_at_once_and_enter_opens(cast, enter, page):
    enter("martineau", "/residents/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("lemaire")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    assert "lemaire" not in page.url
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/residents/{cast.jeanne.pk}/")


def test_arrows_walk_the_rows_and_slash_comes_back(cast, enter, page):
    enter("roussel", "/residents/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="RIOU02 André")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("2")
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("2")


def test_n_prescribes_for_the_chosen_row(cast, enter, page):
    enter("martineau", "/residents/?filtre=mes-residents")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("n")
    page.wait_for_url(f"**/residents/{cast.jeanne.pk}/prescrire/")


def test_letters_are_only_letters_in_a_field(cast, enter, page):
    enter("martineau", "/residents/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("n?g")
    expect(page.get_by_role("searchbox")).to_have_value("n?g")
    assert page.url.endswith("/residents/")


def test_the_row_chosen_is_never_under_the_head_or_the_bar(cast, enter, page):
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    enter("roussel", "/residents/")
    for key, times in (("ArrowDown", 31), ("ArrowUp", 25)):
        for _ in range(times):
            page.keyboard.press(key)
        hidden = page.evaluate(
            """() => { const row = document.activeElement.closest("tr").getBoundingClientRect();
            const head = document.querySelector(".residents thead th").getBoundingClientRect();
            const bar = document.querySelector(".bar").getBoundingClientRect();
            return row.top < head.bottom - 1 || row.bottom > bar.top + 1; }"""
        )
        assert not hidden, key


def test_help_opens_with_a_key_and_closes_with_escape(cast, enter, page, axe):
    enter("perrin", f"/residents/{cast.jeanne.pk}/identite/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Aide")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Aide")).to_be_hidden()


def test_the_account_menu_closes_with_escape_and_gives_the_focus_back(cast, enter, page, axe):
    enter("perrin", "/residents/")
    summary = page.locator("summary", has_text="compte et établissement")
    summary.click()
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_hidden()
    expect(summary).to_be_focused()


def test_the_banner_never_leaves(cast, enter, page):
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    enter("roussel", f"/residents/{cast.jeanne.pk}/identite/")
    page.mouse.wheel(0, 2000)
    expect(page.get_by_text("BEAUMONT Jeanne", exact=True)).to_be_in_viewport()
    page.set_viewport_size({"width": ZOOMED[0], "height": ZOOMED[1]})
    page.mouse.wheel(0, 2000)
    expect(page.get_by_text("BEAUMONT Jeanne", exact=True)).to_be_in_viewport()


def test_a_refused_measure_is_read_out_and_keeps_what_was_typed(cast, enter, page, axe):
    enter("perrin", f"/residents/{cast.jeanne.pk}/identite/")
    page.get_by_label("Mesure", exact=True).select_option("WEIGHT")
    page.get_by_label("Valeur").fill("584")
    page.get_by_role("button", name="Ajouter").click()
    value = page.get_by_label("Valeur")
    expect(value).to_have_value("584")
    expect(value).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("entre 20 et 250 kg")).to_be_visible()
    described = value.get_attribute("aria-describedby") or ""
    assert page.locator(f"#{described.split()[-1]}").count() == 1
    axe(page)
