"""What the simulated service holds, in an SQLite file that survives a crash: e-prescriptions, calls, traces, tokens."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS eprescription (
  identifiant TEXT PRIMARY KEY, empreinte TEXT NOT NULL, xml BLOB NOT NULL, finess TEXT NOT NULL, rpps TEXT NOT NULL,
  lignes INTEGER NOT NULL, date_enregistrement TEXT NOT NULL, type TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS appel (
  id INTEGER PRIMARY KEY, moment TEXT NOT NULL, operation TEXT NOT NULL, identifiant TEXT NOT NULL, message TEXT NOT NULL,
  resultat TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS trace (
  trace_id TEXT PRIMARY KEY, lot TEXT NOT NULL, recu TEXT NOT NULL, contenu TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS jeton (jeton TEXT PRIMARY KEY, rpps TEXT NOT NULL, finess TEXT NOT NULL, expire REAL NOT NULL);
"""


@dataclass(frozen=True)
class Registered:
    """An e-prescription held, and whether this very call put it there."""

    identifiant: str
    empreinte: str
    date_enregistrement: str
    is_new: bool


class Store:
    """One file, one writer at a time; every write is on the disk when the call returns."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._base = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._base.row_factory = sqlite3.Row
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=FULL")
        self._base.executescript(_TABLES)
        self._upgrade()

    def register(
        self,
        identifiant: str,
        empreinte: str,
        xml: bytes,
        *,
        finess: str,
        rpps: str,
        lines: int,
        epresc_type: str,
    ) -> Registered:
        """Hold an e-prescription unless its identifier is known; return what is held, whoever put it there."""
        with self._writing() as base:
            added = base.execute(
                "INSERT INTO eprescription VALUES (?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                (identifiant, empreinte, xml, finess, rpps, lines, now(), epresc_type),
            )
            row = base.execute("SELECT * FROM eprescription WHERE identifiant = ?", (identifiant,)).fetchone()
        return Registered(identifiant, row["empreinte"], row["date_enregistrement"], added.rowcount == 1)

    def find(self, identifiant: str) -> dict[str, Any] | None:
        """Return what is held under an identifier."""
        rows = self._read("SELECT * FROM eprescription WHERE identifiant = ?", identifiant)
        return rows[0] if rows else None

    def note(self, operation: str, identifiant: str, message: str, result: str) -> None:
        """Remember a call and how it ended."""
        with self._writing() as base:
            base.execute(
                "INSERT INTO appel (moment, operation, identifiant, message, resultat) VALUES (?,?,?,?,?)",
                (now(), operation, identifiant, message, result),
            )

    def add_traces(self, batch: str, records: list[dict[str, Any]]) -> None:
        """Hold traces; one already held is left as it is."""
        rows = [(str(r["traceId"]), batch, now(), json.dumps(r, ensure_ascii=False)) for r in records]
        with self._writing() as base:
            base.executemany("INSERT INTO trace VALUES (?,?,?,?) ON CONFLICT DO NOTHING", rows)

    def add_token(self, token: str, rpps: str, finess: str, expires: float) -> None:
        """Remember a token of the simulated proxy."""
        with self._writing() as base:
            base.execute("INSERT INTO jeton VALUES (?,?,?,?)", (token, rpps, finess, expires))

    def token_owner(self, token: str, at: float) -> tuple[str, str] | None:
        """Return the RPPS and the FINESS a token that still lives was given to."""
        rows = self._read("SELECT * FROM jeton WHERE jeton = ? AND expire > ?", token, at)
        return (rows[0]["rpps"], rows[0]["finess"]) if rows else None

    def eprescriptions(self) -> list[dict[str, Any]]:
        """Return everything registered, newest first, without content."""
        return self._read(
            "SELECT identifiant, empreinte, finess, rpps, type, lignes, date_enregistrement "
            "FROM eprescription ORDER BY rowid DESC"
        )

    def calls(self) -> list[dict[str, Any]]:
        """Return the last calls, newest first."""
        return self._read("SELECT * FROM appel ORDER BY id DESC LIMIT 200")

    def traces(self) -> list[dict[str, Any]]:
        """Return the traces received, in the order of their reception."""
        return [json.loads(row["contenu"]) for row in self._read("SELECT contenu FROM trace ORDER BY rowid")]

    def empty(self) -> None:
        """Forget everything but the tokens."""
        with self._writing() as base:
            for table in ("eprescription", "appel", "trace"):
                base.execute(f"DELETE FROM {table}")  # noqa: S608  fixed names

    def _upgrade(self) -> None:
        """Accept a file made when medicines were the only kind."""
        columns = {row["name"] for row in self._base.execute("PRAGMA table_info(eprescription)")}
        if "type" not in columns:
            self._base.execute("ALTER TABLE eprescription ADD COLUMN type TEXT NOT NULL DEFAULT 'medicament'")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._base:  # commits at the end, rolls back if anything is raised
            self._base.execute("BEGIN IMMEDIATE")
            yield self._base

    def _read(self, sql: str, *values: object) -> list[dict[str, Any]]:
        with self._lock:
            return [dict(row) for row in self._base.execute(sql, values).fetchall()]


def now() -> str:
    """The present moment, as the service writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
