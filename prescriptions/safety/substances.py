"""What a medicine contains, by folded common names without salts: how the tables of this package name substances."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from prescriptions.referentials.facts import SpecialityFacts
from prescriptions.referentials.words import fold
from prescriptions.safety.case import CaseLine
from prescriptions.safety.tables.atc_by_substance import ATC_BY_SUBSTANCE


def base_codes(line: CaseLine) -> frozenset[str]:
    """Return the codes of the substances of a line, salts folded; of free text, those it names that the law restricts."""
    if line.drug is None:
        return line.recognised.base_codes if line.recognised else frozenset()
    return frozenset(s.base_code for s in line.drug.active)


def base_names(drug: SpecialityFacts) -> frozenset[str]:
    """Return the folded names of the substances of a medicine, salts left out."""
    return _folded(tuple(s.base_name for s in drug.active) or tuple(drug.dci_label.split(" + ")))


def named(line: CaseLine, wanted: Collection[str]) -> str:
    """Return which of the `wanted` folded names the medicine of a line contains, as a whole word; else empty."""
    if line.drug is None:
        return ""
    found = base_names(line.drug)
    return next((name for name in wanted if _contains(found, name)), "")


def atc_of(line: CaseLine) -> str:
    """Return the ATC code of a line, as `known_atc` has it; empty without a known medicine."""
    return known_atc(line.drug) if line.drug else ""


def known_atc(drug: SpecialityFacts) -> str:
    """Return the ATC code of a medicine: of the base, else, for a systemic form, of our table; empty when unknown."""
    if drug.atc or drug.is_local_route:
        return drug.atc
    return ATC_BY_SUBSTANCE.get(base_names(drug), "")


def by_atc(line: CaseLine, *prefixes: str) -> bool:
    """Tell whether the ATC code of a line begins by one of these; never true of an unknown code."""
    code = atc_of(line)
    return bool(code) and code.startswith(prefixes)


@lru_cache(maxsize=4096)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(name) for name in names)


@lru_cache(maxsize=65536)
def _contains(found: frozenset[str], name: str) -> bool:
    """Whole words: « fer » is not « fervex », « fentanyl » is not « alfentanil »."""
    return any(re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text) for text in found)
