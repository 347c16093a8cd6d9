"""Names of protagonists and substances, made comparable."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from prescriptions.referentials.bdpm.naming import common_name
from prescriptions.referentials.tables.salts import SAME_BASE
from prescriptions.referentials.tables.thesaurus import ALIASES, ONLY_BY
from prescriptions.referentials.words import fold

_OTHERS = "AUTRES "


def key(name: str) -> str:
    """Return a protagonist's name without accents, case nor kind of apostrophe."""
    return " ".join(fold(name.replace("’", "'")).split())


@lru_cache(maxsize=16384)
def substance_key(name: str) -> str:
    """Return a substance's name without its salt, comparable: « potassium (citrate de) » is « citrate de potassium »."""
    plain = common_name(name.upper())
    return fold(SAME_BASE.get(plain, plain)).removeprefix("acide ")


@lru_cache(maxsize=8192)
def names_of(raw: str) -> frozenset[str]:
    """Return all that a substance may be called there: itself, and what it is a salt of.

    « chlorure de potassium » is also « potassium »; sodium alone is nobody's protagonist.
    """
    written = key(raw)
    base = re.split(r" \(", written)[0]
    parent = re.split(r" de | d'", base)[-1]
    heparin = "heparine" if written.startswith("heparine ") else written
    return frozenset({substance_key(raw), base, parent, substance_key(parent), heparin}) - {"sodium"}


class Protagonists:
    """The headings of one edition, by the names the text gives them."""

    def __init__(self, headings: Iterable[str]) -> None:
        self._by_key = {key(name): name for name in headings}

    def find(self, printed: str) -> str | None:
        """Return the heading a name stands for, None when it is not one."""
        if printed in ONLY_BY and key(printed) not in self._by_key:
            return None
        for name in (printed, ALIASES.get(printed, ""), printed.removeprefix(_OTHERS)):
            found = self._by_key.get(key(name))
            if found:
                return found
        return None
