"""The archive for secure mail (MSSanté): IHE XDM, ITI TF-2 3.32, in the layout of the official examples."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from amo_gateway.xml import text
from prescriptions.documents.cda.facts import DocumentFacts
from prescriptions.documents.cda.markup import PARIS
from prescriptions.documents.cda.metadata import metadata
from prescriptions.documents.statement import Statement

FOLDER = "IHE_XDM/SUBSET01"
_READ = """Émetteur :
==========
    . Nom : {author}
    . Organisme : {house} (1{finess})
    . Adresse : {address}
    . Téléphone : {phone}

Application de l’émetteur :
===========================
    . Nom : ehpad-eprescription

Instructions :
==============
. Ouvrez les fichiers reçus par messagerie sécurisée de santé dans votre logiciel de professionnel de santé.

Arborescence :
==============
     README.TXT
     INDEX.HTM
     + IHE_XDM
           + SUBSET01
                METADATA.XML
                DOC0001.XML
"""


def archive(cda: bytes, statement: Statement, facts: DocumentFacts) -> bytes:
    """Return the zip around `cda`, the document built from the same statement and facts. Same input, same bytes."""
    files = (
        ("INDEX.HTM", _index(statement).encode()),
        ("README.TXT", _readme(statement).encode()),
        ("IHE_XDM/", b""),
        (f"{FOLDER}/", b""),
        (f"{FOLDER}/DOC0001.XML", cda),
        (f"{FOLDER}/METADATA.XML", metadata(cda, statement, facts)),
    )
    written = BytesIO()
    with ZipFile(written, "w") as zipped:
        for name, data in files:
            zipped.writestr(_entry(name, facts), data)
    return written.getvalue()


def _entry(name: str, facts: DocumentFacts) -> ZipInfo:
    """Everything a zip says of a file, independent of the machine; times are those of the document."""
    folder, made = name.endswith("/"), facts.created_at.astimezone(PARIS)
    entry = ZipInfo(name, (made.year, made.month, made.day, made.hour, made.minute, made.second))
    entry.compress_type = ZIP_STORED if folder else ZIP_DEFLATED
    entry.create_system = 0
    entry.external_attr = 0x10 if folder else 0
    return entry


def _index(statement: Statement) -> str:
    house = statement.house
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML Basic 1.1//EN" "http://www.w3.org/TR/xhtml-basic/xhtml-basic11.dtd">\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr"><head><title>Prescription</title></head><body>'
        f"<p>Émetteur : {text(house.name)} (1{text(house.finess)})</p>"
        f'<p>Voir le fichier <a href="README.TXT">README</a> et '
        f'<a href="{FOLDER}/DOC0001.XML">le document</a>.</p></body></html>\n'
    )


def _readme(statement: Statement) -> str:
    author, house = statement.prescriber, statement.house
    return _READ.format(
        author=f"{author.title} {author.last_name.upper()} {author.first_name}".strip(),
        house=house.name,
        finess=house.finess,
        address=" ".join(part for part in (house.address, house.postal_code, house.city) if part),
        phone=author.phone or "non communiqué",
    )
