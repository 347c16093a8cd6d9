"""A line of every kind in the message: valid against the schema, its words on the wire, whatever was typed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from amo_gateway import schemas
from prescriptions.documents import epu
from prescriptions.documents.statement import Statement
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.order import Order
from prescriptions.kinds.registry import KINDS
from tests.prescriptions.cda import draw
from tests.prescriptions.kinds.samples import FREE, HOUSE, SAMPLES, complete, finish

WHO = ("cis", "free_label", "code", "slug", "label")
"""What says which thing the line is about: it comes from the search box, not from the form."""
IDENTIFIER = "01S2TBPZ2JCNZZYGHZ"
ALL = [(kind, sample) for samples in (SAMPLES, HOUSE, FREE) for kind, sample in samples.items()]


def statement_of(kind: Kind, *orders: Order) -> Statement:
    lines = tuple(draw.line_of(kind, rank, order) for rank, order in enumerate(orders, 1))
    return draw.statement(kind, lines, paper=orders[0].paper.value, pharmacy=orders[0].pharmacy)


def line_on_the_wire(kind: Kind, order: Order) -> dict[str, str]:
    """Build the message, check it, return the leaves of its line."""
    made = epu.build(statement_of(kind, order), IDENTIFIER)
    schemas.check(made)
    (line,) = etree.fromstring(made).iterfind(".//{*}ligne")
    leaves = {etree.QName(node).localname: node.text or "" for node in line.iter() if not len(node)}
    return {"eprescType": line.get("eprescType", ""), **leaves}


@pytest.mark.parametrize(("kind", "sample"), ALL)
def test_a_line_of_each_kind_passes_the_schema(tables, kind, sample):
    order = finish(kind, sample)[2]
    wire = line_on_the_wire(kind, order)
    assert wire["eprescType"] == kind.value
    assert wire["ald"] == "false"


EXPECTED: dict[Kind, dict[str, str]] = {
    Kind.MEDICAMENT: {
        "cis": "60234100",
        "voie": "orale",
        "posologie": "1 comprimé matin et soir, pendant 8 jours.",
        "dureeJours": "8",
        "quantite": "2",
        "renouvellements": "0",
        "substitutionAutorisee": "true",
    },
    Kind.DISPOSITIF_MEDICAL: {
        "codeLpp": "1116443",
        "mode": "achat",
        "quantite": "2",
        "dureeJours": "28",
        "renouvellements": "2",
        "taille": "CH 16",
    },
    Kind.ACTE_BIOLOGIE_MEDICALE: {
        "codeNabm": "1104",
        "aJeun": "false",
        "frequence": "tous les 28 jours, 3 fois",
        "intervalleJours": "28",
        "nombreExecutions": "3",
        "contexteClinique": "anémie connue",
    },
    Kind.ACTE_INFIRMIER: {
        "libelle": "Dialyse péritonéale",
        "frequence": "4 fois par jour",
        "dureeJours": "28",
        "aDomicile": "true",
    },
    Kind.ACTE_KINESITHERAPIE: {
        "libelle": "Rééducation de la marche et de l’équilibre",
        "indication": "chutes répétées",
        "nombreSeances": "10",
        "frequence": "2 fois par semaine",
        "dureeJours": "35",
    },
    Kind.ACTE_PEDICURIE: {"libelle": "Soins du pied diabétique de grade 2", "nombreSeances": "4"},
    Kind.ACTE_ORTHOPHONIE: {"libelle": "Bilan et rééducation de la déglutition", "nombreSeances": "30"},
    Kind.ACTE_ORTHOPTIE: {"libelle": "Bilan orthoptique", "nombreSeances": "1", "urgent": "false"},
}


@pytest.mark.parametrize("kind", Kind)
def test_the_words_of_each_kind_on_the_wire(tables, kind):
    wire = line_on_the_wire(kind, complete(kind)[2])
    assert {name: wire.get(name) for name in EXPECTED[kind]} == EXPECTED[kind]


def test_a_rental_says_its_days_as_a_rental(tables):
    order = finish(Kind.DISPOSITIF_MEDICAL, lambda: ("1241763", {"duration_days": "28"}))[2]
    wire = line_on_the_wire(Kind.DISPOSITIF_MEDICAL, order)
    assert (wire["mode"], wire["dureeLocationJours"]) == ("location", "28")
    assert "dureeJours" not in wire


@pytest.mark.parametrize("kind", Kind)
def test_flags_and_note_reach_the_wire(tables, kind):
    order: Any = complete(kind)[2]
    flagged = replace(
        order, ald=True, atmp=True, prevention=True, non_reimbursable=True, comment="à <lire> & dater"
    )
    wire = line_on_the_wire(kind, flagged)
    assert [wire[name] for name in ("ald", "atmp", "prevention", "nonRemboursable")] == ["true"] * 4
    assert wire["commentaire"] == "à <lire> & dater"


def test_urgent_and_at_home_are_said_of_the_whole_prescription(tables):
    order: Any = complete(Kind.ACTE_KINESITHERAPIE)[2]
    both = epu.to_message(statement_of(Kind.ACTE_KINESITHERAPIE, replace(order, urgent=True)), IDENTIFIER)
    assert both.sous_types == (epu.AT_HOME, epu.URGENT)
    neither = epu.to_message(
        statement_of(Kind.ACTE_KINESITHERAPIE, replace(order, at_home=False)), IDENTIFIER
    )
    assert neither.sous_types == ()


nasty = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["x" * 500, "é" * 301, "<&>\"'", "a\nb", "\u00a0", "1", "28", "365", "droit", "jour", "2099-12-31"]
)


@pytest.mark.parametrize(("kind", "sample"), ALL)
def test_whatever_can_be_signed_passes_the_schema(tables, kind, sample):
    """A line that reads as complete must never be refused by the schema once signed."""
    entry = KINDS[kind]
    content, subject, _ = finish(kind, sample)
    names = [name for name in content if isinstance(content[name], str) and name not in WHO]

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.dictionaries(st.sampled_from(names), nasty, max_size=4))
    def holds(typed):
        order = entry.read(entry.normalise({**content, **typed}), subject, date(2026, 11, 24)).order
        if order is not None:
            schemas.check(epu.build(statement_of(kind, order), IDENTIFIER))

    holds()


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind in FREE and kind is not Kind.MEDICAMENT])
def test_the_longest_texts_of_an_act_fit(tables, kind):
    entry = KINDS[kind]
    content, subject, _ = finish(kind, FREE[kind])
    longest = {"site": "s" * 120, "product": "p" * 170, "precision": "q" * 300, "indication": "i" * 500}
    typed = {name: value for name, value in longest.items() if name in content}
    order = entry.read(entry.normalise({**content, **typed, "comment": "c" * 500}), subject, None).order
    assert order is not None
    schemas.check(epu.build(statement_of(kind, order), IDENTIFIER))
