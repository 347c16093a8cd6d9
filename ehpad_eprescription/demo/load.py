"""Load the demonstration: idempotent, and each prescription goes the real way (draft, signature, outbox)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from ehpad_eprescription.demo import PASSWORD, PIN
from ehpad_eprescription.demo.people import ASSIGNMENTS, HOUSES, PHARMACY, RESIDENTS, STAFF, Person
from ehpad_eprescription.demo.treatments import prescribe_for
from prescriptions.workflow.confirm import choose_pin
from residents.models import Allergy, Assignment, Establishment, Measure, Pharmacy, Resident, StaffMember
from traces import workstation

_OID_DEMO = "1.2.250.1.213.1.4.11"
_FLOORS = (("1er étage", 101), ("2e étage", 201))


def load() -> Iterator[str]:
    """Make the demonstration's houses, people and treatments if they are not there; yield what is being done."""
    if Resident.objects.exists():
        yield "Données de démonstration déjà présentes."
        return
    with transaction.atomic():
        houses = [_house(fields) for fields in HOUSES]
        yield f"{len(houses)} établissements."
        staff = _staff(houses)
        yield f"{len(staff) + 1} comptes de démonstration."
        residents = _residents(houses, staff)
        yield f"{len(residents)} résidents."
    signed = prescribe_for(residents, staff["martineau"], staff["legoff"])
    yield f"{signed} prescriptions signées, en attente d’envoi."


def _house(fields: dict[str, str]) -> Establishment:
    house = Establishment.objects.create(
        **fields, has_pui=False, amo_credentials_ref=fields["finess"], activated_on=timezone.localdate()
    )
    Pharmacy.objects.create(establishment=house, **PHARMACY)
    # Counted by the checklist; no browser holds its cookie, so no trace ever carries it by mistake.
    workstation.enrol("Poste de démonstration", house.finess, "demonstration")
    return house


def _staff(houses: list[Establishment]) -> dict[str, StaffMember]:
    members = {row[0]: _member(row) for row in STAFF}
    for login, house, role, exercise, am_number in ASSIGNMENTS:
        Assignment.objects.create(
            staff=members[login],
            establishment=houses[house],
            role=role,
            exercise=exercise,
            am_number=am_number,
        )
    for login in ("martineau", "legoff"):
        choose_pin(members[login], PIN)
    platform = StaffMember(username="plateforme", last_name="Plateforme", is_platform_admin=True)
    platform.set_password(PASSWORD)
    platform.save()
    return members


def _member(row: tuple[str, ...]) -> StaffMember:
    login, title, first, last, profession, speciality, code, rpps, phone = row
    member = StaffMember(
        username=login, title=title, first_name=first, last_name=last, profession=profession, speciality=speciality,
        speciality_code=code, rpps=rpps, phone=phone, email=f"{login}@exemple.invalid",
    )  # fmt: skip
    member.set_password(PASSWORD)
    member.save()
    return member


def _residents(houses: list[Establishment], staff: dict[str, StaffMember]) -> list[Resident]:
    made = []
    for rank, person in enumerate(RESIDENTS):
        house = houses[0] if rank < 20 else houses[1]
        physician = staff["legoff"] if rank % 4 == 1 and rank < 20 else staff["martineau"]
        made.append(_resident(rank, person, house, physician, staff["roussel"]))
    return made


def _resident(
    rank: int, person: Person, house: Establishment, physician: StaffMember, nurse: StaffMember
) -> Resident:
    floor, first_room = _FLOORS[(rank + 1) % 2]
    born = date(person.year, 1 + rank * 5 % 12, 1 + rank * 7 % 28)
    qualified = person.ins != "PROVISOIRE"
    status = Resident.AllergyStatus
    resident = Resident.objects.create(
        establishment=house,
        birth_name=person.birth_name,
        first_names=" ".join(person.first_names),
        birth_first_name=person.first_names[0],
        used_name=person.used_name,
        birth_date=born,
        sex=person.sex,
        birth_place_code="49007",
        ins_number=_nir(person.sex, born, rank) if qualified else "",
        ins_oid=_OID_DEMO if qualified else "",
        ins_status=person.ins,
        room="214" if rank == 0 else str(first_room + rank // 2),
        floor="2e étage" if rank == 0 else floor,
        entered_on=timezone.localdate() - timedelta(days=200 + 31 * rank),
        referring_physician=physician,
        pharmacy=house.pharmacies.first(),
        allergy_status=status.PRESENT
        if person.allergies
        else status.NONE_KNOWN
        if person.allergies_asked
        else status.NOT_ASKED,
        informed_on=timezone.localdate() - timedelta(days=20),
        informed_by=Resident.InformedBy.RESIDENT,
        opposes_execution_view=rank == 9,
    )
    Allergy.objects.bulk_create(
        Allergy(resident=resident, kind=k, label=label, severe=k == "CLASS") for k, label in person.allergies
    )
    Measure.objects.bulk_create(_measures(rank, resident, nurse))
    return resident


def _measures(rank: int, resident: Resident, nurse: StaffMember) -> Iterator[Measure]:
    """A year of weights, a height, and creatinine values of which some are old: stale data must show."""
    today = timezone.localdate()
    kinds = Measure.Kind
    for months in range(0, 13, 2):
        yield Measure(
            resident=resident, kind=kinds.WEIGHT, value=round(58.4 + rank % 9 * 2 + months * 0.3, 1),
            measured_on=today - timedelta(days=12 + 30 * months), recorded_by=nurse,
        )  # fmt: skip
    yield Measure(
        resident=resident,
        kind=kinds.HEIGHT,
        value=156 + rank % 20,
        measured_on=today - timedelta(days=150),
        recorded_by=nurse,
    )
    for age in (200 if rank % 3 == 0 else 40, 380):
        yield Measure(
            resident=resident, kind=kinds.CREATININE, value=72 + rank * 3 % 60 + age // 100,
            measured_on=today - timedelta(days=age), recorded_by=nurse,
        )  # fmt: skip


def _nir(sex: str, born: date, rank: int) -> str:
    """A well-formed number of the demonstration series: its key is right, the person does not exist."""
    body = f"{'2' if sex == 'F' else '1'}{born:%y%m}49007{rank + 1:03d}"
    return f"{body}{97 - int(body) % 97:02d}"
