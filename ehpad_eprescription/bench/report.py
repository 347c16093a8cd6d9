"""How figures are shown and kept."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Figures = dict[str, Any]


@dataclass(frozen=True)
class Options:
    """What the command line asked for."""

    rounds: int
    docs: int


def say(text: str = "") -> None:
    """One line on the screen, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def decimal(value: float, digits: int = 2) -> str:
    """A number as it is written in French."""
    return f"{value:.{digits}f}".replace(".", ",")


def quantile(values: list[float], share: float) -> float:
    """The value under which `share` of the others lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def keep(path: Path, figures: Figures) -> None:
    """Write figures into the file, leaving the keys of measures that were not made this time."""
    known: Figures = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(known | figures, indent=2, ensure_ascii=False) + "\n")
