"""The kinds a line may be written in today: one folder, one entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.medicament import content, medication


@dataclass(frozen=True, slots=True)
class Entry:
    """What every kind knows how to do: propose a new line, read a draft one, read a signed one back."""

    suggest: Callable[..., dict[str, Any]]
    read: Callable[..., Any]
    from_json: Callable[[dict[str, Any]], Any]


KINDS: Mapping[Kind, Entry] = MappingProxyType(
    {Kind.MEDICAMENT: Entry(content.suggest, content.read, medication.Medication.from_json)}
)
