"""From a catalogue to the entry of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from amo_gateway.messages import ActeLine
from prescriptions.kinds.acts import content
from prescriptions.kinds.acts.catalogue import Act, Catalogue
from prescriptions.kinds.acts.order import ActOrder
from prescriptions.kinds.entry import (
    COMMENT_SOURCE,
    FLAGS_SOURCE,
    FREE_TEXT,
    Caption,
    Chip,
    Entry,
    Source,
    UnknownChoice,
    free_words,
    one_by_one,
)
from prescriptions.kinds.form import Content, normalised
from prescriptions.kinds.reading import Reading

_SOURCES = (
    Source("acte", "choix du projet : catalogue court ou texte libre, aucun code public dans l’EPU"),
    Source(
        "nombre, fréquence, durée, début",
        "choix du projet (EPU non publiée)",
        ("sessions", "times", "per", "duration_days", "starts_on"),
    ),
    Source("précision", "choix du projet (EPU non publiée)", ("precision",)),
    Source("urgent, au lieu de vie", "codes ANS MED-1095 et MED-1094", ("urgent", "at_home")),
    FLAGS_SOURCE,
    COMMENT_SOURCE,
)
_PRODUCT = Source("produit ou matériel", "choix du projet (EPU non publiée)", ("product",))
_NOTHING = "Écrivez l’acte, ou choisissez-le dans la liste."


def act_entry(catalogue: Catalogue) -> Entry:
    """Return the entry of this profession."""
    fields = content.fields_of(catalogue)

    def subject(raw: Mapping[str, Any]) -> Act:
        slug, label = str(raw.get("slug", "")), str(raw.get("label", "")).strip()
        if not slug and not label:
            raise UnknownChoice(_NOTHING)
        return catalogue.find(slug) if slug else Act("", label)

    def choose(value: str) -> tuple[Content, ...]:
        words = free_words(value)
        if words is None:
            act = catalogue.find(value)
            return (content.blank(fields, act.slug, act.label),)
        free = content.blank(fields, "", words)
        subject(free)
        return (free,)

    def read(raw: Mapping[str, Any], act: Act, today: date | None) -> Reading[ActOrder]:
        return content.read(raw, act, catalogue, today)

    def to_wire(position: int, order: ActOrder) -> ActeLine:
        return _wire(catalogue, position, order)

    return Entry(
        heading=catalogue.heading,
        placeholder=catalogue.placeholder,
        search=lambda query, _options: catalogue.search(query),
        choose=choose,
        normalise=lambda raw: normalised(fields, content.HIDDEN, raw),
        subject=subject,
        subjects=one_by_one(subject),
        caption=_caption,
        charge=lambda _raw, act: act.charge or catalogue.charge,
        read=read,
        from_json=ActOrder.from_json,
        to_wire=to_wire,
        document=catalogue.document,
        fields=fields,
        first_field="sessions",
        sources=(
            *_SOURCES,
            *([_PRODUCT] if any(field.name == "product" for field in fields) else []),
            Source("prescription, indication, localisation", catalogue.source, ("indication", "site")),
        ),
    )


def _caption(_raw: Mapping[str, Any], act: Act) -> Caption:
    free = () if act.slug else (Chip(FREE_TEXT, "reason"),)
    return Caption(act.label, chips=free)


def _wire(catalogue: Catalogue, position: int, order: ActOrder) -> ActeLine:
    return ActeLine(
        epresc_type=catalogue.kind.value,
        position=position,
        acte=order.label,
        code=None,
        indication=order.indication or None,
        nombre_seances=order.sessions,
        frequence=", ".join(part for part in (order.frequency, order.precision) if part) or None,
        duree_jours=order.duration_days,
        date_debut=order.starts_on,
        siege=order.site or None,
        produit=order.product or None,
        a_domicile=order.at_home,
        urgent=order.urgent,
        ald=order.ald,
        atmp=order.atmp,
        prevention=order.prevention,
        non_remboursable=order.non_reimbursable,
        commentaire=order.comment or None,
    )
