"""Biology: search over the NABM, usual panels first, free text at the end (rules A22, B60, B61)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from amo_gateway.messages import ActeBiologieLine
from prescriptions.kinds.acte_biologie_medicale import content
from prescriptions.kinds.acte_biologie_medicale.exam import Exam
from prescriptions.kinds.charges import Charge
from prescriptions.kinds.entry import (
    COMMENT_SOURCE,
    FLAGS_SOURCE,
    FREE_TEXT,
    Caption,
    Chip,
    DocumentCode,
    Entry,
    Hit,
    Source,
    UnknownChoice,
    free_hit,
    free_words,
    one_by_one,
)
from prescriptions.kinds.form import Content, normalised
from prescriptions.kinds.reading import Reading
from prescriptions.referentials.biology import (
    PANELS,
    ActFacts,
    Panel,
    UnknownAct,
    act_facts,
    search_acts,
    search_panels,
)

_PANEL = "bilan:"


def _act(code: str) -> ActFacts:
    try:
        return act_facts(code)
    except UnknownAct as error:
        raise UnknownChoice(
            "Cet examen n’est pas dans la table : choisissez-le dans la liste proposée."
        ) from error


def _subject(raw: Mapping[str, Any]) -> ActFacts | None:
    """Return the facts of the act; None for free text, which has words."""
    code = str(raw.get("code", ""))
    if not code and not str(raw.get("label", "")).strip():
        raise UnknownChoice("Écrivez l’examen, ou choisissez-le dans la liste.")
    return _act(code) if code else None


def _choose(value: str) -> tuple[Content, ...]:
    words = free_words(value)
    if words is not None:
        free = content.blank("", words)
        _subject(free)
        return (free,)
    if value.startswith(_PANEL):
        return tuple(_line(_act(code), panel) for panel in [_panel(value)] for code in panel.codes)
    return (_line(_act(value), None),)


def _panel(value: str) -> Panel:
    for panel in PANELS:
        if panel.slug == value.removeprefix(_PANEL):
            return panel
    raise UnknownChoice("Ce bilan n’est plus proposé : choisissez-en un autre dans la liste.")


def _line(facts: ActFacts, panel: Panel | None) -> Content:
    fasting = panel is not None and panel.fasting
    return content.blank(facts.code, facts.readable, fasting=fasting)


def _search(query: str, _options: Mapping[str, str]) -> list[Hit]:
    panels = [
        Hit(
            value=f"{_PANEL}{p.slug}",
            name=p.name,
            detail=f"bilan, {len(p.codes)} examens" if len(p.codes) > 1 else "",
        )
        for p in search_panels(query)
    ]
    acts = [Hit(value=a.code, name=a.readable, detail=f"NABM {a.code}") for a in search_acts(query)]
    return [*panels, *acts, free_hit(query)]


def _caption(raw: Mapping[str, Any], facts: ActFacts | None) -> Caption:
    if facts is None:
        return Caption(str(raw.get("label", "")), chips=(Chip(FREE_TEXT, "reason"),))
    return Caption(facts.readable, f"NABM {facts.code}", facts=(facts.label,))


def _read(raw: Mapping[str, Any], facts: ActFacts | None, today: date | None) -> Reading[Exam]:
    if facts is None:
        return content.read(raw, "", str(raw.get("label", "")).strip(), today)
    return content.read(raw, facts.code, facts.readable, today, active=facts.active, release=facts.release)


def _wire(position: int, exam: Exam) -> ActeBiologieLine:
    return ActeBiologieLine(
        position=position,
        denomination=exam.label,
        code_nabm=exam.code or None,
        a_jeun=exam.fasting,
        urgent=exam.urgent,
        date_souhaitee=exam.starts_on,
        frequence=exam.frequency or None,
        intervalle_jours=exam.every_days,
        nombre_executions=exam.occurrences,
        contexte_clinique=exam.context or None,
        ald=exam.ald,
        atmp=exam.atmp,
        prevention=exam.prevention,
        non_remboursable=exam.non_reimbursable,
        commentaire=exam.comment or None,
    )


ENTRY = Entry(
    heading="Examens de biologie médicale",
    placeholder="Ajouter un examen : INR, ionogramme, NFS, ou code NABM",
    search=_search,
    choose=_choose,
    normalise=lambda raw: normalised(content.FIELDS, content.HIDDEN, raw),
    subject=_subject,
    subjects=one_by_one(_subject),
    caption=_caption,
    charge=lambda _raw, _facts: Charge.BIOLOGIE,
    read=_read,
    from_json=Exam.from_json,
    to_wire=_wire,
    document=DocumentCode("PRESC-BIO", "Prescription d'actes de biologie médicale"),
    fields=content.FIELDS,
    first_field="every_days",
    sources=(
        Source("examen, code", "NABM, table IR_BIO_R (02/2019) ; texte libre admis, dit non contrôlé"),
        Source(
            "à jeun, date, fréquence, contexte",
            "CSP L6211-8 ; forme : choix du projet (EPU non publiée)",
            ("fasting", "starts_on", "every_days", "occurrences", "context"),
        ),
        Source("urgence, lieu de vie", "codes ANS MED-1095 et MED-1094", ("urgent", "at_home")),
        FLAGS_SOURCE,
        COMMENT_SOURCE,
    ),
)
