"""What the ordonnance must say of a line: unit, dated exam, motive of non-substitution, aim of an antibiotic (B02, B30–B42)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from prescriptions.kinds.medicament.sentence import enumeration
from prescriptions.kinds.medicament.substitution import EFG_REFUSAL, is_narrow_margin
from prescriptions.kinds.medicament.units import UNITS, is_unit_of, spelled
from prescriptions.referentials.facts import SpecialityFacts
from prescriptions.safety.answers import Voice
from prescriptions.safety.case import AllergyKind, Case, CaseLine
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.substances import known_atc

ATTESTATION = Voice(Check.ATTESTATION, Source("Conditions de prescription de la base publique", None, "B41"))
SUBSTITUTION = Voice(
    Check.SUBSTITUTION, Source("CSS L162-16-7 ; arrêté du 12 novembre 2019", date(2019, 11, 12), "B30")
)
ANTIBIOTIC = Voice(
    Check.ANTIBIOTIC, Source("HAS et SPILF, bon usage des antibiotiques (notre lecture)", None, "B42")
)
UNIT = Voice(Check.UNIT, Source("CSP R5132-3, 2° ; forme de la base publique (notre lecture)", None, "B02"))
ANTIBIOTICS = "J01"
"""ATC: antibacterials for systemic use."""
ATTESTATION_DAYS = 365
"""Attestations are signed once a year, in the words of the labels."""
REASSESS_WITHIN = 3
"""Days after the start: 48 to 72 hours."""


def unit(case: Case) -> Iterator[Finding]:
    """Ask why a medicine is counted in what its form is not: « 1 comprimé » of a solution cannot be given."""
    for line in case.proposed:
        if line.drug is None or line.posology is None:
            continue
        written, own = spelled(line.posology.unit), line.drug.intake_unit
        if not is_unit_of(written, own):
            voice = UNIT.citing(UNIT.source.text, line.drug.release_date)
            headline = f"{line.name} : compté en {UNITS[written][0]}"
            text = f"La forme est « {line.drug.form} », qui se compte en {UNITS[own][0]} : corrigez l’unité, ou donnez la raison."
            yield voice.alert(Level.REASON, [line], headline, text, band=f"{written}|{own}")


def attestation(case: Case) -> Iterator[Finding]:
    """Ask for the exam or the attestation that the ordonnance must carry, with its day."""
    for line in case.proposed:
        if line.drug is None:
            continue
        rules = line.drug.rules
        if not (rules.attestation or rules.dated_exam):
            continue
        what = "examen daté" if rules.dated_exam else "attestation ou accord de soins"
        voice = ATTESTATION.citing(ATTESTATION.source.text, line.drug.release_date)
        problem = _dated(line, case.today, yearly=not rules.dated_exam)
        if problem:
            given = line.exam_on.isoformat() if line.exam_on else "sans date"
            yield voice.alert(Level.REASON, [line], f"{line.name} : {what}", problem, band=given)


def _dated(line: CaseLine, today: date, *, yearly: bool) -> str:
    if line.exam_on is None:
        return "Donnez sa date : elle est portée sur l’ordonnance."
    if line.exam_on > today:
        return "Sa date est à venir : corrigez-la."
    if yearly and today > line.exam_on + timedelta(days=ATTESTATION_DAYS):
        return f"Celle du {line.exam_on:%d/%m/%Y} a plus d’un an : elle se signe chaque année."
    return ""


def substitution(case: Case) -> Iterator[Finding]:
    """Check the motive of a non-substitution."""
    for line in case.proposed:
        reason = line.ns_reason.strip().upper()
        if reason == "EFG":
            yield SUBSTITUTION.alert(Level.HARD, [line], f"{line.name} : motif EFG impossible", EFG_REFUSAL)
        elif reason == "MTE":
            yield from _narrow_margin(line)
        elif reason == "CIF":
            yield from _excipient(case, line)
        elif reason:
            text = "Motifs admis : MTE (marge thérapeutique étroite) ou CIF (excipient contre-indiqué)."
            yield SUBSTITUTION.alert(
                Level.HARD, [line], f"{line.name} : motif de non-substitution inconnu", text
            )


def _narrow_margin(line: CaseLine) -> Iterator[Finding]:
    if line.drug is not None and not is_narrow_margin([s.name for s in line.drug.substances]):
        if line.ns_detail.strip():
            text = "Ce médicament n’est pas sur la liste MTE ; le motif donné est imprimé."
            yield SUBSTITUTION.alert(Level.INFO, [line], f"{line.name} : MTE hors liste, motivé", text)
        else:
            text = "Ce médicament n’est pas sur la liste MTE de l’arrêté : précisez pourquoi il n’est pas substituable."
            yield SUBSTITUTION.alert(Level.REASON, [line], f"{line.name} : MTE hors liste", text)


def _excipient(case: Case, line: CaseLine) -> Iterator[Finding]:
    documented = any(a.kind is AllergyKind.EXCIPIENT for a in case.resident.allergies)
    if not line.ns_detail.strip():
        text = "Nommez l’excipient contre-indiqué : il est imprimé."
        yield SUBSTITUTION.alert(Level.REASON, [line], f"{line.name} : CIF sans excipient", text)
    elif not documented:
        text = "Aucune allergie à un excipient n’est notée au dossier : notez-la, ou confirmez."
        yield SUBSTITUTION.alert(Level.REASON, [line], f"{line.name} : CIF non documentée", text)


def antibiotic(case: Case) -> Iterator[Finding]:
    """Ask of an antibiotic what it treats, how long, and when it is reassessed."""
    for line in case.proposed:
        if line.drug is not None and is_antibiotic(line.drug):
            missing = [word for word, is_missing in _needs(line) if is_missing]
            if missing:
                text = f"Il manque : {enumeration(missing)}."
                yield ANTIBIOTIC.alert(
                    Level.REASON,
                    [line],
                    f"{line.name} : antibiotique à préciser",
                    text,
                    band="+".join(missing),
                )


def is_antibiotic(drug: SpecialityFacts) -> bool:
    """Tell whether a medicine is asked these questions: the check and the fields of its line agree."""
    return known_atc(drug).startswith(ANTIBIOTICS)


def _needs(line: CaseLine) -> Iterator[tuple[str, bool]]:
    yield "l’indication", not line.indication.strip()
    yield "la durée", line.duration_days is None
    short = line.whole_days is not None and line.whole_days <= REASSESS_WITHIN
    yield "la date de réévaluation (48 à 72 heures)", not short and not _reassessed(line)


def _reassessed(line: CaseLine) -> bool:
    if line.reassess_on is None or line.starts_on is None:
        return False
    return line.starts_on <= line.reassess_on <= line.starts_on + timedelta(days=REASSESS_WITHIN)
