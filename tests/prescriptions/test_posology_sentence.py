"""The sentence of a posology: a truth table of French, and what holds for any posology."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescriptions.kinds.medicament.posology import Rhythm, RhythmKind
from prescriptions.kinds.medicament.sentence import sentence
from prescriptions.kinds.medicament.units import number, quantity

from .posologies import EVERY_OTHER_DAY, any_posology, needed, on, posology, step

THIRD_DAY = Rhythm(RhythmKind.EVERY_N, 3)

TABLE = [
    # one dose, moments
    (posology(step("matin:1")), None, "1 comprimé le matin."),
    (posology(step("midi:1")), None, "1 comprimé à midi."),
    (posology(step("soir:1")), 28, "1 comprimé le soir, pendant 28 jours."),
    (posology(step("coucher:1")), 1, "1 comprimé au coucher, pendant 1 jour."),
    (posology(step("matin:1 soir:1")), 28, "1 comprimé matin et soir, pendant 28 jours."),
    (posology(step("matin:1 midi:1")), None, "1 comprimé matin et midi."),
    (posology(step("midi:1 soir:1")), None, "1 comprimé midi et soir."),
    (posology(step("matin:1 coucher:1")), None, "1 comprimé le matin et au coucher."),
    (posology(step("midi:1 coucher:1")), None, "1 comprimé à midi et au coucher."),
    (posology(step("soir:1 coucher:1")), None, "1 comprimé le soir et au coucher."),
    (posology(step("matin:1 midi:1 coucher:1")), None, "1 comprimé matin, midi et au coucher."),
    (
        posology(step("matin:1 midi:1 soir:1"), precision="pendant les repas"),
        8,
        "1 comprimé matin, midi et soir, pendant les repas, pendant 8 jours.",
    ),
    (posology(step("soir:1 midi:1 matin:1")), None, "1 comprimé matin, midi et soir."),
    (posology(step("matin:1 midi:1 soir:1 coucher:1")), None, "1 comprimé matin, midi, soir et au coucher."),
    # doses and units
    (posology(step("matin:2")), None, "2 comprimés le matin."),
    (posology(step("matin:0.5")), None, "0,5 comprimé le matin."),
    (posology(step("matin:0.250")), None, "0,25 comprimé le matin."),
    (posology(step("matin:1.5")), None, "1,5 comprimé le matin."),
    (posology(step("matin:1.50 soir:1.5")), None, "1,5 comprimé matin et soir."),
    (posology(step("soir:12.5"), unit="mL"), None, "12,5 mL le soir."),
    (posology(step("matin:20"), unit="goutte"), None, "20 gouttes le matin."),
    (posology(step("matin:10.0"), unit="unité"), None, "10 unités le matin."),
    (posology(step("matin:1"), unit="gélule"), None, "1 gélule le matin."),
    (
        posology(step("matin:2 soir:2"), unit="récipient unidose"),
        None,
        "2 récipients unidoses matin et soir.",
    ),
    (posology(step("soir:3"), unit="bain de bouche"), None, "3 bains de bouche le soir."),
    (posology(step("matin:50"), unit="µg"), None, "50 microgrammes le matin."),
    (posology(step("matin:10000"), unit="UI"), None, "10\u00a0000 UI le matin."),
    (posology(step("matin:2"), unit="noisette"), None, "2 noisette le matin."),
    # hours
    (posology(step("08:00:2 20:00:2")), None, "2 comprimés à 8 h et 20 h."),
    (posology(step("07:30:1")), None, "1 comprimé à 7 h 30."),
    (posology(step("08:00:1 14:00:1 20:00:1")), None, "1 comprimé à 8 h, 14 h et 20 h."),
    (posology(step("00:00:1")), None, "1 comprimé à 0 h."),
    (posology(step("matin:1 16:00:1")), None, "1 comprimé le matin et à 16 h."),
    (posology(step("16:00:1 soir:1 matin:1")), None, "1 comprimé le matin, à 16 h et le soir."),
    # different doses: nothing is left to distribute
    (posology(step("matin:2 soir:1")), None, "2 comprimés le matin et 1 comprimé le soir."),
    (
        posology(step("matin:1 midi:1 soir:2")),
        None,
        "1 comprimé le matin, 1 comprimé à midi et 2 comprimés le soir.",
    ),
    (posology(step("matin:1 20:00:0.5")), None, "1 comprimé le matin et 0,5 comprimé à 20 h."),
    # rhythms
    (posology(step("matin:1", EVERY_OTHER_DAY)), None, "1 comprimé le matin un jour sur deux."),
    (posology(step("matin:1", THIRD_DAY)), 30, "1 comprimé le matin tous les 3 jours, pendant 30 jours."),
    (posology(step("matin:1 soir:1", EVERY_OTHER_DAY)), None, "1 comprimé matin et soir, un jour sur deux."),
    (posology(step("matin:1", on("MO"))), None, "1 comprimé le lundi matin."),
    (posology(step("midi:1", on("SU"))), None, "1 comprimé le dimanche midi."),
    (posology(step("matin:1", on("MO", "TH"))), None, "1 comprimé le lundi et le jeudi matin."),
    (posology(step("coucher:1", on("MO", "TH"))), None, "1 comprimé au coucher, le lundi et le jeudi."),
    (posology(step("08:00:1", on("WE"))), None, "1 comprimé à 8 h, le mercredi."),
    (
        posology(step("matin:1 soir:1", on("MO", "TH"))),
        None,
        "1 comprimé matin et soir, le lundi et le jeudi.",
    ),
    (
        posology(step("matin:1", on("MO", "WE", "FR"))),
        None,
        "1 comprimé le matin, le lundi, le mercredi et le vendredi.",
    ),
    (
        posology(step("matin:1", on("MO", "TU", "WE", "TH", "FR"))),
        None,
        "1 comprimé le matin, du lundi au vendredi.",
    ),
    (
        posology(step("matin:1", on("MO", "TU", "WE", "TH", "FR", "SA"))),
        None,
        "1 comprimé le matin, tous les jours sauf le dimanche.",
    ),
    (posology(step("matin:1", on("MO", "TU", "WE", "TH", "FR", "SA", "SU"))), None, "1 comprimé le matin."),
    # steps
    (posology(step("matin:1", days=7)), None, "1 comprimé le matin, pendant 7 jours."),
    (posology(step("matin:1", days=7)), 7, "1 comprimé le matin, pendant 7 jours."),
    (
        posology(step("matin:3", days=5), step("matin:2", days=5), step("matin:1", days=5)),
        15,
        "3 comprimés le matin pendant 5 jours, puis 2 comprimés le matin pendant 5 jours, "
        "puis 1 comprimé le matin pendant 5 jours.",
    ),
    (
        posology(step("soir:0.5", days=7), step("soir:1"), precision="au cours du repas."),
        28,
        "0,5 comprimé le soir pendant 7 jours, puis 1 comprimé le soir pendant 21 jours, au cours du repas.",
    ),
    (
        posology(step("soir:1", days=7), step("matin:1 soir:1")),
        None,
        "1 comprimé le soir pendant 7 jours, puis 1 comprimé matin et soir.",
    ),
    # if needed
    (
        needed("1", "douleur", "6", "4"),
        None,
        "1 comprimé si douleur, à renouveler si besoin après 6 heures, sans dépasser 4 comprimés par 24 heures.",
    ),
    (
        needed("0.5", "en cas d’agitation", "1", "1", precision="sous la langue"),
        8,
        "0,5 comprimé en cas d’agitation, à renouveler si besoin après 1 heure, "
        "sans dépasser 1 comprimé par 24 heures, sous la langue, pendant 8 jours.",
    ),
    (
        needed("20", "si toux.", "8", "60", unit="goutte"),
        None,
        "20 gouttes si toux, à renouveler si besoin après 8 heures, sans dépasser 60 gouttes par 24 heures.",
    ),
]


@pytest.mark.parametrize(
    ("given_posology", "duration", "expected"), TABLE, ids=[row[2][:60] for row in TABLE]
)
def test_the_sentence(given_posology, duration, expected):
    assert sentence(given_posology, duration) == expected


def test_a_taper_that_is_renewed_says_its_whole_length():
    rising = posology(step("soir:0.5", days=7), step("soir:1"))
    assert sentence(rising, 28, renewals=2).endswith("puis 1 comprimé le soir pendant 77 jours.")


def test_a_single_dose_says_so():
    assert sentence(posology(step("soir:2")), 1, single=True) == "2 comprimés le soir, en prise unique."


@given(any_posology, st.none() | st.integers(1, 365), st.integers(0, 12), st.booleans())
def test_every_dose_is_said_and_nothing_breaks(given_posology, duration, renewals, single):
    text = sentence(given_posology, duration, renewals=renewals, single=single)
    assert text.endswith(".")
    for phase in given_posology.phases:
        for intake in phase.intakes:
            assert quantity(intake.dose, given_posology.unit) in text
    if given_posology.as_needed:
        limits = given_posology.as_needed
        for value in (limits.dose, limits.min_interval_hours, limits.max_per_24h):
            assert number(value) in text


@given(st.decimals(min_value="0.001", max_value="100000", places=3))
def test_a_number_reads_back_without_trailing_zero(value):
    text = number(value)
    assert Decimal(text.replace("\u00a0", "").replace(",", ".")) == value
    assert "," not in text or not text.endswith("0")
