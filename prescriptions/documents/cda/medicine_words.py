"""The narrative of the medicines: the whole ordonnance in words, where every entry finds its own."""

from __future__ import annotations

from amo_gateway.xml import text
from prescriptions.documents.cda.dosing import Part
from prescriptions.documents.cda.flags import MEDICINE_FLAGS
from prescriptions.documents.cda.markup import content
from prescriptions.documents.cda.medicine import MedicineLine, to_patient, to_pharmacist
from prescriptions.documents.cda.words import Wording, answers, printed_words, row, table
from prescriptions.documents.statement import Line
from prescriptions.kinds.medicament.medication import Medication
from prescriptions.kinds.medicament.posology import Phase, Posology
from prescriptions.kinds.medicament.sentence import sentence
from prescriptions.kinds.medicament.substitution import MOTIVES
from prescriptions.kinds.medicament.units import quantity
from prescriptions.printing.dates import short_date

HEAD = (
    "N°", "Médicament", "Prescription", "Renouvellements", "Voie", "Substitution", "En rapport ALD",
    "En rapport AT/MP", "Prévention", "Non remboursable", "Hors AMM",
)  # fmt: skip
DETAILS = ("Prise", "Dose")


def words(line: MedicineLine, printed: Line, say: Wording) -> str:
    """Write one medicine: a table as the ordonnance says it, then what each entry refers to."""
    order, name = line.order, line.name
    whole = row(
        str(printed.position),
        content(name, say(printed.title)),
        printed_words(printed, say),
        text(say(str(order.renewals))),
        content(f"{name}-voie", f"Voie {order.posology.route}"),
        content(f"{name}-substitution", _substitution(order)),
        *answers(order, MEDICINE_FLAGS, name),
    )
    return table(HEAD, whole) + _details(line, say)


def _details(line: MedicineLine, say: Wording) -> str:
    rows = "".join(
        row(content(f"{line.name}-{rank}", say(_taken(line, part))), _dose(line, rank, part, say))
        for rank, part in enumerate(line.dosing.parts, start=1)
    )
    if (needed := line.order.posology.as_needed) is not None:
        rows += row("Condition", content(f"{line.name}-condition", needed.indication))
    rows += _row("Instruction au patient", f"{line.name}-patient", say(to_patient(line.order)))
    rows += _row("Instruction au dispensateur", f"{line.name}-dispensateur", to_pharmacist(line.order))
    return table(DETAILS, rows) if rows else ""


def _row(title: str, identity: str, said: str) -> str:
    return row(title, content(identity, said)) if said else ""


def _dose(line: MedicineLine, rank: int, part: Part, say: Wording) -> str:
    return content(f"{line.name}-{rank}-dose", say(quantity(part.dose, line.order.posology.unit)))


def _taken(line: MedicineLine, part: Part) -> str:
    """« 1 comprimé le matin, du 24/11/2026 au 30/11/2026 »."""
    posology = line.order.posology
    alone = Posology(posology.unit, posology.route, (Phase(part.intakes, part.rhythm),), posology.as_needed)
    until = f" au {short_date(part.last)}" if part.last else ""
    start = "du" if part.last else "à partir du"
    return f"{sentence(alone).rstrip('.')}, {start} {short_date(part.first)}{until}"


def _substitution(order: Medication) -> str:
    if not order.ns_reason:
        return "Autorisée"
    return f"Non substituable ({order.ns_reason} : {order.ns_detail or MOTIVES.get(order.ns_reason, '')})"
