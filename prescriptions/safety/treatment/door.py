"""The one function behind the command line and the API: JSON treatments in, JSON answers out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from prescriptions.safety.case import Case, CaseLine, MedicineRight
from prescriptions.safety.in_service import InService
from prescriptions.safety.treatment.node import InvalidTreatment
from prescriptions.safety.treatment.reading import TypedTreatment, read_treatment
from prescriptions.safety.treatment.resolving import Found, Match, Resolver

Answer = dict[str, Any]
Rights = Callable[[str], MedicineRight | None]
"""From a profession (TRE_G15) to what the table of rights says of medicines."""


def check_treatments(
    documents: Sequence[Any],
    *,
    today: date,
    rights: Rights,
    resolver: Resolver,
    service: InService,
) -> list[Answer]:
    """Return one answer per document, in order; an unreadable one is answered by its error, alone."""
    read = [_read(document, today) for document in documents]
    resolver.prepare(line.wanted for one in read if isinstance(one, TypedTreatment) for line in one.lines)
    return [
        error_answer(one) if isinstance(one, InvalidTreatment) else _answer(one, rights, resolver, service)
        for one in read
    ]


def error_answer(error: InvalidTreatment) -> Answer:
    """Return the answer to what cannot be read: the place, and what is expected there."""
    return {"error": {"path": error.path, "message": error.message}}


def _read(document: Any, today: date) -> TypedTreatment | InvalidTreatment:
    try:
        return read_treatment(document, today)
    except InvalidTreatment as error:
        return error


def _answer(typed: TypedTreatment, rights: Rights, resolver: Resolver, service: InService) -> Answer:
    try:
        found = [resolver.resolve(line.wanted) for line in typed.lines]
        lines = tuple(
            line.resolved(one.facts, one.recognised, strength_told=one.match.strength_told)
            for line, one in zip(typed.lines, found, strict=True)
        )
    except InvalidTreatment as error:
        return error_answer(error)
    right = rights(typed.prescriber.profession) if typed.prescriber.profession else None
    case = Case(typed.resident, lines, typed.today, replace(typed.prescriber, right=right))
    return {
        **service.check(case).to_json(),
        "today": typed.today.isoformat(),
        "base": _base(service, typed.today),
        "lines": [_line(line, one.match) for line, one in zip(lines, found, strict=True)],
        "ignored": list(typed.ignored),
    }


def _base(service: InService, day: date) -> Answer:
    """Which drug base was read, and whether it may be relied on that day (rules A11, A12)."""
    age = service.base_age(day)
    return {
        "published_on": service.base.published_on.isoformat() if service.base else None,
        "sha256": service.base.sha256 if service.base else None,
        "level": age.level,
        "sentence": age.sentence,
    }


def _line(line: CaseLine, match: Match) -> Answer:
    """Which medicine a line was read as, and whether its strength is the one written: else no dose is computed."""
    found = line.drug is not None
    contradicted = match.by is Found.CONTRADICTED
    return {
        "key": line.key,
        "label": line.label,
        "cis": line.drug.cis if line.drug else None,
        "found_by": match.by.value if found or contradicted else None,
        "strength_told": match.strength_told if found else None,
    }
