"""The same substance twice, salts folded, and two medicines of one class (rule A43)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from prescriptions.safety.answers import Voice, doses
from prescriptions.safety.case import Case, CaseLine
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.legal.overlap import overlap
from prescriptions.safety.substances import atc_of, base_codes, by_atc, named
from prescriptions.safety.tables.associations import DATED, FAMILIES, SOURCE, USUAL_TOGETHER

VOICE = Voice(Check.DUPLICATE, Source(SOURCE, DATED, "A43"), clinical=True)
ATC_4 = 5
"""Characters of a code at the fourth level."""


def check(case: Case) -> Iterator[Finding]:
    """Compare every pair of lines that may be taken on one day."""
    known = [line for line in case.lines if line.drug is not None]
    for a, b in combinations(known, 2):
        if overlap(a, b) is not False:
            finding = _of_pair(case, a, b)
            if finding is not None:
                yield finding


def _of_pair(case: Case, a: CaseLine, b: CaseLine) -> Finding | None:
    shared = base_codes(a) & base_codes(b)
    if shared:
        every = [line for line in case.lines if base_codes(line) & shared]
        return _same_substance(a, b, shared, band=f"{doses((a, b))}|{doses(every)}")
    if _is_local(a) or _is_local(b):
        return None
    family = _family(a, b)
    if not family:
        return None
    return VOICE.alert(
        Level.INFO,
        [a, b],
        f"Même classe : {a.name} + {b.name}",
        f"Deux médicaments de la classe {family}.",
        expanded=False,
    )


def _same_substance(a: CaseLine, b: CaseLine, shared: frozenset[str], band: str) -> Finding:
    """`band`: the doses of the two, and of every line of the substance, so that a line more asks again."""
    substance = next(s.base_name for s in a.drug.active if s.base_code in shared) if a.drug else ""
    headline = f"Même substance deux fois : {substance}"
    if _is_local(a) != _is_local(b):
        text = f"{a.label} et {b.label} : l’une agit localement, l’autre non."
        return VOICE.alert(Level.INFO, [a, b], headline, text, band=band, expanded=False)
    if named(a, USUAL_TOGETHER) and named(b, USUAL_TOGETHER):
        text = f"{a.label} et {b.label} : association de dosages usuelle ; vérifiez la dose totale."
        return VOICE.alert(Level.INFO, [a, b], headline, text, band=band)
    text = f"{a.label} et {b.label} : les doses s’ajoutent. Gardez une ligne, ou donnez la raison."
    return VOICE.alert(Level.REASON, [a, b], headline, text, band=band)


def _family(a: CaseLine, b: CaseLine) -> str:
    """Return the name of the class of both, from the table of families, else their common ATC-4; empty when none."""
    for name, prefixes in FAMILIES:
        if by_atc(a, *prefixes) and by_atc(b, *prefixes):
            return f"des {name}"
    first, second = atc_of(a), atc_of(b)
    is_same = len(first) >= ATC_4 and first[:ATC_4] == second[:ATC_4]
    return f"ATC {first[:ATC_4]}" if is_same else ""


def _is_local(line: CaseLine) -> bool:
    return line.drug is not None and line.drug.is_local_route
