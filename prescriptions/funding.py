"""Who pays a line, hence where it goes: the city (sent), the house (an internal order, never sent), or nobody (rules B90–B98).

Source: CASF R314-161 to R314-168 (wording of 2020, to be re-read on Légifrance before any contractual use), arrêté du
26 avril 1999 and its annex. `funding` is a pure function over one table; tests hold every row for every tariff option.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from prescriptions.kinds.charges import Charge
from residents.models import Establishment

PARTIAL, GLOBAL = Establishment.TariffOption.PARTIEL, Establishment.TariffOption.GLOBAL


class Route(StrEnum):
    """Where a line goes."""

    VILLE = "VILLE"
    FORFAIT = "FORFAIT"
    HORS_AM = "HORS_AM"


SHORT: Mapping[Route, str] = MappingProxyType(
    {
        Route.VILLE: "Assurance maladie",
        Route.FORFAIT: "Pris en charge par l’EHPAD – ne part pas en ville",
        Route.HORS_AM: "Hors Assurance maladie – à la charge du résident",
    }
)
"""Words shown on the line while it is typed."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: where it goes under each tariff option, and the text that says so."""

    partial: Route
    whole: Route
    rule: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Funding:
    """The answer for one line: where it goes, why, and from which text."""

    route: Route
    reason: str
    source: str
    rule: str

    @property
    def leaves(self) -> bool:
        """Tell whether the line is sent to the Assurance Maladie. What is not reimbursed is sent too, and says so."""
        return self.route is not Route.FORFAIT

    @property
    def short(self) -> str:
        """A few words for the line."""
        return SHORT[self.route]


class Chargeable(Protocol):
    """What must be known of a line."""

    @property
    def charge(self) -> Charge: ...
    @property
    def non_reimbursable(self) -> bool: ...


class Tariffed(Protocol):
    """What must be known of an establishment."""

    @property
    def tariff_option(self) -> str: ...


V, F = Route.VILLE, Route.FORFAIT
TABLE: Mapping[Charge, Rule] = MappingProxyType(
    {
        Charge.MEDICAMENT: Rule(
            V,
            V,
            "B90",
            "CASF R314-167",
            "Sans pharmacie à usage intérieur, les médicaments sont délivrés en ville.",
        ),
        Charge.DM_ANNEXE_1999: Rule(
            F,
            F,
            "B91",
            "Arrêté du 26 avril 1999, annexe",
            "Ce dispositif est compris dans le forfait de soins de l’EHPAD.",
        ),
        Charge.LPP_AUTRE: Rule(
            V,
            V,
            "B92",
            "CASF R314-168, 5°",
            "Hors de l’annexe de 1999, ce dispositif est pris en charge en ville.",
        ),
        Charge.MEDECIN_GENERALISTE: Rule(
            V, F, "B93", "CASF R314-167", "Les honoraires du généraliste suivent l’option tarifaire."
        ),
        Charge.MEDECIN_SPECIALISTE: Rule(
            V, V, "B94", "CASF R314-168, 7°", "Les spécialistes libéraux restent hors du forfait."
        ),
        Charge.SOINS_INFIRMIERS: Rule(
            F, F, "B95", "CASF R314-167, 2°", "Les soins infirmiers sont dans le forfait de soins de l’EHPAD."
        ),
        Charge.AUXILIAIRE_MEDICAL: Rule(
            V,
            F,
            "B96",
            "CASF R314-167",
            "Les auxiliaires médicaux autres qu’infirmiers suivent l’option tarifaire.",
        ),
        Charge.BIOLOGIE: Rule(V, F, "B97", "CASF R314-167", "La biologie suit l’option tarifaire."),
        Charge.RADIOLOGIE_SIMPLE: Rule(
            V, F, "B97", "CASF R314-167", "La radiologie simple suit l’option tarifaire."
        ),
        Charge.HORS_TARIF_SOINS: Rule(
            V,
            V,
            "B98",
            "CASF R314-168",
            "Équipements lourds, dentaire, dialyse, transports : hors du forfait.",
        ),
    }
)
"""One row per charge: partial tariff, global tariff, both without PUI."""

NOT_REIMBURSED = "Non remboursable : ni l’Assurance maladie ni le forfait de soins ne le paient."
_UNFUNDED_SOURCE = "Mention « non remboursable » de la ligne (volume ANS, GEN-181)"


def funding(line: Chargeable, establishment: Tariffed) -> Funding:
    """Say who pays `line` in `establishment`. What the house owes stays with the house, reimbursable or not."""
    row = TABLE[line.charge]
    route = row.partial if establishment.tariff_option == PARTIAL else row.whole
    if route is Route.VILLE and line.non_reimbursable:
        return Funding(Route.HORS_AM, NOT_REIMBURSED, _UNFUNDED_SOURCE, row.rule)
    return Funding(route, row.reason, row.source, row.rule)
