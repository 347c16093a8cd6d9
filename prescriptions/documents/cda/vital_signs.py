"""Weight and height beside the prescription (FR-Signes-vitaux), as the ordonnance prints them."""

from __future__ import annotations

from dataclasses import dataclass

from amo_gateway.xml import attribute
from prescriptions.documents.cda.markup import Code, coded, content, refers, templates
from prescriptions.documents.cda.types import LOINC
from prescriptions.documents.cda.words import row, table
from prescriptions.documents.statement import Patient

MODELS = templates(
    "2.16.840.1.113883.10.20.1.16",
    "1.3.6.1.4.1.19376.1.5.3.1.3.25",
    "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.2",
    "1.2.250.1.213.1.1.2.75",
)
_ORGANIZER = templates(
    "2.16.840.1.113883.10.20.1.32",
    "2.16.840.1.113883.10.20.1.35",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.1",
    "1.2.250.1.213.1.1.3.49",
)
_OBSERVATION = templates(
    "2.16.840.1.113883.10.20.1.31",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.2",
    "1.2.250.1.213.1.1.3.50",
)
_UNDATED = '<statusCode code="completed"/><effectiveTime nullFlavor="UNK"/>'
"""The statement keeps the last value, not the day it was taken."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One measure: its code (JDV_SignesVitaux), its value, its UCUM unit."""

    name: str
    code: Code
    value: str
    unit: str


def measures(patient: Patient) -> tuple[Sign, ...]:
    """Return what is known of the weight and the height."""
    weight = Sign("poids", Code("29463-7", LOINC, "LOINC", "Poids"), patient.weight_kg, "kg")
    height = Sign("taille", Code("8302-2", LOINC, "LOINC", "Taille"), patient.height_cm, "cm")
    return tuple(sign for sign in (weight, height) if sign.value)


def words(signs: tuple[Sign, ...]) -> str:
    """« Poids : 58,4 kg »."""
    rows = (
        row(sign.code.label, content(sign.name, f"{sign.value.replace('.', ',')} {sign.unit}"))
        for sign in signs
    )
    return table(("Signe vital", "Valeur"), "".join(rows))


def entry(signs: tuple[Sign, ...], root: str) -> str:
    """Write the measures as one group."""
    group = Code("85353-1", LOINC, "LOINC", "Signes vitaux")
    return (
        f'<entry><organizer classCode="CLUSTER" moodCode="EVN">{_ORGANIZER}<id root="{root}" extension="signes"/>'
        f"{coded('code', group)}{_UNDATED}{''.join(_observation(sign, root) for sign in signs)}</organizer></entry>"
    )


def _observation(sign: Sign, root: str) -> str:
    return (
        f'<component typeCode="COMP"><observation classCode="OBS" moodCode="EVN">{_OBSERVATION}'
        f'<id root="{root}" extension="{sign.name}"/>{coded("code", sign.code)}<text>{refers(sign.name)}</text>{_UNDATED}'
        f'<value xsi:type="PQ" value="{attribute(sign.value)}" unit="{sign.unit}"/></observation></component>'
    )
