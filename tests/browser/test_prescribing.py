"""A real Chromium, hands on the keyboard: a usual line in seconds, nothing lost, the signature, the same record for the nurse."""

import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from prescriptions.models import Prescription, PrescriptionLine, Status, Submission
from tests.browser.test_residents_screens import overflow, too_small
from tests.cast import PIN, make_cast
from tests.drug_base import load_drug_base

pytestmark = pytest.mark.browser
SIZES = {"desk": (1366, 768), "tablet": (820, 1180), "zoomed": (683, 384)}


@pytest.fixture
def cast(transactional_db):
    load_drug_base()
    return make_cast()


@pytest.fixture
def open_as(page, live_server):
    """Logs somebody in and opens a page of the product."""

    def go(member, path: str, status: int = 200) -> None:
        client = Client()
        client.force_login(member)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        assert page.goto(live_server.url + path).status == status

    return go


def prescribing(cast) -> str:
    return reverse("prescriptions:prescribe", args=[cast.jeanne.pk])


def focused(page):
    return page.evaluate("document.activeElement.name || document.activeElement.id")


def add(page, typed: str) -> None:
    """Type in the field that adds, choose the first answer; the cursor lands in « Matin »."""
    page.keyboard.type(typed)
    page.locator("#drug-list [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("[name=p0-matin]")).to_be_focused()


def write_line(page, typed: str, moments: str, days: str) -> None:
    """A usual line: drug, doses from « Matin » on, Enter, days, Enter."""
    add(page, typed)
    type_doses(page, moments)
    page.keyboard.press("Enter")
    expect(page.locator("[name=duration_days]")).to_be_focused()
    page.keyboard.type(days)
    page.keyboard.press("Enter")
    expect(page.locator("#drug")).to_be_focused()


def type_doses(page, moments: str) -> None:
    """One character a moment, from « Matin » on; a space leaves it empty."""
    for rank, dose in enumerate(moments):
        if rank:
            page.keyboard.press("Tab")
        page.keyboard.type(dose.strip())


def saved(page) -> None:
    page.locator("#saved", has_text="Brouillon enregistré").wait_for()


def test_a_usual_prescription_without_a_mouse(page, open_as, cast, axe):
    open_as(cast.martineau, reverse("prescriptions:record", args=[cast.jeanne.pk]))
    page.keyboard.press("n")
    expect(page.locator("#drug")).to_be_focused()
    started = time.monotonic()
    write_line(page, "apixaban 2,5", "11", "28")
    assert time.monotonic() - started < 15
    write_line(page, "mirtazapine 15", "1", "28")
    axe(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/relire/")
    page.locator(".paper img").first.wait_for()
    axe(page)
    assert focused(page) == "pin"
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    page.locator("h2", has_text="En transmission").wait_for()
    axe(page)
    prescription = Prescription.objects.get()
    assert prescription.status == Status.SIGNED
    assert prescription.lines.count() == 2


def test_the_state_tells_itself(page, open_as, cast):
    """The page of an e-prescription moves on its own, and says so to who cannot see it."""
    open_as(cast.martineau, prescribing(cast))
    write_line(page, "apixaban 2,5", "11", "28")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/relire/")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    page.locator("h2", has_text="En transmission").wait_for()
    signed = Prescription.objects.get()
    Submission.objects.update(attempts=1, last_code="", next_attempt_at=None, last_attempt_at=timezone.now())
    Prescription.objects.update(
        status=Status.REGISTERED, registered_at=timezone.now(), returned_identifier=signed.identifier
    )
    expect(page.locator("h2", has_text="Enregistrée")).to_contain_text(signed.identifier, timeout=5000)
    expect(page.locator("#said")).to_have_text("E-prescription enregistrée par l’Assurance maladie.")
    assert page.locator("[hx-trigger]").count() == 0


def test_the_sentence_follows_the_fingers(page, open_as, cast):
    open_as(cast.martineau, prescribing(cast))
    add(page, "apixaban 2,5")
    type_doses(page, "1 1")
    page.locator(".sentence", has_text="1 comprimé matin et soir").wait_for()
    assert focused(page) == "p0-soir"
    assert page.locator("#checks a[data-field]").first.inner_text()


def test_steps_and_hours_come_with_the_cursor_in_them(page, open_as, cast, axe):
    open_as(cast.martineau, prescribing(cast))
    add(page, "prednisolone 20")
    page.keyboard.type("2")
    page.get_by_role("button", name="Ajouter un palier").press("Enter")
    expect(page.locator("[name=p1-matin]")).to_be_focused()
    assert page.locator("[name=p0-matin]").input_value() == "2"
    page.get_by_role("button", name="Ajouter une heure précise").first.press("Enter")
    expect(page.locator("[name=p0-h0-at]")).to_be_focused()
    page.locator("[name=p0-rhythm]").select_option("WEEKDAYS")
    assert page.locator("[name=p0-weekdays]").first.is_visible()
    axe(page)


def test_closing_the_tab_loses_nothing(page, open_as, cast):
    open_as(cast.martineau, prescribing(cast))
    add(page, "apixaban 2,5")
    page.keyboard.type("3")
    page.goto("about:blank")
    for _ in range(50):
        if PrescriptionLine.objects.get().content["phases"][0]["matin"] == "3":
            return
        time.sleep(0.1)
    raise AssertionError("ce qui était écrit a été perdu")


def test_a_server_that_fails_is_said_and_tried_again(page, open_as, cast):
    open_as(cast.martineau, prescribing(cast))
    add(page, "apixaban 2,5")
    page.route("**/lignes/*/", lambda route: route.fulfill(status=500, body=""))
    page.keyboard.type("4")
    page.locator("#saved", has_text="Non enregistré : le serveur a répondu par une erreur").wait_for()
    assert page.locator("[name=p0-matin]").input_value() == "4"
    page.unroute("**/lignes/*/")
    saved(page)
    assert PrescriptionLine.objects.get().content["phases"][0]["matin"] == "4"


def test_another_tab_is_not_overwritten(page, open_as, cast):
    open_as(cast.martineau, prescribing(cast))
    add(page, "apixaban 2,5")
    PrescriptionLine.objects.update(version=99)
    page.keyboard.type("5")
    page.locator("#saved", has_text="autre onglet").wait_for()


def test_escape_folds_and_slash_returns_to_adding(page, open_as, cast):
    open_as(cast.martineau, prescribing(cast))
    add(page, "apixaban 2,5")
    page.keyboard.type("1")
    page.keyboard.press("Escape")
    page.locator(".line-open").wait_for(state="detached")
    expect(page.locator(".line-row")).to_be_focused()
    page.keyboard.press("/")
    assert focused(page) == "drug"
    assert PrescriptionLine.objects.get().content["phases"][0]["matin"] == "1"


@pytest.mark.parametrize("size", SIZES)
def test_every_screen_fits_and_is_accessible(page, open_as, cast, axe, size):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    open_as(cast.martineau, prescribing(cast))
    write_line(page, "apixaban 2,5", "11", "28")
    draft = Prescription.objects.get()
    paths = [
        reverse("prescriptions:record", args=[cast.jeanne.pk]),
        f"{prescribing(cast)}?ligne={draft.lines.get().pk}",
        reverse("prescriptions:review", args=[draft.pk]),
        reverse("prescriptions:list"),
        reverse("api-docs"),
    ]
    for path in paths:
        open_as(cast.martineau, path)
        assert overflow(page) <= 0, path
        assert size != "tablet" or not too_small(page), path
        axe(page)
    page.emulate_media(color_scheme="dark")
    for path in paths:
        open_as(cast.martineau, path)
        axe(page)


def test_the_nurse_reads_the_same_record_and_writes_nothing(page, open_as, cast, axe):
    open_as(cast.roussel, reverse("prescriptions:record", args=[cast.jeanne.pk]))
    assert page.get_by_role("link", name="Prescrire").count() == 0
    axe(page)
    open_as(cast.roussel, prescribing(cast), status=403)
    assert not Prescription.objects.exists()


@pytest.mark.parametrize("delay", [0, 60, 150])
def test_a_hand_faster_than_the_network_loses_no_key(page, open_as, cast, delay):
    """« 1 ⏎ 28 ⏎ » typed without waiting: the duration is 28, never 8 nor nothing."""
    open_as(cast.martineau, prescribing(cast))
    add(page, "paracetamol 1 g")
    for key in ("1", "Enter", "2", "8", "Enter"):
        page.keyboard.press(key)
        page.wait_for_timeout(delay)
    expect(page.locator("#drug")).to_be_focused()
    assert PrescriptionLine.objects.get().content["duration_days"] == "28"


def test_the_list_of_registered_ones_fits_the_tablet(page, open_as, cast):
    from prescriptions.workflow.review import review
    from prescriptions.workflow.signing import sign
    from tests.pipeline.conftest import write

    draft = write(cast)
    [signed] = sign(draft, by=cast.martineau, digest=review(draft).digest, workstation=None)
    Prescription.objects.filter(pk=signed.pk).update(
        status=Status.REGISTERED, registered_at=timezone.now(), returned_identifier=signed.identifier
    )
    page.set_viewport_size({"width": 820, "height": 1180})
    open_as(cast.roussel, reverse("prescriptions:list"))
    assert not overflow(page)
