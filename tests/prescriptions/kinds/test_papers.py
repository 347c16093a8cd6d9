"""The form the law wants of the ordonnance of a medicine, on real specialities (rules B12, B15, B20, B27, B38)."""

from typing import Any

import pytest

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import free_value
from prescriptions.kinds.medicament.drug import FreeDrug
from prescriptions.kinds.medicament.paper import SECURED_CHIPS, fraction_of, names_its_pharmacy, paper_of
from prescriptions.kinds.order import Paper
from prescriptions.kinds.registry import KINDS
from prescriptions.referentials.chips import condition_chips
from prescriptions.referentials.facts import speciality_facts
from prescriptions.referentials.free_text import recognised
from prescriptions.referentials.models import Speciality
from tests.prescriptions.kinds.samples import step, written

SECURED, SIMPLE, EXCEPTION = Paper.SECURISEE, Paper.SIMPLE, Paper.EXCEPTION
METHADONE, SUBUTEX, FENTANYL, DOLIPRANE = "68726979", "65150204", "68108025", "60234100"

REAL = [
    # CIS, form, named pharmacy, days of a fraction
    ("61227030", SECURED, False, None),  # SKENAN L.P. 10 mg: narcotic
    ("65036909", SECURED, False, None),  # ORAMORPH
    ("68490105", SECURED, False, None),  # OXYCONTIN LP
    (FENTANYL, SECURED, False, 14),  # DUROGESIC, patch
    ("61705683", SECURED, False, None),  # ZOLPIDEM ALMUS 10 mg
    ("66098792", SECURED, False, None),  # TRAMADOL EG 50 mg
    ("61137241", SECURED, False, None),  # IXPRIM, labelled
    ("69331903", SECURED, False, None),  # IXPRIM, the label is missing in the base (rule B20)
    ("60904643", SECURED, False, None),  # CODOLIPRANE
    ("67482372", SECURED, False, None),  # DICODIN
    ("67928173", SECURED, False, None),  # LYRICA 25 mg
    ("60618841", SECURED, False, None),  # PREGABALINE ARROW 75 mg
    ("68429141", SECURED, False, None),  # RIVOTRIL 2 mg, tablet
    ("63523836", SIMPLE, False, None),  # RIVOTRIL, injectable
    ("68341392", SECURED, False, 7),  # MIDAZOLAM ACCORD 1 mg/ml
    (METHADONE, SECURED, True, 7),  # METHADONE AP-HP 5 mg
    (SUBUTEX, SECURED, True, 7),  # SUBUTEX 2 mg
    ("65021818", SECURED, True, 7),  # BUPRENORPHINE ARROW 8 mg
    ("63827255", SECURED, True, 7),  # SUBOXONE
    ("60059081", SECURED, True, None),  # RITALINE 10 mg
    ("60642949", SIMPLE, False, None),  # ZOPICLONE 7,5 mg
    ("68685952", SIMPLE, False, None),  # DIAZEPAM 5 mg
    (DOLIPRANE, SIMPLE, False, None),
    ("67613291", SIMPLE, False, None),  # IZALGI: no label in the base
]


@pytest.mark.parametrize(("cis", "paper", "pharmacy", "fraction"), REAL)
def test_the_form_of_a_real_medicine(tables, cis, paper, pharmacy, fraction):
    drug = speciality_facts(cis)
    assert (paper_of(drug), names_its_pharmacy(drug), fraction_of(drug)) == (paper, pharmacy, fraction), (
        drug.label
    )


def test_the_hole_of_the_base_is_still_there(tables):
    """The day the base labels it, the list of substances is no longer what secures it."""
    drug = speciality_facts("69331903")
    assert not SECURED_CHIPS & {chip.code for chip in drug.chips}
    assert "tramadol" in drug.label.lower() or "TRAMADOL" in drug.dci_label


@pytest.mark.parametrize(
    ("words", "paper"),
    [
        ("Sirop de morphine 1 mg/mL", SECURED),
        ("Tramadol 50 mg", SECURED),
        ("gélules de CODÉINE 20 mg", SECURED),
        ("Zolpidem 5 mg", SECURED),
        ("méthadone sirop", SECURED),
        ("Prégabaline gélules 10 mg", SECURED),
        ("Apomorphine", SIMPLE),
        ("Vaseline salicylée à 10 %", SIMPLE),
    ],
)
def test_a_preparation_of_what_is_secured_is_secured(tables, words, paper):
    assert paper_of(free(words)) is paper


def free(words: str) -> FreeDrug:
    """What the prescriber typed, as the line reads it."""
    subject = KINDS[Kind.MEDICAMENT].subject({"free_label": words})
    assert isinstance(subject, FreeDrug)
    return subject


def test_every_secured_medicine_of_the_base_is_secured_in_free_text_too(tables):
    """By its common name and by its own label; and its own name is recognised as that of a speciality of the base."""
    rows = Speciality.objects.filter(marketed=True).prefetch_related("conditions")
    secured = [
        row
        for row in rows
        if SECURED_CHIPS
        & {chip.code for chip in condition_chips([condition.label for condition in row.conditions.all()])}
    ]
    assert len(secured) > 500
    typed = {text for row in secured for text in (row.dci_label, row.label)}
    named = recognised(typed)
    assert {
        text for text in typed if paper_of(FreeDrug(text, recognised=named.get(text))) is not SECURED
    } == set()
    assert [row.label for row in secured if not named[row.label].speciality] == []


def line(cis: str, **changes: Any):
    typed = {"phases": [step(matin="1")], "duration_days": "28", **changes}
    content, subject = written(Kind.MEDICAMENT, cis, typed)
    return KINDS[Kind.MEDICAMENT].read(content, subject, None)


def test_a_narcotic_and_its_paper(tables):
    order = line("61227030").order
    assert (order.paper, order.pharmacy, order.fraction_days) == (SECURED, "", None)


@pytest.mark.parametrize("cis", [METHADONE, SUBUTEX])
def test_the_pharmacy_is_named_or_the_line_waits(tables, cis):
    (problem,) = line(cis).problems
    assert (problem.field, problem.rule) == ("pharmacy", "B27")
    assert (
        problem.message_fr == "Nommez la pharmacie qui délivrera : le remboursement de ce médicament l’exige."
    )
    order = line(cis, pharmacy="Pharmacie des Halles").order
    assert (order.paper, order.pharmacy) == (SECURED, "Pharmacie des Halles")


def test_the_name_of_a_pharmacy_fits_the_message(tables):
    (problem,) = line(METHADONE, pharmacy="P" * 101).problems
    assert (problem.field, problem.rule) == ("pharmacy", "B27")
    assert line(METHADONE, pharmacy="P" * 100).order


def test_no_other_medicine_names_one(tables):
    assert line("61227030", pharmacy="Pharmacie des Halles").order.pharmacy == ""


def test_the_dispensing_is_split_unless_the_prescriber_says_why_not(tables):
    named = {"pharmacy": "Pharmacie des Halles"}
    assert "Délivrance fractionnée de 7 jours." in line(METHADONE, **named).order.printed_texts()
    assert "Délivrance fractionnée de 14 jours." in line(FENTANYL).order.printed_texts()
    whole = line(METHADONE, single_dispensing="sortie de vacances.", **named).order
    assert "Délivrance en une seule fois : sortie de vacances." in whole.printed_texts()
    assert not any("fractionnée" in text for text in whole.printed_texts())


def test_what_is_not_split_says_nothing_of_it(tables):
    order = line(DOLIPRANE, single_dispensing="départ").order
    assert order.single_dispensing == ""
    assert not any("élivrance" in text for text in order.printed_texts())


@pytest.mark.parametrize(
    ("cis", "paper"), [(DOLIPRANE, EXCEPTION), ("61227030", SECURED), ("69331903", SECURED)]
)
def test_an_exception_is_the_prescribers_and_never_undoes_security(tables, cis, paper):
    assert line(cis, exception=True).order.paper is paper


@pytest.mark.parametrize("field", ["precision", "comment", "overlap_reason", "initial_by"])
def test_nothing_typed_stays_in_digits_on_a_secured_one(tables, field):
    (problem,) = line("61227030", **{field: "toutes les 12/12h"}).problems
    assert (problem.field, problem.rule) == (field, "B13")
    assert "« 12/12h »" in problem.message_fr
    assert line("61227030", **{field: "10 mg x2 à 8 h, le 23/11/2026"}).order
    assert line(DOLIPRANE, **{field: "toutes les 12/12h"}).order


def test_a_unit_does_not_stay_in_digits_either(tables):
    (problem,) = line("61227030", unit="sachet de 12/12").problems
    assert (problem.field, problem.rule) == ("unit", "B13")


def test_a_preparation_of_what_is_secured_is_written_in_letters_too(tables):
    (problem,) = line(free_value("Morphine sirop 1 000 000 UI")).problems
    assert (problem.field, problem.rule) == ("free_label", "B13")


def test_a_paper_survives_freezing(tables):
    entry = KINDS[Kind.MEDICAMENT]
    for reading in (
        line(METHADONE, pharmacy="Pharmacie des Halles", single_dispensing="voyage"),
        line(DOLIPRANE, exception=True),
    ):
        assert entry.from_json(reading.order.to_json()) == reading.order


def test_a_preparation_written_in_free_text_takes_its_paper(tables):
    typed = {"phases": [step(soir="1")], "duration_days": "7", "unit": "mL"}
    content, subject = written(Kind.MEDICAMENT, free_value("Solution de morphine"), typed)
    order = KINDS[Kind.MEDICAMENT].read(content, subject, None).order
    assert order is not None
    assert order.paper is SECURED
