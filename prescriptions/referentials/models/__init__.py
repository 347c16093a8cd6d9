"""Tables of the drug base: raw facts of the public base, replaced as a whole at each import.

Nothing outside this app holds a foreign key to these rows: a signed line keeps its facts by value.
"""

from .conditions import PrescriptionCondition, Shortage
from .generics import GenericGroup, GenericMember
from .release import DrugBaseRelease
from .search import SearchWord
from .speciality import Composition, Presentation, Speciality

__all__ = [
    "Composition",
    "DrugBaseRelease",
    "GenericGroup",
    "GenericMember",
    "PrescriptionCondition",
    "Presentation",
    "SearchWord",
    "Shortage",
    "Speciality",
]
