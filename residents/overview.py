"""What the list of residents says about treatments, without knowing prescriptions.

The list stands below prescriptions in the ladder: whoever knows more registers a provider
(in its `AppConfig.ready`), and the list collects what the providers say, in one call for the whole list.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Deadline:
    """The day the next lines end, close enough to act (the provider knows how close), and how many end that day."""

    on: date
    count: int


@dataclass(frozen=True)
class Alert:
    """Something that waits for a person. `kind` is one of the statuses of the screens (`refused`, `todo`)."""

    kind: str
    words: str


@dataclass(frozen=True)
class Overview:
    """One resident's row: number of running lines, next deadline, what needs a person."""

    lines: int = 0
    ends_soon: Deadline | None = None
    needs_human: tuple[Alert, ...] = ()


Provider = Callable[[Collection[UUID]], Mapping[UUID, Overview]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a provider, once; it is asked for the whole list at a time."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def collect(resident_ids: Collection[UUID]) -> dict[UUID, Overview]:
    """Return the overview of each resident, merging what every provider says."""
    found = {pk: Overview() for pk in resident_ids}
    for provider in _providers:
        for pk, said in provider(resident_ids).items():
            found[pk] = _merged(found[pk], said)
    return found


def _merged(known: Overview, said: Overview) -> Overview:
    deadlines = [d for d in (known.ends_soon, said.ends_soon) if d is not None]
    return replace(
        known,
        lines=known.lines + said.lines,
        ends_soon=min(deadlines, key=lambda d: d.on, default=None),
        needs_human=known.needs_human + said.needs_human,
    )
