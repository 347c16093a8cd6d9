"""Reading what was typed for a device: complete, or what is missing, in French (CSS R165-38; rule B50)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from prescriptions.kinds.dispositif_medical.device import Device, Side
from prescriptions.kinds.fields import MAX_DAYS, Fields, Problem
from prescriptions.kinds.form import COMMENT, FLAG_FIELDS, STARTS_ON, Content, Field, Widget, normalised
from prescriptions.kinds.order import FLAGS
from prescriptions.kinds.reading import Reading, unusual_start
from prescriptions.referentials.devices import DeviceFacts

MAX_QUANTITY = 999
MAX_RENEWALS = 12
LONGEST_SIZE, LONGEST_SITE = 60, 120
"""Characters."""
HIDDEN = ("code",)
SIDE_CHOICES = (("", "Sans objet"), ("droit", "Droit"), ("gauche", "Gauche"), ("bilateral", "Des deux côtés"))
FIELDS = (
    Field("quantity", "Quantité", Widget.NUMBER, unit="unités"),
    Field("duration_days", "Durée", Widget.NUMBER, unit="jours"),
    Field("renewals", "Renouvellements", Widget.NUMBER, unit="fois"),
    STARTS_ON,
    Field("side", "Côté", Widget.CHOICE, choices=SIDE_CHOICES),
    Field("size", "Taille", placeholder="pointure, tour, longueur"),
    Field("site", "Localisation", placeholder="talon, sacrum, genou"),
    FLAG_FIELDS[0],
    Field("personal", "Affecté à ce résident, pour son propre handicap", Widget.TICK),
    *FLAG_FIELDS[1:],
    COMMENT,
)


def tailored(fields: tuple[Field, ...], facts: DeviceFacts) -> tuple[Field, ...]:
    """Ask whether it is the resident's own only where the answer changes who pays, in the words of the annex."""
    annex = facts.annex
    asked = annex is not None and annex.unless_personal
    words = annex.question if annex is not None and annex.question else ""
    return tuple(
        replace(field, label=words or field.label, width=6) if field.name == "personal" else field
        for field in fields
        if field.name != "personal" or asked
    )


def suggest(facts: DeviceFacts) -> Content:
    """Return the content of a new line: one unit, today."""
    day = timezone.localdate().isoformat()
    proposed = {"code": facts.code, "quantity": "1", "renewals": "0", "starts_on": day}
    return normalised(FIELDS, HIDDEN, proposed)


def read(raw: Mapping[str, Any], facts: DeviceFacts, today: date | None) -> Reading[Device]:
    """Read `raw` for this device. Never raises."""
    fields = Fields(raw)
    starts_on = fields.day("starts_on", "Donnez la date de début.")
    quantity = fields.count("quantity", most=MAX_QUANTITY, unit="unités", rule="B50")
    length = fields.count("duration_days", most=MAX_DAYS, unit="jours", rule="B50")
    renewals = fields.count("renewals", most=MAX_RENEWALS, unit="renouvellements", rule="B50") or 0
    _check(fields, facts, quantity, length, renewals)
    side, personal = _side(fields), fields.ticked("personal")
    size, site = fields.short("size", LONGEST_SIZE, "B50"), fields.short("site", LONGEST_SITE, "B50")
    device = Device(
        code=facts.code,
        label=facts.readable,
        is_rental=facts.is_rental,
        quantity=quantity or 1,
        starts_on=starts_on or timezone.localdate(),
        duration_days=length,
        renewals=renewals,
        side=side,
        size=size,
        site=site,
        personal=personal,
        tariff=facts.tariff,
        tariff_is_current=facts.tariff_is_current,
        is_service=facts.lasts and not facts.is_rental,
        comment=fields.text("comment"),
        release=facts.release,
        annex=annex_wording(facts, personal=personal),
        **{name: fields.ticked(name) for name in FLAGS},
    )
    found = tuple(fields.problems)
    return Reading(None if found else device, found, _warnings(device, facts, today), device.sentence)


def _side(fields: Fields) -> Side:
    side = fields.text("side")
    if side in list(Side):
        return Side(side)
    fields.refuse("side", "Choisissez le côté : droit, gauche ou des deux côtés.", "B50")
    return Side.NONE


def annex_wording(facts: DeviceFacts, *, personal: bool) -> str:
    """A wheelchair of the annex leaves it when it is this resident's own (annex of 1999, II)."""
    match = facts.annex
    if match is None or (match.unless_personal and personal):
        return ""
    return match.wording


def _check(
    fields: Fields, facts: DeviceFacts, quantity: int | None, length: int | None, renewals: int
) -> None:
    refused = {problem.field for problem in fields.problems}
    if quantity is None and "quantity" not in refused:
        fields.refuse("quantity", "Donnez la quantité.", "B50")
    if facts.lasts and not length and "duration_days" not in refused:
        what = "Une location" if facts.is_rental else "Un forfait de prestation"
        fields.refuse("duration_days", f"{what} a une durée : donnez-la en jours.", "B50")
    if renewals and not length and "duration_days" not in refused:
        fields.refuse("duration_days", "Pour renouveler, dites la durée d’une délivrance.", "B50")
    if length and length * (renewals + 1) > MAX_DAYS:
        message = f"Renouvellements compris, la durée dépasse {MAX_DAYS} jours : réduisez l’un ou l’autre."
        fields.refuse("duration_days", message, "B50")


def _warnings(device: Device, facts: DeviceFacts, today: date | None) -> tuple[Problem, ...]:
    found = []
    if facts.ended:
        message = (
            "Ce code n’est plus en vigueur dans la table de 2020 : la pharmacie pourrait ne pas le connaître."
        )
        found.append(Problem("", message, "B52"))
    return (*found, *unusual_start(device.starts_on, today))
