"""From names and codes to the facts of medicines, for many treatments at once: a few queries for thousands of lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from prescriptions.referentials.bdpm.naming import common_name
from prescriptions.referentials.facts import SpecialityFacts, specialities_facts
from prescriptions.referentials.models import Presentation
from prescriptions.referentials.search import SpecialityHit, search_specialities
from prescriptions.referentials.words import fold
from prescriptions.safety.treatment.typed_line import Wanted

_HITS = 200


class Found(StrEnum):
    """How a medicine was found. By DCI: a speciality stands for the common name, and is named in the answer."""

    CIS = "CIS"
    CIP13 = "CIP13"
    DCI = "DCI"
    NAME = "NAME"
    NOTHING = "NOTHING"


@dataclass(frozen=True, slots=True)
class Match:
    """What a medicine was found by, and which it is."""

    by: Found
    cis: str = ""


@dataclass(slots=True)
class Resolver:
    """Remembers what it has read: one resolver for one run of the command, or for one request."""

    _facts: dict[str, SpecialityFacts | None] = field(default_factory=dict)
    _boxes: dict[str, str] = field(default_factory=dict)
    _named: dict[Wanted, Match] = field(default_factory=dict)

    def prepare(self, wanted: Iterable[Wanted]) -> None:
        """Read in a few queries everything these medicines need."""
        asked = set(wanted)
        self._read_boxes({w.cip13 for w in asked if w.cip13 and not w.cis} - self._boxes.keys())
        self._read_facts({self.match(w).cis for w in asked} - {""})

    def facts(self, wanted: Wanted) -> SpecialityFacts | None:
        """Return the facts of a medicine; None when it is in free text or the base does not know it."""
        cis = self.match(wanted).cis
        if cis and cis not in self._facts:
            self._read_facts({cis})
        return self._facts.get(cis)

    def match(self, wanted: Wanted) -> Match:
        """Return how a medicine is found. A code that the base does not know finds nothing: no name replaces it."""
        if wanted not in self._named:
            self._named[wanted] = self._match(wanted)
        return self._named[wanted]

    def _match(self, wanted: Wanted) -> Match:
        if wanted.cis:
            return Match(Found.CIS, wanted.cis)
        if wanted.cip13:
            if wanted.cip13 not in self._boxes:
                self._read_boxes({wanted.cip13})
            cis = self._boxes.get(wanted.cip13, "")
            return Match(Found.CIP13 if cis else Found.NOTHING, cis)
        if wanted.dci:
            return _best(Found.DCI, _by_dci(wanted))
        return (
            _best(Found.NAME, search_specialities(wanted.name, limit=1))
            if wanted.name
            else Match(Found.NOTHING)
        )

    def _read_boxes(self, cip13: set[str]) -> None:
        if cip13:
            rows = Presentation.objects.filter(cip13__in=cip13).values_list("cip13", "speciality_id")
            self._boxes.update({**dict.fromkeys(cip13, ""), **dict(rows)})

    def _read_facts(self, cis: set[str]) -> None:
        missing = cis - self._facts.keys()
        if missing:
            found = specialities_facts(missing)
            self._facts.update({code: found.get(code) for code in missing})


def _best(by: Found, hits: Sequence[SpecialityHit]) -> Match:
    return Match(by, hits[0].cis) if hits else Match(Found.NOTHING)


def _by_dci(wanted: Wanted) -> list[SpecialityHit]:
    """Specialities of this common name, by the route asked for, the plainest first.

    The strength and the form are asked for, then given up in turn: what is checked is the substance. « MACROGOL » is
    « MACROGOL 4000 » when nothing is called by the name alone.
    """
    name = " + ".join(_names(wanted.dci))
    asked = (
        f"{name} {wanted.dosage} {wanted.form}",
        f"{name} {wanted.dosage}",
        f"{name} {wanted.form}",
        name,
    )
    for is_called in (_is_exactly, _begins):
        for words in dict.fromkeys(map(str.strip, asked)):
            found = [
                hit for hit in search_specialities(words, limit=_HITS) if is_called(hit.dci_label, wanted.dci)
            ]
            routed = [hit for hit in found if not wanted.route or fold(wanted.route) in map(fold, hit.routes)]
            if routed:
                return sorted(routed, key=_is_unusual)
    return []


def _names(dci: str) -> list[str]:
    """Return the common names, salts left out: « chlorhydrate de tramadol » is « TRAMADOL »."""
    parts = (part.strip() for part in dci.replace("/", "+").split("+"))
    return [common_name(USUAL_NAMES.get(fold(part), part)) for part in parts if part]


USUAL_NAMES = {
    "aspirine": "ACIDE ACÉTYLSALICYLIQUE",
    "vitamine d3": "COLÉCALCIFÉROL",
    "vitamine d": "COLÉCALCIFÉROL",
}
"""Said for the common name."""


def _is_exactly(label: str, dci: str) -> bool:
    return {fold(name) for name in label.split(" + ")} == {fold(name) for name in _names(dci)}


def _begins(label: str, dci: str) -> bool:
    """Whole words: « valproate » begins « valproate de sodium »."""
    whole, asked = [fold(name) for name in label.split(" + ")], [fold(name) for name in _names(dci)]
    return len(whole) == len(asked) and all(any(w.startswith(f"{a} ") for w in whole) for a in asked)


_RESERVED = frozenset({"HOSPITAL_ONLY", "HOSPITAL_PRESCRIPTION", "RESERVED"})
_RESTRICTED = frozenset({"PIH", "PIS", "SPECIALIST", "RESTRICTED", "RENEWAL_SPECIALIST"})


def _is_unusual(hit: SpecialityHit) -> tuple[bool, bool, bool, bool]:
    """A common name binds to no restriction that one of its specialities escapes; oral forms and tablets first."""
    codes = {chip.code for chip in hit.chips}
    is_tablet = fold(hit.form).startswith("comprime") and "dispersible" not in fold(hit.form)
    return bool(codes & _RESERVED), bool(codes & _RESTRICTED), "orale" not in hit.routes, not is_tablet
