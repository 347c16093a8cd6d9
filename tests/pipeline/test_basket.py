"""One basket, one signing: split by legal kind, paper and payer; each part lives its own life (rules Z5, Z6, Z7, B18, E03)."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from amo_gateway.client import Receipt
from prescriptions import tasks
from prescriptions.documents import epu
from prescriptions.documents.statement import Statement
from prescriptions.kinds.codes import Kind
from prescriptions.models import PaperFallback, Prescription, Status, Submission
from prescriptions.referentials.models import DrugBaseRelease, ListRelease
from prescriptions.transmission import transmit
from prescriptions.views.listing import month_counts
from prescriptions.workflow import drafts, outcomes, paper, publishing
from prescriptions.workflow.acknowledging import acknowledge
from prescriptions.workflow.errors import (
    AlreadyCorrected,
    AnotherCorrection,
    CorrectedElsewhere,
    InFlight,
    NoMotive,
    NoSecuredPaper,
    Superseded,
)
from prescriptions.workflow.outcomes import Attempt
from prescriptions.workflow.paper import PaperMotive
from prescriptions.workflow.printing import print_ordonnance
from prescriptions.workflow.review import review
from prescriptions.workflow.signing import sign
from prescriptions.workflow.traces import AttemptFacts
from residents.models import Establishment
from tests.answers import answer_all
from tests.cast import PIN, Cast, make_cast
from tests.drug_base import load_drug_base
from tests.official_lists import load_official_lists
from traces.models import Trace

pytestmark = pytest.mark.stack

DOLIPRANE, TRAMADOL = "60234100", "tramadol 50"
CUSHION = "1221855"
DAILY = {
    "matin": "1",
    "midi": "",
    "soir": "1",
    "coucher": "",
    "hours": [],
    "rhythm": "DAILY",
    "weekdays": [],
    "days": "",
}
MEDICINE = {"duration_days": "8", "phases": [DAILY]}
PHYSIO = {"sessions": "10", "times": "2", "indication": "chutes répétées"}
SERVICE_DOWN = PaperMotive("SERVICE")


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


def add(cast: Cast, kind: Kind, choice: str, **typed: Any) -> Prescription:
    """One more complete line in the basket of Dr Martineau for Jeanne."""
    draft = drafts.open_draft(cast.jeanne, by=cast.martineau)
    for line in drafts.add_lines(draft, kind, choice, by=cast.martineau):
        drafts.save_line(line, line.content | typed, by=cast.martineau, version=line.version)
    return draft


def basket(cast: Cast) -> Prescription:
    """A medicine, a cushion against bedsores, a blood count, ten sessions of physiotherapy."""
    add(cast, Kind.MEDICAMENT, DOLIPRANE, **MEDICINE)
    add(cast, Kind.DISPOSITIF_MEDICAL, CUSHION)
    add(cast, Kind.ACTE_BIOLOGIE_MEDICALE, "bilan:nfs")
    return add(cast, Kind.ACTE_KINESITHERAPIE, "marche", **PHYSIO)


def signed(cast: Cast, draft: Prescription, **more: Any) -> list[Prescription]:
    digest = review(answer_all(draft)).digest
    return sign(draft, by=cast.martineau, digest=digest, workstation=None, **more)


def tramadol(cast: Cast) -> str:
    from prescriptions.referentials.search import search_specialities

    return search_specialities(TRAMADOL, limit=1)[0].cis


def test_one_signature_three_e_prescriptions_one_internal_order(cast, simulator):
    made = signed(cast, basket(cast))
    assert [(part.kind, part.status) for part in made] == [
        (Kind.MEDICAMENT, Status.SIGNED),
        (Kind.ACTE_BIOLOGIE_MEDICALE, Status.SIGNED),
        (Kind.ACTE_KINESITHERAPIE, Status.SIGNED),
        (Kind.DISPOSITIF_MEDICAL, Status.HOUSE),
    ]
    assert len({part.signing_act_id for part in made}) == 1
    assert len({part.identifier for part in made}) == 4  # three numbers and none
    assert Submission.objects.count() == 3
    for submission in Submission.objects.all():
        transmit(submission.pk)
    assert {held["identifiant"] for held in simulator.eprescriptions()} == {
        p.identifier for p in made if p.identifier
    }
    cushion = made[-1]
    assert (cushion.identifier, Statement.from_json(cushion.frozen or {}).route) == (None, "FORFAIT")


def test_one_part_refused_the_others_registered(cast, simulator):
    made = signed(cast, basket(cast))
    simulator.faults("sim_ep_produit_inconnu")
    transmit(made[1].submission.pk)
    for part in (made[0], made[2]):
        transmit(part.submission.pk)
    states = {p.kind: p.status for p in Prescription.objects.all()}
    assert states[Kind.ACTE_BIOLOGIE_MEDICALE] == Status.REJECTED
    assert [states[k] for k in (Kind.MEDICAMENT, Kind.ACTE_KINESITHERAPIE)] == [Status.REGISTERED] * 2


def test_the_correction_of_one_part_leaves_the_others_alone(cast, simulator):
    made = signed(cast, basket(cast))
    simulator.faults("sim_ep_produit_inconnu")
    transmit(made[1].submission.pk)
    draft = drafts.correct(Prescription.objects.get(pk=made[1].pk), by=cast.martineau)
    assert [line.kind for line in draft.lines.all()] == [Kind.ACTE_BIOLOGIE_MEDICALE]
    again = signed(cast, add(cast, Kind.MEDICAMENT, DOLIPRANE, **MEDICINE))
    assert {p.kind: p.corrects_id for p in again} == {
        Kind.ACTE_BIOLOGIE_MEDICALE: made[1].pk,
        Kind.MEDICAMENT: None,
    }


def test_in_a_global_tariff_the_house_pays_biology_and_physiotherapy(cast):
    Establishment.objects.filter(pk=cast.tilleuls.pk).update(tariff_option="GLOBAL")
    cast.jeanne.establishment.refresh_from_db()
    made = signed(cast, basket(cast))
    assert {p.kind for p in made if p.status == Status.HOUSE} == {
        Kind.DISPOSITIF_MEDICAL,
        Kind.ACTE_BIOLOGIE_MEDICALE,
        Kind.ACTE_KINESITHERAPIE,
    }
    assert [p.kind for p in made if p.status == Status.SIGNED] == [Kind.MEDICAMENT]


def test_a_secured_medicine_has_an_ordonnance_of_its_own(cast):
    add(cast, Kind.MEDICAMENT, DOLIPRANE, **MEDICINE)
    draft = add(cast, Kind.MEDICAMENT, tramadol(cast), **MEDICINE)
    parts = review(draft).parts
    assert [(part.kind, part.paper.value) for part in parts] == [
        (Kind.MEDICAMENT, "SECURISEE"),
        (Kind.MEDICAMENT, "SIMPLE"),
    ]


def test_a_line_of_free_text_is_shown_as_unchecked(cast):
    made = signed(cast, add(cast, Kind.ACTE_KINESITHERAPIE, "libre:Balnéothérapie douce", **PHYSIO))
    [line] = Statement.from_json(made[0].frozen or {}).lines
    assert (line.title, line.unchecked) == ("Balnéothérapie douce", True)


def test_who_may_not_prescribe_it_is_told_with_the_source(cast):
    cast.martineau.profession = "60"
    cast.martineau.save()
    draft = basket(cast)
    seen = review(draft)
    assert not seen.can_sign
    told = " ".join(seen.obstacles)
    assert "infirmier ne peut pas prescrire cela" in told
    assert "CSP R4311-7" in told


def test_signed_on_paper_it_is_printed_without_number_and_counted_apart(cast):
    made = signed(cast, basket(cast), motive=SERVICE_DOWN)
    assert {p.status for p in made} == {Status.PAPER, Status.HOUSE}
    assert not Submission.objects.exists()
    assert PaperFallback.objects.count() == 3
    assert set(Trace.objects.values_list("operation", flat=True)) == {"ABANDONNER"}
    assert month_counts(cast.tilleuls) == {"created": 0, "registered": 0, "paper": 3}
    printed = print_ordonnance(made[0], by=cast.martineau)
    assert printed.pdf[:5] == b"%PDF-"


def test_a_stalled_one_goes_on_paper_and_never_leaves_again(cast, simulator, settings):
    [made] = signed(cast, add(cast, Kind.MEDICAMENT, DOLIPRANE, **MEDICINE))
    simulator.faults("http_503")
    transmit(made.submission.pk)
    given_up = paper.give_up(made, PaperMotive("CONNEXION"), by=cast.martineau, workstation=None)
    assert (given_up.status, given_up.identifier) == (Status.PAPER, made.identifier)
    transmit(made.submission.pk)
    assert simulator.eprescriptions() == []
    assert month_counts(cast.tilleuls) == {"created": 0, "registered": 0, "paper": 1}


def test_a_refusal_already_corrected_does_not_go_on_paper_too(cast, simulator):
    [refused] = signed(cast, add(cast, Kind.MEDICAMENT, DOLIPRANE, **MEDICINE))
    simulator.faults("sim_ep_produit_inconnu")
    transmit(refused.submission.pk)
    signed(cast, drafts.correct(refused, by=cast.martineau))
    with pytest.raises(AlreadyCorrected):
        paper.give_up(refused, SERVICE_DOWN, by=cast.martineau, workstation=None)
    with pytest.raises(AlreadyCorrected):
        drafts.correct(refused, by=cast.martineau)


def test_a_correction_is_not_signed_once_the_refused_one_is_on_paper(cast, simulator):
    [refused] = signed(cast, add(cast, Kind.MEDICAMENT, DOLIPRANE, **MEDICINE))
    simulator.faults("sim_ep_produit_inconnu")
    transmit(refused.submission.pk)
    draft = drafts.correct(refused, by=cast.martineau)
    paper.give_up(refused, SERVICE_DOWN, by=cast.martineau, workstation=None)
    with pytest.raises(CorrectedElsewhere):
        signed(cast, draft)


def test_a_draft_corrects_one_refusal_at_a_time(cast, simulator):
    made = signed(cast, basket(cast))
    simulator.faults("sim_ep_produit_inconnu", 2)
    for part in made[:2]:
        transmit(part.submission.pk)
    drafts.correct(made[0], by=cast.martineau)
    assert drafts.correct(made[0], by=cast.martineau).lines.count() == 1
    with pytest.raises(AnotherCorrection):
        drafts.correct(made[1], by=cast.martineau)


def test_a_registration_that_comes_after_the_paper_calls_a_person(cast, simulator):
    [made] = signed(cast, add(cast, Kind.MEDICAMENT, DOLIPRANE, **MEDICINE))
    Prescription.objects.filter(pk=made.pk).update(status=Status.STALLED, outcome_code="timeout")
    facts = AttemptFacts(
        made.identifier or "", made.submission.message_id, cast.martineau.rpps, cast.tilleuls.finess, None
    )
    late = Attempt(made.submission.pk, made.pk, 1, 12, facts)
    paper.give_up(made, SERVICE_DOWN, by=cast.martineau, workstation=None)
    outcomes.registered(late, Receipt(made.identifier or "", timezone.now(), False, 200, 10))
    seen = Prescription.objects.get(pk=made.pk)
    assert (seen.status, seen.outcome_code) == (Status.PAPER, "enregistree_malgre_papier")
    assert seen.returned_identifier == made.identifier


def test_one_document_that_cannot_be_made_stops_no_other(cast, simulator, monkeypatch):
    made = [p for p in signed(cast, basket(cast)) if p.status == Status.SIGNED]
    for part in made:
        transmit(part.submission.pk)
    poisoned = made[0].pk
    make = publishing.publish

    def publish(prescription):
        if prescription.pk == poisoned:
            raise RuntimeError("nom du patient")
        return make(prescription)

    monkeypatch.setattr(publishing, "publish", publish)
    assert tasks.publish_documents() == 2
    monkeypatch.undo()
    assert tasks.publish_documents() == 1


def test_the_reason_of_an_overlap_is_written_on_the_ordonnance(cast):
    from prescriptions.referentials.search import search_specialities

    zolpidem = search_specialities("zolpidem 10 mg", limit=1)[0].cis
    signed(cast, add(cast, Kind.MEDICAMENT, zolpidem, **MEDICINE))
    draft = add(cast, Kind.MEDICAMENT, zolpidem, **MEDICINE)
    asking = [f for f in review(draft).safety.asking if f.finding.check == "OVERLAP"]  # type: ignore[union-attr]
    assert len(asking) == 1
    with pytest.raises(Superseded):
        acknowledge(draft, asking[0].finding.ack_key, "voyage", by=cast.martineau)
    line = draft.lines.get()
    drafts.save_line(
        line, line.content | {"overlap_reason": "sortie en famille"}, by=cast.martineau, version=line.version
    )
    [made] = signed(cast, draft)
    [text] = [t for t in Statement.from_json(made.frozen or {}).lines[0].texts if "Chevauchement" in t]
    assert text == "Chevauchement autorisé : sortie en famille."
    assert "Chevauchement autorisé" in epu.build(Statement.from_json(made.frozen or {}), "0" * 18).decode()


@pytest.mark.parametrize(
    ("kind", "choice", "typed"),
    [
        (Kind.MEDICAMENT, DOLIPRANE, MEDICINE),
        (Kind.ACTE_BIOLOGIE_MEDICALE, "bilan:nfs", {}),
        (Kind.ACTE_KINESITHERAPIE, "marche", PHYSIO),
    ],
)
def test_what_would_be_over_before_it_is_signed_is_refused(cast, kind, choice, typed):
    seen = review(add(cast, kind, choice, **typed, starts_on="2020-01-01"))
    assert "Tout serait déjà fini" in " ".join(seen.obstacles)


def test_an_internal_order_prints_for_the_team_without_a_trace_of_the_service(cast):
    [order] = signed(cast, add(cast, Kind.DISPOSITIF_MEDICAL, CUSHION))
    printed = print_ordonnance(order, by=cast.roussel)
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(printed.pdf)).pages)
    assert "INTERNE" in words
    assert not Trace.objects.exists()
    assert print_ordonnance(order, by=cast.roussel).is_duplicate


def test_free_text_stands_among_what_is_not_checked(cast, doctor):
    draft = add(cast, Kind.ACTE_KINESITHERAPIE, "libre:Balnéothérapie douce", **PHYSIO)
    assert review(draft).unchecked == ((1, "Balnéothérapie douce"),)
    for name, pk in (("prescribe", cast.jeanne.pk), ("review", draft.pk)):
        page = doctor.get(reverse(f"prescriptions:{name}", args=[pk])).content.decode()
        assert "Non contrôlé, texte libre" in page


def test_the_preview_of_a_paper_is_a_paper(cast, doctor):
    draft = add(cast, Kind.MEDICAMENT, DOLIPRANE, **MEDICINE)
    [part] = review(draft).parts
    assert part.sheet_on_paper.is_outside_service
    assert not part.sheet.is_outside_service
    where = reverse("prescriptions:preview-page", args=[draft.pk, 0, 1])
    assert doctor.get(where).content != doctor.get(where + "?papier=1").content


def test_a_signed_line_keeps_the_base_its_facts_come_from(cast):
    """Written on one base, signed on the next: the line names the second, by its day and its bytes."""
    draft = basket(cast)
    DrugBaseRelease.objects.filter(current=True).update(published_on="2026-11-01", sha256="b" * 64)
    ListRelease.objects.filter(current=True).update(published_on="2026-10-01")
    lines = [line for part in signed(cast, draft) for line in (part.frozen or {})["lines"]]
    kept = {line["kind"]: line["reading"]["release"] for line in lines if "release" in line["reading"]}
    assert kept["medicament"] == f"BDPM du 01/11/2026 (sha256 {'b' * 64})"
    for kind in ("dispositifMedical", "acteBiologieMedicale"):
        assert re.search(r"du 01/10/2026 \(sha256 [0-9a-f]{64}\)$", kept[kind]), kept


def test_an_old_base_is_kept_with_the_signature(cast):
    [made] = signed(cast, add(cast, Kind.MEDICAMENT, DOLIPRANE, **MEDICINE))
    assert "La base des médicaments date" in (made.checks or {})["base"]


def test_a_broken_database_is_not_the_fault_of_a_document(cast, simulator, monkeypatch):
    [made] = signed(cast, add(cast, Kind.MEDICAMENT, DOLIPRANE, **MEDICINE))
    transmit(made.submission.pk)

    def broken(_):
        raise OperationalError

    monkeypatch.setattr(publishing, "publish", broken)
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    assert tasks.publish_documents() == 0
    assert Prescription.objects.get(pk=made.pk).document_failures == 0


def test_a_medicine_without_a_name_is_no_line(cast):
    draft = drafts.open_draft(cast.jeanne, by=cast.martineau)
    nameless = {
        "kind": "medicament",
        "free_label": " \n ",
        "duration_days": "8",
        "phases": [DAILY],
        "unit": "dose",
    }
    drafts.replace_lines(draft, [nameless], by=cast.martineau)
    assert not review(draft).can_sign


def test_a_worker_in_the_middle_of_a_try_is_waited_for(cast):
    [made] = signed(cast, add(cast, Kind.MEDICAMENT, DOLIPRANE, **MEDICINE))
    Submission.objects.filter(prescription=made).update(attempts=1, last_code="")
    with pytest.raises(InFlight):
        paper.give_up(made, SERVICE_DOWN, by=cast.martineau, workstation=None)


@pytest.mark.parametrize(("motive", "error"), [(PaperMotive(""), NoMotive), (PaperMotive("AUTRE"), NoMotive)])
def test_no_paper_without_a_legal_motive(cast, motive, error):
    draft = add(cast, Kind.MEDICAMENT, DOLIPRANE, **MEDICINE)
    with pytest.raises(error):
        signed(cast, draft, motive=motive)
    assert Prescription.objects.get().is_draft


def test_a_secured_ordonnance_on_paper_wants_its_secured_paper(cast):
    draft = add(cast, Kind.MEDICAMENT, tramadol(cast), **MEDICINE)
    with pytest.raises(NoSecuredPaper):
        signed(cast, draft, motive=SERVICE_DOWN)
    [made] = signed(cast, draft, motive=PaperMotive("SERVICE", "LOT-2026-118"))
    assert made.fallback.secured_lot == "LOT-2026-118"


def test_the_screens_say_the_split_before_and_after(cast, doctor, simulator):
    draft = basket(cast)
    page = doctor.get(reverse("prescriptions:review", args=[draft.pk])).content.decode()
    assert "3 e-prescriptions à l’Assurance maladie" in page
    assert "1 ordre interne" in page
    body = {"resident": str(cast.jeanne.pk), "digest": review(draft).digest, "pin": PIN}
    answer = doctor.post(reverse("prescriptions:review", args=[draft.pk]), body)
    assert answer["Location"].startswith("/signatures/")
    whole = doctor.get(answer["Location"]).content.decode()
    assert whole.count("act-part-head") == 4
    assert "Ordre interne" in whole


def test_the_wizard_of_the_screen_asks_the_motive_and_the_lot(cast, doctor):
    [made] = signed(cast, add(cast, Kind.MEDICAMENT, tramadol(cast), **MEDICINE))
    where = reverse("prescriptions:give-up", args=[made.pk])
    assert "Numéro de lot" in doctor.get(where).content.decode()
    refused = doctor.post(where, {"motif": "SERVICE"})
    assert refused.status_code == 422
    assert doctor.post(where, {"motif": "SERVICE", "lot": "LOT-7"}).status_code == 302
    page = doctor.get(reverse("prescriptions:detail", args=[made.pk])).content.decode()
    assert "Sur papier" in page
    assert "lot LOT-7" in page


def test_signing_on_paper_from_the_screen(cast, doctor):
    draft = add(cast, Kind.MEDICAMENT, DOLIPRANE, **MEDICINE)
    where = reverse("prescriptions:review", args=[draft.pk])
    assert "Motif légal" in doctor.get(where + "?papier=1").content.decode()
    body = {"resident": str(cast.jeanne.pk), "digest": review(draft).digest, "pin": PIN, "papier": "1"}
    assert doctor.post(where, body).status_code == 422
    assert doctor.post(where, body | {"motif": "TECHNIQUE"}).status_code == 302
    assert Prescription.objects.get().status == Status.PAPER
