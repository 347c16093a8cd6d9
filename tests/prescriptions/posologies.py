"""Short ways to write a posology in a test, and hypothesis strategies for any of them."""

from datetime import date, time
from decimal import Decimal

from hypothesis import strategies as st

from prescriptions.kinds.medicament.posology import (
    AsNeeded,
    Intake,
    Moment,
    Phase,
    Posology,
    Rhythm,
    RhythmKind,
    Weekday,
)

MONDAY = date(2026, 11, 23)
DAILY = Rhythm()
EVERY_OTHER_DAY = Rhythm(RhythmKind.EVERY_N, 2)


def on(*days: str) -> Rhythm:
    """Some week days: on("MO", "TH")."""
    return Rhythm(RhythmKind.WEEKDAYS, 1, tuple(Weekday(day) for day in days))


def step(intakes: str, rhythm: Rhythm = DAILY, days: int | None = None) -> Phase:
    """A phase from « matin:1 soir:0.5 08:00:2 »."""
    return Phase(tuple(_intake(text) for text in intakes.split()), rhythm, days)


def _intake(text: str) -> Intake:
    at, _, dose = text.rpartition(":")
    return Intake(time.fromisoformat(at) if ":" in at else Moment(at), Decimal(dose))


def posology(*phases: Phase, unit: str = "comprimé", precision: str = "") -> Posology:
    """A planned posology, oral."""
    return Posology(unit, "orale", phases, None, precision)


def needed(
    dose: str, indication: str, hours: str, most: str, unit: str = "comprimé", precision: str = ""
) -> Posology:
    """An if-needed posology, oral."""
    limits = AsNeeded(Decimal(dose), indication, Decimal(hours), Decimal(most))
    return Posology(unit, "orale", (), limits, precision)


doses = st.decimals(min_value="0.001", max_value="1000", places=3)
moments = st.sampled_from(list(Moment)) | st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
rhythms = (
    st.just(Rhythm())
    | st.integers(2, 30).map(lambda n: Rhythm(RhythmKind.EVERY_N, n))
    | st.sets(st.sampled_from(list(Weekday)), min_size=1).map(
        lambda chosen: Rhythm(RhythmKind.WEEKDAYS, 1, tuple(sorted(chosen, key=lambda day: day.iso)))
    )
)
intake_lists = st.lists(
    st.builds(Intake, moments, doses), min_size=1, max_size=5, unique_by=lambda intake: intake.at
)
units = st.sampled_from(["comprimé", "gélule", "mL", "récipient unidose", "truc"])
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)


@st.composite
def planned(draw: st.DrawFn) -> Posology:
    """Any planned posology: bounded steps, then a last one bounded or not."""
    steps = draw(st.lists(st.tuples(intake_lists, rhythms, st.integers(1, 40)), max_size=3))
    last = Phase(tuple(draw(intake_lists)), draw(rhythms), draw(st.none() | st.integers(1, 40)))
    phases = (*(Phase(tuple(i), r, d) for i, r, d in steps), last)
    return Posology(draw(units), "orale", phases, None, draw(words))


@st.composite
def if_needed(draw: st.DrawFn) -> Posology:
    """Any if-needed posology."""
    limits = AsNeeded(draw(doses), draw(words), draw(doses), draw(doses))
    return Posology(draw(units), "orale", (), limits, draw(words))


any_posology = planned() | if_needed()
