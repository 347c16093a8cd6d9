"""Which document each legal kind becomes (ANS: JDV_J07 XdsTypeCode, model eP-MED-DM 2024.01)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from prescriptions.documents import epu
from prescriptions.documents.cda.markup import Code, templates
from prescriptions.kinds.entry import Entry
from prescriptions.kinds.registry import KINDS

LOINC = "2.16.840.1.113883.6.1"
ANS = "1.2.250.1.213.1.1.4.322"
"""TA_ASIP, the nomenclature of the French healthcare information systems framework (CI-SIS)."""
_PRESC = "1.2.250.1.213.1.1.4.12"


@dataclass(frozen=True, slots=True)
class DocumentType:
    """Type, title and models of a document; `structured` when its lines are entries (CDA level 3)."""

    code: Code
    title: str
    templates: str
    structured: bool = False


_FRENCH = ("2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1")
"""HL7 France, then CI-SIS."""
_UNSTRUCTURED = templates(*_FRENCH, "1.3.6.1.4.1.19376.1.2.20")
"""IHE XDS-SD: the body is the PDF (CDA level 1)."""

HEALTH_PRODUCTS = DocumentType(
    Code("57833-6", LOINC, "LOINC", "Prescription de produits de santé"),
    "Prescription de médicaments et/ou de dispositifs médicaux",
    templates(*_FRENCH, "1.3.6.1.4.1.19376.1.9.1.1.1", "1.3.6.1.4.1.19376.1.5.3.1.1.1")
    + '<templateId root="1.2.250.1.213.1.1.1.39" extension="2024.01"/>',
    structured=True,
)
"""eP-MED-DM 2024.01: the only structured model of prescription in force."""


def _type(entry: Entry) -> DocumentType:
    if entry.document is None:
        return HEALTH_PRODUCTS
    label = entry.document.label
    return DocumentType(Code(entry.document.code, _PRESC, "typeCode", label), label, _UNSTRUCTURED)


DOCUMENT_TYPES: Mapping[str, DocumentType] = MappingProxyType(
    {kind.value: _type(entry) for kind, entry in KINDS.items()}
)
"""Wire code of the kind → its document. Codes and labels are those of the value set, told by each kind."""

SUB_TYPES: Mapping[str, Code] = MappingProxyType(
    {
        epu.AT_HOME: Code(epu.AT_HOME, ANS, "TA_ASIP", "Exécution à domicile"),
        epu.URGENT: Code(epu.URGENT, ANS, "TA_ASIP", "Exécution en urgence"),
        epu.BIZONE: Code(epu.BIZONE, ANS, "TA_ASIP", "Prescription bizone"),
        epu.EXCEPTION: Code(epu.EXCEPTION, ANS, "TA_ASIP", "Prescription médicaments d'exception"),
        epu.SECURED: Code(epu.SECURED, ANS, "TA_ASIP", "Ordonnance sécurisée"),
    }
)
"""Sub-types said in documentationOf (eP-MED-DM 2024.01); the same codes as in the message."""
