"""Who lives and who works in the EHPAD."""

from residents.models.condition import Condition
from residents.models.establishment import Establishment, Pharmacy
from residents.models.resident import Allergy, Measure, Resident
from residents.models.staff import Assignment, SigningSecret, StaffMember

__all__ = [
    "Allergy",
    "Assignment",
    "Condition",
    "Establishment",
    "Measure",
    "Pharmacy",
    "Resident",
    "SigningSecret",
    "StaffMember",
]
