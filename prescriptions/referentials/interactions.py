"""Interactions between medicines, as the ANSM's thesaurus says them (A41, A42; notice of 15/09/2023).

The whole thesaurus is kept in memory, once per release and process: a pair costs no query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Literal, NamedTuple, cast

from .bdpm.naming import HOMEOPATHIC
from .facts import ActiveSubstance, SpecialityFacts
from .models import ListRelease, OfficialList, ThesaurusLink, ThesaurusMember, ThesaurusPair
from .releases import release_in_service
from .tables.thesaurus import ALIASES, LOCAL_EXCEPTIONS, ONLY_BY, ROUTES_OF
from .thesaurus.names import key, substance_key

Level = Literal["CI", "AD", "PE", "APEC"]
LEVELS: tuple[Level, ...] = ("CI", "AD", "PE", "APEC")
"""Contre-indication, association déconseillée, précaution d'emploi, à prendre en compte: worst first."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """One entry of the thesaurus that concerns a pair of medicines.

    `levels`: worst first, several when the thesaurus makes the level depend on the dose, the route or the
    person (A41: never to be read as the worst alone). `first`, `second`: the protagonists as the thesaurus
    names them, the one of the first medicine first. `text`: the mechanism; `conduct`: what to do. `certain`:
    False when a substance was matched to the thesaurus by one word of its name only, to be reviewed by a
    pharmacist: such a pair may be shown, never as a certain alert.
    """

    levels: tuple[Level, ...]
    first: str
    second: str
    text: str
    conduct: str
    source: str
    release_date: date
    certain: bool = True

    @property
    def composite(self) -> bool:
        """Tell whether the level varies with conditions that `conduct` states."""
        return len(self.levels) > 1


def interactions_between(a: SpecialityFacts, b: SpecialityFacts) -> tuple[Interaction, ...]:
    """Return the entries that concern `a` with `b`, worst first; nothing when none is loaded or known."""
    return interactions_of((a, b)).get((0, 1), ())


def interactions_of(drugs: Sequence[SpecialityFacts]) -> dict[tuple[int, int], tuple[Interaction, ...]]:
    """Return the entries of every pair that has some, keyed by positions in `drugs`, the smaller first.

    Two medicines of one substance do not interact with themselves: that is a duplicate, told elsewhere.
    """
    thesaurus = thesaurus_in_service()
    return thesaurus.interactions_of(drugs) if thesaurus else {}


def unknown_substances(drug: SpecialityFacts) -> tuple[ActiveSubstance, ...]:
    """Return the substances of `drug` that the thesaurus does not name: nothing was checked about them.

    All of them when no thesaurus is loaded. The thesaurus names only what interacts: an unknown substance may
    well have no interaction, it was not checked for all that.
    """
    thesaurus = thesaurus_in_service()
    return thesaurus.unknown_substances(drug) if thesaurus else drug.active


def thesaurus_in_service() -> Thesaurus | None:
    """Return the edition in service, None when none is loaded. One query, however much is then asked of it."""
    release = release_in_service(OfficialList.ANSM)
    return _thesaurus(release.pk) if release else None


class Role(NamedTuple):
    """What a medicine is in the thesaurus, by which substance; `base` is empty when it is by its route."""

    base: str
    protagonist: str
    certain: bool


class Thesaurus:
    """One edition in memory."""

    def __init__(
        self,
        pairs: Iterable[tuple[str, str, Interaction]],
        members: Iterable[tuple[str, str]],
        links: Iterable[tuple[str, str, bool]],
    ) -> None:
        self._entries: dict[tuple[str, str], Interaction] = {}
        for heading, partner, entry in pairs:
            self._keep(heading, partner, entry)
        self._by_code: dict[str, list[tuple[str, bool]]] = {}
        for code, protagonist, certain in links:
            self._by_code.setdefault(code, []).append((protagonist, certain))
        self._by_name: dict[str, list[tuple[str, bool]]] = {}
        for protagonist, member in members:
            self._by_name.setdefault(substance_key(member), []).append((protagonist, True))

    def _keep(self, heading: str, partner: str, entry: Interaction) -> None:
        """Keep one entry per pair, the one that says most: both directions say the same."""
        known = self._entries.get((heading, partner))
        if known and len(known.text + known.conduct) >= len(entry.text + entry.conduct):
            return
        self._entries[partner, heading] = _turned(entry, partner, heading)
        self._entries[heading, partner] = _turned(entry, heading, partner)

    def interactions_of(
        self, drugs: Sequence[SpecialityFacts]
    ) -> dict[tuple[int, int], tuple[Interaction, ...]]:
        """Return the entries of every pair that has some, keyed by positions in `drugs`, the smaller first."""
        roles = [self.roles(drug) for drug in drugs]
        found = (((i, j), self.between(roles[i], roles[j])) for i, j in combinations(range(len(drugs)), 2))
        return {pair: entries for pair, entries in found if entries}

    def unknown_substances(self, drug: SpecialityFacts) -> tuple[ActiveSubstance, ...]:
        """Return the substances of `drug` that this edition does not name."""
        return tuple(substance for substance in drug.active if not self.protagonists(substance))

    def protagonists(self, substance: ActiveSubstance) -> Sequence[tuple[str, bool]]:
        """Return what a substance is: by its whole name, and by the table of substances for other spellings."""
        if substance.name.endswith(HOMEOPATHIC):
            return ()
        by_name = self._by_name.get(substance_key(substance.base_name), ())
        codes = (code for code in (substance.code, substance.base_code) if code in self._by_code)
        return (*by_name, *self._by_code.get(next(codes, ""), ()))

    def roles(self, drug: SpecialityFacts) -> tuple[Role, ...]:
        """Return all that a medicine is, within the scope of its routes (A42)."""
        found: dict[tuple[str, str], Role] = {}
        for substance in drug.active:
            linked = self.protagonists(substance)
            if drug.is_local_route and not _concerned(substance, linked, drug.routes):
                continue
            for name, certain in linked:
                for protagonist in _by_route(name, drug.routes):
                    role = Role(substance.base_code, protagonist, certain)
                    found.setdefault((role.base, role.protagonist), role)
        by_route = (name for name, routes in ROUTES_OF.items() if not set(routes).isdisjoint(drug.routes))
        return (*found.values(), *(Role("", name, True) for name in by_route))

    def between(self, ours: Sequence[Role], theirs: Sequence[Role]) -> tuple[Interaction, ...]:
        """Return the entries between two medicines, worst first, each once."""
        found: dict[frozenset[str], Interaction] = {}
        for entry in self._met(ours, theirs):
            pair = frozenset({entry.first, entry.second})
            if pair not in found or (entry.certain and not found[pair].certain):
                found[pair] = entry
        return tuple(sorted(found.values(), key=_weight))

    def _met(self, ours: Sequence[Role], theirs: Sequence[Role]) -> Iterator[Interaction]:
        """Yield every entry met, but those of a substance, or of a combination, with itself."""
        shared, same = _bases(ours) & _bases(theirs), _bases(ours) == _bases(theirs)
        for mine in ours:
            for other in theirs:
                entry = self._entries.get((mine.protagonist, other.protagonist))
                if entry is None or (
                    (same or _is_itself(mine, other, shared)) and not _about_routes(mine, other)
                ):
                    continue
                yield entry if mine.certain and other.certain else _uncertain(entry)


def _bases(roles: Iterable[Role]) -> frozenset[str]:
    return frozenset(role.base for role in roles if role.base)


def _is_itself(mine: Role, other: Role, shared: frozenset[str]) -> bool:
    """Tell one substance met twice: as two protagonists, or as itself and as any medicine of its route."""
    by_route = not (mine.base and other.base) and bool(shared & {mine.base, other.base})
    return by_route or mine.base == other.base


def _about_routes(mine: Role, other: Role) -> bool:
    """Tell an entry about one substance by two routes: oral iron with injected iron."""
    return not ONLY_BY.keys().isdisjoint({mine.protagonist, other.protagonist})


@lru_cache(maxsize=2)
def _thesaurus(release_id: int) -> Thesaurus:
    """Read a whole edition: 3,218 entries, about a tenth of a second, once per process."""
    release = ListRelease.objects.get(pk=release_id)
    pairs = ThesaurusPair.objects.filter(release=release).order_by("pk")
    return Thesaurus(
        ((pair.heading, pair.partner, _entry(pair, release)) for pair in pairs),
        ThesaurusMember.objects.order_by("pk").values_list("protagonist", "member"),
        ThesaurusLink.objects.order_by("pk").values_list("substance_code", "protagonist", "certain"),
    )


def _entry(pair: ThesaurusPair, release: ListRelease) -> Interaction:
    return Interaction(
        levels=cast("tuple[Level, ...]", tuple(pair.levels)),
        first=pair.heading,
        second=pair.partner,
        text=pair.mechanism,
        conduct=pair.conduct,
        source=release.source,
        release_date=release.published_on,
    )


def _turned(entry: Interaction, first: str, second: str) -> Interaction:
    return replace(entry, first=first, second=second)


def _uncertain(entry: Interaction) -> Interaction:
    return replace(entry, certain=False)


def _weight(entry: Interaction) -> tuple[int, int, str, str]:
    """Worst first; at the same worst level, the plain one before the one that varies."""
    return LEVELS.index(entry.levels[0]), len(entry.levels), entry.first, entry.second


def _concerned(substance: ActiveSubstance, linked: Sequence[tuple[str, bool]], routes: Sequence[str]) -> bool:
    """Tell whether a substance given locally is in the list of page 1."""
    names = {key(substance.base_name), *(key(name) for name, _ in linked)}
    return any(
        key(name) in names and (not only or not set(only).isdisjoint(routes))
        for name, only in LOCAL_EXCEPTIONS
    )


def _by_route(protagonist: str, routes: Sequence[str]) -> Iterator[str]:
    """Yield the protagonist, and the printed names that are the same by some routes only."""
    if protagonist not in ONLY_BY or set(ONLY_BY[protagonist]) & set(routes):
        yield protagonist
    for printed, only in ONLY_BY.items():
        if ALIASES.get(printed) == protagonist and set(only) & set(routes):
            yield printed
