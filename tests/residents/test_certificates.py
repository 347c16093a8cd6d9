"""The checklist opens the certificates: there, whole, of this house, in their dates; else it says what is wrong."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from residents.certificates import state_of
from residents.models import Establishment
from tests.cast import LOIRE, TILLEULS


@pytest.fixture
def house(cast, pki, settings, tmp_path) -> Establishment:
    """Les Tilleuls, with a copy of its certificates that a test may spoil."""
    for finess in (TILLEULS, LOIRE):
        shutil.copytree(pki.folder / finess, tmp_path / "keys" / finess)
    settings.AMO_CREDENTIALS_DIR = tmp_path / "keys"
    return cast.tilleuls


def folder(settings, finess: str = TILLEULS) -> Path:
    return settings.AMO_CREDENTIALS_DIR / finess


def test_good_ones_say_until_when(house):
    found = state_of(house)
    assert found.usable
    assert found.words.startswith("valables jusqu’au ")
    assert str(datetime.now(UTC).year + 1) in found.words


def test_a_missing_folder(house, settings):
    shutil.rmtree(folder(settings))
    assert state_of(house).words.startswith("les certificats de l’établissement sont absents")


def test_those_of_another_house(house):
    house.amo_credentials_ref = LOIRE
    found = state_of(house)
    assert not found.usable
    assert "autre établissement" in found.words


@pytest.mark.parametrize("kind", ["sign", "tls"])
def test_a_key_of_another_certificate(house, settings, kind):
    shutil.copy(folder(settings, LOIRE) / f"{kind}.key", folder(settings) / f"{kind}.key")
    found = state_of(house)
    assert not found.usable
    assert ("ne vont pas ensemble" in found.words) is (kind == "sign")


@pytest.mark.parametrize("name", ["sign.pem", "sign.key", "tls.pem", "tls.key"])
def test_a_file_of_something_else(house, settings, name):
    (folder(settings) / name).write_text("rien")
    assert not state_of(house).usable


@pytest.mark.parametrize(
    ("days", "words"), [(400, "expirés depuis le"), (-400, "valables seulement à partir du")]
)
def test_out_of_their_dates(house, monkeypatch, days, words):
    moment = timezone.now() + timedelta(days=days)
    monkeypatch.setattr("residents.certificates.timezone.now", lambda: moment)
    found = state_of(house)
    assert not found.usable
    assert words in found.words


def test_the_screen_says_it(house, as_member, settings):
    client = as_member(house.assignments.get(role="ADMIN").staff)
    assert "chargés, valables jusqu’au" in client.get("/administration/").content.decode()
    shutil.rmtree(folder(settings))
    html = client.get("/administration/").content.decode()
    assert "sont absents" in html
    assert "Voyez la personne qui exploite ce logiciel" in html
