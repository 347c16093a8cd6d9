"""CDA R2 documents of the ANS framework (CI-SIS): what goes to the shared record and to secure mail."""

from prescriptions.documents.cda.build import build
from prescriptions.documents.cda.facts import DocumentFacts
from prescriptions.documents.cda.xdm import archive

__all__ = ["DocumentFacts", "archive", "build"]
