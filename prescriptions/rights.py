"""Who may prescribe what (rules B100–B109): profession × kind × list, as data. Closed by default.

Professions are codes of the ANS nomenclature TRE_G15; a line outside a profession's list is refused with the text that
says so. Lists that are not loaded refuse rather than guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.order import Order
from prescriptions.referentials.words import fold


class Verdict(StrEnum):
    """What the table says of one line."""

    ALLOWED = "ALLOWED"
    WARN = "WARN"
    """Allowed, with something the prescriber must keep in mind."""
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Right:
    """One row: the verdict, why, and its source. `within` narrows it to a list; outside the list, the line is refused."""

    verdict: Verdict
    reason: str
    source: str
    rule: str
    within: Callable[[Any], bool] | None = None
    atc: tuple[str, ...] = ()
    """Beginnings of the ATC codes of its usual medicines; outside, a reason is asked. Empty: no such list."""


MEDECIN, PHARMACIEN, DENTISTE, SAGE_FEMME, INFIRMIER, KINE = "10", "21", "40", "50", "60", "70"
PODOLOGUE, ORTHOPHONISTE, ORTHOPTISTE, ERGOTHERAPEUTE = "80", "91", "92", "94"

TREATMENT, ORTHOPAEDICS = "16", "27"
"""First digits of the codes of the titles I and II of the LPP. Implants (III) and vehicles (IV) are on no list here."""


@dataclass(frozen=True, slots=True)
class Family:
    """Devices of a list. `words`: regular expressions on the folded label, each at the beginning of a word."""

    titles: str
    words: tuple[str, ...]
    rented_days: int | None = None
    """Only rented, and for this many days at most."""

    def holds(self, device: Any) -> bool:
        """Tell whether `device` is of this family."""
        if device.code[:1] not in self.titles:
            return False
        if self.rented_days is not None and not _is_rented(device, self.rented_days):
            return False
        return re.search(rf"\b(?:{'|'.join(self.words)})", fold(device.name)) is not None


def _is_rented(device: Any, most_days: int) -> bool:
    last = device.ends_on
    return device.is_rental and last is not None and (last - device.starts_on).days < most_days


NURSE_DEVICES = (
    Family(
        TREATMENT,
        (
            "pansement", r"pans\.", "compresse", r"comp\.", "sparadrap", "jersey", "coton", "bande", "contention", "cerceau",
            "incontinence", "etui penien", "urinal", "collecteur", "poche", "(?:colo|ileo|uro|peri)?stomi",
            "sonde.*(?:naso|vesic)", "perfusion", "matelas", "surmatelas", "coussin", "lancette", "autopiqueur", "glycemie",
        ),
    ),
)  # fmt: skip
"""Devices of the arrêté du 20 mars 2012 (rule B106), as the LPP writes them: our reading. The decree of 2025 that widens
the list is not loaded.
"""

KINE_DEVICES = (
    Family(
        TREATMENT,
        (
            "souleve-malade", "potence de", "matelas", "surmatelas", "coussin", "barriere", "cerceau", "canne", "bequille",
            "deambulateur", "bande", "contention", "collecteur", "incontinence, etui penien", "urinal",
        ),
    ),
    Family(ORTHOPAEDICS, ("attelle", "ceinture", "contention")),
    Family(TREATMENT, ("vhp", "fauteuil roulant"), rented_days=91),
)  # fmt: skip
"""Devices of the arrêté du 9 janvier 2006 (rule B108), as the LPP writes them: our reading. A wheelchair is rented, for less
than three months.
"""


DENTAL_ATC = (
    "A01", "B02A", "B02BC", "D08", "H02A", "J01", "J02A", "J05AB", "M01A", "N01B", "N02A", "N02B", "N05B", "R06A",
)  # fmt: skip
"""Medicines of the art dentaire (rule B104): mouth, bleeding, infection, pain, anxiety, allergy. Our reading: no official list
exists.
"""


def _among(families: tuple[Family, ...]) -> Callable[[Any], bool]:
    return lambda device: any(family.holds(device) for family in families)


_ALL = Right(Verdict.ALLOWED, "", "CSP L4161-1", "B100")
_PHARMACIST = Right(
    Verdict.REFUSED,
    "Le pharmacien référent donne un avis, il ne prescrit pas ici.",
    "CSP L5125-1-1 A",
    "B109",
)
_MIDWIFE = Right(
    Verdict.REFUSED, "Les prescriptions de sage-femme ne sont pas ouvertes en EHPAD.", "CSP L4151-4", "B105"
)


def _closed(who: str, source: str, rule: str, *, unloaded: str = "") -> Right:
    """`unloaded`: what this profession may prescribe by law, which this product does not know yet."""
    if not unloaded:
        return Right(Verdict.REFUSED, f"{who} ne peut pas prescrire cela.", source, rule)
    reason = f"{who} ne peut pas prescrire cela ici : {unloaded}. Demandez au médecin."
    return Right(Verdict.REFUSED, reason, source, rule)


_DEVICES_NOT_LOADED = "la liste des dispositifs de sa profession n’est pas chargée"


TABLE: Mapping[tuple[str, Kind], Right] = MappingProxyType(
    {
        **{(MEDECIN, kind): _ALL for kind in Kind},
        (DENTISTE, Kind.MEDICAMENT): Right(
            Verdict.WARN,
            "Un chirurgien-dentiste prescrit pour l’art dentaire : vérifiez l’indication.",
            "CSP L4141-2",
            "B104",
            atc=DENTAL_ATC,
        ),
        (DENTISTE, Kind.ACTE_BIOLOGIE_MEDICALE): Right(
            Verdict.WARN,
            "Un chirurgien-dentiste prescrit les examens de l’art dentaire.",
            "CSP L4141-2",
            "B104",
        ),
        (INFIRMIER, Kind.DISPOSITIF_MEDICAL): Right(
            Verdict.WARN,
            "Pendant une série d’actes infirmiers, et sauf indication contraire du médecin.",
            "Arrêté du 20 mars 2012",
            "B106",
            _among(NURSE_DEVICES),
        ),
        (KINE, Kind.DISPOSITIF_MEDICAL): Right(
            Verdict.WARN,
            "Dans le cadre de son exercice, et sauf indication contraire du médecin.",
            "Arrêté du 9 janvier 2006",
            "B108",
            _among(KINE_DEVICES),
        ),
        **{(PHARMACIEN, kind): _PHARMACIST for kind in Kind},
        **{(SAGE_FEMME, kind): _MIDWIFE for kind in Kind},
    }
)
"""What is not in the table is refused by `DEFAULTS`."""

DEFAULTS: Mapping[str, Right] = MappingProxyType(
    {
        DENTISTE: _closed(
            "Un chirurgien-dentiste",
            "CSP L4141-2",
            "B104",
            unloaded="seuls les médicaments et les examens de l’art dentaire sont ouverts",
        ),
        INFIRMIER: Right(
            Verdict.REFUSED,
            "Un infirmier ne peut pas prescrire cela. Les listes des infirmiers en pratique avancée "
            "(arrêté du 25 avril 2025) ne sont pas chargées : demandez au médecin.",
            "CSP R4311-7, arrêté du 20 mars 2012",
            "B106, B107",
        ),
        KINE: _closed("Un masseur-kinésithérapeute", "Arrêté du 9 janvier 2006", "B108"),
        PODOLOGUE: _closed("Un pédicure-podologue", "CSP L4322-1", "B108", unloaded=_DEVICES_NOT_LOADED),
        ORTHOPHONISTE: _closed("Un orthophoniste", "CSP L4341-1", "B108", unloaded=_DEVICES_NOT_LOADED),
        ORTHOPTISTE: _closed("Un orthoptiste", "CSP L4342-1", "B108", unloaded=_DEVICES_NOT_LOADED),
        ERGOTHERAPEUTE: _closed("Un ergothérapeute", "CSP L4331-1", "B108", unloaded=_DEVICES_NOT_LOADED),
    }
)
UNKNOWN = Right(
    Verdict.REFUSED,
    "Votre profession n’ouvre pas de droit de prescription connu de ce logiciel.",
    "CSP L4161-1",
    "B100",
)


def right(profession: str, kind: Kind, order: Order | None = None) -> Right:
    """Return what the table says of `kind` (and of `order`, once it is complete) for this profession."""
    default = DEFAULTS.get(profession, UNKNOWN)
    row = TABLE.get((profession, kind), default)
    if row.within is not None and order is not None and not row.within(order):
        return Right(
            Verdict.REFUSED, "Ce dispositif n’est pas sur la liste de votre profession.", row.source, row.rule
        )
    return row
