"""Who prescribes, for whom, where: invented people, numbers with right keys, in ranges that belong to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum import luhn

from prescriptions.documents.statement import House, Information, Patient, Prescriber
from prescriptions.kinds.codes import Kind
from prescriptions.rights import Verdict, right
from prescriptions.samples import words
from residents.models import Establishment, Resident, StaffMember

_INS_OIDS = ("1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.11")
"""Authorities of test and of demonstration: a sample never looks like a real INS."""


@dataclass(frozen=True, slots=True)
class Place:
    """A house and its tariff option, which decides who pays."""

    house: House
    tariff_option: str


_PARTIAL, _GLOBAL = Establishment.TariffOption.PARTIEL.value, Establishment.TariffOption.GLOBAL.value
PLACES = (
    Place(House("990000101", "EHPAD Les Tilleuls", "12 rue des Vergers", "49000", "Angers"), _PARTIAL),
    Place(House("990000200", "EHPAD Bord de Loire", "3 bis, quai du Port", "49400", "Saumur"), _GLOBAL),
    Place(
        House("990000309", "Résidence L’Œillet & la Côte", "Lieu-dit Kéravel", "29000", "Quimper"), _PARTIAL
    ),
)


@dataclass(frozen=True, slots=True)
class _Author:
    """One prescriber of the samples; `am_number` is empty for a salaried one."""

    rank: int
    title: str
    first_name: str
    last_name: str
    profession: str
    speciality: str = ""
    code: str = ""
    am_number: str = ""


_MEDECIN, _DENTISTE = StaffMember.Profession.MEDECIN.value, StaffMember.Profession.DENTISTE.value
_INFIRMIER, _KINE = StaffMember.Profession.INFIRMIER.value, StaffMember.Profession.KINE.value
_AUTHORS = (
    _Author(1, "Dr", "Claire", "Martineau", _MEDECIN, "Médecine générale", "01", "991000696"),
    _Author(2, "Dr", "Yann", "Le Goff", _MEDECIN, "Gériatrie", "34"),
    _Author(3, "Dr", "Anne-Sophie", "D’Hérouville-Noël", _MEDECIN, "Cardiologie", "03", "991000704"),
    _Author(4, "Mme", "Inès", "Œuvrard", _MEDECIN, "Médecine générale", "01"),
    _Author(5, "M.", "Jean-René", "Saint-Léger", _MEDECIN, "Psychiatrie", "33", "991000712"),
    _Author(6, "Dr", "Zoé", "Lefèvre", _DENTISTE, am_number="991000720"),
    _Author(7, "Mme", "Nadia", "Roussel", _INFIRMIER),
    _Author(8, "M.", "Gaël", "Tréguier", _KINE, am_number="991000738"),
)


def place(rng: Random) -> Place:
    """Draw a house."""
    return rng.choice(PLACES)


def prescriber(rng: Random, kind: Kind) -> Prescriber:
    """Draw somebody who may prescribe lines of `kind`, sometimes replacing a colleague (rule B102)."""
    able = [a for a in _AUTHORS if right(a.profession, kind).verdict is not Verdict.REFUSED]
    author = rng.choice([*able, *(a for a in able if a.profession == _MEDECIN)])
    colleagues = [a for a in _AUTHORS if a.profession == author.profession and a is not author]
    replaced = rng.choice(colleagues) if colleagues and rng.random() < 0.2 else None
    return Prescriber(
        rpps=_rpps(author),
        title=author.title,
        first_name=author.first_name,
        last_name=author.last_name,
        profession=author.profession,
        profession_label=StaffMember.Profession(author.profession).label,
        speciality=author.speciality,
        speciality_code=author.code,
        phone=f"+3324100001{author.rank}",
        email=rng.choice(("", f"prescripteur{author.rank}@exemple.invalid")),
        am_number=author.am_number,
        **_replaced(replaced),
    )


def _rpps(author: _Author) -> str:
    body = f"99900777{author.rank:02d}"
    return body + str(luhn.calc_check_digit(body))


def _replaced(author: _Author | None) -> dict[str, str]:
    if author is None:
        return {}
    member = StaffMember(title=author.title, first_name=author.first_name, last_name=author.last_name)
    return {
        "replaces": _rpps(author),
        "replaces_name": member.display_name,
        "replaces_last_name": author.last_name,
        "replaces_first_name": author.first_name,
    }


def patient(rng: Random, day: date, *, qualified: bool) -> Patient:
    """Draw a resident as known on `day`, weighed and measured or not; of any status of identity unless `qualified`."""
    sex = rng.choice("FFFMMFFFMMFFFMMFFFMMI")
    names = rng.sample(words.MEN if sex == "M" else words.WOMEN, rng.randint(1, 3))
    born = day - timedelta(days=rng.randint(68 * 365, 103 * 365))
    birth_place = rng.choice(words.BIRTH_PLACES)
    drawn = rng.choice(("QUALIFIEE", "QUALIFIEE", "QUALIFIEE", "RECUPEREE", "PROVISOIRE"))
    status = "QUALIFIEE" if qualified else drawn
    has_number = status != Resident.InsStatus.PROVISOIRE
    return Patient(
        birth_name=rng.choice(words.FAMILY_NAMES),
        birth_first_name=names[0],
        first_names=" ".join(names),
        used_name=rng.choice(("", rng.choice(words.FAMILY_NAMES))),
        used_first_name=rng.choice(("", "", names[-1])),
        birth_date=born,
        sex=sex,
        ins_number=_nir(rng, sex, born, birth_place) if has_number else "",
        ins_oid=rng.choice(_INS_OIDS) if has_number else "",
        ins_status=status,
        weight_kg=rng.choice(("", str(rng.randint(380, 1150) / 10).removesuffix(".0"))),
        height_cm=rng.choice(("", str(rng.randint(142, 188)))),
        birth_place=birth_place,
    )


def _nir(rng: Random, sex: str, born: date, birth_place: str) -> str:
    """A number with a right key: 97 less the rest of the first thirteen, 2A read as 19 and 2B as 18."""
    first = {"M": "1", "F": "2"}.get(sex) or rng.choice("12")
    body = f"{first}{born:%y%m}{birth_place}{rng.randint(1, 999):03d}"
    value = int(body.replace("2A", "19").replace("2B", "18"))
    return f"{body}{97 - value % 97:02d}"


def information(rng: Random, day: date) -> Information:
    """Draw what the resident was told: informed or not, objecting or not (rule B11)."""
    if rng.random() < 0.25:
        return Information(None, "", opposes_execution_view=rng.random() < 0.3)
    informed_on = day - timedelta(days=rng.choice((0, 3, 200)))
    return Information(
        informed_on, rng.choice(Resident.InformedBy.values), opposes_execution_view=rng.random() < 0.3
    )
