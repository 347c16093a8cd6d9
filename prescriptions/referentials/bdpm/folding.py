"""Salts folded to their base (A43), and the ATC codes the public base leaves out (A17)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from prescriptions.referentials.tables.salts import SAME_BASE
from prescriptions.referentials.words import fold

from .naming import common_name, main_substances
from .rows import AtcRow, CompositionRow, SpecialityRow


class Base(NamedTuple):
    """A substance without its salt: the code that stands for all its spellings, and its common name."""

    code: str
    name: str


class Bases:
    """The base of every substance code of a composition file.

    A salt takes the therapeutic moiety its lines are linked to, the most frequent one; then all the codes of
    one common name (tables/salts.py) are one base, named by the code that is written plainly.
    """

    def __init__(self, composition: Iterable[CompositionRow]) -> None:
        rows = list(composition)
        spellings = {row.substance_code: row.name for row in reversed(rows)}
        moieties = _moieties(rows)
        self._names = {code: _base_name(spellings[moieties.get(code, code)]) for code in spellings}
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for code, name in self._names.items():
            groups[fold(name)].append(code)
        self._codes = {name: _standing_for(name, codes, spellings) for name, codes in groups.items()}

    def of(self, code: str) -> Base:
        """Return the base of a substance of the file."""
        name = self._names[code]
        return Base(self._codes[fold(name)], name)


def _moieties(rows: Iterable[CompositionRow]) -> dict[str, str]:
    """Return, for each salt, the moiety its lines are most often linked to."""
    links: defaultdict[tuple[str, int], list[CompositionRow]] = defaultdict(list)
    for row in rows:
        links[row.cis, row.link].append(row)
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for linked in links.values():
        moieties = [row.substance_code for row in linked if row.nature == "FT"]
        for row in linked:
            if row.nature != "FT" and len(moieties) == 1:
                found[row.substance_code][moieties[0]] += 1
    return {code: min(counts, key=lambda moiety: (-counts[moiety], moiety)) for code, counts in found.items()}


def _base_name(raw: str) -> str:
    name = common_name(raw)
    return SAME_BASE.get(name, name)


def _standing_for(name: str, codes: Sequence[str], spellings: Mapping[str, str]) -> str:
    """Return the code written as the name itself, else the smallest."""
    return min(codes, key=lambda code: (fold(spellings[code]) != name, code))


def propagated_atc(
    rows: Iterable[SpecialityRow],
    substances: Mapping[str, Sequence[CompositionRow]],
    atc_rows: Iterable[AtcRow],
    bases: Bases,
) -> dict[str, str]:
    """Return the ATC code of specialities the base gives none, from those of the same substances and routes.

    Only when these all have the same one: aspirin 75 mg and 500 mg do not.
    """
    given = {row.cis: row.atc for row in atc_rows}
    keys = {
        row.cis: (frozenset(bases.of(line.substance_code).code for line in main), frozenset(row.routes))
        for row in rows
        if (main := list(main_substances(substances.get(row.cis, ()))))
        and not row.procedure.startswith("Enreg homéo")
    }
    known: defaultdict[tuple[frozenset[str], frozenset[str]], set[str]] = defaultdict(set)
    for cis, atc in given.items():
        if cis in keys:
            known[keys[cis]].add(atc)
    return {
        cis: next(iter(known[key]))
        for cis, key in keys.items()
        if cis not in given and len(known.get(key, ())) == 1
    }
