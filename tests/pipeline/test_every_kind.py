"""The eight kinds through the whole main job, by the screens: written, signed, registered or refused, printed, documented,
followed. Nothing is skipped: a kind without its row here fails the first test.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse

from amo_gateway import schemas
from prescriptions import tasks
from prescriptions.documents.statement import Statement
from prescriptions.kinds.codes import Kind
from prescriptions.models import Prescription, PrescriptionLine, Printout, Status
from prescriptions.printing.sheet import State
from prescriptions.printing.typeset import to_png
from prescriptions.transmission import transmit
from prescriptions.workflow.printing import ordonnance
from tests.cast import PIN, Cast, make_cast
from tests.drug_base import load_drug_base
from tests.official_lists import load_official_lists

pytestmark = pytest.mark.stack


@dataclass(frozen=True)
class Written:
    """What is chosen in the search box, what is typed, and the sentence it reads."""

    choice: str
    typed: dict[str, str]
    sentence: str


ROWS: dict[Kind, Written] = {
    Kind.MEDICAMENT: Written(
        "60234100",
        {"p0-rhythm": "DAILY", "p0-matin": "1", "p0-soir": "1", "duration_days": "8", "route": "orale", "unit": "comprimé",
         "regime": "CONTINU", "starts_on": ""},
        "1 comprimé matin et soir, pendant 8 jours.",
    ),
    Kind.DISPOSITIF_MEDICAL: Written(
        "2145984", {"quantity": "2", "duration_days": "28", "renewals": "1", "side": "gauche"},
        "Quantité : 2 unités pendant 28 jours, à renouveler 1 fois.",
    ),
    Kind.ACTE_BIOLOGIE_MEDICALE: Written(
        "1104", {"every_days": "7", "occurrences": "4", "fasting": "on", "context": "anémie"},
        "Tous les 7 jours, 4 fois, à partir du",
    ),
    Kind.ACTE_INFIRMIER: Written(
        "dialyse", {"times": "1", "per": "jour", "duration_days": "28"}, "1 fois par jour, pendant 28 jours."
    ),
    Kind.ACTE_KINESITHERAPIE: Written(
        "marche", {"sessions": "10", "times": "2", "per": "semaine", "indication": "chutes répétées"},
        "10 séances, 2 fois par semaine.",
    ),
    Kind.ACTE_PEDICURIE: Written(
        "diabetique-2", {"sessions": "4", "indication": "diabète, neuropathie"}, "4 séances."
    ),
    Kind.ACTE_ORTHOPHONIE: Written(
        "deglutition", {"sessions": "12", "times": "1", "per": "semaine", "indication": "fausses routes"},
        "12 séances, 1 fois par semaine.",
    ),
    Kind.ACTE_ORTHOPTIE: Written(
        "basse-vision", {"indication": "DMLA bilatérale"}, "Nombre et rythme à l’appréciation du professionnel."
    ),
}  # fmt: skip


@pytest.fixture
def cast(db) -> Cast:
    load_drug_base()
    load_official_lists()
    return make_cast()


@pytest.fixture
def doctor(cast) -> Client:
    client = Client()
    client.force_login(cast.martineau)
    return client


@pytest.fixture
def nurse(cast) -> Client:
    client = Client()
    client.force_login(cast.roussel)
    return client


@pytest.fixture
def write(cast, doctor) -> Callable[[Kind], PrescriptionLine]:
    """`write(kind)`: a complete line of that kind in the basket, chosen then typed as the screen posts it."""

    def line(kind: Kind) -> PrescriptionLine:
        written, who = ROWS[kind], {"resident": str(cast.jeanne.pk)}
        add = reverse("prescriptions:add-line", args=[cast.jeanne.pk])
        answer = doctor.post(add, who | {"genre": kind.value, "choix": written.choice})
        assert "ligne=" in answer["Location"], "le choix n’est pas dans les tables"
        found = PrescriptionLine.objects.filter(kind=kind).latest("position")
        typed = {name: value for name, value in written.typed.items() if value}
        typed |= {"version": str(found.version), "starts_on": found.content["starts_on"]}
        save = reverse("prescriptions:save-line", args=[cast.jeanne.pk, found.pk])
        assert doctor.post(save, who | typed).status_code == 200
        found.refresh_from_db()
        return found

    return line


@pytest.fixture
def sign(cast, doctor) -> Callable[[], list[Prescription]]:
    """`sign()`: read again, give the code; what the signature made, in order."""

    def made(**more: str) -> list[Prescription]:
        draft = Prescription.objects.get(status=Status.DRAFT)
        where = reverse("prescriptions:review", args=[draft.pk])
        digest = doctor.get(where).context["review"].digest
        body = {"resident": str(cast.jeanne.pk), "digest": digest, "pin": PIN} | more
        assert doctor.post(where, body).status_code == 302
        return list(Prescription.objects.exclude(status=Status.DRAFT).order_by("kind", "status"))

    return made


def again(prescription: Prescription) -> Prescription:
    return Prescription.objects.get(pk=prescription.pk)


def registered(write, sign, kind: Kind) -> Prescription:
    write(kind)
    [made] = sign()
    transmit(made.submission.pk)
    return again(made)


def test_every_kind_has_its_row():
    assert set(ROWS) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_draft(write, doctor, cast, kind):
    line = write(kind)
    page = doctor.get(
        reverse("prescriptions:prescribe", args=[cast.jeanne.pk]) + f"?ligne={line.pk}"
    ).content.decode()
    assert ROWS[kind].sentence in page
    assert "Assurance maladie" in page
    assert "Complète" in page


@pytest.mark.parametrize("kind", Kind)
def test_sign(write, sign, kind):
    write(kind)
    [made] = sign()
    assert (made.kind, made.status, len(made.identifier or "")) == (kind, Status.SIGNED, 18)
    statement = Statement.from_json(made.frozen or {})
    assert (statement.kind, statement.paper, statement.route) == (kind, "SIMPLE", "VILLE")
    [line] = made.lines.all()
    assert line.sentence.startswith(ROWS[kind].sentence)


@pytest.mark.parametrize("kind", Kind)
def test_register(write, sign, simulator, kind):
    made = registered(write, sign, kind)
    assert made.status == Status.REGISTERED
    [held] = simulator.eprescriptions()
    assert held["identifiant"] == made.identifier == made.returned_identifier
    assert held["type"] == kind
    schemas.check(bytes(made.submission.signed_xml or b""))


@pytest.mark.parametrize("kind", Kind)
def test_refuse(write, sign, simulator, doctor, kind):
    write(kind)
    [made] = sign()
    simulator.faults("sim_ep_produit_inconnu")
    transmit(made.submission.pk)
    assert again(made).status == Status.REJECTED
    where = reverse("prescriptions:correct", args=[made.pk])
    assert doctor.post(where).status_code == 302
    draft = Prescription.objects.get(status=Status.DRAFT)
    assert [(line.kind, line.content["starts_on"]) for line in draft.lines.all()]
    assert draft.lines.get().kind == kind
    assert draft.corrects_id == made.pk


@pytest.mark.parametrize("kind", Kind)
def test_print(write, sign, simulator, nurse, kind):
    made = registered(write, sign, kind)
    answer = nurse.post(reverse("prescriptions:print", args=[made.pk]))
    pdf = nurse.get(answer["Location"])
    assert pdf["Content-Type"] == "application/pdf"
    words = " ".join(
        "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.content)).pages).split()
    )
    statement = Statement.from_json(made.frozen or {})
    assert (made.identifier or "?") in words
    assert statement.lines[0].title.split(" (")[0].replace("\u00a0", " ") in words.replace("\u00a0", " ")
    picture = to_png(ordonnance(made, State.ORIGINAL), 1, 200)
    assert any((made.identifier or "") in code.text for code in read_codes(picture))
    assert Printout.objects.get().is_duplicate is False


def read_codes(png: bytes) -> list[Any]:
    """Every code an independent reader finds on the page."""
    from PIL import Image

    return list(zxingcpp.read_barcodes(Image.open(io.BytesIO(png))))


@pytest.mark.parametrize("kind", Kind)
def test_cda(write, sign, simulator, nurse, kind):
    made = registered(write, sign, kind)
    assert tasks.publish_documents() == 1
    assert tasks.publish_documents() == 0
    answer = nurse.get(reverse("prescriptions:cda", args=[made.pk]))
    assert answer["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "{urn:hl7-org:v3}ClinicalDocument"
    assert (made.identifier or "").encode() in answer.content
    archive = nurse.get(reverse("prescriptions:xdm", args=[made.pk])).content
    assert archive[:2] == b"PK"


@pytest.mark.parametrize("kind", Kind)
def test_follow(write, sign, simulator, nurse, cast, kind):
    made = registered(write, sign, kind)
    [line] = made.lines.all()
    record = nurse.get(reverse("prescriptions:record", args=[cast.jeanne.pk])).content.decode()
    assert line.label in record.replace("&#x27;", "'")
    page = nurse.get(reverse("prescriptions:detail", args=[made.pk])).content.decode()
    assert (made.identifier or "") in page
    assert "Enregistrée" in page


def test_without_a_qualified_identity_the_document_stays_here(write, sign, simulator, nurse, cast):
    cast.jeanne.ins_status = "PROVISOIRE"
    cast.jeanne.save()
    made = registered(write, sign, Kind.ACTE_KINESITHERAPIE)
    assert nurse.get(reverse("prescriptions:cda", args=[made.pk])).status_code == 200
    refused = nurse.get(reverse("prescriptions:xdm", args=[made.pk]), follow=True)
    assert "n’est pas qualifiée" in refused.content.decode()
