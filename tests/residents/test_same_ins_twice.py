"""Two people welcome the same resident at the same time: one record, and a sentence for the second."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.urls import reverse

from residents.models import Establishment, Resident
from tests.cast import make_resident
from tests.residents.test_screens_record import TRAITS

INS = "142034900700291"
OID = "1.2.250.1.213.1.4.11"
QUALIFIED = TRAITS | {"ins_status": "QUALIFIEE", "ins_number": INS, "ins_oid": OID}


def somebody_waits() -> bool:
    """Whether a connection waits for another one's transaction to end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted")
        return bool(cursor.fetchone()[0])


def the_other_person(house: Establishment, written: threading.Event) -> None:
    """Write the same INS, and commit only once somebody waits behind."""
    try:
        with transaction.atomic():
            make_resident(house, "Riou", "André", ins_number=INS, ins_oid=OID, room="9")
            written.set()
            until = time.monotonic() + 10
            while not somebody_waits() and time.monotonic() < until:
                time.sleep(0.02)
    finally:
        connection.close()


def while_the_other_writes(house: Establishment, act: Callable[[], object]):
    written = threading.Event()
    other = threading.Thread(target=the_other_person, args=(house, written))
    other.start()
    assert written.wait(10)
    answer = act()
    other.join()
    return answer


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_simultaneous_creations_is_told_whose_record_to_open(cast, as_member):
    client = as_member(cast.roussel)
    answer = while_the_other_writes(
        cast.tilleuls, lambda: client.post(reverse("residents:create"), QUALIFIED)
    )
    first = Resident.objects.get(ins_number=INS)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Ce matricule est déjà celui de RIOU André, chambre 9" in html
    assert reverse("residents:identity", args=[first.pk]) in html
    assert 'value="Riou"' in html or 'value="RIOU"' in html


@pytest.mark.django_db(transaction=True)
def test_a_correction_at_the_same_moment_is_refused_in_the_same_way(cast, as_member):
    client = as_member(cast.roussel)
    where = reverse("residents:edit", args=[cast.jeanne.pk])
    answer = while_the_other_writes(cast.tilleuls, lambda: client.post(where, QUALIFIED))
    assert answer.status_code == 422
    assert "ouvrez son dossier" in answer.content.decode()
    cast.jeanne.refresh_from_db()
    assert cast.jeanne.ins_number != INS


def test_the_name_in_the_sentence_is_written_as_text(cast, as_member):
    Resident.objects.filter(pk=cast.jeanne.pk).update(birth_name="<b>x</b>", ins_number=INS)
    html = as_member(cast.roussel).post(reverse("residents:create"), QUALIFIED).content.decode()
    assert "ouvrez son dossier" in html
    assert "&lt;B&gt;X&lt;/B&gt;" in html
