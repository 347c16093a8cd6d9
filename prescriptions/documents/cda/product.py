"""What is prescribed: FR-Produit-de-sante-prescrit, by its CIS and CIP13 codes (ANSM, BDPM)."""

from __future__ import annotations

from amo_gateway.xml import text
from prescriptions.documents.cda.markup import Code, coded, original, templates
from prescriptions.kinds.medicament.medication import Medication

CIS = "1.2.250.1.213.2.3.1"
CIP = "1.2.250.1.213.2.3.2"
DRUG = Code("DRUG", "2.16.840.1.113883.5.4", "HL7:ActCode", "Médicament")
_SUBSTITUTIONS = "2.16.840.1.113883.5.1070"
NOT_SUBSTITUTABLE = Code("N", _SUBSTITUTIONS, "HL7_substanceAdminSubstitution", "Aucune substitution permise")
SUBSTITUTABLE = Code("G", _SUBSTITUTIONS, "HL7_substanceAdminSubstitution", "Substitution par un générique")

_PRODUCT = templates(
    "2.16.840.1.113883.10.20.1.53", "1.3.6.1.4.1.19376.1.5.3.1.4.7.2", "1.2.250.1.213.1.1.3.43"
)
_MATERIAL = templates("1.3.6.1.4.1.19376.1.9.1.3.1")


def _consumable(inside: str) -> str:
    return (
        f'<consumable typeCode="CSM"><manufacturedProduct classCode="MANU">{_PRODUCT}'
        f'<manufacturedMaterial classCode="MMAT" determinerCode="KIND">{_MATERIAL}{inside}</manufacturedMaterial>'
        "</manufacturedProduct></consumable>"
    )


NO_PRODUCT = _consumable('<code nullFlavor="NA"/><name nullFlavor="NA"/>')
"""A sub-line takes the product of its line."""


def consumable(order: Medication, name: str) -> str:
    """Write the product of a line, whose words bear `name`; what was typed freely has no code."""
    words = original(name)
    if not order.cis:
        return _consumable(
            f'<code nullFlavor="NA">{words}</code><name>{text(order.label or order.title)}</name>'
        )
    box = coded("translation", Code(order.cip13, CIP, "CIP", order.label)) if order.cip13 else ""
    code = coded("code", Code(order.cis, CIS, "CIS", order.label), words + box)
    return _consumable(f"{code}<name>{text(order.label)}</name>")
