"""A small cast instead of anonymous factories: everybody here has a name and a reason to be.

Dr Claire Martineau prescribes at Les Tilleuls. Nadia Roussel nurses there, Luc Perrin assists, Samira Benali is the
referent pharmacist, Odile Garnier administers the house. Dr Paul Sellier prescribes in another house and must see nothing.
Jeanne Beaumont lives at Les Tilleuls, room 214.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from residents.models import Assignment, Establishment, Measure, Resident, SigningSecret, StaffMember

PASSWORD = "Motdepasse-2026"
PIN = "258014"
TILLEULS = "990000101"
LOIRE = "990000200"
# Hashing is slow on purpose; the cast shares one hash.
_PASSWORD_HASH = make_password(PASSWORD, hasher="pbkdf2_sha256")
_PIN_HASH = make_password(PIN, hasher="pbkdf2_sha256")


@dataclass(frozen=True)
class Cast:
    """The people and places of the tests."""

    tilleuls: Establishment
    loire: Establishment
    martineau: StaffMember
    roussel: StaffMember
    perrin: StaffMember
    benali: StaffMember
    garnier: StaffMember
    sellier: StaffMember
    platform: StaffMember
    jeanne: Resident
    louis: Resident

    @property
    def everybody(self) -> tuple[StaffMember, ...]:
        return (
            self.martineau,
            self.roussel,
            self.perrin,
            self.benali,
            self.garnier,
            self.sellier,
            self.platform,
        )


def make_house(finess: str, name: str, **fields: object) -> Establishment:
    defaults = {
        "finess_juridique": "990000010", "address": "12 rue des Vergers", "postal_code": "49000", "city": "Angers",
        "phone": "+33241000001", "tariff_option": "PARTIEL", "amo_credentials_ref": finess, "activated_on": date(2026, 11, 1),
    }  # fmt: skip
    return Establishment.objects.create(finess=finess, name=name, **(defaults | fields))


def make_member(username: str, house: Establishment | None, role: str = "", **fields: object) -> StaffMember:
    member = StaffMember.objects.create(username=username, password=_PASSWORD_HASH, **fields)
    if house is not None:
        liberal = role == "PRESCRIBER"
        Assignment.objects.create(
            staff=member,
            establishment=house,
            role=role,
            exercise="LIBERAL" if liberal else "",
            am_number="991000696" if liberal else "",
        )
    return member


def make_prescriber(username: str, house: Establishment, first: str, last: str, rpps: str) -> StaffMember:
    member = make_member(
        username, house, "PRESCRIBER", title="Dr", first_name=first, last_name=last, rpps=rpps, profession="10",
        speciality="Médecine générale", speciality_code="01", phone="+33241000011", email=f"{username}@exemple.invalid",
    )  # fmt: skip
    SigningSecret.objects.create(staff=member, pin_hash=_PIN_HASH)
    return member


def make_resident(house: Establishment, birth_name: str, first_name: str, **fields: object) -> Resident:
    defaults = {
        "first_names": first_name,
        "birth_date": date(1938, 3, 14),
        "sex": "F",
        "room": "214",
        "floor": "2e étage",
    }
    return Resident.objects.create(
        establishment=house, birth_name=birth_name, birth_first_name=first_name, **(defaults | fields)
    )


def make_cast() -> Cast:
    """Create everybody; a few milliseconds."""
    tilleuls, loire = (
        make_house(TILLEULS, "EHPAD Les Tilleuls"),
        make_house(LOIRE, "EHPAD Bord de Loire", tariff_option="GLOBAL"),
    )
    martineau = make_prescriber("martineau", tilleuls, "Claire", "Martineau", "99900123458")
    jeanne = make_resident(
        tilleuls, "Beaumont", "Jeanne", used_name="Lemaire", ins_number="238034900700144", ins_oid="1.2.250.1.213.1.4.11",
        ins_status="QUALIFIEE", referring_physician=martineau, informed_on=timezone.localdate(), informed_by="RESIDENT",
        allergy_status="NONE_KNOWN",
    )  # fmt: skip
    today = timezone.localdate()
    Measure.objects.create(
        resident=jeanne, kind="WEIGHT", value="58.4", measured_on=today - timedelta(days=12)
    )
    Measure.objects.create(
        resident=jeanne, kind="HEIGHT", value="158", measured_on=today - timedelta(days=300)
    )
    Measure.objects.create(
        resident=jeanne, kind="CREATININE", value="78", measured_on=today - timedelta(days=30)
    )
    return Cast(
        tilleuls=tilleuls,
        loire=loire,
        martineau=martineau,
        roussel=make_member(
            "roussel", tilleuls, "NURSE", title="Mme", first_name="Nadia", last_name="Roussel"
        ),
        perrin=make_member(
            "perrin", tilleuls, "NURSING_ASSISTANT", title="M.", first_name="Luc", last_name="Perrin"
        ),
        benali=make_member(
            "benali", tilleuls, "PHARMACIST", title="Dr", first_name="Samira", last_name="Benali"
        ),
        garnier=make_member(
            "garnier", tilleuls, "ADMIN", title="Mme", first_name="Odile", last_name="Garnier"
        ),
        sellier=make_prescriber("sellier", loire, "Paul", "Sellier", "99900123466"),
        platform=make_member("plateforme", None, last_name="Plateforme", is_platform_admin=True),
        jeanne=jeanne,
        louis=make_resident(loire, "Caradec", "Louis", sex="M", room="12"),
    )
