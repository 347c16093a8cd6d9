"""Drawing one prescription: people, lines of one legal kind on one paper, that the checks let be signed, leaving for the city.

Each line goes the way of the screen: chosen in the search box, typed, normalised, read by its kind; what the product's
rules refuse is drawn again. Internal orders of the house have no message: only what leaves is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from amo_gateway.identifiers import encode
from prescriptions.documents.compose import freeze
from prescriptions.documents.statement import Patient, Prescriber, Statement
from prescriptions.funding import Route, funding
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.fields import Problem
from prescriptions.kinds.form import Content
from prescriptions.kinds.order import Order, Paper
from prescriptions.kinds.registry import KINDS
from prescriptions.models import PaperFallback
from prescriptions.rights import Verdict, right
from prescriptions.safety.finding import Finding
from prescriptions.samples import fields, medicines, people
from prescriptions.samples.checks import findings, may_be_signed
from prescriptions.samples.line import DrawnLine
from prescriptions.samples.pools import Pools

_MORE_OFTEN = {Kind.MEDICAMENT: 6, Kind.DISPOSITIF_MEDICAL: 3, Kind.ACTE_BIOLOGIE_MEDICALE: 2}
DECK = tuple(kind for kind in Kind for _ in range(_MORE_OFTEN.get(kind, 1)))
"""Kinds are dealt, not drawn: every sixteen samples hold all eight of them."""
LINES = (1, 1, 2, 2, 3, 4, 6, 9, 12)
_TYPINGS, _CHOICES_PER_LINE, _SCENES = 25, 12, 200
_ON_PAPER = 0.18
_OPENING, _OFFICE_HOURS, _DAYS = timedelta(hours=8), timedelta(hours=11), 28


@dataclass(frozen=True, slots=True)
class Sample:
    """One prescription drawn, and what its documents need. On paper when `motive` is set: then it has no number."""

    statement: Statement
    lines: tuple[DrawnLine, ...]
    findings: tuple[Finding, ...]
    """What the checks said of it; whatever asked for a reason was given one."""
    signed_at: datetime
    identifier: str | None
    motive: PaperFallback.Motive | None
    secured_lot: str
    document_id: UUID
    patient_id: UUID


class NothingDrawn(RuntimeError):
    """Aucune ligne valable n’a pu être tirée : les tables en service sont-elles complètes ?"""


def draw(
    pools: Pools, seed: int, rank: int, *, now: datetime | None = None, every_case: bool = False
) -> Sample:
    """Draw sample `rank` (from 1) of `seed`: the same whatever the number of samples.

    `every_case` also draws what has no message (on paper) and residents whose identity is not qualified, whose document
    is never shared (rule A55).
    `now`: moment of the signature; without it, drawn in the weeks that follow the drug base.
    """
    rng = Random(f"{seed}:{rank}")  # noqa: S311  samples, nothing secret
    signed_at = now or _moment(rng, pools.published_on)
    day = timezone.localdate(signed_at)
    kind = _dealt(seed, rank)
    for _ in range(_SCENES):
        place, author = people.place(rng), people.prescriber(rng, kind)
        patient = people.patient(rng, day, qualified=not every_case)
        scene = _Scene(kind, _paper(rng, kind), place, author, patient, day)
        lines = _lines(rng, pools, scene)
        if lines:
            return _sample(rng, scene, lines, signed_at, every_case=every_case)
    raise NothingDrawn(NothingDrawn.__doc__)


def _dealt(seed: int, rank: int) -> Kind:
    dealt = list(DECK)
    turn, position = divmod(rank - 1, len(dealt))
    Random(f"{seed}:{turn}:genres").shuffle(dealt)  # noqa: S311
    return dealt[position]


def _moment(rng: Random, first: date) -> datetime:
    opening = datetime.combine(first + timedelta(days=rng.randint(1, _DAYS)), datetime.min.time()) + _OPENING
    return timezone.make_aware(opening + timedelta(seconds=rng.randrange(int(_OFFICE_HOURS.total_seconds()))))


def _paper(rng: Random, kind: Kind) -> Paper:
    if kind is not Kind.MEDICAMENT:
        return Paper.SIMPLE
    return rng.choice((Paper.SIMPLE, Paper.SIMPLE, Paper.SIMPLE, Paper.SECURISEE, Paper.EXCEPTION))


@dataclass(frozen=True, slots=True)
class _Scene:
    """What all the lines of one prescription have in common."""

    kind: Kind
    paper: Paper
    place: people.Place
    author: Prescriber
    patient: Patient
    day: date

    def holds(self, lines: Sequence[DrawnLine]) -> bool:
        """Tell whether the checks let these lines be signed together."""
        return may_be_signed(lines, self.patient, self.author, self.day)


def _lines(rng: Random, pools: Pools, scene: _Scene) -> tuple[DrawnLine, ...]:
    """Return lines that may stand on one ordonnance; none when this scene lets nothing leave."""
    wanted, kept = rng.choice(LINES), list[DrawnLine]()
    for _ in range(wanted * _CHOICES_PER_LINE):
        for line in _written(rng, pools, scene):
            fits = len(kept) < wanted and (not kept or kept[0].key == line.key)
            if fits and scene.holds([*kept, line]):
                kept.append(line)
        if len(kept) == wanted:
            break
    return tuple(kept)


def _written(rng: Random, pools: Pools, scene: _Scene) -> Iterator[DrawnLine]:
    """Choose once in the search box, then type each line it adds until it reads without problem."""
    entry = KINDS[scene.kind]
    for content in entry.choose(pools.choose(rng, scene.kind, scene.paper)):
        subject = entry.subject(content)
        for _ in range(_TYPINGS):
            typed = _typed(rng, scene, content, subject)
            reading = entry.read(entry.normalise(typed.raw), subject, scene.day)
            if reading.order is not None and not reading.problems:
                yield from _accepted(scene, subject, reading.order, reading.warnings, typed.shape)
                break


def _typed(rng: Random, scene: _Scene, content: Content, subject: Any) -> medicines.Filled:
    """A kind without fields draws its own form: the medicine."""
    entry = KINDS[scene.kind]
    if not entry.fields:
        return medicines.fill(rng, content, subject, scene.day, scene.paper)
    raw = fields.fill(rng, content, entry.tailored(entry.fields, subject), scene.day)
    return medicines.Filled(raw, "")


def _accepted(
    scene: _Scene, subject: Any, order: Order, warnings: tuple[Problem, ...], posology: str
) -> Iterator[DrawnLine]:
    """Keep what this prescriber may prescribe and what leaves this house."""
    allowed, paid = right(scene.author.profession, scene.kind, order), funding(order, scene.place)
    if allowed.verdict is Verdict.REFUSED or not paid.leaves:
        return
    notice = Problem("", f"{allowed.reason} ({allowed.source})", allowed.rule)
    told = (*([notice] if allowed.verdict is Verdict.WARN else []), *warnings)
    yield DrawnLine(scene.kind, subject, order, paid, told, _shape(order, posology))


_REGIMES = {"CONTINU": "répété ou durable", "PONCTUEL": "ponctuel"}


def _shape(order: Order, posology: str) -> str:
    """Name the shape of a line for the index."""
    free = "texte libre" if order.is_unchecked else ""
    rented = "location" if order.to_json().get("is_rental") else ""
    return ", ".join(part for part in (free, rented, posology or _REGIMES[order.regime]) if part)


def _sample(
    rng: Random, scene: _Scene, lines: tuple[DrawnLine, ...], signed_at: datetime, *, every_case: bool
) -> Sample:
    day, author = scene.day, scene.author
    paper, pharmacy = lines[0].key
    statement = Statement(
        written_on=day,
        house=scene.place.house,
        prescriber=author,
        patient=scene.patient,
        information=people.information(rng, day),
        lines=tuple(freeze(rank, line.kind, line.order, day) for rank, line in enumerate(lines, 1)),
        kind=lines[0].kind.value,
        paper=paper.value,
        route=Route.VILLE.value,
        pharmacy=pharmacy,
    )
    on_paper = every_case and rng.random() < _ON_PAPER
    return Sample(
        statement=statement,
        lines=lines,
        findings=findings(lines, scene.patient, author, day),
        signed_at=signed_at,
        identifier=None if on_paper else encode(rng.getrandbits(90), 18),
        motive=rng.choice(list(PaperFallback.Motive)) if on_paper else None,
        secured_lot=f"LOT-{rng.randint(1000, 9999)}" if on_paper and paper is Paper.SECURISEE else "",
        document_id=UUID(int=rng.getrandbits(128), version=4),
        patient_id=UUID(int=rng.getrandbits(128), version=4),
    )
