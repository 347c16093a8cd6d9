"""Writing samples in a folder: one sub-folder each, an index, and words that explain."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from prescriptions.samples import papers, pools
from prescriptions.samples.draw import Sample, draw
from prescriptions.samples.seen import flags, seen

INDEX_COLUMNS = (
    "numero", "genre", "papier", "lignes", "formes", "marques", "numero_eprescription", "prescripteur", "remplacant", "ins",
    "opposition", "poids", "taille",
)  # fmt: skip


class FolderNotEmpty(FileExistsError):
    """The folder holds something already: nothing is mixed with it."""


def write(
    folder: Path,
    count: int,
    seed: int,
    *,
    now: datetime | None = None,
    every_case: bool = False,
    told: Callable[[int], None] = lambda _done: None,
) -> None:
    """Write samples 1 to `count` of `seed` in `folder`, made if need be. `told` hears how many are done.

    Raises FolderNotEmpty, pools.TablesMissing.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(folder)
    available = pools.load()
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    with papers.throwaway_keys() as keys:
        (folder / "ca.pem").write_bytes(keys.authority)
        for rank in range(1, count + 1):
            sample = draw(available, seed, rank, now=now, every_case=every_case)
            _write_one(folder / f"{rank:04d}", sample, papers.make(sample, keys))
            rows.append(_row(rank, sample))
            told(rank)
    _write_index(folder / "index.csv", rows)
    explained = files("prescriptions.samples").joinpath("LISEZMOI.txt").read_text(encoding="utf-8")
    (folder / "README.txt").write_text(explained, encoding="utf-8")


def _write_one(folder: Path, sample: Sample, made: papers.Papers) -> None:
    folder.mkdir()
    (folder / "ordonnance.pdf").write_bytes(made.pdf)
    (folder / "cda.xml").write_bytes(made.cda)
    if made.epu is not None:
        (folder / "epu.xml").write_bytes(made.epu)
    text = json.dumps(seen(sample, made.sheet), ensure_ascii=False, indent=2)
    (folder / "seen.json").write_text(f"{text}\n", encoding="utf-8")


def _row(rank: int, sample: Sample) -> dict[str, Any]:
    statement = sample.statement
    marks = dict.fromkeys(flag for line in sample.lines for flag in flags(line))
    return {
        "numero": f"{rank:04d}",
        "genre": statement.kind,
        "papier": statement.paper,
        "lignes": len(sample.lines),
        "formes": " | ".join(dict.fromkeys(line.shape for line in sample.lines)),
        "marques": " | ".join(marks),
        "numero_eprescription": sample.identifier or f"aucun, {sample.motive}",
        "prescripteur": "libéral" if statement.prescriber.am_number else "salarié",
        "remplacant": "oui" if statement.prescriber.replaces else "non",
        "ins": statement.patient.ins_status,
        "opposition": "oui" if statement.information.opposes_execution_view else "non",
        "poids": "oui" if statement.patient.weight_kg else "non",
        "taille": "oui" if statement.patient.height_cm else "non",
    }


def _write_index(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, INDEX_COLUMNS, delimiter=";", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
