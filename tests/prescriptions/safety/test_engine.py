"""The engine: worst first, never silent, never broken."""

import logging
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescriptions.kinds.medicament.medication import Regime
from prescriptions.referentials.rules import DispensingRules, InitialPrescription
from prescriptions.safety import engine
from prescriptions.safety.case import (
    AllergyKind,
    Case,
    CaseLine,
    Condition,
    Known,
    KnownAllergy,
    Measured,
    Origin,
    Prescriber,
    Traits,
)
from prescriptions.safety.clinical import VERSION, about
from prescriptions.safety.engine import run
from prescriptions.safety.finding import Check, Finding, Level, Source, Status, worst_first
from prescriptions.safety.knowledge import Knowledge
from tests.prescriptions.posologies import any_posology
from tests.prescriptions.safety.facts import case, drug, line, no_code, none_absent

NOTHING = Knowledge(lambda drugs: {}, none_absent, codes=no_code)


def test_every_check_has_a_status_and_a_name():
    report = run(case(line()), clinical=True, knowledge=NOTHING)
    assert set(report.statuses) == set(Check)
    assert all(check.name_fr for check in Check)
    assert report.version == VERSION


def test_the_law_runs_without_the_engine_and_says_that_the_rest_did_not():
    report = run(case(line()), clinical=False, knowledge=NOTHING)
    assert not any(f.clinical and f.status is Status.ALERT for f in report.findings)
    assert report.version == ""
    assert "désactivés" in report.not_done[-1].headline


def test_a_check_that_breaks_is_said_not_done_and_reported(caplog):
    def broken(drugs):
        raise RuntimeError("JEANNE prend du lithium")

    with caplog.at_level(logging.ERROR):
        report = run(case(line()), clinical=True, knowledge=Knowledge(broken, none_absent, codes=no_code))
    assert report.statuses[Check.INTERACTION] is Status.NOT_DONE
    assert any("contrôle en panne" in finding.headline for finding in report.not_done)
    assert "RuntimeError" in caplog.text
    assert "JEANNE" not in caplog.text


def test_what_no_check_can_read_is_said_once_and_nothing_is_ok():
    report = run(case(CaseLine(key="1", label="préparation")), clinical=True, knowledge=NOTHING)
    assert [f.check for f in report.not_done].count(Check.UNKNOWN_LINE) == 1
    assert Status.OK not in report.statuses.values()


def test_worst_first_and_not_done_before_information():
    medicine = drug("APIXABAN", rules=DispensingRules(list_code="I", max_days=7, secured=True))
    report = run(
        case(line(medicine=medicine), CaseLine(key="2", label="x")), clinical=True, knowledge=NOTHING
    )
    ranks = [{Level.HARD: 0, Level.REASON: 1, None: 2, Level.INFO: 3}[f.level] for f in report.findings]
    assert ranks == sorted(ranks)
    assert report.is_blocking
    assert sum(report.counts.values()) == len(report.findings)


def test_of_one_level_the_most_dangerous_comes_first():
    def asking(check: Check, *levels: str) -> Finding:
        source = Source("essai", None, "A40")
        return Finding(
            check=check,
            status=Status.ALERT,
            level=Level.REASON,
            headline="",
            source=source,
            clinical=True,
            levels=levels,
        )

    wanted = [
        asking(Check.ALLERGY),
        asking(Check.INTERACTION, "CI"),
        asking(Check.RENAL),
        asking(Check.INTERACTION, "AD"),
        asking(Check.DUPLICATE),
        asking(Check.ANTIBIOTIC),
    ]
    assert list(worst_first(reversed(wanted))) == wanted
    variable = asking(Check.INTERACTION, "CI", "AD")
    assert worst_first([variable, asking(Check.RENAL)])[1] == variable


def test_the_page_of_the_engine_names_every_table_with_its_day():
    assert "n’est pas un dispositif médical certifié" in about.NOT_CERTIFIED
    assert all(table.source and table.dated for table in about.TABLES)


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
maybe_days = st.none() | days
texts = st.text(max_size=30)
numbers = st.decimals(min_value="-10", max_value="1000", places=1)
measures = st.none() | st.builds(Measured, numbers, days)
names = (
    st.sampled_from(["PARACÉTAMOL", "APIXABAN", "MORPHINE", "LITHIUM", "ZOLPIDEM", "", "?", "DIGOXINE"])
    | texts
)
initials = st.builds(
    InitialPrescription, st.none() | st.integers(0, 400), st.sampled_from(["hospital", "specialist"])
)
rules = st.builds(
    DispensingRules,
    list_code=st.sampled_from(["I", "II", ""]),
    narcotic=st.booleans(),
    max_days=st.none() | st.integers(0, 400),
    fraction_days=st.none() | st.integers(0, 30),
    no_overlap=st.booleans(),
    hospital_only=st.booleans(),
    initial=st.none()
    | st.builds(
        InitialPrescription, st.none() | st.integers(0, 400), st.sampled_from(["hospital", "specialist"])
    ),
    specialists=st.lists(texts, max_size=2).map(tuple),
    attestation=st.booleans(),
    overridden=st.lists(texts, max_size=2).map(tuple),
)
drugs = st.builds(
    lambda substances, atc, law, form, local, strength: drug(
        *substances, strength=strength, atc=atc, rules=law, form=form, is_local_route=local
    ),
    st.lists(names, min_size=1, max_size=3),
    st.sampled_from(["", "J01CA04", "N05BA01", "M01A", "N05AX08", "B"]) | texts,
    rules,
    texts | st.sampled_from(["comprimé à libération prolongée", "gélule"]),
    st.booleans(),
    texts | st.sampled_from(["10 mg", "1 g", "0 mg", "2,5 mg", "1 000 mg"]),
)
lines = st.builds(
    CaseLine,
    key=texts,
    label=texts,
    drug=st.none() | drugs,
    posology=st.none() | any_posology,
    regime=st.sampled_from(list(Regime)),
    starts_on=maybe_days,
    duration_days=st.none() | st.integers(-5, 5000),
    renewals=st.integers(-1, 100),
    origin=st.sampled_from(list(Origin)),
    same_prescriber=st.booleans(),
    running_since=maybe_days,
    ns_reason=texts | st.sampled_from(["MTE", "CIF", "EFG"]),
    initial_on=maybe_days,
    exam_on=maybe_days,
    reassess_on=maybe_days,
    crush=st.booleans(),
)
residents = st.builds(
    Traits,
    birth_date=days,
    sex=st.sampled_from(["F", "M", "I", ""]),
    weight=measures,
    creatinine=measures,
    clearance=measures,
    allergy_status=st.sampled_from(list(Known)),
    allergies=st.lists(
        st.builds(KnownAllergy, st.sampled_from(list(AllergyKind)), names, texts), max_size=3
    ).map(tuple),
    conditions_status=st.sampled_from(list(Known)),
    conditions=st.lists(st.builds(Condition, texts), max_size=3).map(tuple),
    swallowing_trouble=st.none() | st.booleans(),
)
prescribers = st.builds(Prescriber, texts, texts, in_hospital=st.booleans())


@given(st.builds(Case, residents, st.lists(lines, max_size=5).map(tuple), days, prescribers))
def test_no_case_however_odd_breaks_a_check(odd):
    report = run(odd, clinical=True, knowledge=NOTHING)
    assert not [f.headline for f in report.findings if "panne" in f.headline]
    assert all(f.headline and f.source.text for f in report.findings)
    assert report.to_json()["checks"].keys() == {check.value for check in Check}


@pytest.mark.parametrize(
    "checker", [*engine.LEGAL, *engine.CLINICAL], ids=lambda checker: checker.check.value
)
def test_each_check_alone_on_nothing(checker):
    assert all(f.status is Status.NOT_DONE for f in checker.run(case(), NOTHING))


def test_ages_of_the_future_do_not_break():
    future = Traits(birth_date=date(2030, 1, 1), sex="F", creatinine=Measured(Decimal(80), date(2031, 1, 1)))
    report = run(
        case(line(starts_on=date.max - timedelta(days=1)), resident=future), clinical=True, knowledge=NOTHING
    )
    assert "panne" not in "".join(f.headline for f in report.findings)
