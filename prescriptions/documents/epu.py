"""From the signed statement to the e-prescription message (EPU), in the vocabulary of amo_gateway/messages.py."""

from collections.abc import Iterable
from decimal import Decimal

from amo_gateway import epu, messages
from prescriptions.documents.orders import read, valid_until
from prescriptions.documents.statement import Patient, Prescriber, Statement
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.order import Order, Paper
from prescriptions.kinds.registry import KINDS

AT_HOME, URGENT, BIZONE, EXCEPTION, SECURED = "MED-1094", "MED-1095", "MED-1096", "MED-1097", "MED-1098"
"""Sub-types of a prescription, code system 1.2.250.1.213.1.1.4.322 (teleservice.md §5)."""


def build(statement: Statement, identifier: str) -> bytes:
    """Return the canonical bytes of the message, before signature."""
    return epu.build(to_message(statement, identifier))


def to_message(statement: Statement, identifier: str) -> messages.EPrescription:
    """Say the statement in the words of the wire."""
    to_wire, orders = KINDS[Kind(statement.kind)].to_wire, read(statement)
    pairs = zip(statement.lines, orders, strict=True)
    return messages.EPrescription(
        identifiant=identifier,
        date_prescription=statement.written_on,
        date_fin_validite=valid_until(statement, orders),
        patient=_patient(statement.patient),
        prescripteur=_prescriber(statement.prescriber),
        structure=_structure(statement),
        lignes=tuple(to_wire(line.position, order) for line, order in pairs),
        opposition=statement.information.opposes_execution_view,
        date_information=statement.information.informed_on,
        rpps_remplacant=statement.prescriber.rpps if statement.prescriber.replaces else None,
        sous_types=subtypes(statement.paper, orders),
        pharmacie=_pharmacy(statement),
        poids=Decimal(statement.patient.weight_kg) if statement.patient.weight_kg else None,
        taille=Decimal(statement.patient.height_cm) if statement.patient.height_cm else None,
    )


def subtypes(paper: str, orders: Iterable[Order]) -> tuple[str, ...]:
    """Return the codes of what the whole prescription is: bizone, exception, secured, at home, urgent."""
    orders = tuple(orders)
    found = (
        (AT_HOME, any(order.at_home for order in orders)),
        (URGENT, any(order.urgent for order in orders)),
        (BIZONE, any(order.ald for order in orders)),
        (EXCEPTION, paper == Paper.EXCEPTION),
        (SECURED, paper == Paper.SECURISEE),
    )
    return tuple(code for code, holds in found if holds)


def _pharmacy(statement: Statement) -> messages.Pharmacie | None:
    return messages.Pharmacie(nom=statement.pharmacy) if statement.pharmacy else None


def _patient(patient: Patient) -> messages.Patient:
    """The INS number leaves only when the identity is qualified."""
    return messages.Patient(
        nom_famille=patient.birth_name,
        prenom=patient.birth_first_name,
        prenoms=patient.first_names or None,
        nom_utilise=patient.used_name or None,
        date_naissance=patient.birth_date,
        sexe=patient.sex,
        ins=patient.ins_number if patient.is_qualified else None,
        ins_oid=patient.ins_oid if patient.is_qualified else None,
    )


def _prescriber(prescriber: Prescriber) -> messages.Prescripteur:
    """The prescriber; when replaced, the one replaced, as in the public sample of the 2D code (RPPS, then RPPS2)."""
    if prescriber.replaces:
        return messages.Prescripteur(
            rpps=prescriber.replaces,
            nom=prescriber.replaces_last_name or prescriber.replaces_name,
            prenom=prescriber.replaces_first_name or prescriber.replaces_name,
            profession=prescriber.profession,
        )
    return messages.Prescripteur(
        rpps=prescriber.rpps,
        nom=prescriber.last_name,
        prenom=prescriber.first_name,
        profession=prescriber.profession,
        specialite=prescriber.speciality_code or None,
    )


def _structure(statement: Statement) -> messages.Structure:
    """AM number of a liberal prescriber, FINESS of the house for a salaried one (arrêté du 10 août 2010)."""
    if statement.prescriber.am_number:
        return messages.Structure(am=statement.prescriber.am_number)
    return messages.Structure(finess=statement.house.finess)
