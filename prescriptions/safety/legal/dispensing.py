"""How the law has a medicine dispensed: in fractions, on a secured form, by a named pharmacy (rules B13, B15, B18, B27)."""

from __future__ import annotations

from collections.abc import Iterator

from prescriptions.kinds.medicament.drug import FreeDrug
from prescriptions.kinds.medicament.paper import names_its_pharmacy
from prescriptions.kinds.wording import days
from prescriptions.safety.answers import Voice
from prescriptions.safety.case import Case
from prescriptions.safety.finding import Check, Finding, Level, Source

FRACTION = Voice(Check.FRACTION, Source("CSP R5132-30", None, "B15"))
SECURED = Voice(Check.SECURED, Source("CSP R5132-5 et R5132-29", None, "B13"))
PHARMACY = Voice(Check.PHARMACY, Source("CSS L162-4-2", None, "B27"))


def fraction(case: Case) -> Iterator[Finding]:
    """Say the length of the fractions, or that the prescriber excludes them and why."""
    for line in case.proposed:
        length = line.rules.fraction_days if line.rules else None
        if not length or (line.whole_days is not None and line.whole_days <= length):
            continue
        if line.fraction_reason:
            text = f"La mention et le motif sont imprimés : {line.fraction_reason}."
            yield FRACTION.alert(Level.INFO, [line], f"{line.name} : délivrance en une seule fois", text)
        else:
            yield FRACTION.alert(
                Level.INFO,
                [line],
                f"{line.name} : délivrance par fractions de {days(length)}",
                "La mention est imprimée. Pour l’exclure, donnez le motif de la délivrance en une seule fois.",
                expanded=False,
            )


def secured(case: Case) -> Iterator[Finding]:
    """Say which lines leave on a secured form, in letters when the law wants it."""
    for line in case.proposed:
        rules = line.rules
        if rules is not None and (rules.narcotic or rules.secured):
            letters = ", en toutes lettres" if rules.in_letters or rules.narcotic else ""
            told = rules.why_set("secured", "in_letters")
            voice = SECURED.citing(told[0], line.release_date, "B20") if told else SECURED
            yield voice.alert(
                Level.INFO,
                [line],
                f"{line.name} : ordonnance sécurisée{letters}",
                "Stupéfiant." if rules.narcotic else "Soumis à tout ou partie des règles des stupéfiants.",
                expanded=False,
            )


def pharmacy(case: Case) -> Iterator[Finding]:
    """Refuse a substitution treatment without the name of the pharmacy."""
    for line in case.proposed:
        drug = line.drug or FreeDrug(line.label)
        if names_its_pharmacy(drug) and not line.pharmacy.strip():
            yield PHARMACY.alert(
                Level.HARD,
                [line],
                f"{line.name} : nommez la pharmacie",
                "Le remboursement exige le nom de la pharmacie qui délivrera sur l’ordonnance.",
            )
