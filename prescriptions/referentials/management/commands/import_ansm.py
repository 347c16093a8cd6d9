"""Load the ANSM's thesaurus of interactions: from a folder, or from the copy shipped with the product."""

from __future__ import annotations

from typing import Any

from prescriptions.referentials.management.import_command import ImportCommand
from prescriptions.referentials.thesaurus import load


class Command(ImportCommand):
    help = "Charge le thésaurus des interactions de l’ANSM à la place de celui en service."
    folder_help = "dossier de thesaurus_AAAA-MM.layout.txt (le plus récent est lu)"
    already = "Thésaurus déjà en service."

    def bundled_sha256(self) -> str:
        """Return the identity of the shipped copy."""
        return load.archive_sha256()

    def is_loaded(self, sha256: str) -> bool:
        """Tell whether this edition is in service."""
        return load.is_loaded(sha256)

    def import_from(self, options: dict[str, Any]) -> bool:
        """Read the text, then replace the thesaurus in service."""
        folder = options["folder"]
        contents = load.from_folder(folder) if folder else load.from_archive()
        if options["if_needed"] and self.is_loaded(contents.sha256):
            return False
        load.put_in_service(contents, published=options["date"], force=options["force"], say=self.say)
        return True
