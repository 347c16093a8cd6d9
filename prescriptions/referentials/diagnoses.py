"""Diagnoses of the ICD-10 in French (CIM-10), to name an indication or a history."""

from __future__ import annotations

from dataclasses import dataclass


class UnknownDiagnosis(LookupError):
    """No diagnosis with this code in the loaded list."""


@dataclass(frozen=True, slots=True)
class DiagnosisFacts:
    """One code of the CIM-10. `code` as the table writes it (« I10 », « E119 »); `dotted` as people read it."""

    code: str
    label: str

    @property
    def dotted(self) -> str:
        """« E11.9 » for E119."""
        return self.code if len(self.code) <= 3 else f"{self.code[:3]}.{self.code[3:]}"


def search_diagnoses(text: str, limit: int = 20) -> list[DiagnosisFacts]:
    """Return the diagnoses answering every word of `text`, or its code, at most `limit` of them."""
    return []


def diagnosis_facts(code: str) -> DiagnosisFacts:
    """Return the facts of one code, with or without its dot; UnknownDiagnosis when the list lacks it."""
    raise UnknownDiagnosis(code)
