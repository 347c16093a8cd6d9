"""Where the bytes of the base come from: downloaded files, or the copy shipped with the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from prescriptions.referentials.replacing import (
    MalformedFile,
    archive_sha256,
    digest,
    read_archive,
    read_files,
)

from .rows import FILES, HYBRID_GROUPS, HYBRIDS, shortages

BUNDLE = Path(__file__).resolve().parent.parent / "bundled" / "bdpm-2026-05.tar.xz"
OPTIONAL = (HYBRID_GROUPS, HYBRIDS)
"""The register of hybrid groups: kept with the base when it is in the folder."""
SOURCE = "Base de données publique des médicaments"


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """The raw files of one release of the base, by name."""

    files: dict[str, bytes]

    @property
    def sha256(self) -> str:
        """Identity of the release: digest of the names and digests of its files, whatever carried them."""
        return digest(self.files)

    def published_on(self) -> date:
        """Return the day of the newest supply notice: the files carry no release date of their own."""
        days = [row.updated_on for row in shortages(self.files["CIS_CIP_Dispo_Spec.txt"]) if row.updated_on]
        if not days:
            raise MalformedFile(
                "CIS_CIP_Dispo_Spec.txt ne contient aucune date : impossible de dater la base. "
                "Téléchargez de nouveau ce fichier, ou donnez la date avec --date."
            )
        return max(days)


def read_folder(folder: Path) -> SourceFiles:
    """Return the files of a folder; every one of FILES must be there."""
    names = [*FILES, *(name for name in OPTIONAL if (folder / name).is_file())]
    return SourceFiles(read_files(folder, names))


def read_bundle() -> SourceFiles:
    """Return the files of the copy shipped with the product."""
    return SourceFiles(read_archive(BUNDLE))


def bundle_sha256() -> str:
    """Return the identity of the shipped copy without unpacking it."""
    return archive_sha256(BUNDLE)
