"""From the signed statement to the e-prescription message (EPU), in the vocabulary of amo_gateway/messages.py."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from amo_gateway import epu, messages
from prescriptions.documents.orders import read, total_price, valid_until
from prescriptions.documents.statement import House, Line, Patient, Prescriber, Statement
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.order import Order, Paper
from prescriptions.kinds.registry import KINDS

AT_HOME, URGENT, BIZONE, EXCEPTION, SECURED = "MED-1094", "MED-1095", "MED-1096", "MED-1097", "MED-1098"
"""Sub-types of a prescription, code system 1.2.250.1.213.1.1.4.322 (teleservice.md §5)."""


def build(statement: Statement, identifier: str) -> bytes:
    """Return the canonical bytes of the message, before signature."""
    return epu.build(to_message(statement, identifier))


def to_message(statement: Statement, identifier: str) -> messages.EPrescription:
    """Say the statement in the words of the wire: all that the prescriber saw, so that the signature covers it."""
    kind, orders = KINDS[Kind(statement.kind)], read(statement)
    author, information = statement.prescriber, statement.information
    pairs = zip(statement.lines, orders, strict=True)
    return messages.EPrescription(
        identifiant=identifier,
        date_prescription=statement.written_on,
        date_fin_validite=valid_until(statement, orders),
        patient=_patient(statement.patient),
        prescripteur=_replaced(author) if author.replaces else _author(author),
        structure=_structure(statement),
        lieu=_place(statement.house),
        lignes=tuple(
            replace(kind.to_wire(line.position, order), ald=line.ald, vu=_seen(line)) for line, order in pairs
        ),
        opposition=information.opposes_execution_view,
        date_information=information.informed_on,
        informe_par=information.informed_by or None,
        rpps_remplacant=author.rpps if author.replaces else None,
        remplacant=_author(author) if author.replaces else None,
        sous_types=subtypes(statement.paper, orders),
        pharmacie=_pharmacy(statement),
        poids=Decimal(statement.patient.weight_kg) if statement.patient.weight_kg else None,
        taille=Decimal(statement.patient.height_cm) if statement.patient.height_cm else None,
        prix_total=total_price(orders) if kind.priced else None,
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
        prenom_utilise=patient.used_first_name or None,
        lieu_naissance=patient.birth_place or None,
        date_naissance=patient.birth_date,
        sexe=patient.sex,
        ins=patient.ins_number if patient.is_qualified else None,
        ins_oid=patient.ins_oid if patient.is_qualified else None,
    )


def _author(author: Prescriber) -> messages.Prescripteur:
    """The person who writes and signs."""
    return messages.Prescripteur(
        rpps=author.rpps,
        nom=author.last_name,
        prenom=author.first_name,
        profession=author.profession,
        specialite=author.speciality_code or None,
        nom_complet=author.full_name,
        qualite=author.quality or None,
        telephone=author.phone or None,
        courriel=author.email or None,
    )


def _replaced(author: Prescriber) -> messages.Prescripteur:
    """The one the author replaces, named first as in the public sample of the 2D code (RPPS, then RPPS2)."""
    return messages.Prescripteur(
        rpps=author.replaces,
        nom=author.replaces_last_name or author.replaces_name,
        prenom=author.replaces_first_name or author.replaces_name,
        profession=author.profession,
        nom_complet=author.replaces_name or None,
    )


def _place(house: House) -> messages.Lieu:
    return messages.Lieu(
        finess=house.finess,
        nom=house.name,
        adresse=house.address,
        code_postal=house.postal_code,
        ville=house.city,
    )


def _seen(line: Line) -> messages.Vu:
    return messages.Vu(titre=line.title, textes=line.texts, marques=line.flags, non_controle=line.unchecked)


def _structure(statement: Statement) -> messages.Structure:
    """AM number of a liberal prescriber, FINESS of the house for a salaried one (arrêté du 10 août 2010)."""
    if statement.prescriber.am_number:
        return messages.Structure(am=statement.prescriber.am_number)
    return messages.Structure(finess=statement.house.finess)
