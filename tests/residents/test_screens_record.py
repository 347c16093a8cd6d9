"""Identity and measures of a resident: banner, what care staff write, what is refused and how."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from residents.facts import facts_of
from residents.forms.resident import PHOTO_MAX_BYTES
from residents.models import Allergy, Measure, Resident

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def url(name: str, resident: Resident, *more: object) -> str:
    return str(reverse(f"residents:{name}", args=[resident.pk, *more]))


def today_text() -> str:
    return timezone.localdate().isoformat()


def page(client, resident) -> str:
    return client.get(url("identity", resident)).content.decode().replace("\u00a0", " ")


TRAITS = {
    "birth_name": "Riou", "birth_first_name": "André", "first_names": "André, Paul",
    "birth_date": "1942-03-01", "sex": "M",
    "ins_status": "PROVISOIRE", "room": "213", "floor": "2e étage", "entered_on": "2026-11-02",
}  # fmt: skip


def test_the_banner_says_who_always(cast, as_member):
    html = page(as_member(cast.roussel), cast.jeanne)
    assert "<title>BEAUMONT Jeanne · Identité et mesures</title>" in html
    for words in (
        "LEMAIRE",
        "14 mars 1938",
        "88 ans · Femme",
        "Qualifiée",
        "2 38 03 49 007 001 44",
        "58,4 kg",
        "mL/min",
        "214",
    ):
        assert words in html, words
    assert f"banner rc-{cast.jeanne.colour}" in html


def test_what_is_not_known_is_said_in_the_banner(cast, as_member):
    Measure.objects.filter(resident=cast.jeanne, kind="CREATININE").delete()
    Resident.objects.filter(pk=cast.jeanne.pk).update(allergy_status="NOT_ASKED")
    html = page(as_member(cast.roussel), cast.jeanne)
    assert "Non calculable" in html
    assert "parce que manque la créatinine" in html
    assert "Non renseignées" in html


def test_old_measures_are_marked(cast, as_member):
    Measure.objects.filter(resident=cast.jeanne).update(
        measured_on=timezone.localdate() - timedelta(days=400)
    )
    assert page(as_member(cast.roussel), cast.jeanne).count(", ancien") == 2


def test_a_free_text_allergy_is_said_unchecked(cast):
    Allergy.objects.create(resident=cast.jeanne, kind="FREE", label="produit iodé")
    Allergy.objects.create(resident=cast.jeanne, kind="CLASS", label="Pénicillines")
    facts = facts_of(cast.jeanne)
    assert (facts.coded_allergies, facts.free_allergies) == (("Pénicillines",), ("produit iodé",))


def test_clearance_is_as_old_as_its_oldest_measure_and_needs_a_sex(cast):
    assert facts_of(cast.jeanne).clearance.stale is False
    Measure.objects.filter(resident=cast.jeanne, kind="WEIGHT").update(
        measured_on=timezone.localdate() - timedelta(days=120)
    )
    assert facts_of(cast.jeanne).clearance.stale is True
    cast.jeanne.sex = "I"
    assert facts_of(cast.jeanne).clearance.because == "parce que le sexe est indéterminé"
    assert facts_of(cast.jeanne).filtration is None


def test_facts_cost_two_queries_whatever_the_history(cast):
    for _ in range(20):
        Measure.objects.create(resident=cast.jeanne, kind="WEIGHT", value="58")
    with CaptureQueriesContext(connection) as queries:
        facts_of(cast.jeanne)
    assert len(queries) == 2


def test_an_assistant_records_a_weight_written_the_french_way(cast, as_member):
    data = {"kind": "WEIGHT", "value": "57,2", "measured_on": today_text()}
    answer = as_member(cast.perrin).post(url("add_measure", cast.jeanne), data)
    assert answer.status_code == 302
    measure = cast.jeanne.measures.filter(kind="WEIGHT").first()
    assert (str(measure.value), measure.recorded_by) == ("57.2", cast.perrin)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": "584"}, "entre 20 et 250 kg"),
        ({"value": "abc"}, "nombre"),
        ({"value": ""}, "À renseigner"),
        ({"measured_on": "2999-01-01"}, "dans le futur"),
        ({"measured_on": "32/13/2026"}, "n’existe pas"),
        ({"kind": "CREATININE", "value": "9"}, "multipliez-le par 8,84"),
        ({"kind": "HEIGHT", "value": "1,58"}, "entre 100 et 220 cm"),
    ],
)
def test_a_slip_of_the_keyboard_is_refused_and_kept_on_screen(cast, as_member, change, words):
    data = {"kind": "WEIGHT", "value": "57", "measured_on": today_text()} | change
    before = cast.jeanne.measures.count()
    answer = as_member(cast.roussel).post(url("add_measure", cast.jeanne), data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert cast.jeanne.measures.count() == before


def test_allergies_have_three_states(cast, as_member):
    client, jeanne = as_member(cast.perrin), cast.jeanne
    client.post(url("add_allergy", jeanne), {"label": "latex", "severe": "on"})
    jeanne.refresh_from_db()
    allergy = jeanne.allergies.get()
    assert (jeanne.allergy_status, allergy.kind, allergy.severe) == ("PRESENT", "FREE", True)
    client.post(url("no_allergy", jeanne))
    jeanne.refresh_from_db()
    assert jeanne.allergy_status == "PRESENT"
    client.post(url("remove_allergy", jeanne, allergy.pk))
    jeanne.refresh_from_db()
    assert jeanne.allergy_status == "NOT_ASKED"
    client.post(url("no_allergy", jeanne))
    jeanne.refresh_from_db()
    assert jeanne.allergy_status == "NONE_KNOWN"


def test_an_allergy_of_somebody_else_stays(cast, as_member):
    other = Allergy.objects.create(resident=cast.louis, kind="FREE", label="latex")
    as_member(cast.roussel).post(url("remove_allergy", cast.jeanne, other.pk))
    assert Allergy.objects.filter(pk=other.pk).exists()


def test_objections_have_an_author_and_a_day(cast, as_member):
    client = as_member(cast.roussel)
    refused = client.post(url("information", cast.jeanne), {"opposes_dmp": "on"})
    assert refused.status_code == 422
    assert "qui s’oppose" in refused.content.decode()
    data = {"opposes_execution_view": "on", "informed_on": today_text(), "informed_by": "GUARDIAN"}
    assert client.post(url("information", cast.jeanne), data).status_code == 302
    cast.jeanne.refresh_from_db()
    assert (cast.jeanne.opposes_execution_view, cast.jeanne.informed_by) == (True, "GUARDIAN")


def test_a_nurse_welcomes_a_resident(cast, as_member):
    answer = as_member(cast.roussel).post(reverse("residents:create"), TRAITS)
    riou = Resident.objects.get(birth_name="RIOU")
    assert answer["Location"] == url("identity", riou)
    assert (riou.establishment, riou.allergy_status) == (cast.tilleuls, "NOT_ASKED")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ins_status": "QUALIFIEE"}, "a un matricule INS"),
        (
            {"ins_number": "238034900700145", "ins_oid": "1.2.250.1.213.1.4.8"},
            "matricule INS n’est pas valide",
        ),
        ({"ins_number": "238034900700243"}, "de quelle autorité"),
        ({"birth_date": "2999-01-01"}, "dans le futur"),
        ({"birth_name": ""}, "À renseigner"),
        ({"left_on": "2026-11-01"}, "précède l’entrée"),
    ],
)
def test_a_wrong_trait_is_refused_in_french(cast, as_member, change, words):
    answer = as_member(cast.roussel).post(reverse("residents:create"), TRAITS | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Resident.objects.filter(birth_first_name="André").exists()


def test_the_same_ins_twice_in_a_house_is_refused_without_a_crash(cast, as_member):
    data = TRAITS | {
        "ins_number": "2 38 03 49 007 001 44",
        "ins_oid": "1.2.250.1.213.1.4.11",
        "ins_status": "QUALIFIEE",
    }
    answer = as_member(cast.roussel).post(reverse("residents:create"), data)
    assert answer.status_code == 422
    assert "déjà" in answer.content.decode()


def test_editing_keeps_the_stored_name_in_the_banner_until_saved(cast, as_member):
    client = as_member(cast.martineau)
    refused = client.post(url("edit", cast.jeanne), TRAITS | {"birth_date": ""})
    assert "<title>BEAUMONT Jeanne" in refused.content.decode()
    assert client.post(url("edit", cast.jeanne), TRAITS).status_code == 302
    cast.jeanne.refresh_from_db()
    assert cast.jeanne.birth_name == "RIOU"


def test_a_sex_the_matricule_denies_is_saved_and_said_to_be_checked(cast, as_member):
    number = {"ins_number": "142034900700291", "ins_oid": "1.2.250.1.213.1.4.11", "ins_status": "QUALIFIEE"}
    for sex, said in (("F", True), ("M", False), ("I", False)):
        answer = as_member(cast.roussel).post(
            url("edit", cast.jeanne), TRAITS | number | {"sex": sex}, follow=True
        )
        assert ("ne concordent pas" in answer.content.decode()) is said, sex
        cast.jeanne.refresh_from_db()
        assert cast.jeanne.sex == sex


@pytest.mark.parametrize("number", ["２３８０３４９００７００１４４", "238034900700144\n"])
def test_a_matricule_pasted_in_other_characters_is_stored_plain(cast, as_member, number):
    data = TRAITS | {"ins_number": number, "ins_oid": "1.2.250.1.213.1.4.11", "ins_status": "RECUPEREE"}
    assert as_member(cast.roussel).post(url("edit", cast.jeanne), data).status_code == 302
    cast.jeanne.refresh_from_db()
    assert cast.jeanne.ins_number == "238034900700144"


def test_a_matricule_in_arabic_digits_is_refused(cast, as_member):
    data = TRAITS | {
        "ins_number": "٢٣٨٠٣٤٩٠٠٧٠٠١٤٤",
        "ins_oid": "1.2.250.1.213.1.4.11",
        "ins_status": "RECUPEREE",
    }
    answer = as_member(cast.roussel).post(url("edit", cast.jeanne), data)
    assert answer.status_code == 422
    assert "15 caractères" in answer.content.decode()


def test_an_assistant_cannot_change_an_identity(cast, as_member):
    client = as_member(cast.perrin)
    assert client.get(url("edit", cast.jeanne)).status_code == 403
    assert client.post(url("information", cast.jeanne), {}).status_code == 403
    assert "Modifier" not in page(client, cast.jeanne)


def test_a_pharmacist_reads_and_writes_nothing(cast, as_member):
    client = as_member(cast.benali)
    assert "Noter l’allergie" not in page(client, cast.jeanne)
    assert client.post(url("add_measure", cast.jeanne), {}).status_code == 403


def test_a_resident_of_another_house_does_not_exist(cast, as_member):
    client = as_member(cast.sellier)
    for name in ("identity", "edit", "photo"):
        assert client.get(url(name, cast.jeanne)).status_code == 404


def test_a_photograph_is_stored_served_and_removed(cast, as_member):
    client = as_member(cast.roussel)
    client.post(url("set_photo", cast.jeanne), {"photo": SimpleUploadedFile("a.exe", PNG)})
    answer = client.get(url("photo", cast.jeanne))
    assert (answer["Content-Type"], answer.content) == ("image/png", PNG)
    assert "no-store" in answer["Cache-Control"], "nothing of it stays in the browser after the person leaves"
    assert as_member(cast.sellier).get(url("photo", cast.jeanne)).status_code == 404
    client.post(url("set_photo", cast.jeanne), {"remove": "1"})
    assert client.get(url("photo", cast.jeanne)).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"), [(b"<svg/>", "JPEG ou PNG"), (PNG + b"0" * PHOTO_MAX_BYTES, "dépasse 1 Mo")]
)
def test_what_is_not_a_small_photograph_is_refused(cast, as_member, content, words):
    answer = as_member(cast.roussel).post(
        url("set_photo", cast.jeanne), {"photo": SimpleUploadedFile("a.png", content)}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
