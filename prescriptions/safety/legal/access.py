"""Who may prescribe a restricted medicine: hospital, initial prescription, specialists, profession (rules B40, B100–B108)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from prescriptions.kinds.medicament.sentence import enumeration
from prescriptions.kinds.wording import days
from prescriptions.referentials.rules import InitialPrescription
from prescriptions.safety.answers import Voice
from prescriptions.safety.case import Allowed, Case, CaseLine, MedicineRight, Prescriber
from prescriptions.safety.finding import Check, Finding, Level, Source
from prescriptions.safety.legal.specialities import may_sign
from prescriptions.safety.substances import by_atc

RULES = "CSP R5121-77 et suivants ; conditions de prescription de la base publique"
HOSPITAL = Voice(Check.HOSPITAL, Source(RULES, None, "B40"))
INITIAL = Voice(Check.INITIAL, Source(RULES, None, "B40"))
SPECIALIST = Voice(Check.SPECIALIST, Source(RULES, None, "B40"))
PROFESSION = Voice(Check.PROFESSION, Source("CSP L4161-1", None, "B100"))


def profession(case: Case) -> Iterator[Finding]:
    """Repeat the verdict of the table of rights."""
    right, lines = case.prescriber.right, case.proposed
    if not lines:
        return
    if right is None:
        yield PROFESSION.not_done(
            lines, "Droit de prescrire non contrôlé", "La profession du prescripteur n’est pas connue."
        )
        return
    voice = PROFESSION.citing(right.source, None, right.rule)
    if right.verdict is Allowed.REFUSED:
        yield voice.alert(Level.HARD, lines, "Votre profession ne prescrit pas ces médicaments", right.reason)
    elif right.verdict is Allowed.WARN:
        yield from _limited(voice, right, lines)


def _limited(voice: Voice, right: MedicineRight, lines: Sequence[CaseLine]) -> Iterator[Finding]:
    """Ask a reason of what is not among the usual medicines of the profession, or whose class is unknown."""
    outside = [line for line in lines if right.atc and not by_atc(line, *right.atc)]
    for line in outside:
        yield voice.alert(
            Level.REASON, [line], f"{line.name} : hors de la liste de votre profession", right.reason
        )
    if len(outside) < len(lines):
        usual = [line for line in lines if line not in outside]
        yield voice.alert(Level.INFO, usual, "Prescription limitée par votre profession", right.reason)


def hospital(case: Case) -> Iterator[Finding]:
    """Refuse what only a hospital may use or prescribe: a nursing home cannot."""
    for line in case.proposed:
        if line.drug is None:
            continue
        rules, voice = line.drug.rules, HOSPITAL.citing(RULES, line.drug.release_date)
        if rules.hospital_only:
            text = (
                "Ni prescription ni délivrance en ville. Cherchez une autre spécialité de la même substance."
            )
            yield voice.alert(Level.HARD, [line], f"{line.name} : réservé à l’usage hospitalier", text)
        elif rules.hospital_prescription and not case.prescriber.in_hospital:
            text = "Seul un médecin hospitalier le prescrit : notez-le comme traitement extérieur, ou adressez le résident."
            yield voice.alert(Level.HARD, [line], f"{line.name} : prescription hospitalière", text)


def initial(case: Case) -> Iterator[Finding]:
    """Ask for the initial prescription, and that it still holds."""
    for line in case.proposed:
        rule = line.drug.rules.initial if line.drug else None
        if line.drug is not None and rule is not None and not _may_begin(rule, case.prescriber):
            voice = INITIAL.citing(RULES, line.drug.release_date)
            yield from _renewed(voice, line, rule, case)


def _may_begin(rule: InitialPrescription, prescriber: Prescriber) -> bool:
    if rule.by == "hospital":
        return prescriber.in_hospital
    return bool(rule.specialists) and may_sign(prescriber, rule.specialists) is True


def _renewed(voice: Voice, line: CaseLine, rule: InitialPrescription, case: Case) -> Iterator[Finding]:
    who = "hospitalière" if rule.by == "hospital" else "par un spécialiste"
    if rule.specialists and rule.by == "specialist":
        who = f"par un spécialiste ({enumeration(list(rule.specialists))})"
    if line.initial_on is None:
        yield voice.alert(
            Level.INFO if rule.only_for else Level.REASON,
            [line],
            f"{line.name} : prescription initiale {who}",
            f"Rappelez la prescription initiale, sa date et son auteur{_period(rule)}.{_persons(rule)}",
            band=str(rule.period_days),
        )
    elif line.initial_on > case.today:
        text = "La date de la prescription initiale est à venir : corrigez-la."
        headline, given = f"{line.name} : date de la prescription initiale", line.initial_on.isoformat()
        yield voice.alert(Level.REASON, [line], headline, text, band=given)
    elif rule.period_days and case.today > line.initial_on + timedelta(days=rule.period_days):
        yield voice.alert(
            Level.REASON,
            [line],
            f"{line.name} : prescription initiale du {line.initial_on:%d/%m/%Y} périmée",
            f"Elle vaut {days(rule.period_days)} : rappelez le spécialiste ou le service pour la renouveler.",
            band=line.initial_on.isoformat(),
        )


def _period(rule: InitialPrescription) -> str:
    return f" : elle vaut {days(rule.period_days)}" if rule.period_days else ""


def _persons(rule: InitialPrescription) -> str:
    return f" Exigée pour : {rule.only_for}." if rule.only_for else ""


def specialist(case: Case) -> Iterator[Finding]:
    """Compare the specialists of the label with the speciality of the prescriber."""
    for line in case.proposed:
        if line.drug is None or not line.drug.rules.specialists or line.drug.rules.hospital_only:
            continue
        wanted, voice = line.drug.rules.specialists, SPECIALIST.citing(RULES, line.drug.release_date)
        allowed = may_sign(case.prescriber, wanted)
        if allowed is None:
            text = f"Réservé à : {enumeration(list(wanted))}. La spécialité du prescripteur n’est pas renseignée."
            yield voice.not_done([line], f"{line.name} : spécialité non contrôlée", text)
        elif not allowed:
            text = (
                f"Réservé à : {enumeration(list(wanted))}. Dites qui a décidé ce traitement : il peut être noté comme traitement "
                "extérieur."
            )
            yield voice.alert(Level.REASON, [line], f"{line.name} : réservé à certains spécialistes", text)
