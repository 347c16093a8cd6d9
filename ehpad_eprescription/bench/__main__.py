"""`python -m ehpad_eprescription.bench [measure …]`: make the measures, print them, write bench.json."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import django

from ehpad_eprescription.bench.report import Figures, Options, keep, say

MEASURES = ("search", "search_lpp", "search_nabm", "search_cim10", "pipeline", "cda", "checks")
OUTPUT = Path(__file__).resolve().parent.parent.parent / "bench.json"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what is asked, everything by default."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("measures", nargs="*", metavar="mesure", help=f"parmi {', '.join(MEASURES)}")
    parser.add_argument("--rounds", type=int, default=3, help="tours appariés (3)")
    parser.add_argument("--docs", type=int, default=400, help="documents par tour (400)")
    asked = parser.parse_args(argv)
    unknown = set(asked.measures) - set(MEASURES)
    if unknown:
        parser.error(f"mesure inconnue : {', '.join(sorted(unknown))}")
    run(asked.measures or MEASURES, Options(asked.rounds, asked.docs))
    return 0


def run(names: Sequence[str], options: Options) -> None:
    """Make these measures on an empty database, in this order."""
    from ehpad_eprescription.bench import ground

    with ground.laid():
        django.setup()
        ground.fill()
        figures: Figures = {}
        for name in names:
            say(f"\n— {name}")
            figures[name] = import_module(f"ehpad_eprescription.bench.{name}").measure(options)
        keep(OUTPUT, figures)
        say(f"\nChiffres écrits dans {OUTPUT.name}.")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ehpad_eprescription.settings")
    sys.exit(main())
