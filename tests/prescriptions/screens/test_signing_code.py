"""Without a signing code: the way to choose one, and back to what was being signed."""

import pytest
from django.urls import reverse

from residents.models import SigningSecret
from tests.cast import PASSWORD
from tests.prescriptions.screens.test_prescribing import text

CODE_PAGE = reverse("prescriptions:signing-code")
CHOICE = {"password": PASSWORD, "code": "274915", "again": "274915"}


@pytest.fixture
def draft(cast, write, doctor):
    doctor.login(username="martineau", password=PASSWORD)  # a real login: the page asks the password again
    SigningSecret.objects.all().delete()
    return write("apixaban 2,5", matin="1", soir="1", duration_days="28").prescription


def test_from_the_review_page_and_back(doctor, draft):
    review = reverse("prescriptions:review", args=[draft.pk])
    way = f"{CODE_PAGE}?next={review}"
    assert f'href="{way}"' in doctor.get(review).content.decode()
    page = doctor.get(way).content.decode()
    assert f'name="next" value="{review}"' in page
    assert doctor.post(CODE_PAGE, CHOICE | {"next": review})["Location"] == review
    page = text(doctor.get(review))
    assert "Signer et transmettre 1 e-prescription" in page
    assert "Choisir mon code" not in page


def test_from_the_prescribing_screen_and_back(cast, doctor, draft):
    prescribe = reverse("prescriptions:prescribe", args=[cast.jeanne.pk])
    assert f'href="{CODE_PAGE}?next={prescribe}"' in doctor.get(prescribe).content.decode()


def test_a_refused_code_keeps_the_way_back(doctor, draft):
    review = reverse("prescriptions:review", args=[draft.pk])
    answer = doctor.post(CODE_PAGE, CHOICE | {"again": "000000", "next": review})
    assert f'name="next" value="{review}"' in answer.content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)"]
)
def test_the_way_back_stays_on_this_site(doctor, draft, elsewhere):
    assert "ailleurs" not in doctor.get(CODE_PAGE, {"next": elsewhere}).content.decode()
    assert doctor.post(CODE_PAGE, CHOICE | {"next": elsewhere})["Location"] == "/"
