"""The command of an import: from a folder of downloaded files, or from the copy shipped with the product."""

from __future__ import annotations

import time
from abc import abstractmethod
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from prescriptions.referentials.lists import load
from prescriptions.referentials.lists.contents import ListContents
from prescriptions.referentials.replacing import ImportRefused, MalformedFile, OlderRefused


class ImportCommand(BaseCommand):
    """What the commands have in common: their options, what they say, how they refuse."""

    requires_system_checks = []
    folder_help = "dossier des fichiers"
    already = "Base déjà en service."

    def add_arguments(self, parser: CommandParser) -> None:
        """The options of every import."""
        parser.add_argument("folder", nargs="?", type=Path, help=self.folder_help)
        for option, words in (
            ("--bundled", "charge la copie livrée avec le logiciel"),
            ("--if-needed", "ne fait rien si cette version, ou une plus récente, est en service"),
            ("--force", "accepte une version plus ancienne, ou qui perd plus de 10 %% des lignes"),
        ):
            parser.add_argument(option, action="store_true", help=words)
        parser.add_argument("--date", type=date.fromisoformat, help="date de la base, AAAA-MM-JJ (sinon lue)")

    def handle(self, **options: Any) -> None:
        """Import, or say why not."""
        if bool(options["folder"]) == options["bundled"]:
            raise CommandError("Donnez un dossier, ou --bundled, mais pas les deux.")
        if options["bundled"] and options["if_needed"] and self.is_loaded(self.bundled_sha256()):
            self.stdout.write(self.already)
            return
        started = time.monotonic()
        try:
            done = self.import_from(options)
        except (MalformedFile, ImportRefused) as refusal:
            if not (options["if_needed"] and isinstance(refusal, OlderRefused)):
                raise CommandError(str(refusal)) from refusal
            done = False
        self.say(f"Terminé en {time.monotonic() - started:.1f} s." if done else self.already)

    def say(self, line: str) -> None:
        """Show a line at once."""
        self.stdout.write(line)
        self.stdout.flush()

    @abstractmethod
    def bundled_sha256(self) -> str:
        """Return the identity of the shipped copy."""

    @abstractmethod
    def is_loaded(self, sha256: str) -> bool:
        """Tell whether this release is in service."""

    @abstractmethod
    def import_from(self, options: dict[str, Any]) -> bool:
        """Import what the options say; False when it was in service already and only asked if needed."""


class ImportListCommand(ImportCommand):
    """Import of one official list."""

    contents: type[ListContents]
    already = "Liste déjà en service."

    def bundled_sha256(self) -> str:
        """Return the identity of the shipped copy."""
        return load.archive_sha256(self.contents)

    def is_loaded(self, sha256: str) -> bool:
        """Tell whether this release is in service."""
        return load.is_loaded(self.contents, sha256)

    def import_from(self, options: dict[str, Any]) -> bool:
        """Read the files, then replace the list in service."""
        self.say("Lecture des fichiers…")
        folder: Path | None = options["folder"]
        contents = load.from_folder(self.contents, folder) if folder else load.from_archive(self.contents)
        if options["if_needed"] and self.is_loaded(contents.sha256):
            return False
        load.put_in_service(contents, published_on=options["date"], force=options["force"], say=self.say)
        return True
