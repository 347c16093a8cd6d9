"""The legal conditions of a medicine, as rules."""

from collections import Counter, defaultdict
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from prescriptions.referentials.models import Speciality
from prescriptions.referentials.rule_counts import rule_counts
from prescriptions.referentials.rules import InitialPrescription, is_mapped, rules_from
from tests.drug_base import bundled_contents

LABELS = sorted({row.label for row in bundled_contents().conditions})


def of(*labels, substances=()):
    return rules_from(labels, substances)


def marketed_rules():
    labels = defaultdict(list)
    for row in bundled_contents().conditions:
        labels[row.cis].append(row.label)
    marketed = [found for found in bundled_contents().specialities if found.row.marketed]
    return [rules_from(labels[found.row.cis], found.dci_label.split(" + ")) for found in marketed]


def test_every_label_of_the_base_is_read():
    assert len(LABELS) == 165
    assert [label for label in LABELS if not is_mapped(label)] == []


@pytest.mark.parametrize("row", rule_counts(marketed_rules()), ids=lambda row: row.name)
def test_the_counts_are_those_made_by_hand(row):
    assert row.gap <= 0.01, row


@pytest.mark.parametrize(
    ("label", "field", "value"),
    [
        ("liste I", "list_code", "I"),
        ("liste II", "list_code", "II"),
        ("stupéfiants", "narcotic", True),
        ("stupéfiants", "secured", True),
        ("stupéfiants", "in_letters", True),
        ("stupéfiants", "max_days", 28),
        ("prescription sur ordonnance sécurisée", "secured", True),
        ("prescription sur ordonnance sécurisée", "in_letters", False),
        ("prescription en toutes lettres sur ordonnance sécurisée", "in_letters", True),
        ("prescription limitée à 4 semaines", "max_days", 28),
        ("prescription limitée à 12 semaines", "max_days", 84),
        ("prescription limitée à 6 mois", "max_days", 180),
        ("prescription limitée à 7 jours ou 28 jours", "max_days", 7),
        ("prescription limitée à 7 jours ou 28 jours", "max_days_alternative", 28),
        ("délivrance fractionnée de 14 jours", "fraction_days", 14),
        ("réservé à l'usage HOSPITALIER", "hospital_only", True),
        ("prescription hospitalière", "hospital_prescription", True),
        ("médicament nécessitant une surveillance particulière pendant le traitement", "surveillance", True),
        ("prescription réservée aux spécialistes et services GERIATRIE", "specialists", ("GERIATRIE",)),
        ("prescription limitée à 2 jours", "max_days", 2),
    ],
)
def test_a_label_sets_its_rule(label, field, value):
    assert getattr(of(label), field) == value


def test_a_shorter_limit_than_the_law_stays():
    assert of("stupéfiants", "prescription limitée à 2 jours").max_days == 2


def test_a_use_open_beside_the_ordinary_one_is_no_limit():
    rules = of(
        "liste I",
        "réservé à l'usage en situation d'urgence selon l'article R5121-96 du code de la santé publique",
        "réservé à une structure d'assistance médicale mobile ou de rapatriement sanitaire",
        "prescription initiale hospitalière semestrielle",
        "renouvellement non restreint",
    )
    assert not rules.hospital_only
    assert rules.initial == InitialPrescription(180, "hospital", (), "free")


def test_whoever_begins_is_not_whoever_renews():
    rules = of(
        "prescription initiale annuelle réservée à certains spécialistes",
        "prescription réservée aux spécialistes et services NEUROLOGIE",
        "renouvellement non restreint",
    )
    assert rules.initial == InitialPrescription(365, "specialist", ("NEUROLOGIE",), "free")
    assert rules.specialists == ()


def test_renewal_by_specialists_only():
    rules = of(
        "prescription initiale hospitalière semestrielle",
        "renouvellement de la prescription réservé aux spécialistes en NEPHROLOGIE",
    )
    assert rules.initial == InitialPrescription(180, "hospital", (), "specialist")
    assert rules.specialists == ("NEPHROLOGIE",)


def test_an_initial_prescription_asked_of_some_persons_says_of_whom():
    rules = of(
        "pour adolescents de sexe masculin et hommes susceptibles de procréer : prescription initiale "
        "réservée à certains spécialistes"
    )
    assert rules.initial is not None
    assert rules.initial.only_for == "pour adolescents de sexe masculin et hommes susceptibles de procréer"


@pytest.mark.parametrize("substance", ["TRAMADOL", "CODÉINE", "DIHYDROCODÉINE"])
def test_what_the_labels_forget_of_opioids_is_set_and_told(substance):
    rules = of("liste I", substances=[substance, "PARACÉTAMOL"])
    assert (rules.secured, rules.in_letters, rules.max_days) == (True, True, 84)
    assert [why.split(" : ")[0] for why in rules.overridden] == ["secured", "in_letters", "max_days"]
    assert all("01/03/2025" in why for why in rules.overridden)


def test_what_the_labels_say_already_is_not_overridden():
    rules = of(
        "liste I",
        "prescription en toutes lettres sur ordonnance sécurisée",
        "prescription limitée à 12 semaines",
        substances=["TRAMADOL"],
    )
    assert rules.overridden == ()


def test_a_homeopathic_dilution_is_on_no_list():
    assert of(substances=["CODÉINE"]) == of()


def test_every_marketed_ixprim_is_secured(drug_base):
    for ixprim in Speciality.objects.filter(label__startswith="IXPRIM").prefetch_related("conditions"):
        labels = [condition.label for condition in ixprim.conditions.all()]
        assert rules_from(labels, ixprim.dci_label.split(" + ")).secured


@given(st.lists(st.sampled_from(LABELS), max_size=8))
def test_labels_say_the_same_in_any_order(labels):
    given_order, turned = rules_from(labels, ()), rules_from(labels[::-1], ())
    assert given_order.labels == turned.labels[::-1]
    for field in ("max_days", "list_code", "initial", "specialists", "hospital_only", "in_letters"):
        assert getattr(given_order, field) == getattr(turned, field)


@given(st.lists(st.text(max_size=40), max_size=4), st.lists(st.text(max_size=12), max_size=3))
def test_no_label_breaks_the_reading(labels, substances):
    assert rules_from(labels, substances).labels == tuple(labels)


def test_the_command_prints_the_counts_and_what_it_does_not_read(drug_base):
    out = StringIO()
    call_command("prescription_rules", stdout=out)
    lines = out.getvalue().splitlines()
    assert "   269     269    0.0%  B13   stupéfiant" in lines
    assert lines[-1] == "165 libellés distincts, 28151 lignes ; non lus : 0 (0.00%)"
    assert Counter(line.split()[0] for line in lines)["758"] == 1
