"""What the checks ask is on the screen, and a broken setting of the house takes no screen away."""

import re

import pytest
from django.urls import reverse

from prescriptions.models import Prescription
from prescriptions.safety.finding import Check
from prescriptions.workflow.review import review


@pytest.fixture
def screen(cast) -> str:
    return reverse("prescriptions:prescribe", args=[cast.jeanne.pk])


def test_without_its_crushing_list_the_house_still_prescribes(doctor, screen, write, settings, tmp_path):
    settings.CRUSHING_LIST = str(tmp_path / "absente.csv")
    write("apixaban 2,5")
    page = doctor.get(screen)
    assert page.status_code == 200
    assert "Liste d’écrasement de la maison illisible" in page.content.decode()


def test_every_antibiotic_has_the_fields_that_its_check_asks(doctor, screen, write):
    line = write("delprim")
    page = doctor.get(screen, {"ligne": line.pk}).content.decode()
    assert "antibiotique à préciser" in page
    assert re.search(r'name="indication"', page)
    assert re.search(r'name="reassess_on"', page)


def test_a_capacity_written_for_the_prescriber_opens_what_it_opens(cast, write):
    draft = write("memantine arrow lab 10 mg").prescription

    def asked() -> list[str]:
        seen = review(Prescription.objects.get(pk=draft.pk)).safety
        return [f.finding.headline for f in seen.asking if f.finding.check is Check.INITIAL] if seen else []

    assert len(asked()) == 1
    cast.martineau.skills = "DU de soins palliatifs, capacité de gérontologie"
    cast.martineau.save(update_fields=["skills"])
    assert asked() == []
