"""The kinds a line may be written in: each row of codes.py has its folder here, found by its name."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import Entry
from prescriptions.kinds.order import Paper


def _entry(kind: Kind) -> Entry:
    entry: Entry = import_module(f"prescriptions.kinds.{kind.name.lower()}.entry").ENTRY
    return entry


KINDS: Mapping[Kind, Entry] = MappingProxyType({kind: _entry(kind) for kind in Kind})


def heading(kind: Kind, paper: Paper = Paper.SIMPLE) -> str:
    """Return the title of an ordonnance: its kind, and the legal form when it is not the plain one."""
    title = KINDS[kind].heading
    return f"{title}, {FORMS[paper]}" if paper in FORMS else title


FORMS: Mapping[Paper, str] = MappingProxyType(
    {Paper.SECURISEE: "ordonnance sécurisée", Paper.EXCEPTION: "médicament d’exception"}
)
