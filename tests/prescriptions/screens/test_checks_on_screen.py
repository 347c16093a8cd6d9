"""What the checks ask is on the screen, and a broken setting of the house takes no screen away."""

import re

import pytest
from django.urls import reverse


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
