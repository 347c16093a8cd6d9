"""What a prescription is."""

from prescriptions.models.acknowledgement import Acknowledgement
from prescriptions.models.document import CdaDocument
from prescriptions.models.external import ExternalLine
from prescriptions.models.fallback import PaperFallback
from prescriptions.models.line import PrescriptionLine
from prescriptions.models.prescription import Prescription, SigningAct
from prescriptions.models.printout import Printout
from prescriptions.models.status import Status
from prescriptions.models.submission import Submission

__all__ = [
    "Acknowledgement",
    "CdaDocument",
    "ExternalLine",
    "PaperFallback",
    "Prescription",
    "PrescriptionLine",
    "Printout",
    "SigningAct",
    "Status",
    "Submission",
]
