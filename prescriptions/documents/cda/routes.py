"""Routes of the drug base (BDPM) → EDQM codes of JDV_RouteofAdministration (0.4.0.127.0.16.1.1.2.1).

Correspondence by equal names. A route that is not here is said in its own words, without a code.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from prescriptions.documents.cda.markup import Code, coded, original

EDQM = "0.4.0.127.0.16.1.1.2.1"

_CODES: Mapping[str, str] = MappingProxyType(
    {
        "auriculaire": "20001000", "buccogingivale": "20002500", "cutanée": "20003000", "dentaire": "20004000",
        "endocervicale": "20006000", "endosinusale": "20007000", "endotrachéobronchique": "20008000",
        "péridurale": "20009000", "épilésionnelle": "20010000", "gastro-entérale": "20013000",
        "gastrique": "20013500", "gingivale": "20014000", "inhalée": "20020000", "intestinale": "20021000",
        "intraartérielle": "20023000", "intraarticulaire": "20024000", "intracamérulaire": "20025500",
        "intracaverneuse": "20027000", "intracervicale": "20028000", "intracholangiopancréatique": "20028300",
        "intracisternale": "20028500", "intracoronaire": "20029000", "intradermique": "20030000",
        "intraglandulaire": "20031700", "intralésionnelle": "20032000", "intralymphatique": "20033000",
        "intramusculaire": "20035000", "intraoculaire": "20036000", "intraosseuse": "20036500",
        "intrapéricardiaque": "20037000", "intrapéritonéale": "20038000", "intrapleurale": "20039000",
        "intrathécale": "20042000", "intratumorale": "20043000", "intra-utérine": "20044000",
        "intraveineuse": "20045000", "intravésicale": "20046000", "intravitréenne": "20047000",
        "laryngopharyngée": "20048000", "nasale": "20049000", "ophtalmique": "20051000", "orale": "20053000",
        "buccale": "20054000", "oropharyngée": "20055000", "périarticulaire": "20057000", "périneurale": "20058000",
        "péritumorale": "20059400", "rectale": "20061000", "sous-conjonctivale": "20065000",
        "sous-cutanée": "20066000", "sublinguale": "20067000", "sous-muqueuse": "20067500",
        "transdermique": "20070000", "urétrale": "20071000", "vaginale": "20072000",
        "intracérébroventriculaire": "20080000", "subrétinale": "20081000", "intraputaminale": "20086000",
    }
)  # fmt: skip

ROUTES: Mapping[str, Code] = MappingProxyType(
    {
        **{name: Code(code, EDQM, "EDQM", f"Voie {name}") for name, code in _CODES.items()},
        "hémodialyse": Code("20015000", EDQM, "EDQM", "Hémodialyse"),
        "implantation": Code("20015500", EDQM, "EDQM", "Implantation"),
        "infiltration": Code("20019500", EDQM, "EDQM", "Infiltration"),
    }
)


def route(name: str, identity: str) -> str:
    """Write the route, whose words bear `identity` in the narrative."""
    known = ROUTES.get(name.strip().lower())
    if known is None:
        return f'<routeCode nullFlavor="OTH">{original(identity)}</routeCode>'
    return coded("routeCode", known, original(identity))
