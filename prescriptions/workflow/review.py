"""Reading a draft as what would be signed: the preview and the signature are made from the same review."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils import timezone

from prescriptions.documents.compose import compose, freeze
from prescriptions.documents.sheet import to_sheet
from prescriptions.documents.statement import Line, Statement
from prescriptions.funding import Funding, Route, funding
from prescriptions.kinds.charges import Charge
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import GONE, Caption, Entry
from prescriptions.kinds.fields import Problem
from prescriptions.kinds.medicament.drug import FreeDrug
from prescriptions.kinds.medicament.medication import Medication
from prescriptions.kinds.order import Order, Paper
from prescriptions.kinds.reading import Reading
from prescriptions.kinds.registry import KINDS, heading
from prescriptions.kinds.wording import capital
from prescriptions.models import Prescription, PrescriptionLine
from prescriptions.printing.sheet import FallbackBlock, Sheet, State
from prescriptions.referentials.facts import SpecialityFacts
from prescriptions.rights import Verdict, right
from prescriptions.workflow.readiness import refusals
from prescriptions.workflow.safety import Draft, Safety, safety_of

_GONE = Caption("Ligne sortie des tables")
_LEFT = Problem("", "Cette ligne n’est plus dans les tables : retirez-la et choisissez-en une autre.", "A11")


@dataclass(frozen=True)
class LineReview:
    """One line of a draft: what its table says, how it reads, who pays, what is missing."""

    line: PrescriptionLine
    entry: Entry
    subject: Any
    """Facts of the table of its kind; None when they left it, or for free text."""
    caption: Caption
    reading: Reading[Order] | None
    problems: tuple[Problem, ...]
    """What stops this line."""
    warnings: tuple[Problem, ...]
    funding: Funding | None

    @property
    def kind(self) -> Kind:
        """The kind of the line."""
        return Kind(self.line.kind)

    @property
    def sentence(self) -> str:
        """The order as it reads now; empty while it cannot be read."""
        return self.reading.sentence if self.reading else ""

    @property
    def boxes(self) -> int | None:
        """Boxes computed for one dispensing."""
        return self.reading.boxes if self.reading else None

    @property
    def order(self) -> Order | None:
        """The complete line, or None."""
        return self.reading.order if self.reading and not self.problems else None


@dataclass(frozen=True)
class Part:
    """What becomes one prescription: lines of one legal kind, on one paper, going to one place (rule Z6)."""

    kind: Kind
    paper: Paper
    leaves: bool
    """Whether it is sent to the Assurance Maladie; else it is an internal order of the house."""
    pharmacy: str
    lines: tuple[LineReview, ...]
    statement: Statement

    @property
    def heading(self) -> str:
        """« Soins infirmiers », « Médicaments, ordonnance sécurisée »…"""
        return heading(self.kind, self.paper)

    @cached_property
    def sheet(self) -> Sheet:
        """The ordonnance as it would print, without number nor code."""
        return to_sheet(self.statement, state=State.PROJET)

    @cached_property
    def sheet_on_paper(self) -> Sheet:
        """The same made without the service, before its motive is chosen; what stays in the house is the same sheet."""
        if not self.leaves:
            return self.sheet
        motive = FallbackBlock(motive="à choisir avant de signer", recorded_on=self.statement.written_on)
        return to_sheet(self.statement, state=State.PROJET, fallback=motive)


@dataclass(frozen=True)
class Review:
    """A draft seen as what would be signed."""

    draft: Prescription
    lines: tuple[LineReview, ...]
    refusals: tuple[str, ...]
    """French sentences: an incomplete profile, a house that may not e-prescribe."""
    safety: Safety | None = None
    """What the checks say of the medicines; None when there are none."""

    @property
    def obstacles(self) -> tuple[str, ...]:
        """Everything that stops the signature, in French."""
        empty = () if self.lines else ("L’ordonnance est vide : ajoutez une ligne.",)
        missing = tuple(
            f"Ligne {rank} : {problem.message_fr}"
            for rank, line in enumerate(self.lines, 1)
            for problem in line.problems
        )
        left = self.draft.resident.left_on
        asked = tuple(
            f"{capital(found.where) or 'Traitement'} : un motif est demandé : {found.finding.headline}."
            for found in (self.safety.asking if self.safety else ())
        )
        gone = ("Ce résident est sorti : on ne prescrit plus pour lui ici.",) if left else ()
        return (*self.refusals, *gone, *empty, *missing, *asked)

    @property
    def can_sign(self) -> bool:
        """Tell whether nothing stops the signature."""
        return not self.obstacles

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What the signature would make: the complete lines, split by legal kind, paper and destination."""
        ready = [(_key(line, line.order), line) for line in self.lines if line.order is not None]
        ready.sort(key=lambda keyed: keyed[0])
        groups = groupby(ready, key=lambda keyed: keyed[0])
        return tuple(self._part(key, [line for _, line in group]) for key, group in groups)

    def _part(self, key: _Key, lines: list[LineReview]) -> Part:
        stays, rank, paper, pharmacy = key
        kind, leaves = list(Kind)[rank], not stays
        draft, today = self.draft, timezone.localdate()
        statement = compose(
            draft.resident,
            draft.prescriber,
            self._assignment,
            _frozen(lines),
            written_on=today,
            kind=kind.value,
            paper=paper.value,
            route=Route.VILLE.value if leaves else Route.FORFAIT.value,
            pharmacy=pharmacy,
        )
        return Part(kind, paper, leaves, pharmacy, tuple(lines), statement)

    @cached_property
    def _assignment(self) -> Any:
        return self.draft.prescriber.assignment_as_prescriber(self.draft.establishment)

    @property
    def unchecked(self) -> tuple[tuple[int, str], ...]:
        """Ranks and names of the lines of free text that no check reads (rule A22); medicines are said by the engine."""
        return tuple(
            (rank, line.order.name)
            for rank, line in enumerate(self.lines, 1)
            if line.order is not None and line.order.is_unchecked and line.kind != Kind.MEDICAMENT
        )

    @property
    def leaving(self) -> tuple[Part, ...]:
        """The parts that are sent."""
        return tuple(part for part in self.parts if part.leaves)

    @property
    def staying(self) -> tuple[Part, ...]:
        """The parts the house carries out."""
        return tuple(part for part in self.parts if not part.leaves)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the statements: sent back with the signature, so that nothing else gets signed."""
        return digest_of(part.statement for part in self.parts)


def digest_of(statements: Iterable[Statement]) -> str:
    """Return the SHA-256 (hex) of what one signature covers, part after part."""
    whole = "\n".join(statement.digest() for statement in statements)
    return hashlib.sha256(whole.encode()).hexdigest()


_Key = tuple[bool, int, Paper, str]


def _key(line: LineReview, order: Order) -> _Key:
    """What must not share an ordonnance: destination, legal kind, paper, named pharmacy (rules Z6, Z7, B12, B27, B38)."""
    stays = line.funding is not None and not line.funding.leaves
    return stays, list(Kind).index(line.kind), order.paper, order.pharmacy


def review(draft: Prescription) -> Review:
    """Read a draft whole. Costs one look at the tables per line."""
    rows = list(draft.lines.all())
    subjects = _subjects(rows)
    lines = tuple(_read(line, subjects[line.pk], draft) for line in rows)
    safety = _safety(draft, lines)
    lines = tuple(_with_blocking(rank, line, safety) for rank, line in enumerate(lines, 1))
    return Review(draft, lines, refusals(draft.prescriber, draft.establishment), safety)


def _safety(draft: Prescription, lines: tuple[LineReview, ...]) -> Safety | None:
    """Check the medicines, complete or not: what interacts is known before the posology is."""
    medicines = [
        (rank, _draft_of(line)) for rank, line in enumerate(lines, 1) if line.kind == Kind.MEDICAMENT
    ]
    return safety_of(draft, medicines) if medicines else None


def _draft_of(line: LineReview) -> Draft:
    drug = line.subject if isinstance(line.subject, SpecialityFacts) else None
    named = line.subject.recognised if isinstance(line.subject, FreeDrug) else None
    order = line.reading.order if line.reading else None
    medication = order if isinstance(order, Medication) else None
    return Draft(str(line.line.pk), line.caption.name, drug, medication, named)


def _with_blocking(rank: int, line: LineReview, safety: Safety | None) -> LineReview:
    """Give a line what the law forbids of it, beside what it lacks."""
    found = [answer.finding for answer in (safety.blocking if safety else ()) if rank in answer.ranks]
    blocking = tuple(Problem("", f"{f.headline}. {f.text}".strip(), f.source.rule) for f in found)
    return replace(line, problems=(*line.problems, *blocking)) if blocking else line


def _subjects(rows: Iterable[PrescriptionLine]) -> dict[UUID, Any]:
    """Read what the lines are about, the lines of one kind together."""
    by_kind: dict[str, list[PrescriptionLine]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    return {
        row.pk: subject
        for kind, of_kind in by_kind.items()
        for row, subject in zip(
            of_kind, KINDS[Kind(kind)].subjects([r.content for r in of_kind]), strict=True
        )
    }


def _read(line: PrescriptionLine, subject: Any, draft: Prescription) -> LineReview:
    kind = Kind(line.kind)
    entry = KINDS[kind]
    if subject is GONE:
        return LineReview(line, entry, None, _GONE, None, (_LEFT,), (), None)
    reading = entry.read(line.content, subject, timezone.localdate())
    allowed = right(draft.prescriber.profession, kind, reading.order)
    notice = Problem("", f"{allowed.reason} ({allowed.source})", allowed.rule)
    problems = (
        *([notice] if allowed.verdict is Verdict.REFUSED else []),
        *reading.problems,
        *_all_past(reading.order),
    )
    warnings = (*([notice] if allowed.verdict is Verdict.WARN else []), *reading.warnings)
    paid = funding(reading.order or Unfinished.of(line, entry, subject), draft.establishment)
    caption = entry.caption(line.content, subject)
    return LineReview(line, entry, subject, caption, reading, problems, warnings, paid)


def _all_past(order: Order | None) -> tuple[Problem, ...]:
    """Nothing can be dispensed of what would be over before it is signed, whatever its kind."""
    ends_on = order.ends_on if order is not None else None
    if ends_on is None or ends_on >= timezone.localdate():
        return ()
    message = f"Tout serait déjà fini le {ends_on:%d/%m/%Y} : changez la date de début."
    return (Problem("starts_on", message, "A31"),)


@dataclass(frozen=True)
class Unfinished:
    """A line still being typed: enough of it to say who would pay."""

    charge: Charge
    non_reimbursable: bool

    @classmethod
    def of(cls, line: PrescriptionLine, entry: Entry, subject: Any) -> Unfinished:
        """Ask the kind of the line."""
        return cls(entry.charge(line.content, subject), line.content.get("non_reimbursable") is True)


def _frozen(lines: Iterable[LineReview]) -> tuple[Line, ...]:
    day = timezone.localdate()
    orders = [line.order for line in lines if line.order is not None]
    return tuple(
        freeze(rank, line.kind, order, day)
        for rank, (line, order) in enumerate(zip(lines, orders, strict=True), 1)
    )
