"""Official labels become chips; the table knows nearly all of what the base says."""

from collections import Counter

import pytest

from prescriptions.referentials.chips import NOT_MARKETED, condition_chips, is_mapped
from prescriptions.referentials.models import Shortage
from tests.drug_base import bundled_contents


@pytest.mark.parametrize(
    ("label", "text", "tone"),
    [
        ("liste I", "Liste I", "info"),
        ("liste II", "Liste II", "info"),
        ("stupéfiants", "Stupéfiant", "reason"),
        ("prescription en toutes lettres sur ordonnance sécurisée", "Ordonnance sécurisée", "reason"),
        ("prescription limitée à 4 semaines", "4 semaines maximum", "reason"),
        ("prescription limitée à 7 jours ou 28 jours", "7 jours ou 28 jours maximum", "reason"),
        ("prescription limitée à 6 mois", "6 mois maximum", "reason"),
        ("prescription initiale hospitalière annuelle", "PIH annuelle", "reason"),
        ("prescription initiale hospitalière semestrielle", "PIH semestrielle", "reason"),
        ("réservé à l'usage HOSPITALIER", "Réservé à l'hôpital", "blocking"),
        ("prescription hospitalière", "Prescription hospitalière", "blocking"),
        ("prescription réservée aux spécialistes et services NEUROLOGIE", "Spécialistes", "reason"),
        (
            "médicament nécessitant une surveillance particulière pendant le traitement",
            "Surveillance particulière",
            "info",
        ),
        ("Rupture de stock", "Rupture de stock", "reason"),
        ("Tension d'approvisionnement", "Tension d'approvisionnement", "reason"),
        (NOT_MARKETED, "Non commercialisé", "blocking"),
    ],
)
def test_a_label_gives_its_chip(label, text, tone):
    [chip] = condition_chips([label])
    assert (chip.text_fr, chip.tone) == (text, tone)


def test_chips_come_worst_first_and_once():
    labels = ["liste I", "prescription sur ordonnance sécurisée", "stupéfiants", "liste I"]
    labels.append("prescription en toutes lettres sur ordonnance sécurisée")
    texts = [chip.text_fr for chip in condition_chips(labels)]
    assert texts == ["Stupéfiant", "Ordonnance sécurisée", "Liste I"]


def test_an_unknown_label_shows_nothing_and_is_known_to_be_unknown():
    assert condition_chips(["pour tous les patients :"]) == []
    assert not is_mapped("pour tous les patients :")


def test_nearly_every_condition_of_the_base_is_mapped():
    labels = Counter(row.label for row in bundled_contents().conditions)
    assert (len(labels), labels.total()) == (165, 28_151)
    unmapped = {label: count for label, count in labels.items() if not is_mapped(label)}
    assert sum(unmapped.values()) / labels.total() < 0.005
    assert len(unmapped) <= 8


def test_every_kind_of_supply_notice_is_mapped():
    assert all(is_mapped(kind.label) for kind in Shortage.Kind)
    assert condition_chips([Shortage.Kind.BACK.label]) == []
