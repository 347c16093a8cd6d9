"""One basket of four kinds in a real Chromium: three parts registered, one internal order; then the same on paper."""

import pytest
from playwright.sync_api import expect

from prescriptions.models import Prescription, Status
from tests.browser.test_residents_screens import overflow, too_small
from tests.browser.test_story import log_in, open_jeanne, open_pdf, read_code
from tests.cast import PIN, make_cast
from tests.drug_base import load_drug_base
from tests.official_lists import load_official_lists
from tests.stack import wait_until

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


def add(page, kind: str, typed: str, shown: str) -> None:
    """Choose the kind, type, take the answer that says `shown`; its line opens."""
    page.get_by_text(kind, exact=True).click()
    page.locator("#drug").fill(typed)
    page.get_by_role("option").filter(has_text=shown).first.click()
    expect(page.locator(".line-open .line-title")).to_contain_text(shown)


def fill(page, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f".line-open [name={name}]").fill(value)


def the_basket(page) -> None:
    add(page, "Médicament", "paracetamol 1 g", "PARACÉTAMOL")
    page.locator("[name=p0-matin]").fill("1")
    page.locator("[name=p0-soir]").fill("1")
    page.get_by_label("Durée").fill("8")
    expect(page.locator(".funding")).to_contain_text("Assurance maladie")
    add(page, "Dispositif médical", "coussin escarre", "coussin")
    expect(page.locator(".funding")).to_contain_text("Pris en charge par l’EHPAD – ne part pas en ville")
    add(page, "Biologie", "nfs", "Hemogramme")
    add(page, "Kinésithérapie", "marche", "Rééducation de la marche")
    fill(page, sessions="10", times="2", indication="chutes répétées")
    expect(page.locator(".sentence")).to_contain_text("10 séances, 2 fois par semaine.")
    expect(page.locator("#bar")).to_contain_text("3 e-prescriptions partiront")
    expect(page.locator("#bar")).to_contain_text("1 ordre interne")


def test_four_kinds_one_signature(desk, live_stack, cast, axe):
    the_basket(desk)
    axe(desk)
    desk.get_by_role("link", name="Relire et signer").click()
    expect(desk.locator(".part")).to_have_count(4)
    axe(desk)
    desk.get_by_label("Votre code de signature").fill(PIN)
    desk.get_by_role("button", name="Signer et transmettre 3 e-prescriptions").click()
    expect(desk.locator(".act-part")).to_have_count(4)
    expect(desk.get_by_text("Enregistrée", exact=True)).to_have_count(3, timeout=20_000)
    expect(desk.get_by_text("Ordre interne", exact=True)).to_have_count(1)
    axe(desk)
    physio = Prescription.objects.get(kind="acteKinesitherapie")
    wait_until(lambda: Prescription.objects.filter(has_document=True).count() == 3, 20, "de documents CDA")
    desk.goto(f"{live_stack.url}/prescriptions/{physio.pk}/")
    axe(desk)
    assert (physio.identifier or "").encode() in read_code(open_pdf(desk))
    with desk.expect_download() as downloaded:
        desk.get_by_role("link", name="Document CDA").click()
    assert downloaded.value.suggested_filename.endswith(".xml")
    desk.goto(f"http://127.0.0.1:{live_stack.simulator.page_port}/")
    expect(desk.get_by_role("link", name=physio.identifier)).to_be_visible()
    the_nurse_sees_the_internal_order(desk, live_stack, cast, axe)


def the_nurse_sees_the_internal_order(page, stack, cast, axe) -> None:
    log_in(page, stack.url, "roussel")
    page.set_viewport_size({"width": 820, "height": 1180})
    open_jeanne(page)
    expect(page.get_by_role("heading", name="Dispositifs, examens et soins")).to_be_visible()
    expect(page.get_by_text("Ordre interne").first).to_be_visible()
    axe(page)
    assert overflow(page) <= 0
    page.goto(f"{stack.url}/prescriptions/")
    axe(page)
    assert overflow(page) <= 0


def test_the_screens_of_the_basket_fit_a_tablet(desk, live_stack, cast, axe):
    the_basket(desk)
    desk.set_viewport_size({"width": 820, "height": 1180})
    assert overflow(desk) <= 0
    assert not too_small(desk)
    desk.get_by_role("link", name="Relire et signer").click()
    expect(desk.locator(".part")).to_have_count(4)
    assert overflow(desk) <= 0
    axe(desk)


def test_the_service_is_down_it_goes_on_paper(desk, live_stack, cast, axe):
    live_stack.simulator.stop()
    add(desk, "Médicament", "paracetamol 1 g", "PARACÉTAMOL")
    desk.locator("[name=p0-matin]").fill("1")
    desk.get_by_label("Durée").fill("8")
    desk.get_by_role("link", name="Relire et signer").click()
    desk.get_by_role("link", name="signer sur papier").click()
    desk.get_by_label("service de l’Assurance maladie indisponible").check()
    axe(desk)
    desk.get_by_label("Votre code de signature").fill(PIN)
    desk.get_by_role("button", name="Signer sur papier").click()
    expect(desk.get_by_text("Sur papier").first).to_be_visible()
    axe(desk)
    assert Prescription.objects.get().status == Status.PAPER
    assert open_pdf(desk)[:5] == b"%PDF-"
    live_stack.simulator.start()


def test_a_transmission_that_lasts_may_be_given_up_for_paper(desk, live_stack, cast, axe):
    live_stack.simulator.faults("http_503", 50)
    add(desk, "Kinésithérapie", "marche", "Rééducation de la marche")
    fill(desk, sessions="10", indication="chutes")
    desk.get_by_role("link", name="Relire et signer").click()
    desk.get_by_label("Votre code de signature").fill(PIN)
    desk.get_by_role("button", name="Signer et transmettre").click()
    wait_until(lambda: Prescription.objects.get().attempts > 0, 20, "d’essai")
    desk.get_by_role("link", name="Passer au papier").click()
    desk.get_by_label("connexion à internet absente ou insuffisante").check()
    axe(desk)
    for _ in range(5):  # a worker in the middle of a try is waited for
        desk.get_by_role("button", name="Arrêter l’envoi et passer au papier").click()
        desk.wait_for_load_state()
        if Prescription.objects.get().status == Status.PAPER:
            break
        desk.get_by_label("connexion à internet absente ou insuffisante").check()
    expect(desk.get_by_text("Sur papier").first).to_be_visible()
