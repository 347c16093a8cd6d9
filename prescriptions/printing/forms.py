"""What each legal form of paper adds to an ordonnance, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from prescriptions.kinds.order import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """The words and the ways of one form."""

    heading: str = ""
    """Beside the kind of prescription; empty on an ordinary ordonnance."""
    note: str = ""
    """Small, under the heading: what the law wants and where it says so."""
    parts: tuple[str, ...] = ()
    """Copies of the paper form, one addressee each; printed on paper only."""
    in_letters: bool = False
    """Numbers of the lines in letters, blanks hatched (rules B12, B13)."""


FORMS: Mapping[Paper, FormWords] = MappingProxyType(
    {
        Paper.SIMPLE: FormWords(),
        Paper.SECURISEE: FormWords(
            heading="Ordonnance sécurisée",
            note="Doses, prises et dosages en toutes lettres (CSP R5132-29).",
            in_letters=True,
        ),
        Paper.EXCEPTION: FormWords(
            heading="Ordonnance de médicament d’exception",
            note="Prescription conforme à la fiche d’information thérapeutique, FIT (CSS R163-2).",
            parts=(
                "1/4 assuré",
                "2/4 prescripteur",
                "3/4 caisse d’assurance maladie",
                "4/4 pharmacien",
            ),
        ),
    }
)
"""The médicament d'exception: the four-part form cerfa 12708 shows heading, conformity to the FIT and addressee. Our
reading (hypothèse): an e-prescription, which everybody reads from the service, takes one page and no part; on paper,
one document names the four, printed as many times, the part ticked. Names of the addressees: ours too.
"""
