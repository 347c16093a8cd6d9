"""Tables of the drug base and of the official lists: raw facts, replaced as a whole at each import.

Nothing outside this app holds a foreign key to these rows: a signed line keeps its facts by value.
"""

from .cim10 import Diagnosis, DiagnosisWord
from .conditions import PrescriptionCondition, Shortage
from .generics import GenericGroup, GenericMember, HybridGroup, HybridMember
from .lists import ListRelease, OfficialList
from .lpp import LppItem, LppWord
from .nabm import NabmAct, NabmWord
from .release import DrugBaseRelease
from .search import SearchWord
from .speciality import Composition, Presentation, Speciality
from .thesaurus import ThesaurusLink, ThesaurusMember, ThesaurusPair
from .transparency import TransparencyPage

__all__ = [
    "Composition",
    "Diagnosis",
    "DiagnosisWord",
    "DrugBaseRelease",
    "GenericGroup",
    "GenericMember",
    "HybridGroup",
    "HybridMember",
    "ListRelease",
    "LppItem",
    "LppWord",
    "NabmAct",
    "NabmWord",
    "OfficialList",
    "PrescriptionCondition",
    "Presentation",
    "SearchWord",
    "Shortage",
    "Speciality",
    "ThesaurusLink",
    "ThesaurusMember",
    "ThesaurusPair",
    "TransparencyPage",
]
