"""From a draft and the people around it to the statement that would be signed now."""

from datetime import date

from prescriptions.documents.statement import House, Information, Line, Patient, Prescriber, Statement
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.order import Order, flags_of
from residents.clinical_state import latest_measures
from residents.models import Assignment, Establishment, Measure, Resident, StaffMember


def compose(
    resident: Resident,
    prescriber: StaffMember,
    assignment: Assignment | None,
    lines: tuple[Line, ...],
    *,
    written_on: date,
    **legal: str,
) -> Statement:
    """Freeze by value who prescribes, for whom, where and what. `assignment` gives the billing identity; `legal` the
    kind, the paper, the route and the pharmacy of the statement.
    """
    return Statement(
        written_on=written_on,
        house=_house(resident.establishment),
        prescriber=_prescriber(prescriber, assignment),
        patient=_patient(resident),
        information=Information(
            informed_on=resident.informed_on,
            informed_by=resident.informed_by,
            opposes_execution_view=resident.opposes_execution_view,
        ),
        lines=lines,
        **legal,
    )


def freeze(position: int, kind: Kind, order: Order, day: date) -> Line:
    """Freeze a complete line in the words it is printed with, on an ordonnance dated `day`."""
    return Line(
        position=position,
        kind=kind.value,
        reading=order.to_json(),
        title=order.title,
        texts=order.printed_texts(prescribed_on=day),
        ald=order.ald,
        flags=flags_of(order),
        unchecked=order.is_unchecked,
    )


def _house(house: Establishment) -> House:
    return House(
        finess=house.finess,
        name=house.name,
        address=house.address,
        postal_code=house.postal_code,
        city=house.city,
    )


def _prescriber(member: StaffMember, assignment: Assignment | None) -> Prescriber:
    liberal = assignment is not None and assignment.exercise == Assignment.Exercise.LIBERAL
    return Prescriber(
        rpps=member.rpps,
        title=member.title,
        first_name=member.first_name,
        last_name=member.last_name,
        profession=member.profession,
        profession_label=member.get_profession_display() if member.profession else "",
        speciality=member.speciality,
        speciality_code=member.speciality_code,
        phone=member.phone,
        email=member.email,
        am_number=assignment.am_number if assignment is not None and liberal else "",
        **_replaced(assignment),
    )


def _replaced(assignment: Assignment | None) -> dict[str, str]:
    """The prescriber this one replaces (rule B102)."""
    replaced = assignment.replaces if assignment is not None else None
    if replaced is None:
        return {}
    return {
        "replaces": replaced.rpps,
        "replaces_name": replaced.display_name,
        "replaces_last_name": replaced.last_name,
        "replaces_first_name": replaced.first_name,
    }


def _patient(resident: Resident) -> Patient:
    latest = {kind: f"{measure.value.normalize():f}" for kind, measure in latest_measures(resident).items()}
    return Patient(
        birth_name=resident.birth_name,
        birth_first_name=resident.birth_first_name,
        first_names=resident.first_names,
        used_name=resident.used_name,
        used_first_name=resident.used_first_name,
        birth_date=resident.birth_date,
        sex=resident.sex,
        ins_number=resident.ins_number,
        ins_oid=resident.ins_oid,
        ins_status=resident.ins_status,
        weight_kg=latest.get(Measure.Kind.WEIGHT, ""),
        height_cm=latest.get(Measure.Kind.HEIGHT, ""),
        birth_place=resident.birth_place_code,
    )
