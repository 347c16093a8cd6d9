"""Reading what was typed in a medicine line: a complete `Medication`, or the list of what is missing, in
French.

Raw content is JSON with strings as typed; it may be incomplete at any time (it is a draft).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from prescriptions.kinds.fields import MAX_DAYS, Fields, Problem, Raw
from prescriptions.kinds.lettered_text import left_in_digits
from prescriptions.kinds.medicament.answers import Answers, read_answers
from prescriptions.kinds.medicament.drug import Box, Drug, brand, chosen_box
from prescriptions.kinds.medicament.medication import Medication, Regime, boxes_needed, most_units
from prescriptions.kinds.medicament.oddities import oddities
from prescriptions.kinds.medicament.paper import Legal, read_legal
from prescriptions.kinds.medicament.posology import Posology
from prescriptions.kinds.medicament.sentence import sentence
from prescriptions.kinds.medicament.substitution import (
    EFG_REFUSAL,
    EXCLUDED_MOTIVES,
    MOTIVES,
    is_narrow_margin,
)
from prescriptions.kinds.medicament.typed_posology import read_posology
from prescriptions.kinds.medicament.units import spelled
from prescriptions.kinds.order import Paper
from prescriptions.kinds.reading import Reading, unusual_start
from prescriptions.kinds.wording import count as in_words

MAX_BOXES = 200
MOST_BOXES = 999
"""Boxes of one dispensing that the message holds. Boxes counted from a posology may pass those one may type, not this."""
LONGEST_SENTENCE = 1000
"""Characters. Twelve steps of one intake fit; a table of hours does not belong in a sentence."""
MAX_RENEWALS = 12
"""Twelve renewals of 28 days are the 364 days the law allows (rule B33)."""
MONTH_DAYS = 31
"""CSP R5123-2: a pharmacist dispenses a month at most at a time, three for large packs (rule B36)."""


def read(raw: Raw, drug: Drug, today: date | None = None) -> Reading[Medication]:
    """Read `raw` for `drug`. Never raises: whatever was typed becomes a value or a problem.

    Given `today`, a start already past is warned about; without it the reading does not depend on the day.
    """
    fields = Fields(raw)
    regime = _regime(fields)
    posology = read_posology(fields, regime)
    span = _lasting(_span(fields, regime), posology)
    _check_span(fields, regime, posology, span)
    count = _count(fields, drug, posology, span)
    substitution = _substitution(fields, drug)
    legal, answers = read_legal(fields, drug), read_answers(fields)
    _check_letters(fields, drug, legal)
    words = _words(fields, regime, posology, span)
    medication = None
    if not fields.problems and posology is not None and span.starts_on is not None:
        rest = _Rest(regime, span, count, substitution, legal, answers)
        medication = _medication(fields, drug, posology, span.starts_on, rest)
    odd = oddities(posology, span.days) if posology is not None else ()
    warnings = (*odd, *_warnings(fields, drug, span, count, today))
    return Reading(medication, tuple(fields.problems), warnings, words, count.computed)


@dataclass(frozen=True, slots=True)
class _Span:
    """When, for how long, how many times."""

    starts_on: date | None
    days: int | None
    renewals: int


@dataclass(frozen=True, slots=True)
class _Count:
    """How much: boxes typed, boxes computed, and the box counted."""

    typed: int | None
    computed: int | None
    box: Box | None
    units_per_box: Decimal | None


@dataclass(frozen=True, slots=True)
class _Rest:
    """What was read beside the posology."""

    regime: Regime
    span: _Span
    count: _Count
    ns_reason: str
    legal: Legal
    answers: Answers


def _regime(fields: Fields) -> Regime:
    text = fields.text("regime")
    if text and text not in Regime.__members__:
        fields.refuse(
            "regime", "Choisissez le régime : au long cours, cure courte, si besoin ou dose unique.", "A32"
        )
        return Regime.CONTINU
    return Regime(text) if text else Regime.CONTINU


def _span(fields: Fields, regime: Regime) -> _Span:
    starts_on = fields.day("starts_on", "Donnez la date de début.")
    days = fields.count("duration_days", most=MAX_DAYS, unit="jours", rule="B33")
    renewals = fields.count("renewals", most=MAX_RENEWALS, unit="renouvellements", rule="B03")
    # A single dose lasts its day.
    return _Span(starts_on, 1 if regime == Regime.DOSE_UNIQUE else days, renewals or 0)


def _lasting(span: _Span, posology: Posology | None) -> _Span:
    """A taper whose steps are all bounded lasts what its steps last: nobody counts it again."""
    steps = [phase.days for phase in posology.phases] if posology else []
    if span.days or len(steps) < 2 or None in steps:
        return span
    return replace(span, days=sum(days for days in steps if days))


def _check_span(fields: Fields, regime: Regime, posology: Posology | None, span: _Span) -> None:
    """CSP R5132-3, 3° (duration or number of boxes) and R5132-21 (twelve months at most in all)."""
    if span.days and span.days * (span.renewals + 1) > MAX_DAYS:
        message = f"Renouvellements compris, la durée dépasse {MAX_DAYS} jours : réduisez l’un ou l’autre."
        fields.refuse("duration_days", message, "B33")
    if span.renewals and regime == Regime.DOSE_UNIQUE:
        fields.refuse("renewals", "Une dose unique ne se renouvelle pas.", "A32")
    refused = {problem.field for problem in fields.problems}
    if not span.days and not refused & {"duration_days", "boxes"}:
        if regime == Regime.SI_BESOIN:
            fields.refuse(
                "duration_days", "Donnez une durée en jours : un « si besoin » n’est pas sans fin.", "A32"
            )
        elif not fields.text("boxes").strip("0"):
            fields.refuse("duration_days", "Donnez une durée en jours, ou un nombre de boîtes.", "B03")
    if posology is not None:
        _check_steps(fields, posology, span)


def _check_steps(fields: Fields, posology: Posology, span: _Span) -> None:
    """The days of the steps and the duration of the line must tell the same story."""
    if not posology.phases:
        return
    bounded, open_ended = sum(phase.days or 0 for phase in posology.phases), posology.phases[-1].days is None
    if open_ended:
        if span.days and bounded >= span.days * (span.renewals + 1):
            message = (
                f"Les paliers font déjà {bounded} jours : allongez la durée ou retirez le dernier palier."
            )
            fields.refuse("duration_days", message, "A30")
        return
    if span.renewals:
        fields.refuse("renewals", "Un schéma dont tous les paliers sont bornés ne se renouvelle pas.", "A30")
    if span.days and bounded != span.days:
        message = f"Les paliers font {bounded} jours et la durée en fait {span.days} : accordez-les."
        fields.refuse("duration_days", message, "A30")


def _words(fields: Fields, regime: Regime, posology: Posology | None, span: _Span) -> str:
    """Return the sentence, as soon as the posology can be read."""
    if posology is None:
        return ""
    single = regime == Regime.DOSE_UNIQUE
    words = sentence(posology, span.days, renewals=span.renewals, single=single)
    if len(words) > LONGEST_SENTENCE:
        message = "Cette posologie est trop longue pour être lue sans erreur : simplifiez-la."
        fields.refuse("phases.0.matin", message, "A30")
    return words


def _count(fields: Fields, drug: Drug, posology: Posology | None, span: _Span) -> _Count:
    typed = fields.count("boxes", most=MAX_BOXES, unit="boîtes", rule="B03")
    cip13 = fields.text("cip13")
    if cip13 and all(box.cip13 != cip13 for box in drug.presentations):
        fields.refuse("cip13", "Cette boîte n’est pas de ce médicament : choisissez-en une autre.", "A36")
    units = None
    if posology is not None and span.starts_on is not None and span.days:
        units = most_units(posology, span.starts_on, span.days, min(span.renewals, MAX_DAYS // span.days))
    box = chosen_box(drug, cip13, units)
    # A box counts in the unit of the base: another unit (mL of a flask told in doses) cannot be converted.
    size = box.units_per_box if box and spelled(fields.text("unit")) == spelled(drug.intake_unit) else None
    computed = boxes_needed(units, size) if units and size else None
    if not typed and computed and computed > MOST_BOXES:
        message = f"Cela fait {computed} boîtes pour une délivrance : vérifiez la dose, l’unité ou la durée."
        fields.refuse("duration_days", message, "A36")
    return _Count(typed, computed, box, size)


def _substitution(fields: Fields, drug: Drug) -> str:
    """Rule B30: a motive, and the detail it needs."""
    if not fields.ticked("non_substitutable"):
        return ""
    reason, detail = fields.text("ns_reason"), fields.text("ns_detail")
    if reason in EXCLUDED_MOTIVES:
        fields.refuse("ns_reason", EFG_REFUSAL, "B30")
    elif reason not in MOTIVES:
        fields.refuse("ns_reason", "Choisissez le motif de la non-substitution : MTE ou CIF.", "B30")
    elif reason == "CIF" and not detail:
        fields.refuse("ns_detail", "CIF : nommez l’excipient contre-indiqué.", "B30")
    elif reason == "MTE" and not detail and not is_narrow_margin([s.name for s in drug.substances]):
        fields.refuse("ns_detail", "Ce médicament n’est pas sur la liste MTE : précisez pourquoi.", "B30")
    return reason if reason in MOTIVES else ""


_FREE_WORDS = (
    "unit",
    "precision",
    "comment",
    "single_dispensing",
    "ns_detail",
    "overlap_reason",
    "initial_by",
)
"""Fields whose words are printed as they were typed."""


def _check_letters(fields: Fields, drug: Drug, legal: Legal) -> None:
    """CSP R5132-29: nothing of an ordonnance sécurisée stays in digits, what was typed freely included (rule B13)."""
    if legal.paper is not Paper.SECURISEE:
        return
    typed = {name: fields.text(name) for name in _FREE_WORDS}
    typed["as_needed.indication"] = fields.text("indication", fields.group("as_needed"))
    typed["free_label"] = "" if drug.cis else drug.label
    for name, words in typed.items():
        if left := left_in_digits(words):
            message = f"Sur une ordonnance sécurisée, tout s’écrit en toutes lettres : remplacez « {left} » par des mots."
            fields.refuse(name, message, "B13")


def _warnings(
    fields: Fields, drug: Drug, span: _Span, count: _Count, today: date | None
) -> tuple[Problem, ...]:
    found = []
    if count.typed and count.computed and count.typed != count.computed:
        boxes = in_words(count.computed, "boîte")
        message = f"La posologie et la durée demandent {boxes}, vous en prescrivez {count.typed}."
        found.append(Problem("boxes", message, "A36"))
    if span.days and span.days > MONTH_DAYS:
        message = (
            "Le pharmacien délivre un mois à la fois, trois pour les grands conditionnements : "
            "si la loi permet le renouvellement, préférez 28 jours renouvelés."
        )
        found.append(Problem("duration_days", message, "B36"))
    route = fields.text("route")
    if route and drug.routes and route not in drug.routes:
        found.append(
            Problem("route", f"La base indique pour ce médicament : voie {', '.join(drug.routes)}.", "B02")
        )
    return (*found, *unusual_start(span.starts_on, today))


def _medication(fields: Fields, drug: Drug, posology: Posology, starts_on: date, rest: _Rest) -> Medication:
    span, count, ns_reason = rest.span, rest.count, rest.ns_reason
    return Medication(
        cis=drug.cis,
        cip13=fields.text("cip13"),
        label=drug.label,
        dci=drug.dci_label,
        dosage=drug.dosage,
        form=drug.form,
        brand=brand(drug),
        posology=posology,
        regime=rest.regime,
        starts_on=starts_on,
        duration_days=span.days,
        renewals=span.renewals,
        boxes=count.typed or count.computed,
        boxes_typed=count.typed is not None,
        units_per_box=count.units_per_box,
        price_per_box=count.box.price if count.box else None,
        ald=fields.ticked("ald"),
        ns_reason=ns_reason,
        ns_detail=fields.text("ns_detail", most=200) if ns_reason else "",
        comment=fields.text("comment"),
        release=drug.release,
        answers=rest.answers,
        paper=rest.legal.paper,
        pharmacy=rest.legal.pharmacy,
        fraction_days=rest.legal.fraction_days,
        single_dispensing=rest.legal.single_dispensing,
        **{name: fields.ticked(name) for name in ("atmp", "prevention", "non_reimbursable", "off_label")},
    )
