"""A medicine line in the words of the wire."""

from amo_gateway import messages
from prescriptions.kinds.medicament.medication import Medication
from prescriptions.kinds.medicament.posology import Intake, Moment, Phase, Posology


def to_wire(position: int, medication: Medication) -> messages.MedicamentLine:
    """Return the line of the message."""
    return messages.MedicamentLine(
        position=position,
        denomination=medication.label,
        dci=f"{medication.dci} {medication.dosage}".strip(),
        voie=medication.posology.route,
        posologie=medication.sentence,
        cis=medication.cis or None,
        cip13=medication.cip13 or None,
        posologie_structuree=_posology(medication.posology),
        duree_jours=medication.duration_days,
        date_debut=medication.starts_on,
        quantite=medication.boxes,
        renouvellements=medication.renewals,
        substitution_autorisee=not medication.ns_reason,
        motif_non_substitution=medication.ns_reason or None,
        mentions=medication.mentions,
        ald=medication.ald,
        atmp=medication.atmp,
        prevention=medication.prevention,
        non_remboursable=medication.non_reimbursable,
        hors_amm=medication.off_label,
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
