"""The common name (DC) and the strength of a speciality, from its composition and its label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from prescriptions.referentials.tables.salts import KEPT_WHOLE, MINERALS, SALTS, TRAILING
from prescriptions.referentials.words import UNITS, fold, plain_number, tokens

from .rows import CompositionRow

_INVERTED = re.compile(r"^(?P<name>.+?) \((?P<salt>[^()]+?)(?P<link> DE| D'|)\)$")
_SALT_OF = re.compile(r"^(?P<salt>\S+)(?: ACIDE| NEUTRE)? (?:DE |D')(?P<name>.+)$")
HOMEOPATHIC = " POUR PRÉPARATIONS HOMÉOPATHIQUES"
_UNIT = (
    r"(?:microgrammes?|millions? d'(?:UI|unités)|unités(?: internationales)?|Unités|M\.?U\.?I\.?|U\.?I\.?"
    r"|POUR CENT|pour cent|POUR MILLE|mmol|kBq|MBq|GBq|µg|mcg|ng|mg|kg|g|mL|ml|UI|U|l|L|CH|DH|IR|%)"
)
# A number glued to letters belongs to a name (« D3 500 mg » is 500 mg), unless its unit follows (« CRISTERS10 mg »).
_NUMBER = r"(?:(?<![A-Za-z\d])\d+(?:[  ]\d{3})*|(?<=[A-Za-z])\d+)(?:[.,]\d+)?"
_AMOUNT = rf"{_NUMBER}\s*{_UNIT}(?![A-Za-zéè])"
_PLAIN_DOSAGE = re.compile(rf"{_AMOUNT}$")
_PER = rf"(?:\s*(?:/|par|pour)\s*(?:{_AMOUNT}|{_UNIT}(?![A-Za-zéè])|dose|\d* ?heures?|\d* ?h\b))*"
_ONE = rf"{_AMOUNT}(?:\s*anti[- ]?Xa)?(?:\s*\({_AMOUNT}{_PER}\))?{_PER}"
_DOSE = re.compile(rf"(?:\d+(?:[.,]\d+)?\s*/\s*)*{_ONE}(?:\s*\+\s*{_ONE})*")


def main_substances(composition: Iterable[CompositionRow]) -> Iterator[CompositionRow]:
    """Yield, for each link, the therapeutic moieties when there are some, else the substances (A15)."""
    links: dict[int, list[CompositionRow]] = {}
    for row in composition:
        links.setdefault(row.link, []).append(row)
    for link in sorted(links):
        rows = links[link]
        yield from [row for row in rows if row.nature == "FT"] or rows


@lru_cache(maxsize=8192)
def common_name(raw: str) -> str:
    """Return the substance without its salt: « CHLORHYDRATE DE TRAMADOL » gives « TRAMADOL »."""
    name = " ".join(raw.upper().replace("’", "'").split()).removesuffix(HOMEOPATHIC)
    if name in KEPT_WHOLE:
        return name
    return _without_trailing(_without_salt(_turned(name)))


def _turned(name: str) -> str:
    """Put an inverted name back: « POTASSIUM (CHLORURE DE) », « CLAVULANIQUE (ACIDE) »."""
    match = _INVERTED.match(name)
    if not match:
        return name
    if match["link"]:
        return (
            f"{match['salt']}{match['link']}{'' if match['link'].endswith(chr(39)) else ' '}{match['name']}"
        )
    return f"ACIDE {match['name']}" if match["salt"] == "ACIDE" else name


def _without_salt(name: str) -> str:
    match = _SALT_OF.match(name)
    if not match or match["salt"].split("-")[-1] not in SALTS or match["name"].split()[0] in MINERALS:
        return name
    return match["name"]


def _without_trailing(name: str) -> str:
    parts = name.split()
    while len(parts) > 1 and parts[-1] in TRAILING:
        parts.pop()
    return " ".join(parts)


def label_strength(label: str) -> str:
    """Return the strength as written in the label (« 37,5 mg/325 mg »), empty when it writes none."""
    match = _DOSE.search(label)
    return " ".join(match[0].split()) if match else ""


def composition_strength(substances: Sequence[CompositionRow]) -> str:
    """Return the strength told by a short composition, in its order (« 1 g + 5 g pour 100 g de gel »)."""
    dosages = [row.dosage for row in substances]
    references = {row.reference for row in substances}
    if not 1 <= len(dosages) <= 3 or len(references) > 1 or not all(_PLAIN_DOSAGE.match(d) for d in dosages):
        return ""
    reference = references.pop()
    per = "" if reference.startswith("un") or not reference else f" pour {reference}"
    return " + ".join(dosages) + per


def strength_value(strength: str) -> Decimal:
    """Return the first quantity of a strength as a sortable number: milligrams for a mass."""
    for token in tokens(strength):
        if token.number:
            factor = UNITS[token.unit][1] if token.unit else Decimal(1)
            return Decimal(plain_number(token.number)) * factor
    return Decimal(0)


def brand_part(label: str) -> str:
    """Return the label up to its strength or form: « DOLIPRANE 1000 mg, comprimé » gives « DOLIPRANE »."""
    name = label.split(", ", 1)[0]
    match = _DOSE.search(name)
    return name[: match.start()] if match and match.start() else name


def named_by_substance(label: str, names: Iterable[str]) -> bool:
    """Tell whether the label begins with a word of its substances' names."""
    first = next((token.word for token in tokens(label) if token.word), "")
    return len(first) > 3 and any(first in fold(name).replace("'", " ").split() for name in names)
