"""From the signed statement to the printed ordonnance: the same words, laid out by printing/."""

from datetime import date, datetime

from django.utils import timezone

from amo_gateway import code2d
from prescriptions.documents.orders import read, total_price
from prescriptions.documents.statement import Line, Patient, Prescriber, Statement
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.order import Paper
from prescriptions.kinds.registry import KINDS
from prescriptions.printing.mentions import UNCHECKED, mentions
from prescriptions.printing.sheet import (
    FallbackBlock,
    PatientBlock,
    PrescriberBlock,
    Sheet,
    SheetLine,
    State,
    StructureKind,
)

_TO_SIGN = "Signature électronique à venir"


def to_sheet(
    statement: Statement,
    *,
    state: State,
    identifier: str | None = None,
    signed_at: datetime | None = None,
    printed_on: date | None = None,
    fallback: FallbackBlock | None = None,
) -> Sheet:
    """Lay out `statement`. Number and 2D code are printed together, only when `identifier` is given (rule B10)."""
    information = statement.information
    kind = Kind(statement.kind)
    return Sheet(
        kind_title=KINDS[kind].heading,
        state=state,
        identifier=identifier,
        prescriber=_prescriber(statement),
        patient=_patient(statement.patient, statement.written_on),
        place=statement.house.city,
        written_on=statement.written_on,
        lines=tuple(_line(line) for line in statement.lines),
        mentions=mentions(
            information.informed_on, information.informed_by, opposes=information.opposes_execution_view
        ),
        signature=_signature(statement.prescriber, signed_at),
        code2d=code2d_of(statement, identifier) if identifier else None,
        total_price=total_price(read(statement)),
        shows_price=KINDS[kind].priced,
        printed_on=printed_on,
        form=Paper(statement.paper),
        internal=statement.route == "FORFAIT",
        pharmacy=statement.pharmacy,
        replaced=statement.prescriber.replaces_name,
        fallback=fallback,
    )


def _line(line: Line) -> SheetLine:
    unchecked = UNCHECKED if line.unchecked else ""
    return SheetLine(title=line.title, texts=line.texts, ald=line.ald, flags=line.flags, unchecked=unchecked)


def _prescriber(statement: Statement) -> PrescriberBlock:
    author, house = statement.prescriber, statement.house
    liberal = bool(author.am_number)
    return PrescriberBlock(
        name=author.full_name,
        quality=author.quality,
        rpps=author.rpps,
        structure_kind=StructureKind.AM if liberal else StructureKind.FINESS,
        structure_number=author.am_number or house.finess,
        establishment=house.name,
        address=(house.address, f"{house.postal_code} {house.city}, France"),
        phone=author.phone,
        email=author.email,
    )


def _patient(patient: Patient, day: date) -> PatientBlock:
    born = patient.birth_date
    used = f"{patient.used_name.upper()} {patient.used_first_name}".strip()
    return PatientBlock(
        birth_name=patient.birth_name.upper(),
        first_names=patient.first_names or patient.birth_first_name,
        used_name=used,
        sex=patient.sex,
        birth_date=born,
        age=day.year - born.year - ((day.month, day.day) < (born.month, born.day)),
        weight_kg=patient.weight_kg,
        height_cm=patient.height_cm,
        ins=patient.ins_number if patient.is_qualified else "",
    )


def _signature(author: Prescriber, signed_at: datetime | None) -> tuple[str, ...]:
    if signed_at is None:
        return (_TO_SIGN, author.full_name)
    local = timezone.localtime(signed_at)
    return ("Signé électroniquement", author.full_name, f"le {local:%d/%m/%Y} à {local.hour} h {local:%M}")


def code2d_of(statement: Statement, identifier: str) -> bytes:
    """Return the content of the 2D code of this e-prescription (teleservice.md §3)."""
    patient, author = statement.patient, statement.prescriber
    return code2d.content(
        identifier,
        patient.birth_name,
        patient.birth_first_name,
        patient.birth_date,
        author.replaces or author.rpps,
        rpps_remplacant=author.rpps if author.replaces else None,
        am=author.am_number or None,
    )
