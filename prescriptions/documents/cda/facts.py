"""What a CDA document needs beside the signed statement: its own identity, its dates, the papers it carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Identity, dates and attachments of one document. Raises ValueError when they contradict one another."""

    document_id: UUID
    """Of this version of the document; differs from the number of the e-prescription."""
    set_id: UUID
    """Common to all the versions of the document."""
    version: int
    identifier: str | None
    """Number of the e-prescription (EPU); None when the service could not be used."""
    signed_at: datetime
    created_at: datetime
    """When this document was made; both aware of their time zone."""
    pdf: bytes
    """The ordonnance as printed."""
    qr_png: bytes | None
    """Picture of the 2D code, PNG; goes with `identifier`."""
    replaces: UUID | None = None
    """`document_id` of the version this one replaces."""
    patient_id: UUID | None = None
    """Local identity of the resident, said when the INS is not qualified."""

    def __post_init__(self) -> None:
        if bool(self.identifier) != bool(self.qr_png):
            raise ValueError("the number and its 2D code go together")
        if self.signed_at.tzinfo is None or self.created_at.tzinfo is None:
            raise ValueError("dates without a time zone")
        if self.created_at < self.signed_at:
            raise ValueError("a document is made after its signature")
        if not self.pdf.startswith(b"%PDF-"):
            raise ValueError("the copy of the ordonnance is not a PDF")


def oid(identity: UUID) -> str:
    """Return a UUID as an OID, under the arc ITU-T X.667 keeps for them (2.25)."""
    return f"2.25.{identity.int}"
