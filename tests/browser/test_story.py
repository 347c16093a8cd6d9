"""The main job as people live it, in a real Chromium, through the worker and the simulated service.

The prescriber prescribes and signs; the number comes by itself; the PDF carries it; the service holds it; the nurse sees it
and cannot prescribe; the administrator has configured the house. Then the same with the service down.
"""

import io

import pypdf
import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import expect

from amo_gateway import code2d
from prescriptions.models import Prescription, Status
from tests.browser.test_residents_screens import overflow
from tests.cast import PASSWORD, PIN, make_cast
from tests.drug_base import load_drug_base
from tests.stack import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.stack]


@pytest.fixture
def cast(transactional_db):
    load_drug_base()
    return make_cast()


@pytest.fixture
def desk(page, live_stack, cast):
    page.set_viewport_size({"width": 1366, "height": 768})
    return page


def log_in(page, url: str, login: str) -> None:
    page.context.clear_cookies()
    page.goto(url)
    page.get_by_label("Identifiant").fill(login)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(f"{url}/connexion/")
    page.wait_for_load_state()


def open_jeanne(page) -> None:
    page.get_by_role("link", name="BEAUMONT").first.click()
    expect(page.get_by_role("heading", name="Traitement en cours", exact=True)).to_be_visible()


def prescribe_and_sign(page) -> None:
    page.get_by_role("link", name="Prescrire").first.click()
    page.get_by_role("combobox").first.fill("paracetamol 1 g")
    page.get_by_role("option").first.click()
    expect(page.locator("[name=p0-matin]")).to_be_focused()
    page.keyboard.type("1")
    page.get_by_label("Soir", exact=True).fill("1")
    page.get_by_label("Durée").fill("8")
    expect(page.locator(".sentence").first).to_contain_text("1 comprimé matin et soir, pendant 8 jours.")
    page.get_by_role("link", name="Relire et signer").click()
    page.get_by_label("Votre code de signature").fill(PIN)
    page.get_by_role("button", name="Signer et transmettre").click()


def open_pdf(page) -> bytes:
    """Print, and read the bytes that the browser was given."""
    with page.context.expect_event("response", lambda r: r.url.endswith(".pdf")) as seen:
        page.get_by_role("button", name="Imprimer").click()
    answer = page.context.request.get(seen.value.url)
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def read_code(pdf: bytes) -> bytes:
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil()
    codes = [found for found in zxingcpp.read_barcodes(page) if "QR" in str(found.format)]
    assert len(codes) == 1
    return codes[0].bytes


def test_from_the_screen_to_the_registered_number_and_its_paper(desk, live_stack, cast, axe):
    log_in(desk, live_stack.url, "martineau")
    axe(desk)
    open_jeanne(desk)
    axe(desk)
    prescribe_and_sign(desk)
    expect(desk.get_by_text("Enregistrée", exact=False).first).to_be_visible(timeout=15_000)
    signed = Prescription.objects.get()
    assert signed.identifier is not None
    expect(desk.get_by_text(signed.identifier).first).to_be_visible(timeout=15_000)
    axe(desk)

    pdf = open_pdf(desk)
    assert signed.identifier in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    expected = code2d.content(
        signed.identifier, "Beaumont", "Jeanne", cast.jeanne.birth_date, cast.martineau.rpps, am="991000696"
    )
    assert read_code(pdf) == expected

    desk.goto(f"http://127.0.0.1:{live_stack.simulator.page_port}/")
    expect(desk.get_by_role("link", name=signed.identifier)).to_be_visible()
    assert "Beaumont" not in desk.content()
    axe(desk)
    wait_until(lambda: len(live_stack.simulator.traces()) >= 2, what="de traces reçues")
    the_nurse_sees_it_and_cannot_prescribe(desk, live_stack, cast, signed, axe)
    the_administrator_sees_a_house_that_is_ready(desk, live_stack, axe)


def the_nurse_sees_it_and_cannot_prescribe(page, stack, cast, signed, axe) -> None:
    log_in(page, stack.url, "roussel")
    open_jeanne(page)
    expect(page.get_by_text("PARACÉTAMOL").first).to_be_visible()
    expect(page.get_by_role("link", name="Prescrire")).to_have_count(0)
    assert page.goto(f"{stack.url}/residents/{cast.jeanne.pk}/prescrire/").status == 403
    axe(page)
    page.goto(f"{stack.url}/prescriptions/{signed.pk}/")
    pdf = open_pdf(page)
    assert "DUPLICATA" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def the_administrator_sees_a_house_that_is_ready(page, stack, axe) -> None:
    log_in(page, stack.url, "garnier")
    expect(page.get_by_role("heading", name="EHPAD Les Tilleuls")).to_be_visible()
    expect(page.get_by_text("990000101").first).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 820, "height": 1180})
    assert not overflow(page)
    assert page.goto(f"{stack.url}/residents/").status == 403


def test_with_the_service_down_the_prescriber_goes_on_and_it_is_registered_once(desk, live_stack, cast):
    live_stack.simulator.stop()
    log_in(desk, live_stack.url, "martineau")
    open_jeanne(desk)
    prescribe_and_sign(desk)
    expect(desk.get_by_text("Vous pouvez continuer")).to_be_visible(timeout=15_000)
    desk.goto(f"{live_stack.url}/residents/{cast.jeanne.pk}/")
    expect(desk.get_by_text("En transmission").first).to_be_visible()
    live_stack.simulator.start()
    wait_until(lambda: Prescription.objects.get().status == Status.REGISTERED, 30)
    held = live_stack.simulator.eprescriptions()
    assert [e["identifiant"] for e in held] == [Prescription.objects.get().identifier]


def test_a_refusal_is_said_in_french_with_a_way_out(desk, live_stack, cast, axe):
    live_stack.simulator.faults("sim_ep_produit_inconnu")
    log_in(desk, live_stack.url, "martineau")
    open_jeanne(desk)
    prescribe_and_sign(desk)
    expect(desk.get_by_text("ne connaît pas l’un des produits")).to_be_visible(timeout=15_000)
    axe(desk)
    desk.get_by_role("button", name="Corriger").first.click()
    expect(desk.get_by_role("heading", name="Nouvelle prescription")).to_be_visible()
    assert Prescription.objects.filter(status=Status.DRAFT, lines__isnull=False).exists()
