"""Devices of the LPP: search over the published table, always with a code (rule B52)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amo_gateway.messages import DispositifMedicalLine
from prescriptions.kinds.charges import Charge
from prescriptions.kinds.dispositif_medical import content
from prescriptions.kinds.dispositif_medical.device import Device
from prescriptions.kinds.entry import (
    COMMENT_SOURCE,
    FLAGS_SOURCE,
    Caption,
    Chip,
    Entry,
    Hit,
    Source,
    UnknownChoice,
    one_by_one,
)
from prescriptions.kinds.form import Content, normalised
from prescriptions.kinds.wording import euros
from prescriptions.referentials.devices import DeviceFacts, UnknownDevice, device_facts, search_devices
from prescriptions.referentials.models.lpp import LppItem


def _subject(raw: Mapping[str, Any]) -> DeviceFacts:
    try:
        return device_facts(str(raw.get("code", "")))
    except UnknownDevice as error:
        raise UnknownChoice(
            "Ce dispositif n’est pas dans la table : choisissez-le dans la liste proposée."
        ) from error


def _choose(value: str) -> tuple[Content, ...]:
    return (content.suggest(_subject({"code": value})),)


def _search(query: str, _options: Mapping[str, str]) -> list[Hit]:
    return [_hit(facts) for facts in search_devices(query)]


def _hit(facts: DeviceFacts) -> Hit:
    return Hit(
        value=facts.code,
        name=facts.readable,
        detail=f"LPP {facts.code}",
        under=_price(facts),
        chips=_chips(facts),
    )


def _price(facts: DeviceFacts) -> str:
    tariff = euros(facts.tariff) or "tarif inconnu"
    year = f" en {facts.tariff_since.year}" if facts.tariff is not None and facts.tariff_since else ""
    return f"{LppItem.Kind(facts.kind).label}, {tariff}{year}"


def _mode(device: Device) -> str:
    if device.is_rental:
        return "location"
    return "prestation" if device.is_service else "achat"


def _chips(facts: DeviceFacts) -> tuple[Chip, ...]:
    house = (Chip("payé par l’EHPAD", "reason"),) if facts.annex and not facts.annex.unless_personal else ()
    return (*house, *((Chip("hors vigueur", "reason"),) if facts.ended else ()))


def _caption(_raw: Mapping[str, Any], facts: DeviceFacts) -> Caption:
    annex = f"annexe de 1999 : {facts.annex.wording}" if facts.annex else ""
    told = tuple(fact for fact in (_price(facts), annex) if fact)
    return Caption(facts.readable, f"LPP {facts.code}", facts=told, chips=_chips(facts))


def _charge(raw: Mapping[str, Any], facts: DeviceFacts) -> Charge:
    annexed = content.annex_wording(facts, personal=raw.get("personal") is True)
    return Charge.DM_ANNEXE_1999 if annexed else Charge.LPP_AUTRE


def _wire(position: int, device: Device) -> DispositifMedicalLine:
    return DispositifMedicalLine(
        position=position,
        denomination=device.label,
        code_lpp=device.code,
        mode=_mode(device),
        quantite=device.quantity,
        duree_location_jours=device.duration_days if device.is_rental else None,
        duree_jours=None if device.is_rental else device.duration_days,
        date_debut=device.starts_on,
        renouvellements=device.renewals,
        cote=device.side.value or None,
        taille=device.size or None,
        siege=device.site or None,
        precision="affecté au résident" if device.personal else None,
        ald=device.ald,
        atmp=device.atmp,
        prevention=device.prevention,
        non_remboursable=device.non_reimbursable,
        commentaire=device.comment or None,
    )


ENTRY = Entry(
    heading="Dispositifs médicaux",
    placeholder="Ajouter un dispositif : désignation ou code LPP",
    search=_search,
    choose=_choose,
    normalise=lambda raw: normalised(content.FIELDS, content.HIDDEN, raw),
    subject=_subject,
    subjects=one_by_one(_subject),
    caption=_caption,
    charge=_charge,
    read=content.read,
    from_json=Device.from_json,
    to_wire=_wire,
    fields=content.FIELDS,
    tailored=content.tailored,
    no_free_text="Un dispositif sans code LPP ne peut pas être délivré : choisissez-le dans la table.",
    priced=True,
    first_field="quantity",
    sources=(
        Source("désignation, code", "LPP, table NT_LPP (2020)"),
        Source(
            "tarif",
            "LPP, table IR_LPP_V : un tarif par code, de 2014 au plus tard ; montré avec son année, jamais imprimé",
        ),
        Source(
            "quantité, durée, renouvellements, début",
            "CSS R165-38 ; volume ANS eP-MED-DM (quantity, expectedUseTime, repeatNumber, effectiveTime)",
            ("quantity", "duration_days", "renewals", "starts_on"),
        ),
        Source("côté, taille, localisation", "choix du projet (EPU non publiée)", ("side", "size", "site")),
        Source("affectation, qui paie", "annexe de l’arrêté du 26 avril 1999 modifié", ("personal",)),
        FLAGS_SOURCE,
        COMMENT_SOURCE,
    ),
)
