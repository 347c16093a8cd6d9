"""Medicines: search over the whole public base, or a preparation in free text (rules A14, A22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from prescriptions.kinds.charges import Charge
from prescriptions.kinds.entry import (
    FREE_TEXT,
    GONE,
    Caption,
    Chip,
    Entry,
    Hit,
    UnknownChoice,
    free_hit,
    free_words,
)
from prescriptions.kinds.form import Content
from prescriptions.kinds.medicament.content import read
from prescriptions.kinds.medicament.drug import Drug, FreeDrug, readable_form
from prescriptions.kinds.medicament.medication import Medication
from prescriptions.kinds.medicament.raw import HINTS, SAMPLE, normalised, suggest
from prescriptions.kinds.medicament.sources import SOURCES
from prescriptions.kinds.medicament.wire import to_wire
from prescriptions.referentials.facts import (
    SpecialityFacts,
    UnknownSpeciality,
    specialities_facts,
    speciality_facts,
)
from prescriptions.referentials.free_text import Recognised, recognised
from prescriptions.referentials.search import SpecialityHit, search_specialities

_FREE = f"préparation ou {FREE_TEXT}"
_GONE = "Ce médicament n’est pas, ou n’est plus, dans la base : choisissez-le dans la liste proposée."
UNMARKETED, HOMEOPATHY = "non_commercialises", "homeopathie"


def _subject(raw: Mapping[str, Any]) -> Drug:
    cis = str(raw.get("cis", ""))
    words = str(raw.get("free_label", "")).strip()
    if not cis and words:
        return _free(raw, recognised([words]))
    return _speciality(cis)


def _subjects(contents: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Read the specialities of a draft at once: a constant number of queries."""
    known = specialities_facts(str(raw.get("cis", "")) for raw in contents if raw.get("cis"))
    named = recognised(str(raw.get("free_label", "")).strip() for raw in contents if not raw.get("cis"))
    return [_known(raw, known, named) for raw in contents]


def _known(
    raw: Mapping[str, Any], known: Mapping[str, SpecialityFacts], named: Mapping[str, Recognised]
) -> Any:
    cis = str(raw.get("cis", ""))
    if not cis and raw.get("free_label"):
        return _free(raw, named)
    return known.get(cis, GONE)


def _free(raw: Mapping[str, Any], named: Mapping[str, Recognised]) -> FreeDrug:
    words = str(raw["free_label"]).strip()
    return FreeDrug(words, recognised=named.get(words), route=str(raw.get("route", "")))


def _speciality(cis: str) -> SpecialityFacts:
    try:
        return speciality_facts(cis)
    except UnknownSpeciality as error:
        raise UnknownChoice(_GONE) from error


def _choose(value: str) -> tuple[Content, ...]:
    words = free_words(value)
    if words is None:
        return (suggest(_speciality(value)),)
    free = normalised(suggest(FreeDrug(words)))
    if not free["free_label"].strip():
        raise UnknownChoice("Écrivez la préparation, ou choisissez un médicament dans la liste.")
    return (free,)


def _search(query: str, options: Mapping[str, str]) -> list[Hit]:
    hits = search_specialities(
        query,
        marketed_only=options.get(UNMARKETED) != "true",
        homeopathy=options.get(HOMEOPATHY) == "true",
    )
    return [*map(_hit, hits), free_hit(query, _FREE)]


def _hit(hit: SpecialityHit) -> Hit:
    return Hit(
        value=hit.cis,
        name=hit.dci_label,
        strength=hit.dosage,
        detail=readable_form(hit.form),
        under=f"{hit.label}{' · générique' if hit.is_generic else ''}",
        chips=hit.chips,
        marketed=hit.marketed,
    )


def _caption(raw: Mapping[str, Any], drug: Drug) -> Caption:
    free = () if drug.cis else (Chip(_FREE, "reason"),)
    route = str(raw.get("route", ""))
    named = " · ".join(part for part in (drug.label, getattr(drug, "membership", "")) if part)
    facts = (f"Voie {route}" if route else "", named if drug.cis else "")
    return Caption(
        name=f"{drug.dci_label} {drug.dosage}".strip(),
        detail=readable_form(drug.form),
        facts=tuple(fact for fact in facts if fact),
        chips=(*getattr(drug, "chips", ()), *free),
    )


ENTRY = Entry(
    heading="Médicaments",
    placeholder="Ajouter un médicament : DCI, marque ou code CIP",
    search=_search,
    choose=_choose,
    normalise=normalised,
    subject=_subject,
    subjects=_subjects,
    caption=_caption,
    charge=lambda _raw, _drug: Charge.MEDICAMENT,
    read=read,
    from_json=Medication.from_json,
    to_wire=to_wire,
    priced=True,
    sample=SAMPLE,
    hints=HINTS,
    first_field="p0-matin",
    searches=((UNMARKETED, "Inclure les non commercialisés"), (HOMEOPATHY, "Homéopathie")),
    sources=SOURCES,
)
