"""What a line needs to know of its medicine: the same names as the facts of the drug base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Protocol

from prescriptions.kinds.medicament.substitution import fold
from prescriptions.referentials.chips import Chip
from prescriptions.referentials.free_text import Recognised
from prescriptions.referentials.rules import DispensingRules


class Box(Protocol):
    """One presentation."""

    @property
    def cip13(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def marketed(self) -> bool: ...
    @property
    def price(self) -> Decimal | None: ...
    @property
    def units_per_box(self) -> Decimal | None: ...
    @property
    def reimbursement_rate(self) -> int | None: ...


class Substance(Protocol):
    """One substance of the composition."""

    @property
    def name(self) -> str: ...


class Label(Protocol):
    """One condition of prescription, as a code and a few words."""

    @property
    def code(self) -> str: ...
    @property
    def text_fr(self) -> str: ...


class Drug(Protocol):
    """A speciality, or a preparation that no base knows (its `cis` is empty)."""

    @property
    def cis(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def dci_label(self) -> str: ...
    @property
    def dosage(self) -> str: ...
    @property
    def form(self) -> str: ...
    @property
    def routes(self) -> Sequence[str]: ...
    @property
    def intake_unit(self) -> str: ...
    @property
    def presentations(self) -> Sequence[Box]: ...
    @property
    def substances(self) -> Sequence[Substance]: ...
    @property
    def chips(self) -> Sequence[Label]: ...
    @property
    def release(self) -> str:
        """Reference of the base that says all this (rule A12)."""


@dataclass(frozen=True, slots=True)
class FreeDrug:
    """A preparation, or a medicine written in free text: what was typed, and what the law says of a restricted substance it
    names (rules A22, B13–B22).
    """

    label: str
    cis: str = ""
    dosage: str = ""
    form: str = ""
    intake_unit: str = "dose"
    routes: tuple[str, ...] = ("orale", "cutanée", "rectale", "ophtalmique", "nasale", "inhalée")
    presentations: tuple[Box, ...] = ()
    substances: tuple[Substance, ...] = ()
    recognised: Recognised | None = None
    route: str = ""
    release: str = ""

    @property
    def dci_label(self) -> str:
        """The words that were typed stand for the name."""
        return self.label

    @property
    def rules(self) -> DispensingRules | None:
        """What the law says of the substances that were recognised, by the route of the line."""
        return self.recognised.rules(self.route) if self.recognised else None

    @property
    def chips(self) -> tuple[Label, ...]:
        """The same rules as small labels, in the words of those of the base."""
        return tuple(_chips(self.rules)) if self.rules else ()


def _chips(rules: DispensingRules) -> Iterator[Chip]:
    if rules.narcotic:
        yield Chip("NARCOTIC", "Stupéfiant", "reason")
    elif rules.secured:
        yield Chip("SECURE", "Ordonnance sécurisée", "reason")
    if rules.max_days:
        yield Chip("MAX_DURATION", f"{rules.max_days} jours maximum", "reason")
    if rules.fraction_days:
        yield Chip("FRACTION", f"Délivrance par {rules.fraction_days} jours", "info")


def chosen_box(drug: Drug, cip13: str, needed: Decimal | None = None) -> Box | None:
    """Return the presentation asked for, else the marketed one that suits `needed` units, else None.

    Suits: few boxes without much left over. Among those that leave at most a quarter, the fewest boxes; else
    the least left over. Without `needed`, the smallest box.
    """
    asked = [box for box in drug.presentations if cip13 and box.cip13 == cip13]
    if asked:
        return asked[0]
    sized = [(box, box.units_per_box) for box in drug.presentations if box.marketed and box.units_per_box]
    if not sized:
        return None
    if not needed:
        return min(sized, key=lambda pair: pair[1])[0]
    return min(sized, key=lambda pair: _discomfort(pair[1], needed))[0]


def _discomfort(size: Decimal, needed: Decimal) -> tuple[bool, Decimal, Decimal]:
    boxes = (needed / size).to_integral_value(ROUND_CEILING)
    left = boxes * size - needed
    wasteful = left * 4 > needed
    return (True, left, boxes) if wasteful else (False, boxes, left)


def brand(drug: Drug) -> str:
    """Return the brand: the words of the label before its strength, « DOLIPRANE »; empty when named by its
    DCI.
    """
    words = []
    for word in drug.label.split(",")[0].split():
        if word[0].isdigit():
            break
        words.append(word)
    text = " ".join(words)
    substance = fold(drug.dci_label.split(" + ")[0])
    first = substance.split(" ")[0]
    # A generic often drops the salt of its DCI: « CANDESARTAN EG LABO » for candésartan cilexétil.
    stem = first if len(first) >= _TELLING_LENGTH else substance
    return "" if not stem or fold(text).startswith(stem) else text


_TELLING_LENGTH = 5


def readable_form(form: str) -> str:
    """Return the pharmaceutical form in agreed French: the base writes « gastro-résistant(e) », «
    solution(s) ».
    """
    gender = _FEMININE_ENDINGS if fold(form).startswith(_FEMININE) else _MASCULINE_ENDINGS
    for written, agreed in gender:
        form = form.replace(written, agreed)
    return form


_FEMININE_ENDINGS = (("eux(se)", "euse"), ("if(ve)", "ive"), ("(e)", "e"), ("(s)", ""))
_MASCULINE_ENDINGS = (("(se)", ""), ("(ve)", ""), ("(e)", ""), ("(s)", ""))
_FEMININE = (
    "gelule", "capsule", "solution", "suspension", "poudre", "creme", "pommade", "emulsion", "mousse", "pate", "gomme",
    "pastille", "lotion",
)  # fmt: skip


def readable_dosage(dosage: str) -> str:
    """Return the strength without misread signs (rule A23): micrograms in full, no trailing zero, per cent
    as a sign.
    """
    spelled = re.sub(r"(?<=\d)\s*(µg|μg|mcg)\b", " microgrammes", dosage.replace("POUR CENT", "%"))
    return re.sub(r"(\d+,\d*?)0+(?!\d)", lambda match: match[1].rstrip(","), spelled)
