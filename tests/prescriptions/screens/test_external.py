"""Treatments from outside: who sees, who notes, what is refused, what still runs."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from prescriptions.models import ExternalLine
from tests.prescriptions.screens.conftest import cis_of
from tests.prescriptions.screens.test_prescribing import text

OPTIONS = reverse("prescriptions:external-options")


def url(name: str, cast, *more: object) -> str:
    return reverse(f"prescriptions:{name}", args=[cast.jeanne.pk, *more])


@pytest.fixture
def note(cast):
    """`note(label="…")`: something Nadia Roussel noted for Jeanne."""

    def line(**fields: object) -> ExternalLine:
        facts = {
            "resident": cast.jeanne,
            "source": "HOSPITAL",
            "label": "KARDEGIC 75 mg",
            "noted_by": cast.roussel,
        }
        return ExternalLine.objects.create(**(facts | fields))

    return line


def test_a_nurse_notes_what_she_finds_in_the_list(cast, nurse):
    cis = cis_of("kardegic 75 mg")
    data = {
        "label": "kar",
        "choice": cis,
        "source": "HOSPITAL",
        "posology": "1 sachet le matin",
        "since": "2026-01-05",
    }
    assert nurse.post(url("add-external", cast), data).status_code == 302
    line = ExternalLine.objects.get()
    assert (line.cis, line.label.split()[0], line.noted_by) == (cis, "KARDEGIC", cast.roussel)
    page = text(nurse.get(reverse("prescriptions:record", args=[cast.jeanne.pk])))
    assert "Traitements venus d’ailleurs 1" in page
    assert "1 sachet le matin" in page
    assert "jamais dans nos e-prescriptions" in page


@pytest.mark.parametrize("choice", ["", "libre:tisane", "99999999"])
def test_free_text_is_noted_and_said_unchecked(cast, nurse, choice):
    data = {"label": "tisane de millepertuis", "choice": choice, "source": "SELF_MEDICATION"}
    nurse.post(url("add-external", cast), data)
    assert ExternalLine.objects.get().cis == ""
    assert "texte libre, non contrôlé" in text(nurse.get(url("external", cast)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"label": ""}, "À renseigner"),
        ({"source": ""}, "À renseigner"),
        ({"since": "2999-01-01"}, "dans le futur"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "précède le début"),
    ],
)
def test_what_is_wrong_is_said_and_kept(cast, nurse, change, words):
    cis = cis_of("kardegic 75 mg")
    data = {"label": "KARDEGIC", "choice": cis, "source": "HOSPITAL", "posology": "le matin"} | change
    answer = nurse.post(url("add-external", cast), data)
    assert answer.status_code == 422
    assert words in text(answer)
    assert f'value="{cis}"' in answer.content.decode()
    assert 'value="le matin"' in answer.content.decode()
    assert not ExternalLine.objects.exists()


def test_stopped_once_it_leaves_the_record_and_stays_in_the_past(cast, nurse, doctor, note):
    line = note()
    assert nurse.post(url("stop-external", cast, line.pk)).status_code == 302
    doctor.post(url("stop-external", cast, line.pk))
    line.refresh_from_db()
    assert (line.stopped_on, line.stopped_by) == (timezone.localdate(), cast.roussel)
    assert "KARDEGIC" not in text(nurse.get(reverse("prescriptions:record", args=[cast.jeanne.pk])))
    assert "Arrêtés ou terminés" in text(nurse.get(url("external", cast)))


def test_a_line_of_somebody_else_is_not_stopped(cast, nurse, note):
    line = note(resident=cast.louis)
    assert nurse.post(url("stop-external", cast, line.pk)).status_code == 404
    line.refresh_from_db()
    assert line.stopped_on is None


def test_what_runs_on_a_day(cast, note):
    day = date(2026, 6, 15)
    for label, facts in {
        "sans fin": {},
        "finit ce jour": {"until": day},
        "fini la veille": {"until": day - timedelta(days=1)},
        "arrêté ce jour": {"stopped_on": day},
        "arrêté le lendemain": {"stopped_on": day + timedelta(days=1)},
        "à venir": {"since": day + timedelta(days=2)},
    }.items():
        note(label=label, **facts)
    running = ExternalLine.objects.of(cast.jeanne).running_on(day)
    assert {line.label for line in running} == {"sans fin", "finit ce jour", "arrêté le lendemain", "à venir"}


def test_the_base_refuses_an_end_before_the_start(cast, note):
    with pytest.raises(IntegrityError), transaction.atomic():
        note(since=date(2026, 6, 2), until=date(2026, 6, 1))


def test_the_pharmacist_reads_and_writes_nothing(cast, login, note):
    note()
    pharmacist = login(cast.benali)
    page = pharmacist.get(url("external", cast))
    assert "KARDEGIC" in text(page)
    assert "<form" not in page.content.decode().split('id="contenu"')[1].split("</main>")[0]
    assert pharmacist.post(url("add-external", cast), {}).status_code == 403
    assert pharmacist.get(OPTIONS, {"q": "kar"}).status_code == 403


def test_an_assistant_and_a_prescriber_note_too(cast, login):
    for person in (cast.perrin, cast.martineau):
        data = {"label": "tisane", "source": "SELF_MEDICATION"}
        assert login(person).post(url("add-external", cast), data).status_code == 302
    assert {line.noted_by for line in ExternalLine.objects.all()} == {cast.perrin, cast.martineau}


def test_a_stranger_finds_nothing(cast, stranger, note):
    line = note()
    assert stranger.get(url("external", cast)).status_code == 404
    assert stranger.post(url("add-external", cast), {}).status_code == 404
    assert stranger.post(url("stop-external", cast, line.pk)).status_code == 404


def test_medicines_are_found_as_one_types(cast, nurse):
    page = text(nurse.get(OPTIONS, {"q": "kardegic 75"}))
    assert "ACIDE ACÉTYLSALICYLIQUE" in page.upper()
    assert "Écrire « kardegic 75 »" in page
    assert nurse.get(OPTIONS, {"q": "\x00"}).status_code == 200


def test_the_page_costs_the_same_whatever_is_noted(cast, nurse, note, django_assert_num_queries):
    for number in range(15):
        note(label=f"Tisane {number:02}", stopped_on=timezone.localdate() if number % 2 else None)
    with django_assert_num_queries(12):
        assert nurse.get(url("external", cast)).status_code == 200
