"""Draw prescriptions with their documents, for validators outside."""

from __future__ import annotations

import logging
import secrets
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from amo_gateway import code2d
from prescriptions.samples.pools import TablesMissing
from prescriptions.samples.write import FolderNotEmpty, write

MOST, _STEP = 9999, 25


def count(text: str) -> int:
    """Read a number of samples, or say what is expected."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST:
        raise ArgumentTypeError(f"écrivez un nombre de 1 à {MOST}")
    return int(text)


@contextmanager
def _without_remarks() -> Iterator[None]:
    """Keep the remark on 2D codes without AM number, one per salaried prescriber, from burying the progress."""
    logger = logging.getLogger(code2d.__name__)
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


class Command(BaseCommand):
    """`manage.py sample_documents DIR --count N [--seed S] [--every-case]`: writes files, never the database."""

    help = (
        "Tire des prescriptions de tous genres et écrit leurs documents, pour les valider hors du logiciel."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, how many, and whether to draw the same again."""
        parser.add_argument("folder", metavar="DIR", type=Path, help="dossier neuf ou vide")
        parser.add_argument("--count", type=count, default=100, help="nombre de prescriptions (100)")
        parser.add_argument(
            "--every-case",
            action="store_true",
            help="aussi les ordonnances sur papier (sans epu.xml) et les identités non qualifiées",
        )
        parser.add_argument("--seed", type=int, help="graine : le même tirage à chaque fois")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the samples; progress on the error output."""
        folder, wanted, seed = options["folder"], options["count"], options["seed"]

        def told(done: int) -> None:
            if done % _STEP == 0 or done == wanted:
                self.stderr.write(f"{done}/{wanted}")

        now = timezone.now().replace(microsecond=0) if seed is None else None
        chosen = secrets.randbits(64) if seed is None else seed
        every_case = options["every_case"]
        try:
            with _without_remarks():
                write(folder, wanted, chosen, now=now, every_case=every_case, told=told)
        except FolderNotEmpty as error:
            raise CommandError(f"{folder} n’est pas un dossier vide : donnez un dossier neuf.") from error
        except OSError as error:
            said = error.strerror or type(error).__name__
            raise CommandError(
                f"Écriture impossible dans {folder} ({said}) : donnez un dossier neuf là où vous pouvez écrire."
            ) from error
        except TablesMissing as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"{wanted} prescriptions dans {folder} ; commencez par README.txt.")
