"""What would be signed now: every line read, every obstacle said, the statement and its digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from prescriptions.documents.compose import compose
from prescriptions.documents.sheet import to_sheet
from prescriptions.documents.statement import Line, Statement
from prescriptions.kinds.medicament.content import Problem, Reading, read
from prescriptions.kinds.medicament.medication import Medication
from prescriptions.models import Prescription, PrescriptionLine
from prescriptions.printing.sheet import Sheet, State
from prescriptions.referentials.facts import SpecialityFacts, UnknownSpeciality, speciality_facts
from prescriptions.workflow.readiness import refusals

_GONE = Problem(
    "", "Ce médicament n’est plus dans la base : retirez la ligne et choisissez-en un autre.", "A11"
)


@dataclass(frozen=True)
class LineReview:
    """One line of a draft: what the drug base says, how it reads, what is missing."""

    line: PrescriptionLine
    facts: SpecialityFacts | None
    reading: Reading | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stops this line."""
        return self.reading.problems if self.reading else (_GONE,)

    @property
    def sentence(self) -> str:
        """The posology as it reads now; empty while it cannot be read."""
        return self.reading.sentence if self.reading else ""

    @property
    def boxes(self) -> int | None:
        """Boxes computed for one dispensing."""
        return self.reading.boxes if self.reading else None

    @property
    def medication(self) -> Medication | None:
        """The complete line, or None."""
        return self.reading.medication if self.reading else None


@dataclass(frozen=True)
class Review:
    """A draft seen as what would be signed."""

    draft: Prescription
    lines: tuple[LineReview, ...]
    refusals: tuple[str, ...]
    """French sentences: an incomplete profile, a house that may not e-prescribe."""

    @property
    def obstacles(self) -> tuple[str, ...]:
        """Everything that stops the signature, in French."""
        empty = () if self.lines else ("L’ordonnance est vide : ajoutez un médicament.",)
        missing = tuple(
            f"Ligne {rank} : {problem.message_fr}"
            for rank, line in enumerate(self.lines, 1)
            for problem in line.problems
        )
        gone = (
            ("Ce résident est sorti : on ne prescrit plus pour lui ici.",)
            if self.draft.resident.left_on
            else ()
        )
        return (*self.refusals, *gone, *empty, *missing)

    @property
    def can_sign(self) -> bool:
        """Tell whether nothing stops the signature."""
        return not self.obstacles

    @cached_property
    def statement(self) -> Statement:
        """What would be frozen: the complete lines, the people as they are now."""
        draft, today = self.draft, timezone.localdate()
        assignment = draft.prescriber.assignment_as_prescriber(draft.establishment)
        lines = tuple(_line(rank, med, today) for rank, med in enumerate(self._medications, 1))
        return compose(draft.resident, draft.prescriber, assignment, lines, written_on=today)

    @property
    def _medications(self) -> list[Medication]:
        return [line.medication for line in self.lines if line.medication is not None]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the statement: sent back with the signature, so that nothing else gets signed."""
        return self.statement.digest()

    @cached_property
    def sheet(self) -> Sheet:
        """The ordonnance as it would print, without number nor code."""
        return to_sheet(self.statement, state=State.PROJET)


def review(draft: Prescription) -> Review:
    """Read a draft whole. Costs one look at the drug base per medicine."""
    lines = tuple(_read(line) for line in draft.lines.all())
    return Review(draft, lines, refusals(draft.prescriber, draft.establishment))


def _read(line: PrescriptionLine) -> LineReview:
    try:
        facts = speciality_facts(str(line.content.get("cis", "")))
    except UnknownSpeciality:
        return LineReview(line, None, None)
    return LineReview(line, facts, read(line.content, facts, today=timezone.localdate()))


def _line(position: int, medication: Medication, day: date) -> Line:
    return Line(
        position=position,
        kind="medicament",
        reading=medication.to_json(),
        title=medication.title,
        texts=medication.printed_texts(prescribed_on=day),
        ald=medication.ald,
    )
