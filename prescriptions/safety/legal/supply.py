"""What the ANSM says of the supply of a medicine (rule A19)."""

from __future__ import annotations

from collections.abc import Iterator

from prescriptions.safety.answers import Voice
from prescriptions.safety.case import Case
from prescriptions.safety.finding import Check, Finding, Level, Source

VOICE = Voice(Check.SUPPLY, Source("ANSM, disponibilité des spécialités (base publique)", None, "A19"))
SUPPLY_CHIPS = frozenset({"OUT_OF_STOCK", "UNDER_PRESSURE", "DISCONTINUED", "NOT_MARKETED"})


def check(case: Case) -> Iterator[Finding]:
    """Inform of a shortage, of a tension, of an end of marketing."""
    for line in case.proposed:
        if line.drug is None:
            continue
        voice = VOICE.citing(VOICE.source.text, line.drug.release_date)
        for chip in line.drug.chips:
            if chip.code in SUPPLY_CHIPS:
                text = (
                    "Vérifiez auprès de la pharmacie avant de prescrire ; une autre spécialité peut convenir."
                )
                yield voice.alert(
                    Level.INFO, [line], f"{line.name} : {chip.text_fr.lower()}", text, band=chip.code
                )
