"""From the signed statement to the e-prescription message (EPU), in the vocabulary of amo_gateway/messages.py."""

from datetime import date, timedelta
from decimal import Decimal

from amo_gateway import epu, messages
from prescriptions.documents.statement import Line, Patient, Prescriber, Statement
from prescriptions.kinds.medicament.medication import Medication
from prescriptions.kinds.medicament.posology import Intake, Moment, Phase, Posology
from residents.models import Resident


def build(statement: Statement, identifier: str) -> bytes:
    """Return the canonical bytes of the message, before signature."""
    return epu.build(to_message(statement, identifier))


def to_message(statement: Statement, identifier: str) -> messages.EPrescription:
    """Say the statement in the words of the wire."""
    readings = [(line, Medication.from_json(line.reading)) for line in statement.lines]
    return messages.EPrescription(
        identifiant=identifier,
        date_prescription=statement.written_on,
        date_fin_validite=_last_day(statement, [medication for _, medication in readings]),
        patient=_patient(statement.patient),
        prescripteur=_prescriber(statement.prescriber),
        structure=_structure(statement),
        lignes=tuple(_line(line, medication) for line, medication in readings),
        opposition=statement.information.opposes_execution_view,
        date_information=statement.information.informed_on,
        poids=Decimal(statement.patient.weight_kg) if statement.patient.weight_kg else None,
        taille=Decimal(statement.patient.height_cm) if statement.patient.height_cm else None,
    )


def _last_day(statement: Statement, medications: list[Medication]) -> date:
    ends = [medication.ends_on for medication in medications]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else statement.written_on + timedelta(days=365)


def _patient(patient: Patient) -> messages.Patient:
    """The INS number leaves only when the identity is qualified."""
    qualified = patient.ins_status == Resident.InsStatus.QUALIFIEE
    return messages.Patient(
        nom_famille=patient.birth_name,
        prenom=patient.birth_first_name,
        prenoms=patient.first_names or None,
        nom_utilise=patient.used_name or None,
        date_naissance=patient.birth_date,
        sexe=patient.sex,
        ins=patient.ins_number if qualified else None,
        ins_oid=patient.ins_oid if qualified else None,
    )


def _prescriber(prescriber: Prescriber) -> messages.Prescripteur:
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


def _line(line: Line, medication: Medication) -> messages.MedicamentLine:
    return messages.MedicamentLine(
        position=line.position,
        denomination=medication.label,
        dci=f"{medication.dci} {medication.dosage}".strip(),
        voie=medication.posology.route,
        posologie=medication.sentence,
        cis=medication.cis,
        cip13=medication.cip13 or None,
        posologie_structuree=_posology(medication.posology),
        duree_jours=medication.duration_days,
        date_debut=medication.starts_on,
        quantite=medication.boxes,
        renouvellements=medication.renewals,
        substitution_autorisee=not medication.ns_reason,
        motif_non_substitution=medication.ns_reason or None,
        ald=medication.ald,
        commentaire=medication.comment or None,
    )


def _posology(posology: Posology) -> messages.PosologieStructuree:
    needed = posology.as_needed
    return messages.PosologieStructuree(
        unite=posology.unit,
        phases=tuple(_phase(phase) for phase in posology.phases) or _dose_if_needed(posology),
        si_besoin=messages.SiBesoin(
            motif=needed.indication,
            intervalle_minimal_heures=needed.min_interval_hours,
            maximum_par_24h=needed.max_per_24h,
        )
        if needed
        else None,
    )


def _dose_if_needed(posology: Posology) -> tuple[messages.Phase, ...]:
    """An if-needed dose has no moment of its own: `besoin` (ours, hypothèse), its limits stand in `siBesoin`."""
    needed = posology.as_needed
    return (
        (messages.Phase(prises=(messages.Prise(quantite=needed.dose, moment="besoin"),)),) if needed else ()
    )


def _phase(phase: Phase) -> messages.Phase:
    return messages.Phase(
        prises=tuple(_intake(intake) for intake in phase.intakes),
        duree_jours=phase.days,
        intervalle_jours=phase.rhythm.every_n,
        jours_semaine=tuple(day.iso for day in phase.rhythm.weekdays),
    )


def _intake(intake: Intake) -> messages.Prise:
    if isinstance(intake.at, Moment):
        return messages.Prise(quantite=intake.dose, moment=intake.at.value)
    return messages.Prise(quantite=intake.dose, heure=intake.at)
