"""One complete line of every kind, from real codes, as a prescriber would fill it.

`SAMPLES` leave the house under the partial tariff, so that each may be sent; `HOUSE` are paid by the house whatever its
tariff. Both give what is chosen in the search box, and what is then typed. The tables must be loaded.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import free_value
from prescriptions.kinds.order import Order
from prescriptions.kinds.registry import KINDS

Content = dict[str, Any]
Sample = Callable[[], tuple[str, Content]]

DOLIPRANE = "60234100"
URINARY_CATHETER = "1116443"  # SONDE VESICALE A BALLONNET: not in the annex of 1999
CUSHION = "1202705"  # ESCARRES, COUSSIN: in the annex of 1999
WHEELCHAIR = "4107723"  # VHP, PROPULSION MANUELLE: in the annex, unless it is this resident's own
BLOOD_COUNT = "1104"


def step(**typed: str) -> Content:
    """One step of a posology: step(matin="1", soir="2")."""
    return {"rhythm": "DAILY", **typed}


SAMPLES: Mapping[Kind, Sample] = {
    Kind.MEDICAMENT: lambda: (DOLIPRANE, {"phases": [step(matin="1", soir="1")], "duration_days": "8"}),
    Kind.DISPOSITIF_MEDICAL: lambda: (
        URINARY_CATHETER,
        {"quantity": "2", "duration_days": "28", "renewals": "2", "size": "CH 16"},
    ),
    Kind.ACTE_BIOLOGIE_MEDICALE: lambda: (
        BLOOD_COUNT,
        {"every_days": "28", "occurrences": "3", "context": "anémie connue"},
    ),
    Kind.ACTE_INFIRMIER: lambda: ("dialyse", {"times": "4", "per": "jour", "duration_days": "28"}),
    Kind.ACTE_KINESITHERAPIE: lambda: (
        "marche",
        {
            "sessions": "10",
            "times": "2",
            "per": "semaine",
            "duration_days": "35",
            "indication": "chutes répétées",
        },
    ),
    Kind.ACTE_PEDICURIE: lambda: ("diabetique-2", {"sessions": "4", "indication": "diabète, pied à risque"}),
    Kind.ACTE_ORTHOPHONIE: lambda: (
        "deglutition",
        {"sessions": "30", "times": "2", "per": "semaine", "indication": "fausses routes"},
    ),
    Kind.ACTE_ORTHOPTIE: lambda: ("bilan", {"sessions": "1", "indication": "diplopie récente"}),
}

HOUSE: Mapping[Kind, Sample] = {
    Kind.DISPOSITIF_MEDICAL: lambda: (CUSHION, {"quantity": "1"}),
    Kind.ACTE_INFIRMIER: lambda: (
        "pansement-complexe",
        {
            "times": "1",
            "per": "jour",
            "duration_days": "15",
            "site": "sacrum",
            "product": "hydrocellulaire 10 × 10 cm",
        },
    ),
}


def _free(choice: str, changes: dict[str, Any]) -> Sample:
    return lambda: (free_value(choice), changes)


FREE: Mapping[Kind, Sample] = {
    kind: _free(choice, changes)
    for kind, choice, changes in (
        (
            Kind.MEDICAMENT,
            "Vaseline salicylée à 10 %",
            {"route": "cutanée", "unit": "application", "phases": [step(soir="1")], "duration_days": "15"},
        ),
        (Kind.ACTE_BIOLOGIE_MEDICALE, "Dosage d’un médicament rare", {}),
        (
            Kind.ACTE_INFIRMIER,
            "Pose d’un patch de capsaïcine",
            {"times": "1", "per": "mois", "sessions": "3"},
        ),
        (Kind.ACTE_KINESITHERAPIE, "Balnéothérapie", {"sessions": "10", "indication": "raideur"}),
        (Kind.ACTE_PEDICURIE, "Orthèse d’orteil", {"indication": "chevauchement"}),
        (Kind.ACTE_ORTHOPHONIE, "Atelier de communication", {"indication": "aphasie"}),
        (Kind.ACTE_ORTHOPTIE, "Essai de prisme", {"indication": "diplopie"}),
    )
}
"""The same in free text, for the kinds that allow it (rule A22)."""


def written(kind: Kind, choice: str, changes: Content) -> tuple[Content, Any]:
    """Return the raw content of a line once `choice` is chosen and `changes` typed, and the facts it is about."""
    entry = KINDS[kind]
    content = entry.normalise({**entry.choose(choice)[0], **changes})
    return content, entry.subject(content)


def finish(kind: Kind, sample: Sample) -> tuple[Content, Any, Order]:
    """Return content, facts and complete line of a sample. Fails with what is missing when it is not complete."""
    content, subject = written(kind, *sample())
    reading = KINDS[kind].read(content, subject, timezone.localdate())
    assert reading.order is not None, reading.problems
    return content, subject, reading.order


def complete(kind: Kind) -> tuple[Content, Any, Order]:
    """Return content, facts and complete line of this kind, which leaves under the partial tariff."""
    return finish(kind, SAMPLES[kind])
