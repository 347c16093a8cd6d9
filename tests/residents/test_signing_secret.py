"""The signing code: five wrong tries lock it for fifteen minutes, whoever tries and however fast."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from residents.models import SigningSecret
from tests.cast import PIN, make_house, make_prescriber


@pytest.fixture
def secret(db) -> SigningSecret:
    doctor = make_prescriber(
        "martineau", make_house("990000101", "EHPAD Les Tilleuls"), "Claire", "Martineau", "99900123458"
    )
    return doctor.signing_secret


def test_the_right_code_is_accepted_and_forgets_earlier_mistakes(secret):
    assert not secret.verify("000000")
    assert secret.verify(PIN)
    secret.refresh_from_db()
    assert secret.failures == 0


def test_five_wrong_codes_lock_even_the_right_one_then_time_opens_again(secret):
    for _ in range(5):
        assert not secret.verify("000000")
    assert not secret.verify(PIN)
    secret.refresh_from_db()
    assert secret.is_locked(timezone.now())
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert secret.verify(PIN)


@pytest.mark.django_db(transaction=True)
def test_parallel_guesses_do_not_get_more_tries():
    doctor = make_prescriber(
        "martineau", make_house("990000101", "EHPAD Les Tilleuls"), "Claire", "Martineau", "99900123458"
    )

    def guess(rank: int) -> bool:
        try:
            return SigningSecret.objects.get(staff=doctor).verify(f"{rank:06d}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(guess, range(16)))
    after = SigningSecret.objects.get(staff=doctor)
    assert after.failures == 5
    assert after.is_locked(timezone.now())
