"""Who prescribes, for whom, where: the blocks of people and places that the header repeats."""

from __future__ import annotations

import re
from uuid import UUID

from amo_gateway.xml import attribute, text
from prescriptions.documents.cda.facts import DocumentFacts
from prescriptions.documents.cda.markup import Code, coded, day, element
from prescriptions.documents.cda.professions import profession
from prescriptions.documents.statement import House, Patient, Prescriber

PEOPLE = "1.2.250.1.71.4.2.1"
"""National identifiers of professionals: « 8 » and the RPPS (CI-SIS, annexe « sources des personnes et structures »)."""
PLACES = "1.2.250.1.71.4.2.2"
"""National identifiers of structures: « 1 » and the FINESS."""
NURSING_HOME = Code("SA17", "1.2.250.1.71.4.2.4", "TRE_R02", "Etablissement pour personnes âgées")
PRACTICE_SETTING = Code(
    "ESSMS",
    "1.2.250.1.213.1.1.4.9",
    "practiceSettingCode",
    "Etablissement ou Service Social ou Médico-Social",
)
"""JDV_J04: an EHPAD is an établissement médico-social (CASF L312-1, 6°)."""
_GENDER = "2.16.840.1.113883.5.1"
GENDERS = {
    "F": Code("F", _GENDER, "AdministrativeGender", "Féminin"),
    "M": Code("M", _GENDER, "AdministrativeGender", "Masculin"),
    "I": Code("UN", _GENDER, "AdministrativeGender", "Inconnu"),
}
"""Sex of the INS traits → JDV_J143."""
LOCAL_PATIENTS = "2.25.271064923571828182845904523536028747135"
"""Domain of the local identities of residents, ours: sent only when the INS is not qualified."""
UNKNOWN_PLACE = "99999"
"""Code of an unknown place of birth (référentiel national d’identitovigilance); the INS wants one."""
_NUMBERED = re.compile(r"^(\d+(?: ?(?:bis|ter|quater))?),? +(.+)$", re.IGNORECASE | re.DOTALL)
_UNKNOWN_TELECOM = '<telecom nullFlavor="UNK"/>'


def person_id(rpps: str) -> str:
    """Write the national identifier of a professional."""
    return f'<id root="{PEOPLE}" extension="8{attribute(rpps)}"/>'


def place_id(house: House) -> str:
    """Write the national identifier of the house."""
    return f'<id root="{PLACES}" extension="1{attribute(house.finess)}"/>'


def address(house: House) -> str:
    """Write the address of the house, which is also where the resident lives."""
    found = _NUMBERED.match(house.address)
    number, street = found.groups() if found else ("", house.address)
    parts = (
        element("houseNumber", number)
        + element("streetName", street)
        + element("postalCode", house.postal_code)
        + element("city", house.city)
    )
    return f"<addr>{parts}<country>FRANCE</country></addr>" if parts else '<addr nullFlavor="UNK"/>'


def telecoms(author: Prescriber) -> str:
    """Write the professional telephone and e-mail of the prescriber."""
    phone = "".join(author.phone.split()).replace(".", "")
    lines = f'<telecom value="tel:{attribute(phone)}" use="WP"/>' if phone else ""
    if author.email:
        lines += f'<telecom value="mailto:{attribute(author.email)}" use="WP"/>'
    return lines or _UNKNOWN_TELECOM


def person(author: Prescriber) -> str:
    """Write the name of the prescriber: civilité before, titre after (JDV_J245, JDV_J246)."""
    civility = {"Mme": "<prefix>MME</prefix>", "M.": "<prefix>M</prefix>"}.get(author.title, "")
    degree = "<suffix>DR</suffix>" if author.title == "Dr" else ""
    given, family = element("given", author.first_name), element("family", author.last_name)
    return f"<name>{civility}{given}{family}{degree}</name>"


def organisation(house: House, *, setting: bool = False) -> str:
    """Write what is inside an organisation: number, name, address; its field of practice where it is asked."""
    field = coded("standardIndustryClassCode", PRACTICE_SETTING) if setting else ""
    return f"{place_id(house)}<name>{text(house.name)}</name>{_UNKNOWN_TELECOM}{address(house)}{field}"


def professional(author: Prescriber, house: House, *, setting: bool = False) -> str:
    """Write what is inside the assigned author or entity: identifier, profession, name, organisation."""
    quality = profession(author.profession, author.speciality_code)
    return (
        f"{person_id(author.rpps)}{coded('code', quality)}{address(house)}{telecoms(author)}"
        f"<assignedPerson>{person(author)}</assignedPerson>"
        f"<representedOrganization>{organisation(house, setting=setting)}</representedOrganization>"
    )


def patient_role(patient: Patient, house: House, facts: DocumentFacts) -> str:
    """Write the resident: INS when qualified, else the local identity; INS traits; the house as home."""
    born = f'<birthTime value="{day(patient.birth_date)}"/>'
    gender = coded("administrativeGenderCode", GENDERS[patient.sex])
    return (
        f"<recordTarget><patientRole>{_patient_id(patient, facts)}{address(house)}{_UNKNOWN_TELECOM}"
        f'<patient classCode="PSN">{_patient_name(patient)}{gender}{born}{_birth_place(patient)}</patient>'
        "</patientRole></recordTarget>"
    )


def _patient_id(patient: Patient, facts: DocumentFacts) -> str:
    if patient.is_qualified:
        return f'<id root="{attribute(patient.ins_oid)}" extension="{attribute(patient.ins_number)}"/>'
    return f'<id root="{LOCAL_PATIENTS}" extension="{local_identity(facts)}"/>'


def local_identity(facts: DocumentFacts) -> UUID:
    """Return the local identity of the resident. Raises ValueError when it was not given."""
    if facts.patient_id is None:
        raise ValueError("an identity that is not qualified needs its local one")
    return facts.patient_id


def _patient_name(patient: Patient) -> str:
    names = patient.first_names or patient.birth_first_name
    used = ""
    if patient.used_name:
        used += f'<family qualifier="CL">{text(patient.used_name)}</family>'
    if patient.used_first_name:
        used += f'<given qualifier="CL">{text(patient.used_first_name)}</given>'
    return (
        f'<name><family qualifier="BR">{text(patient.birth_name)}</family><given>{text(names)}</given>'
        f'<given qualifier="BR">{text(patient.birth_first_name)}</given>{used}</name>'
    )


def _birth_place(patient: Patient) -> str:
    place = patient.birth_place or (UNKNOWN_PLACE if patient.is_qualified else "")
    if not place:
        return ""
    return f"<birthplace><place><addr><county>{text(place)}</county></addr></place></birthplace>"
