"""Non-substitution (NS): the motives of CSS L162-16-7 and arrêté du 12 novembre 2019 (rule B30), as data."""

import re
import unicodedata
from collections.abc import Iterable

MOTIVES: dict[str, str] = {
    "MTE": "marge thérapeutique étroite",
    "CIF": "contre-indication formelle à un excipient",
}
"""Motives offered, code → words. The code is printed and sent; both are official."""

EXCLUDED_MOTIVES: frozenset[str] = frozenset({"EFG"})
EFG_REFUSAL = "EFG ne vaut que pour un enfant de moins de six ans : choisissez MTE ou CIF."
"""The third legal motive never applies in an EHPAD."""

MTE_SUBSTANCES: frozenset[str] = frozenset(
    {
        "lamotrigine", "pregabaline", "zonisamide", "levetiracetam", "topiramate", "valproate", "acide valproique", "divalproate",
        "levothyroxine", "mycophenolate", "acide mycophenolique", "buprenorphine", "azathioprine", "ciclosporine", "everolimus",
    }
)  # fmt: skip
"""Substances for which MTE is accepted without more: liste de l'arrêté du 12/11/2019, as compiled in rule
B30.
"""


def is_narrow_margin(substances: Iterable[str]) -> bool:
    """Tell whether one of these substance names (BDPM spelling, salts included) is on the MTE list."""
    return any(
        re.search(rf"\b{name}\b", fold(substance)) for substance in substances for name in MTE_SUBSTANCES
    )


def fold(text: str) -> str:
    """Lower case without accents, for comparing names."""
    return unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
