"""Load the public drug base: from a folder of downloaded files, or from the copy shipped with the product."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from prescriptions.referentials.bdpm.load import ImportRefused, import_base, is_loaded
from prescriptions.referentials.bdpm.rows import MalformedFile
from prescriptions.referentials.bdpm.sources import SourceFiles, bundle_sha256, read_bundle, read_folder


class Command(BaseCommand):
    help = "Charge la base publique des médicaments (BDPM) à la place de celle en service."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="dossier des fichiers CIS_*.txt")
        parser.add_argument("--bundled", action="store_true", help="charge la copie livrée avec le logiciel")
        parser.add_argument(
            "--if-needed", action="store_true", help="ne fait rien si cette version est en service"
        )
        parser.add_argument("--force", action="store_true", help="accepte de perdre plus de 10 %% des lignes")
        parser.add_argument("--date", type=date.fromisoformat, help="date de la base, AAAA-MM-JJ (sinon lue)")

    def handle(self, **options: Any) -> None:
        if bool(options["folder"]) == options["bundled"]:
            raise CommandError("Donnez un dossier, ou --bundled, mais pas les deux.")
        if options["bundled"] and options["if_needed"] and is_loaded(bundle_sha256()):
            self.stdout.write("Base des médicaments déjà en service.")
            return
        try:
            self._import(options)
        except (MalformedFile, ImportRefused) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _import(self, options: dict[str, Any]) -> None:
        started = time.monotonic()
        source: SourceFiles = read_bundle() if options["bundled"] else read_folder(options["folder"])
        if options["if_needed"] and is_loaded(source.sha256):
            self.stdout.write("Base des médicaments déjà en service.")
            return
        import_base(source, published_on=options["date"], force=options["force"], say=self._say)
        self._say(f"Terminé en {time.monotonic() - started:.1f} s.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
