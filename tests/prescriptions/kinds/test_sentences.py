"""What is read on the ordonnance, word for word, for every kind; and until when each line lasts."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.registry import KINDS
from prescriptions.referentials.models.lists import ListRelease, OfficialList
from tests.prescriptions.kinds.samples import step, written

DM, BIO, MED = Kind.DISPOSITIF_MEDICAL, Kind.ACTE_BIOLOGIE_MEDICALE, Kind.MEDICAMENT
IDE, KINE, PEDI = Kind.ACTE_INFIRMIER, Kind.ACTE_KINESITHERAPIE, Kind.ACTE_PEDICURIE
ORTHO, ORTHOPTIE = Kind.ACTE_ORTHOPHONIE, Kind.ACTE_ORTHOPTIE
STARTS = date(2026, 11, 24)
WHY = {"indication": "chutes"}
ONCE_A_DAY = {"times": "1", "per": "jour"}
WALKER, BED, DOLIPRANE = "1285619", "1241763", "60234100"


def order_of(kind, choice, changes):
    content, subject = written(kind, choice, {"starts_on": STARTS.isoformat(), **changes})
    reading = KINDS[kind].read(content, subject, None)
    assert reading.order is not None, reading.problems
    assert reading.sentence == reading.order.sentence
    return reading.order


SENTENCES = [
    # Devices: bought and rented, one and several, with and without duration and renewals
    (DM, WALKER, {"quantity": "1"}, "Quantité : 1 unité, ne pas renouveler.", None),
    (DM, WALKER, {"quantity": "2"}, "Quantité : 2 unités, ne pas renouveler.", None),
    (
        DM,
        WALKER,
        {"quantity": "30", "duration_days": "1"},
        "Quantité : 30 unités pendant 1 jour, ne pas renouveler.",
        "2026-11-24",
    ),
    (
        DM,
        WALKER,
        {"quantity": "30", "duration_days": "28", "renewals": "5"},
        "Quantité : 30 unités pendant 28 jours, à renouveler 5 fois.",
        "2027-05-10",
    ),
    (
        DM,
        BED,
        {"quantity": "1", "duration_days": "28"},
        "Location de 1 unité pendant 28 jours, ne pas renouveler.",
        "2026-12-21",
    ),
    (
        DM,
        BED,
        {"quantity": "2", "duration_days": "182", "renewals": "1"},
        "Location de 2 unités pendant 182 jours, à renouveler 1 fois.",
        "2027-11-22",
    ),
    # Biology: once and again, fasting, urgent
    (BIO, "1104", {}, "Une fois, le 24/11/2026.", "2026-11-24"),
    (BIO, "1104", {"fasting": True}, "Une fois, le 24/11/2026, à jeun.", "2026-11-24"),
    (BIO, "1104", {"urgent": True}, "Une fois, le 24/11/2026, urgent.", "2026-11-24"),
    (
        BIO,
        "1104",
        {"fasting": True, "urgent": True},
        "Une fois, le 24/11/2026, à jeun, urgent.",
        "2026-11-24",
    ),
    (
        BIO,
        "0127",
        {"every_days": "7", "occurrences": "4"},
        "Tous les 7 jours, 4 fois, à partir du 24/11/2026.",
        "2026-12-15",
    ),
    (
        BIO,
        "0552",
        {"every_days": "1", "occurrences": "3", "fasting": True},
        "Tous les jours, 3 fois, à partir du 24/11/2026, à jeun.",
        "2026-11-26",
    ),
    (
        BIO,
        "1104",
        {"every_days": "182", "occurrences": "3"},
        "Tous les 182 jours, 3 fois, à partir du 24/11/2026.",
        "2027-11-23",
    ),
    # Nursing: rhythm, with sessions or duration
    (IDE, "prelevement", {"sessions": "1"}, "1 passage.", "2026-11-24"),
    (
        IDE,
        "glycemie",
        {"times": "3", "per": "jour", "duration_days": "28"},
        "3 fois par jour, pendant 28 jours.",
        "2026-12-21",
    ),
    (
        IDE,
        "glycemie",
        {**ONCE_A_DAY, "duration_days": "1"},
        "1 fois par jour, pendant 1 jour.",
        "2026-11-24",
    ),
    (
        IDE,
        "constantes",
        {"times": "1", "per": "mois", "sessions": "6"},
        "6 passages, 1 fois par mois.",
        "2027-05-22",
    ),
    (
        IDE,
        "glycemie",
        {**ONCE_A_DAY, "duration_days": "15", "precision": "avant le petit-déjeuner"},
        "1 fois par jour, avant le petit-déjeuner, pendant 15 jours.",
        "2026-12-08",
    ),
    # Physiotherapy: quantity left to the professional or not
    (KINE, "marche", WHY, "Nombre et rythme à l’appréciation du professionnel.", None),
    (KINE, "marche", {**WHY, "sessions": "1"}, "1 séance.", "2026-11-24"),
    (KINE, "marche", {**WHY, "sessions": "10"}, "10 séances.", None),
    (
        KINE,
        "marche",
        {**WHY, "sessions": "10", "times": "2", "per": "semaine"},
        "10 séances, 2 fois par semaine.",
        "2026-12-28",
    ),
    (
        KINE,
        "marche",
        {**WHY, "sessions": "10", "times": "2", "per": "semaine", "duration_days": "35"},
        "10 séances, 2 fois par semaine, pendant 35 jours.",
        "2026-12-28",
    ),
    (
        KINE,
        "respiratoire",
        {**WHY, "sessions": "10", "times": "3", "per": "semaine", "precision": "le matin"},
        "10 séances, 3 fois par semaine, le matin.",
        "2026-12-17",
    ),
    (KINE, "marche", {**WHY, "precision": "à la barre"}, "À la barre.", None),
    (PEDI, "diabetique-2", {**WHY, "sessions": "4"}, "4 séances.", None),
    (ORTHO, "deglutition", {**WHY, "duration_days": "90"}, "Pendant 90 jours.", "2027-02-21"),
    (ORTHOPTIE, "bilan", WHY, "Nombre et rythme à l’appréciation du professionnel.", None),
    # Medicines: the rest of their sentences is tested apart
    (
        MED,
        DOLIPRANE,
        {"phases": [step(matin="1", soir="1")], "duration_days": "8"},
        "1 comprimé matin et soir, pendant 8 jours.",
        "2026-12-01",
    ),
    (
        MED,
        DOLIPRANE,
        {"phases": [step(soir="2")], "duration_days": "1"},
        "2 comprimés le soir, pendant 1 jour.",
        "2026-11-24",
    ),
]


@pytest.mark.parametrize(("kind", "choice", "changes", "sentence", "last"), SENTENCES)
def test_the_sentence_word_for_word_and_the_last_day(tables, kind, choice, changes, sentence, last):
    order = order_of(kind, choice, changes)
    assert order.sentence == sentence
    assert (order.ends_on.isoformat() if order.ends_on else None) == last


def test_every_kind_has_its_sentences():
    assert {row[0] for row in SENTENCES} == set(Kind)


LATER = date(2026, 11, 20)
PRINTED = [
    (
        DM,
        WALKER,
        {"quantity": "1", "side": "droit", "size": "M", "site": "genou", "comment": "Livrer le matin"},
        STARTS,
        ["Quantité : 1 unité, ne pas renouveler.", "Côté droit, taille M, genou.", "Livrer le matin"],
    ),
    (
        DM,
        WALKER,
        {"quantity": "1", "side": "bilateral"},
        LATER,
        ["Quantité : 1 unité, ne pas renouveler. À partir du 24/11/2026.", "Des deux côtés."],
    ),
    (
        DM,
        "4107723",
        {"quantity": "1", "personal": True},
        STARTS,
        [
            "Quantité : 1 unité, ne pas renouveler.",
            "Affecté au résident, pour son propre handicap.",
        ],
    ),
    (
        BIO,
        "1104",
        {"context": "anémie connue.", "at_home": True, "comment": "Voir le bilan d’octobre"},
        STARTS,
        [
            "Une fois, le 24/11/2026.",
            "Contexte : anémie connue.",
            "Prélèvement au lieu de vie du patient.",
            "Voir le bilan d’octobre",
        ],
    ),
    (BIO, "1104", {"at_home": False}, LATER, ["Une fois, le 24/11/2026."]),
    (
        IDE,
        "pansement-complexe",
        {**ONCE_A_DAY, "duration_days": "15", "site": "sacrum", "product": "hydrocellulaire", "urgent": True},
        STARTS,
        [
            "1 fois par jour, pendant 15 jours.",
            "Localisation : sacrum. Produit : hydrocellulaire.",
            "Acte à réaliser au lieu de vie du patient.",
            "Urgent.",
        ],
    ),
    (
        KINE,
        "marche",
        {"indication": "chutes répétées.", "sessions": "10", "at_home": False},
        LATER,
        ["10 séances. À partir du 24/11/2026.", "Indication : chutes répétées."],
    ),
    (
        PEDI,
        "ongles",
        {"indication": "mycose", "site": "pied droit", "at_home": False},
        STARTS,
        [
            "Nombre et rythme à l’appréciation du professionnel.",
            "Localisation : pied droit. Indication : mycose.",
        ],
    ),
    (
        ORTHO,
        "voix",
        {"indication": "dysphonie", "sessions": "30", "comment": "Compte rendu attendu"},
        STARTS,
        [
            "30 séances.",
            "Indication : dysphonie.",
            "Acte à réaliser au lieu de vie du patient.",
            "Compte rendu attendu",
        ],
    ),
    (
        ORTHOPTIE,
        "bilan",
        {"indication": "diplopie", "sessions": "1", "at_home": False},
        STARTS,
        ["1 séance.", "Indication : diplopie."],
    ),
    (
        MED,
        DOLIPRANE,
        {"phases": [step(matin="1")], "duration_days": "8", "comment": "Avec un grand verre d’eau"},
        STARTS,
        [
            "1 comprimé le matin, pendant 8 jours.",
            "Voie orale. QSP 8 jours, ne pas renouveler.",
            "Avec un grand verre d’eau",
        ],
    ),
]


@pytest.mark.parametrize(("kind", "choice", "changes", "written_on", "expected"), PRINTED)
def test_the_lines_printed_under_the_title(tables, kind, choice, changes, written_on, expected):
    order = order_of(kind, choice, changes)
    assert list(order.printed_texts(prescribed_on=written_on)) == expected


def test_every_kind_is_printed():
    assert {row[0] for row in PRINTED} == set(Kind)


@pytest.mark.parametrize(
    ("kind", "choice", "changes", "title", "detail", "regime", "price"),
    [
        (
            DM,
            WALKER,
            {"quantity": "2"},
            "Deambulateur, achat (LPP 1285619)",
            "LPP 1285619",
            "PONCTUEL",
            True,
        ),
        (
            DM,
            BED,
            {"duration_days": "28"},
            None,
            "LPP 1241763",
            "CONTINU",
            False,
        ),
        (
            BIO,
            "1104",
            {},
            "Hemogramme y compris plaquettes (NFS , NFP) (NABM 1104)",
            "NABM 1104",
            "PONCTUEL",
            False,
        ),
        (
            BIO,
            "0127",
            {"every_days": "7", "occurrences": "4"},
            None,
            "NABM 0127",
            "CONTINU",
            False,
        ),
        (
            KINE,
            "marche",
            {**WHY, "site": "à l’étage"},
            "Rééducation de la marche et de l’équilibre",
            "à l’étage",
            "PONCTUEL",
            False,
        ),
    ],
)
def test_how_a_line_is_called_and_priced(tables, kind, choice, changes, title, detail, regime, price):
    order = order_of(kind, choice, changes)
    assert title in (None, order.title)
    assert (order.detail, order.regime) == (detail, regime)
    current = replace(order, tariff_is_current=True) if kind is DM else order
    assert (current.total_price is not None) is price


def test_the_tariffs_of_a_table_in_force_add_up_those_of_an_old_one_do_not(tables):
    """The table shipped is of 2020, its tariffs of 2014 (rule A16)."""
    order = order_of(DM, "1285619", {"quantity": "2"})
    assert order.total_price is None
    assert replace(order, tariff_is_current=True).total_price == order.tariff * 2
    ListRelease.objects.filter(which=OfficialList.LPP, current=True).update(published_on=timezone.localdate())
    assert order_of(DM, "1285619", {"quantity": "2"}).total_price == order.tariff * 2


@pytest.mark.parametrize("code", ["1136581", "1148130", "1116911"])
def test_what_is_paid_by_the_period_says_how_long(tables, code):
    content, subject = written(DM, code, {})
    (problem,) = KINDS[DM].read(content, subject, None).problems
    assert (problem.field, problem.message_fr) == (
        "duration_days",
        "Un forfait de prestation a une durée : donnez-la en jours.",
    )
    order = order_of(DM, code, {"duration_days": "365"})
    assert order.sentence == "Quantité : 1 forfait pendant 365 jours, ne pas renouveler."
    wire: Any = KINDS[DM].to_wire(1, order)
    assert (wire.mode, wire.duree_jours, order.total_price) == ("prestation", 365, None)
