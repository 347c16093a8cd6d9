"""Clinical checks, each alone: doses, clearances, what an acknowledgement is remembered by."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from prescriptions.kinds.medicament.posology import Rhythm, RhythmKind
from prescriptions.referentials.interactions import Interaction
from prescriptions.safety.case import AllergyKind, Known, KnownAllergy, Measured, Origin
from prescriptions.safety.clinical import allergies, duplicates, elderly, interactions, load, renal
from prescriptions.safety.doses import mg_a_day, mg_a_week, units_a_week
from prescriptions.safety.finding import Level, Status
from prescriptions.safety.knowledge import Knowledge
from tests.prescriptions.posologies import needed, on, posology, step
from tests.prescriptions.safety.facts import TODAY, case, drug, line, no_code, none_absent, traits

RELEASE = date(2023, 9, 15)


def entry(*levels, first="A", second="B", certain=True):
    return Interaction(levels, first, second, "Mécanisme.", "Conduite.", "ANSM", RELEASE, certain)


def knowing(*entries):
    return Knowledge(lambda drugs: {(0, 1): entries}, none_absent)


PAIR = (line("a", drug("A")), line("b", drug("B")))


@pytest.mark.parametrize(
    ("levels", "level", "expanded", "title"),
    [
        (("CI",), Level.REASON, True, "Contre-indication"),
        (("AD",), Level.REASON, True, "Association déconseillée"),
        (("PE",), Level.INFO, True, "Précaution d’emploi"),
        (("APEC",), Level.INFO, False, "À prendre en compte"),
        (("CI", "AD"), Level.REASON, True, "Niveau variable (CI ou AD)"),
        (("PE", "APEC"), Level.INFO, True, "Niveau variable (PE ou APEC)"),
    ],
)
def test_what_each_official_level_asks(levels, level, expanded, title):
    (found,) = interactions.check(case(*PAIR), knowing(entry(*levels)))
    assert (found.level, found.expanded, found.composite) == (level, expanded, len(levels) > 1)
    assert found.headline == f"{title} : A 10 mg + B 10 mg"
    assert found.source.dated == RELEASE


def test_an_uncertain_match_is_never_a_sure_alert():
    (found,) = interactions.check(case(*PAIR), knowing(entry("CI", certain=False)))
    assert (found.level, "à vérifier" in found.headline) == (Level.INFO, True)


def test_one_finding_for_a_pair_the_worst_first():
    (found,) = interactions.check(case(*PAIR), knowing(entry("PE"), entry("CI", first="C")))
    assert found.levels == ("CI",)
    assert found.text.index("C × B") < found.text.index("A × B")


def test_what_is_only_to_be_taken_into_account_is_said_once_for_all_its_pairs():
    lines = [line(str(rank), drug(f"X{rank}")) for rank in range(6)]
    star = {(rank, 5): (entry("APEC", first="LAXATIFS"),) for rank in range(5)}
    found = list(interactions.check(case(*lines), Knowledge(lambda drugs: star, none_absent)))
    assert [f.headline for f in found] == ["À prendre en compte : X5 10 mg avec 5 médicaments"]
    assert found[0].text.startswith("X0 10 mg, X1 10 mg, X2 10 mg, X3 10 mg et X4 10 mg.")
    assert set(found[0].lines) == {"0", "1", "2", "3", "4", "5"}

    every = {(a, b): (entry("APEC", first="SÉDATIFS"),) for a in range(3) for b in range(a + 1, 3)}
    found = list(interactions.check(case(*lines[:3]), Knowledge(lambda drugs: every, none_absent)))
    assert [f.headline for f in found] == ["À prendre en compte : X0 10 mg, X1 10 mg et X2 10 mg"]

    worse = {**star, (0, 1): (entry("PE"),)}
    found = list(interactions.check(case(*lines), Knowledge(lambda drugs: worse, none_absent)))
    assert [f.levels for f in found] == [("PE",), ("APEC",)]


def test_without_a_thesaurus_it_says_so():
    unknown = Knowledge(lambda drugs: None, none_absent)
    assert [f.status for f in interactions.check(case(*PAIR), unknown)] == [Status.NOT_DONE]


def test_the_key_of_an_acknowledgement_holds_medicines_levels_and_release():
    def key(lines, *entries):
        return next(iter(interactions.check(case(*lines), knowing(*entries)))).ack_key

    first = key(PAIR, entry("AD"))
    renewed = (line("z", drug("A"), duration_days=56), line("y", drug("B")))
    assert key(renewed, entry("AD")) == first
    assert key(PAIR, entry("CI")) != first
    assert key((PAIR[0], line("b", drug("C"))), entry("AD")) != first


@pytest.mark.parametrize(
    ("how", "a_week"),
    [
        (posology(step("matin:1 soir:2")), 21),
        (posology(step("matin:1", Rhythm(RhythmKind.EVERY_N, 2))), 4),
        (posology(step("matin:6", on("MO"))), 6),
        (posology(step("matin:4", days=2), step("matin:1")), 8),
        (needed("1", "douleur", "6", "4"), 28),
    ],
)
def test_units_of_the_fullest_week(how, a_week):
    assert units_a_week(how) == a_week


def test_milligrams_only_when_the_base_tells_the_unit():
    medicine = drug("MÉTHOTREXATE", strength="2,5 mg")
    weekly = line(medicine=medicine, posology=posology(step("matin:6", on("MO"))))
    assert mg_a_week(weekly, "methotrexate") == 15
    assert (
        mg_a_day(line(medicine=medicine, posology=posology(step("matin:1"), unit="flacon")), "methotrexate")
        is None
    )
    assert (
        mg_a_day(line(medicine=medicine, posology=posology(step("matin:5"), unit="mg")), "methotrexate") == 5
    )


@pytest.mark.parametrize(("creatinine", "weight", "expected"), [
    (Measured(Decimal(60), TODAY), Measured(Decimal(60), TODAY), "Cockcroft 52"),
    (Measured(Decimal(60), TODAY), None, "à défaut"),
])  # fmt: skip
def test_clearance_says_how_it_was_had(creatinine, weight, expected):
    clearance, missing = renal.clearance_of(traits(creatinine=creatinine, weight=weight), TODAY)
    assert missing == ()
    assert clearance is not None
    assert expected in clearance.words


def test_no_clearance_without_creatinine_or_sex():
    assert renal.clearance_of(traits(creatinine=None), TODAY)[1] == ("la créatininémie",)
    assert renal.clearance_of(traits(sex="I"), TODAY)[1] == ("le sexe",)


@pytest.mark.parametrize(
    ("value", "level"), [(14, Level.REASON), (15, Level.INFO), (29, Level.INFO), (30, None)]
)
def test_steps_are_strict(value, level):
    resident = traits(clearance=Measured(Decimal(value), TODAY))
    found = list(renal.check(case(line(medicine=drug("APIXABAN")), resident=resident)))
    assert [f.level for f in found] == ([level] if level else [])


@pytest.mark.parametrize(("value", "told"), [(79, True), (80, False)])
def test_medicines_without_a_rule_are_told_once_where_rules_speak(value, told):
    lines = [line(str(rank), drug(f"X{rank}")) for rank in range(5)]
    resident = traits(clearance=Measured(Decimal(value), TODAY))
    found = list(renal.check(case(*lines, line("6", drug("Y", is_local_route=True)), resident=resident)))
    assert [f.status for f in found] == [Status.NOT_DONE] * told
    if told:
        assert found[0].headline == "Fonction rénale non contrôlée (aucune règle chargée) : 5 médicaments"
        assert found[0].lines == ("0", "1", "2", "3", "4")
        assert "X0 10 mg" in found[0].text


@pytest.mark.parametrize(("days", "expected"), [(0, "donnée"), (1, "Cockcroft")])
def test_the_newest_measure_wins(days, expected):
    given = Measured(Decimal(90), TODAY - timedelta(days=days))
    clearance, _ = renal.clearance_of(traits(clearance=given), TODAY)
    assert clearance is not None
    assert expected in clearance.words


def test_a_measure_that_is_nothing_is_missing():
    nothing = Measured(Decimal("1e-999999"), TODAY)
    assert renal.clearance_of(traits(creatinine=nothing), TODAY) == (None, ("la créatininémie",))


def test_an_old_measure_is_used_and_said():
    old = traits(clearance=Measured(Decimal(14), TODAY - timedelta(days=200)), creatinine=None)
    found = list(renal.check(case(line(medicine=drug("APIXABAN")), resident=old)))
    assert [f.status for f in found] == [Status.ALERT, Status.NOT_DONE]


def test_duplicates_fold_salts_and_look_at_external_lines():
    other = line("b", drug("A", label="A sulfate"), origin=Origin.EXTERNAL)
    assert [f.level for f in duplicates.check(case(line("a", drug("A")), other))] == [Level.REASON]
    local = line("b", drug("A", is_local_route=True))
    assert [f.level for f in duplicates.check(case(line("a", drug("A")), local))] == [Level.INFO]


@pytest.mark.parametrize(
    ("allergy", "medicine", "expected"),
    [
        (KnownAllergy(AllergyKind.SUBSTANCE, "x", code="ZZ"), drug("ZZ"), [Level.REASON]),
        (KnownAllergy(AllergyKind.CLASS, "x", code="MACROLIDES"), drug("ZZ", atc="J01FA01"), [Level.REASON]),
        (KnownAllergy(AllergyKind.SUBSTANCE, "Spiramycine"), drug("ZZ", atc="J01FA01"), [Level.REASON]),
        (KnownAllergy(AllergyKind.SUBSTANCE, "inconnuine"), drug("ZZ"), [Status.NOT_DONE]),
        (
            KnownAllergy(AllergyKind.FREE, "amoxicilline ?"),
            drug("AMOXICILLINE"),
            [Status.NOT_DONE, Level.REASON],
        ),
        (KnownAllergy(AllergyKind.CLASS, "Macrolides"), drug("ZZ", atc="C03CA01"), []),
    ],
)
def test_allergies(allergy, medicine, expected):
    resident = traits(allergies=(allergy,), allergy_status=Known.PRESENT)
    found = allergies.check(case(line(medicine=medicine), resident=resident), Knowledge(codes=no_code))
    assert [f.level or f.status for f in found] == expected


def test_elderly_from_75():
    medicine = drug("AMITRIPTYLINE")
    assert (
        list(elderly.check(case(line(medicine=medicine), resident=traits(birth_date=date(1951, 11, 25)))))
        == []
    )
    assert list(elderly.check(case(line(medicine=medicine), resident=traits(birth_date=date(1951, 11, 24)))))


def test_ten_lines_and_heat():
    lines = [line(str(rank), drug(f"X{rank}", atc="C03CA01")) for rank in range(10)]
    assert [f.headline for f in load.check(case(*lines))] == ["10 médicaments"]
    summer = case(*lines)
    object.__setattr__(summer, "today", date(2026, 7, 1))
    assert "chaleur" in list(load.check(summer))[-1].headline
