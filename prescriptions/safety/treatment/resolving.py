"""From names and codes to the facts of medicines, for many treatments at once: a few queries for thousands of lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from prescriptions.referentials.facts import SpecialityFacts, specialities_facts
from prescriptions.referentials.free_text import Recognised, Vocabulary, vocabulary_in_service
from prescriptions.referentials.models import Presentation
from prescriptions.safety.treatment.named import by_dci, by_name, contradicts, same_strength
from prescriptions.safety.treatment.typed_line import Wanted


class Found(StrEnum):
    """How a medicine was found. By DCI: a speciality stands for the common name, and is named in the answer.

    CONTRADICTED: a code and a name that speak of two medicines; which one was meant is not ours to choose.
    """

    CIS = "CIS"
    CIP13 = "CIP13"
    DCI = "DCI"
    NAME = "NAME"
    CONTRADICTED = "CONTRADICTED"
    NOTHING = "NOTHING"


@dataclass(frozen=True, slots=True)
class Match:
    """What a medicine was found by, and which it is. `strength_told`: its strength is the one that was written."""

    by: Found
    cis: str = ""
    strength_told: bool = True


@dataclass(frozen=True, slots=True)
class Resolved:
    """A medicine that was named: how it was found, its facts, or what its words name of the restricted ones."""

    match: Match
    facts: SpecialityFacts | None = None
    recognised: Recognised | None = None


_NOTHING = Match(Found.NOTHING)


@dataclass(slots=True)
class Resolver:
    """Remembers what it has read: one resolver for one run of the command, or for one request."""

    _facts: dict[str, SpecialityFacts | None] = field(default_factory=dict)
    _boxes: dict[str, str] = field(default_factory=dict)
    _named: dict[Wanted, Match] = field(default_factory=dict)
    _vocabulary: list[Vocabulary | None] = field(default_factory=list)
    """Empty until asked for."""

    def prepare(self, wanted: Iterable[Wanted]) -> None:
        """Read in a few queries everything these medicines need."""
        asked = set(wanted)
        self._read_boxes({w.cip13 for w in asked if w.cip13 and not w.cis} - self._boxes.keys())
        self._read_facts({self._match(w).cis for w in asked} - {""})

    def resolve(self, wanted: Wanted) -> Resolved:
        """Return what a medicine is. A code that the base does not know finds nothing: no name replaces it."""
        match = self._match(wanted)
        if match.cis:
            self._read_facts({match.cis})
        facts = self._facts.get(match.cis)
        if facts is None:
            return Resolved(match, recognised=self._recognised(wanted))
        if match.by in (Found.CIS, Found.CIP13) and contradicts(wanted, facts):
            return Resolved(Match(Found.CONTRADICTED), recognised=self._recognised(wanted))
        return Resolved(match, facts)

    def _recognised(self, wanted: Wanted) -> Recognised | None:
        if not self._vocabulary:
            self._vocabulary.append(vocabulary_in_service())
        vocabulary = self._vocabulary[0]
        return vocabulary.read(wanted.label) if vocabulary else None

    def _match(self, wanted: Wanted) -> Match:
        if wanted not in self._named:
            self._named[wanted] = self._found(wanted)
        return self._named[wanted]

    def _found(self, wanted: Wanted) -> Match:
        if wanted.cis:
            return Match(Found.CIS, wanted.cis)
        if wanted.cip13:
            self._read_boxes({wanted.cip13} - self._boxes.keys())
            cis = self._boxes.get(wanted.cip13, "")
            return Match(Found.CIP13, cis) if cis else _NOTHING
        if wanted.dci:
            hit = by_dci(wanted)
            return Match(Found.DCI, hit.cis, same_strength(wanted.dosage, hit.dosage)) if hit else _NOTHING
        return self._by_name(wanted.name) if wanted.name else _NOTHING

    def _by_name(self, name: str) -> Match:
        hits = by_name(name)
        if not hits:
            return _NOTHING
        told = same_strength(name, hits[0].dosage) or len({hit.dosage for hit in hits}) == 1
        return Match(Found.NAME, hits[0].cis, told)

    def _read_boxes(self, cip13: set[str]) -> None:
        if cip13:
            rows = Presentation.objects.filter(cip13__in=cip13).values_list("cip13", "speciality_id")
            self._boxes.update({**dict.fromkeys(cip13, ""), **dict(rows)})

    def _read_facts(self, cis: set[str]) -> None:
        missing = cis - self._facts.keys()
        if missing:
            found = specialities_facts(missing)
            self._facts.update({code: found.get(code) for code in missing})
