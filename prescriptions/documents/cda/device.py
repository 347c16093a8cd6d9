"""A device line: FR-Dispositif-medical (eP-MED-DM 2024.01 §4), and its words in the narrative."""

from __future__ import annotations

from amo_gateway.xml import text
from prescriptions.documents.cda.flags import DEVICE_FLAGS, flags
from prescriptions.documents.cda.markup import Code, coded, content, interval, original, refers, templates
from prescriptions.documents.cda.words import Wording, answers, printed_words, row, table
from prescriptions.documents.statement import Line
from prescriptions.kinds.dispositif_medical.device import Device

LPP = "1.2.250.1.215.300.4"
"""Liste des produits et prestations, as the official examples of August 2025 name it."""
_MODELS = templates("2.16.840.1.113883.10.20.1.34", "1.2.250.1.213.1.1.3.20")
HEAD = (
    "N°", "Dispositif médical", "Prescription", "Durée", "Quantité", "Renouvellements", "En rapport ALD",
    "En rapport AT/MP", "Prévention", "Non remboursable",
)  # fmt: skip


def entry(position: int, order: Device, root: str, when: str) -> str:
    """Write the line as an entry. The EMDN class is not known (no published table links LPP to it): said unknown."""
    name = f"dm-{position}"
    last = order.ends_on
    lasting = (
        f'<expectedUseTime><width value="{order.duration_days:d}" unit="d"/></expectedUseTime>'
        if order.duration_days
        else ""
    )
    return (
        f'<entry><supply classCode="SPLY" moodCode="INT">{_MODELS}<id root="{root}" extension="{name}"/>'
        f'<text>{refers(name)}</text><effectiveTime xsi:type="IVL_TS">{interval(order.starts_on, last)}</effectiveTime>'
        f'<repeatNumber value="{order.renewals:d}"/><quantity value="{order.quantity:d}"/>{lasting}'
        f"{_product(order, name)}{flags(order, DEVICE_FLAGS, name, root, when)}</supply></entry>"
    )


def _product(order: Device, name: str) -> str:
    lpp = coded("translation", Code(order.code, LPP, "LPP", order.label), original(name))
    return (
        '<participant typeCode="DEV"><participantRole classCode="MANU">'
        f'<playingDevice classCode="DEV" determinerCode="INSTANCE"><code nullFlavor="UNK">{lpp}</code></playingDevice>'
        "</participantRole></participant>"
    )


def words(order: Device, printed: Line, say: Wording) -> str:
    """Write one device as the ordonnance says it."""
    name = f"dm-{printed.position}"
    whole = row(
        str(printed.position),
        content(name, say(printed.title)),
        printed_words(printed, say),
        text(say(f"{order.duration_days} jours")) if order.duration_days else "-",
        text(say(str(order.quantity))),
        text(say(str(order.renewals))),
        *answers(order, DEVICE_FLAGS, name),
    )
    return table(HEAD, whole)
