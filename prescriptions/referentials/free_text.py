"""What free words name of the drug base: a restricted speciality, or a substance the law restricts (A22, B13–B22).

A narcotic written as free text is still a narcotic. The whole vocabulary is kept in memory, once per release and process.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain

from .bdpm.naming import brand_part
from .freshness import current_release
from .models import Composition, PrescriptionCondition, Speciality
from .rules import DispensingRules, rules_from
from .words import STOP_WORDS, fold

SHORTEST = 4
"""Letters of a word that may name something alone."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A speciality the law restricts: its routes and its rules."""

    cis: str
    label: str
    names: tuple[str, ...]
    routes: tuple[str, ...]
    rules: DispensingRules


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised in free words. `speciality`: label of a speciality called by its own name; may be empty."""

    speciality: str
    base_codes: frozenset[str]
    release_date: date
    bounds: tuple[Bound, ...]

    def rules(self, route: str = "") -> DispensingRules:
        """Return the strictest of the law: the form whatever the route, the days by this route where the base has it."""
        same = [bound.rules for bound in self.bounds if route in bound.routes]
        return strictest([bound.rules for bound in self.bounds], same)


def strictest(rules: Sequence[DispensingRules], by_route: Sequence[DispensingRules] = ()) -> DispensingRules:
    """Return one rule as strict as all of these. `by_route`: those the days are taken from, all of them when empty."""
    days = by_route or rules
    shortest = min((r.max_days for r in days if r.max_days), default=None)
    longer = [r.max_days_alternative for r in days if r.max_days == shortest]
    return DispensingRules(
        list_code=max((r.list_code for r in rules), key=("", "II", "I").index, default=""),
        narcotic=any(r.narcotic for r in rules),
        secured=any(r.secured for r in rules),
        in_letters=any(r.in_letters for r in rules),
        max_days=shortest,
        max_days_alternative=None if None in longer else min((n for n in longer if n), default=None),
        fraction_days=min((r.fraction_days for r in days if r.fraction_days), default=None),
        no_overlap=any(r.no_overlap for r in days),
        overridden=tuple(dict.fromkeys(chain.from_iterable(r.overridden for r in days))),
    )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the restricted specialities of one release, and their substances, are called."""

    release_date: date
    brands: Mapping[Phrase, tuple[Bound, ...]]
    substances: Mapping[str, tuple[Bound, ...]]
    base_codes: Mapping[str, frozenset[str]]

    def read(self, text: str) -> Recognised | None:
        """Return what these words name, whole words, accents folded; None when they name nothing restricted."""
        written = _letters(text)
        brands = [bound for phrase in self._phrases(written) for bound in self.brands[phrase]]
        named = [word for word in dict.fromkeys(written) if word in self.substances]
        bounds = (*brands, *chain.from_iterable(self.substances[word] for word in named))
        if not bounds:
            return None
        codes = frozenset(chain.from_iterable(self.base_codes.get(bound.cis, ()) for bound in bounds))
        return Recognised(brands[0].label if brands else "", codes, self.release_date, bounds)

    def _phrases(self, written: Sequence[str]) -> Iterator[Phrase]:
        sizes = range(1, max(map(len, self.brands), default=0) + 1)
        runs = (tuple(written[at : at + size]) for at in range(len(written)) for size in sizes)
        return (run for run in dict.fromkeys(runs) if run in self.brands)


def vocabulary_in_service() -> Vocabulary | None:
    """Return the vocabulary of the base in service, None when none is loaded. One query."""
    release = current_release()
    return _vocabulary(release.pk, release.published_on) if release else None


def recognised(texts: Iterable[str]) -> dict[str, Recognised]:
    """Return what each of these texts names; those that name nothing restricted are absent. One query at most."""
    asked = set(texts) - {""}
    vocabulary = vocabulary_in_service() if asked else None
    found = {text: vocabulary.read(text) for text in asked} if vocabulary else {}
    return {text: named for text, named in found.items() if named}


@lru_cache(maxsize=2)
def _vocabulary(release_id: int, published_on: date) -> Vocabulary:
    """Read the whole base: three queries, a second or two, once per process and release."""
    labels: dict[str, list[str]] = defaultdict(list)
    for cis, label in PrescriptionCondition.objects.order_by("pk").values_list("speciality_id", "label"):
        labels[cis].append(label)
    rows = Speciality.objects.filter(is_homeopathy=False).order_by("sort_rank")
    base = [
        _bound(cis, label, tuple(dci.split(" + ")), tuple(routes), labels[cis])
        for cis, label, dci, routes in rows.values_list("cis", "label", "dci_label", "routes")
    ]
    substances, brands = _by_substance(base), _by_brand(base)
    bounds = chain.from_iterable((*substances.values(), *brands.values()))
    codes = _base_codes({bound.cis for bound in bounds}, set(substances))
    return Vocabulary(published_on, brands, substances, codes)


def _bound(
    cis: str, label: str, names: tuple[str, ...], routes: tuple[str, ...], labels: Sequence[str]
) -> Bound:
    return Bound(cis, label, names, routes, rules_from(labels, names) if labels else DispensingRules())


def _base_codes(cis: Collection[str], restricted: Set[str]) -> dict[str, frozenset[str]]:
    """Codes of the restricted substances of these specialities."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = Composition.objects.filter(speciality_id__in=cis).exclude(base_code="")
    for code, base, name in rows.values_list("speciality_id", "base_code", "base_name"):
        if not restricted.isdisjoint(_letters(name)):
            found[code].add(base)
    return {code: frozenset(bases) for code, bases in found.items()}


def _by_substance(base: Sequence[Bound]) -> dict[str, tuple[Bound, ...]]:
    """First words of the names of restricted substances, by the specialities made of one alone; a combination restricts its
    substances when none of them is restricted alone (chlordiazépoxide).
    """
    single, limited = [b for b in base if len(b.names) == 1], [b for b in base if _limits(b.rules)]
    alone = {bound.names[0] for bound in limited if len(bound.names) == 1}
    free = {_head(bound.names[0]) for bound in single if bound.names[0] not in alone}
    found: dict[str, list[Bound]] = defaultdict(list)
    for bound in limited:
        if len(bound.names) == 1 or alone.isdisjoint(bound.names):
            for word in {*map(_head, bound.names)} - free:
                found[word].append(bound)
    return {word: tuple(bounds) for word, bounds in found.items() if len(word) >= SHORTEST}


def _head(name: str) -> str:
    return next(iter(_letters(name)), "")


def _by_brand(base: Sequence[Bound]) -> dict[Phrase, tuple[Bound, ...]]:
    """How restricted specialities are called: by as few words of their brand as no unrestricted one shares.

    A substance alone is no brand: its name goes with its laboratory. A brand shared by all its forms (RIVOTRIL, of which the
    injectable is free) is told by its whole words when the law limits the medicine itself.
    """
    called = [(bound, tuple(_letters(brand_part(bound.label)))) for bound in base]
    chemical = {word for bound in base for name in bound.names for word in _letters(name)} | STOP_WORDS
    shared = {
        p for bound, words in called if not _is_bound(bound.rules) for p in _beginnings(words, chemical)
    }
    found: dict[Phrase, list[Bound]] = defaultdict(list)
    for bound, words in called:
        own = [phrase for phrase in _beginnings(words, chemical) if phrase not in shared]
        whole = [words] if _limits(bound.rules) and not chemical.issuperset(words) else []
        for phrase in (own or whole)[:1] if _is_bound(bound.rules) else ():
            found[phrase].append(bound)
    return {phrase: tuple(bounds) for phrase, bounds in found.items()}


def _beginnings(words: Phrase, chemical: Collection[str]) -> Iterator[Phrase]:
    """Yield the beginnings of a brand that call something by themselves, the shortest first."""
    for length in range(1, len(words) + 1):
        phrase = words[:length]
        if any(word not in chemical for word in phrase) and len("".join(phrase)) >= SHORTEST:
            yield phrase


def _limits(rules: DispensingRules) -> bool:
    """Tell whether the law limits the medicine itself, whoever writes it."""
    return bool(rules.narcotic or rules.secured or rules.max_days or rules.fraction_days or rules.no_overlap)


def _is_bound(rules: DispensingRules) -> bool:
    """Tell whether the law says more of it than its list."""
    return _limits(rules) or any(
        (
            rules.hospital_only,
            rules.hospital_prescription,
            rules.initial,
            rules.specialists,
            rules.attestation,
            rules.dated_exam,
        )
    )


def _letters(text: str) -> list[str]:
    """« Skénan30 L.P. » is « skenan », « l », « p »: a strength glued to a name hides nothing."""
    return re.findall(r"[a-z]+", fold(text))
