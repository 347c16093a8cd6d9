"""Which amount of a label belongs to which substance: the names and the strength are read in one order (A15, B02).

The composition lists the substances in an order of its own, the label writes their amounts in another:
« VALSARTAN + AMLODIPINE » beside « 10 mg/160 mg » would read as amlodipine 160 mg. Two witnesses decide: the
amounts, each order of the names being measured against the composition, and the names the label itself writes
(« AMLODIPINE/VALSARTAN »). When neither can tell, or they contradict each other, the composition's own
amounts are given name by name, or none at all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from prescriptions.referentials.words import UNITS, fold, tokens

from .naming import brand_part, common_name, composition_strength, label_strength
from .rows import CompositionRow

MAX_NAMES = 5
"""Beyond, no label of the base writes one amount a substance."""
CLEARLY = 4
"""How many times nearer than the next the order kept must be: our own margin, tried on the whole base."""
_UNLIKE = 25.0
"""Distance of two amounts in different units (IU and micrograms): (ln 150)², beyond any salt against its base."""

_STEM = 7
"""Letters compared between a name and its spelling in a label (« AZÉLASTINE », « AZELASTINE CHLORHYDRATE »)."""
_TITLES = frozenset({"acide", "chlorure", "sodium"})
"""First words that many substances share: they tell nothing apart."""

_ASIDE = re.compile(r"\([^)]*\)")
_DENOMINATOR = re.compile(
    r"\s(?:pour|par)\s(?!cent|mille)[^+/]*|/\s*[\d.,]*\s*(?:ml|l|h|heures?|dose)\b", re.IGNORECASE
)


class Amount(NamedTuple):
    """A quantity in its base unit (`mg` for a mass)."""

    base: str
    value: Decimal


Known = Mapping[str, Sequence[Amount]]
"""The amounts the composition gives to each common name."""
Meaning = frozenset[tuple[str, Amount]]


class NamedStrength(NamedTuple):
    """Common names, each once, and the strength whose amounts follow their order; empty when nobody can tell."""

    names: list[str]
    strength: str


def named_strength(label: str, substances: Sequence[CompositionRow]) -> NamedStrength:
    """Return names and strength in one order; `substances`: the therapeutic ones (naming.main_substances)."""
    known = amounts_by_name(substances)
    names, written = list(known), label_strength(label)
    if not written:
        return NamedStrength(names, _own_strength(names, substances))
    if len(names) < 2 or _numbers(written) == 1:  # one number: of the whole, or of the substance that counts
        return NamedStrength(names, written)
    order = label_order(label, written_amounts(written), known)
    if order is None:
        return NamedStrength(names, _own_strength(names, substances))
    return NamedStrength(order, written)


def written_amounts(strength: str) -> list[Amount]:
    """Return the amounts of « 100/6 microgrammes/dose », without what they are reckoned for (« /dose »)."""
    found: list[Amount] = []
    unit = ""
    for token in reversed(list(tokens(_bare(strength)))):
        unit = token.unit or unit
        if token.number and unit:
            found.append(_amount(token.number, unit))
    return found[::-1]


def label_order(label: str, amounts: Sequence[Amount], known: Known) -> list[str] | None:
    """Return the names in the order of the label's amounts; None when it cannot be told."""
    if len(amounts) != len(known) or len(known) > MAX_NAMES:
        return None
    told, weighed = _order_by_names(label, known), _order_by_amounts(amounts, known)
    if told and weighed and _meaning(told, amounts) != _meaning(weighed, amounts):
        return None
    return told or weighed


def _order_by_names(label: str, names: Iterable[str]) -> list[str] | None:
    """Return the names in the order the label writes them before its strength; None when it does not."""
    written = [token.word for token in tokens(brand_part(label)) if token.word]
    places: dict[int, str] = {}
    for name in names:
        stem = next((w for w in fold(name).split() if len(w) > 3 and w not in _TITLES), "")[:_STEM]
        places[next((i for i, word in enumerate(written) if stem and word.startswith(stem)), -1)] = name
    return [places[i] for i in sorted(places)] if -1 not in places and len(places) > 1 else None


def _order_by_amounts(amounts: Sequence[Amount], known: Known) -> list[str] | None:
    """Return the order of the names nearest to the composition; None unless it is clearly the nearest."""
    if not all(known.values()):
        return None
    distances: dict[Meaning, tuple[float, list[str]]] = {}
    for order in permutations(known):
        distance = _distance(amounts, [known[name] for name in order])
        distances.setdefault(_meaning(order, amounts), (distance, list(order)))
    (best, kept), *others = sorted(distances.values(), key=lambda found: found[0])
    return kept if not others or best * CLEARLY < others[0][0] else None


def _meaning(order: Iterable[str], amounts: Iterable[Amount]) -> Meaning:
    """Say what a reader understands: which name has which amount."""
    return frozenset(zip(order, amounts, strict=True))


def _distance(amounts: Iterable[Amount], known: Iterable[Sequence[Amount]]) -> float:
    """Measure how far an order is from the composition: spread of the ratios, a common factor left aside.

    The common factor is the reference (« pour 100 ml » beside « par ml »); the spread is salts against bases.
    """
    pairs = [_logs(amount, candidates) for amount, candidates in zip(amounts, known, strict=True)]
    ratios = [ratio for ratio in pairs if ratio is not None]
    mean = sum(ratios) / len(ratios) if ratios else 0.0
    return sum((ratio - mean) ** 2 for ratio in ratios) + _UNLIKE * (len(pairs) - len(ratios))


def _logs(amount: Amount, candidates: Iterable[Amount]) -> float | None:
    """Return the logarithm of the ratio to the nearest amount in the same unit, None without one."""
    ratios = [math.log(amount.value / other.value) for other in candidates if other.base == amount.base]
    return min(ratios, key=abs, default=None)


def amounts_by_name(substances: Iterable[CompositionRow]) -> dict[str, list[Amount]]:
    """Return the amounts the composition gives to each common name, in its order."""
    known: dict[str, list[Amount]] = {}
    for row in substances:
        known.setdefault(common_name(row.name), []).extend(_composition_amounts(row.dosage))
    return known


def _composition_amounts(dosage: str) -> Iterator[Amount]:
    """Yield every amount of « 140 microgrammes (5600 UI) »: the label uses one or the other."""
    for token in tokens(dosage):
        if token.number and token.unit and Decimal(token.number):
            yield _amount(token.number, token.unit)


def _bare(strength: str) -> str:
    return _DENOMINATOR.sub("", _ASIDE.sub("", strength))


def _numbers(strength: str) -> int:
    return sum(1 for token in tokens(_bare(strength)) if token.number)


def _amount(number: str, unit: str) -> Amount:
    base, factor = UNITS[unit]
    if base == "%":  # grams for a hundred
        base, factor = "mg", Decimal(1000)
    return Amount(base, Decimal(number) * factor)


def _own_strength(names: Sequence[str], substances: Sequence[CompositionRow]) -> str:
    """Return the composition's amounts, one a name; nothing when a name has several (a pill by phases)."""
    return composition_strength(substances) if len(substances) == len(names) else ""
