"""From the raw rows to the rows of our tables: what the screens need is computed once, here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from prescriptions.referentials.chips import condition_chips
from prescriptions.referentials.tables.intake_units import DEFAULT_INTAKE_UNIT, INTAKE_UNITS, UNIT_WORDS
from prescriptions.referentials.tables.routes import LOCAL_ROUTES
from prescriptions.referentials.tables.strengths import STRENGTHS
from prescriptions.referentials.words import fold, quantities, words

from .folding import Bases, propagated_atc
from .naming import (
    brand_part,
    common_name,
    main_substances,
    named_by_substance,
    strength_value,
)
from .pairing import named_strength
from .rows import AtcRow, CompositionRow, ConditionRow, GenericRow, PresentationRow, SpecialityRow

_UNITS = tuple((re.compile(pattern), unit) for pattern, unit in INTAKE_UNITS)


class Derived(NamedTuple):
    """What we add to one line of CIS_bdpm."""

    row: SpecialityRow
    atc: str
    atc_is_propagated: bool
    is_generic: bool
    dci_label: str
    dosage: str
    intake_unit: str
    named_by_dci: bool
    names: set[str]
    others: set[str]
    order: tuple[bool, int, str, Decimal, str, str]
    """A14, with what a nursing home may not prescribe behind the rest."""

    @property
    def is_homeopathy(self) -> bool:
        """Registered as homeopathic."""
        return self.row.procedure.startswith("Enreg homéo")

    @property
    def is_parallel_import(self) -> bool:
        """Imported in parallel: a second CIS for the same medicine."""
        return self.row.procedure == "Autorisation d'importation parallèle"

    @property
    def is_local_route(self) -> bool:
        """Every route acts locally (A42)."""
        return bool(self.row.routes) and LOCAL_ROUTES.issuperset(self.row.routes)

    @property
    def search(self) -> str:
        """The text form of the tsvector: names as they are, other words behind a tilde."""
        return " ".join(f"'{lexeme}'" for lexeme in sorted(self.names | {f"~{word}" for word in self.others}))


def derive(
    rows: Iterable[SpecialityRow],
    composition: Iterable[CompositionRow],
    generics: Iterable[GenericRow],
    atc_rows: Iterable[AtcRow],
    presentations: Iterable[PresentationRow],
    conditions: Iterable[ConditionRow],
    bases: Bases,
) -> list[Derived]:
    """Return every speciality with its names, unit and words, in the neutral order of A14."""
    rows, atc_rows = list(rows), list(atc_rows)
    substances: defaultdict[str, list[CompositionRow]] = defaultdict(list)
    for line in composition:
        substances[line.cis].append(line)
    atc = {row.cis: row.atc for row in atc_rows}
    propagated = propagated_atc(rows, substances, atc_rows, bases)
    generic = {row.cis for row in generics if row.kind != "0"}
    box = {row.cis: row.label for row in presentations}
    hospital = {row.cis for row in conditions if _is_for_hospitals(row.label)}
    found = [
        _derived(
            row,
            substances[row.cis],
            atc=atc.get(row.cis) or propagated.get(row.cis, ""),
            atc_is_propagated=row.cis in propagated,
            is_generic=row.cis in generic,
            box=box.get(row.cis, ""),
            hospital=row.cis in hospital,
        )
        for row in rows
    ]
    found.sort(key=lambda derived: derived.order)
    return found


def _derived(
    row: SpecialityRow,
    substances: list[CompositionRow],
    *,
    atc: str,
    atc_is_propagated: bool,
    is_generic: bool,
    box: str,
    hospital: bool,
) -> Derived:
    names, strength = named_strength(row.label, list(main_substances(substances)))
    names = names or [brand_part(row.label).strip()]
    dci_label = " + ".join(names)
    dosage = STRENGTHS.get(row.cis) or strength
    brand = brand_part(row.label)
    all_names = {
        *names,
        *(common_name(line.name) for line in substances),
        *(line.name for line in substances),
    }
    name_words = words(brand).union(_words_of_names(frozenset(all_names)), {atc.lower()} - {""})
    return Derived(
        row=row,
        atc=atc,
        atc_is_propagated=atc_is_propagated,
        is_generic=is_generic,
        dci_label=dci_label,
        dosage=dosage,
        intake_unit=intake_unit(row.form, row.routes, row.label, dci_label, box),
        named_by_dci=named_by_substance(row.label, all_names),
        names=name_words | quantities(row.label) | quantities(dosage),
        others=words(row.label[len(brand) :])
        | _words_of_form(row.form)
        | _words_of_form(" ".join(row.routes)),
        order=(
            hospital,
            len(names),
            fold(dci_label),
            strength_value(dosage),
            fold(row.form),
            fold(row.label),
        ),
    )


def _is_for_hospitals(label: str) -> bool:
    return any(chip.tone == "blocking" for chip in condition_chips([label]))


@lru_cache(maxsize=8192)
def _words_of_names(names: frozenset[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in words(name))


@lru_cache(maxsize=2048)
def _words_of_form(text: str) -> frozenset[str]:
    return frozenset(words(text))


def intake_unit(form: str, routes: Iterable[str], label: str, dci_label: str, box: str) -> str:
    """Return the unit proposed for a posology (tables/intake_units.py); `box`: the label of one box."""
    form = form.replace("granulé", "granulat")
    text = " | ".join(fold(part) for part in (form, ";".join(routes), label, dci_label, box))
    return next((unit for pattern, unit in _UNITS if pattern.search(text)), DEFAULT_INTAKE_UNIT)


def units_per_box(label: str, unit: str) -> Decimal | None:
    """Return how many intake units a box holds, from « 3 plaquettes de 10 comprimés »; None when unreadable.

    A leading count of the unit itself wins (« 30 sachets de 6 g »); else the one inner count, times the
    count of containers in front. Two different inner counts are a kit: nobody guesses.
    """
    word = UNIT_WORDS.get(unit)
    if word is None:
        return None
    return _units_in(fold(label).replace("(s)", ""), word)


@lru_cache(maxsize=16384)
def _units_in(text: str, word: str) -> Decimal | None:
    leading = re.match(r"(\d+)\s+", text)
    rest = text[leading.end() :] if leading else text
    if leading and re.match(rf"(?:{word})\b", rest):
        return None if " - " in text else Decimal(leading[1])
    counts = re.findall(rf"(\d+(?:[.,]\d+)?)\s*(?:{word})\b", rest)
    if len(set(counts)) != 1 or (len(counts) > 1 and " - " in text):
        return None
    containers = Decimal(leading[1]) if leading else Decimal(1)
    return containers * Decimal(counts[0].replace(",", "."))


def search_words(specialities: Iterable[Derived]) -> Iterator[tuple[str, bool]]:
    """Yield each distinct word of the base once, with whether some name holds it."""
    names: set[str] = set()
    others: set[str] = set()
    for speciality in specialities:
        names |= speciality.names
        others |= speciality.others
    for word in sorted(names | others):
        if word[0].isalpha():
            yield word, word in names
