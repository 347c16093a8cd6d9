"""What can be noted of a resident with a code: allergens (substances of the public base, classes) and diagnoses (CIM-10).

The record of the resident stands below and knows no table: it is given `allergen` and `diagnosis` at start, and believes no
other code (rules A03, A04). The public base of medicines lists no excipient: an allergy to one is noted by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from prescriptions.kinds.entry import Hit
from prescriptions.referentials.diagnoses import UnknownDiagnosis, diagnosis_facts, search_diagnoses
from prescriptions.referentials.freshness import current_release
from prescriptions.referentials.models import Composition
from prescriptions.referentials.search import search_specialities
from prescriptions.referentials.words import fold
from prescriptions.safety.tables.allergy_classes import CLASSES, AllergyClass
from residents.coding import Coded
from residents.models import Allergy

LIMIT = 12
_CLASSES: dict[str, AllergyClass] = {group.code: group for group in CLASSES}


@dataclass(frozen=True, slots=True)
class Substance:
    """One substance of the public base, salts folded. `folded`: its name as the search compares it."""

    code: str
    label: str
    folded: str


def search_allergens(text: str, limit: int = LIMIT) -> list[Hit]:
    """Return classes called so, then substances, then the classes a substance called so belongs to.

    A brand answers with its substances. The value of a hit is what `allergen` reads.
    """
    asked = fold(text).strip()
    if not asked:
        return []
    called = [group for group in CLASSES if _is_called(group, asked)]
    members = [g for g in CLASSES if g not in called and any(m.startswith(asked) for m in g.members)]
    substances = _substances_called(asked)[:limit] or _substances_of_brand(text)
    hits = [*map(_class_hit, called), *map(_substance_hit, substances), *map(_class_hit, members)]
    return hits[:limit]


def allergen(value: str) -> Coded | None:
    """Return what a value of `search_allergens` names, None when the tables do not, or no longer, hold it."""
    kind, _, code = value.partition(":")
    if kind == Allergy.Kind.CLASS and code in _CLASSES:
        return Coded(kind, code, _CLASSES[code].label)
    if kind == Allergy.Kind.SUBSTANCE:
        found = next((s for s in substances() if s.code == code), None)
        return Coded(kind, code, found.label) if found else None
    return None


def search_conditions(text: str, limit: int = LIMIT) -> list[Hit]:
    """Return the diagnoses of the CIM-10 that answer `text`. The value of a hit is its code."""
    return [Hit(value=d.code, name=d.label, detail=d.dotted) for d in search_diagnoses(text, limit)]


def diagnosis(value: str) -> Coded | None:
    """Return the diagnosis of this code, None when the table lacks it."""
    try:
        found = diagnosis_facts(value)
    except UnknownDiagnosis:
        return None
    return Coded("", found.code, found.label)


def substances() -> tuple[Substance, ...]:
    """Return every substance of the base in service, once, by name. One query, two when the base has changed."""
    release = current_release()
    return _substances_in(release.pk) if release else ()


@lru_cache(maxsize=1)
def _substances_in(release: int) -> tuple[Substance, ...]:
    rows = Composition.objects.filter(speciality__is_homeopathy=False).exclude(base_code="")
    found = rows.values_list("base_name", "base_code").distinct().order_by("base_name", "base_code")
    return tuple(Substance(code, name.capitalize(), fold(name)) for name, code in found)


def _is_called(group: AllergyClass, asked: str) -> bool:
    names = (*fold(group.label).split(), fold(group.label), *group.words)
    return any(name.startswith(asked) or (len(name) > 3 and asked.startswith(name)) for name in names)


def _substances_called(asked: str) -> list[Substance]:
    """Names that begin so, then names with a word that begins so."""
    every = substances()
    inside = [s for s in every if f" {asked}" in s.folded and not s.folded.startswith(asked)]
    return [s for s in every if s.folded.startswith(asked)] + inside


def _substances_of_brand(text: str) -> list[Substance]:
    hit = next(iter(search_specialities(text, marketed_only=False, limit=1)), None)
    names = {fold(name) for name in hit.dci_label.split(" + ")} if hit else set()
    return [s for s in substances() if s.folded in names]


def _class_hit(group: AllergyClass) -> Hit:
    return Hit(f"{Allergy.Kind.CLASS}:{group.code}", group.label, detail="classe")


def _substance_hit(substance: Substance) -> Hit:
    return Hit(f"{Allergy.Kind.SUBSTANCE}:{substance.code}", substance.label, detail="substance")
