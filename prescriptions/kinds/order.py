"""What every complete line can say of itself, whatever its kind: the vocabulary shared by the ordonnance, the message,
the CDA document and the treatment plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol

from prescriptions.kinds.charges import Charge


class Paper(StrEnum):
    """The legal form an ordonnance takes (rules B12, B13, B38). The bizone of B37 is not one: it follows the ALD flag."""

    SIMPLE = "SIMPLE"
    SECURISEE = "SECURISEE"
    EXCEPTION = "EXCEPTION"


FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "ald": "ALD",
        "atmp": "AT/MP",
        "prevention": "Prévention",
        "non_reimbursable": "Non remboursable",
    }
)
"""The four flags of any line (teleservice.md §5), and the words they are printed with."""


class Order(Protocol):
    """A line with nothing missing, ready to be signed. Every kind has its own dataclass; all of them say this."""

    @property
    def title(self) -> str:
        """What is prescribed, as printed: « PARACÉTAMOL 1 g comprimé (DOLIPRANE) »."""

    @property
    def name(self) -> str:
        """The same in a few words, for lists: « PARACÉTAMOL 1 g »."""

    @property
    def detail(self) -> str:
        """What comes beside the name in lists: the form of a medicine, the code of a device."""

    @property
    def sentence(self) -> str:
        """How much, how often, how long, in one French sentence."""

    @property
    def regime(self) -> str:
        """How long it is meant to last, one of `medication.Regime` (rule A32)."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None:
        """Last day, renewals included; None when it has none."""

    @property
    def ald(self) -> bool: ...
    @property
    def atmp(self) -> bool: ...
    @property
    def prevention(self) -> bool: ...
    @property
    def non_reimbursable(self) -> bool: ...
    @property
    def comment(self) -> str: ...
    @property
    def urgent(self) -> bool: ...
    @property
    def at_home(self) -> bool:
        """Tell whether it is to be carried out where the patient lives (MED-1094)."""

    @property
    def charge(self) -> Charge:
        """What it costs money for (rules B90–B98)."""

    @property
    def total_price(self) -> Decimal | None:
        """Euros, for one dispensing (rule A16); None when unknown."""

    @property
    def paper(self) -> Paper:
        """The form of ordonnance the law asks for this line."""

    @property
    def pharmacy(self) -> str:
        """Named dispenser, where the law wants one (rule B27); empty otherwise."""

    @property
    def is_unchecked(self) -> bool:
        """Tell whether it was written in free text: nothing of it can be checked (rule A22)."""

    def printed_texts(self, *, prescribed_on: date | None = None) -> tuple[str, ...]:
        """Return the lines printed under the title."""

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON, without loss."""


class Plain:
    """What the kinds other than the medicine answer alike: the plain form, no pharmacy named, and no price unless a table
    gives one.
    """

    __slots__ = ()

    @property
    def paper(self) -> Paper:
        """The plain form: no law asks for another (CSP R5132-29 and CSS R163-2 speak of medicines)."""
        return Paper.SIMPLE

    @property
    def pharmacy(self) -> str:
        """No law names one here."""
        return ""

    @property
    def total_price(self) -> Decimal | None:
        """Not on the ordonnance: whoever carries it out prices with their own nomenclature."""
        return None


def flags_of(order: Order) -> tuple[str, ...]:
    """Return the words of the flags printed beside a line; the ALD one is told by its zone (rule B37)."""
    return tuple(words for name, words in FLAGS.items() if name != "ald" and getattr(order, name))
