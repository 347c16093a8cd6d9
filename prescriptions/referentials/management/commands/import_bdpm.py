"""Load the public drug base: from a folder of downloaded files, or from the copy shipped with the product."""

from __future__ import annotations

from typing import Any

from prescriptions.referentials.bdpm.load import import_base, is_loaded
from prescriptions.referentials.bdpm.sources import SourceFiles, bundle_sha256, read_bundle, read_folder
from prescriptions.referentials.management.import_command import ImportCommand


class Command(ImportCommand):
    help = "Charge la base publique des médicaments (BDPM) à la place de celle en service."
    folder_help = "dossier des fichiers CIS_*.txt"
    already = "Base des médicaments déjà en service."

    def bundled_sha256(self) -> str:
        """Return the identity of the shipped copy."""
        return bundle_sha256()

    def is_loaded(self, sha256: str) -> bool:
        """Tell whether this release is in service."""
        return is_loaded(sha256)

    def import_from(self, options: dict[str, Any]) -> bool:
        """Read the files, then replace the base in service."""
        source: SourceFiles = read_bundle() if options["bundled"] else read_folder(options["folder"])
        if options["if_needed"] and is_loaded(source.sha256):
            return False
        import_base(source, published_on=options["date"], force=options["force"], say=self.say)
        return True
