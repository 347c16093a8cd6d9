"""Diagnoses of the ICD-10 in French (CIM-10), to name an indication or a history."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lists.search import search_list
from .models import Diagnosis, DiagnosisWord


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


_CODE = re.compile(r"[A-Z]\d{2}\.?[\d+]*")
_DIABETES = re.compile(r"\btype (?:ii|2)\b", re.IGNORECASE)


def search_diagnoses(text: str, limit: int = 20) -> list[DiagnosisFacts]:
    """Return the diagnoses answering every word of `text`, or its code, at most `limit` of them."""
    code = _code(text)
    asked = _DIABETES.sub("type 2", text)
    found = search_list(Diagnosis, DiagnosisWord, asked, code=code, offered="true", limit=limit)
    return [DiagnosisFacts(item.code, item.label) for item in found]


def diagnosis_facts(code: str) -> DiagnosisFacts:
    """Return the facts of one code, with or without its dot; UnknownDiagnosis when the list lacks it."""
    item = Diagnosis.objects.filter(pk=_code(code)).first()
    if item is None:
        raise UnknownDiagnosis(code)
    return DiagnosisFacts(item.code, item.label)


def _code(text: str) -> str:
    """Return the code as the table keys it (E11.9 is E119), empty when it is none."""
    written = text.strip().upper()
    return written.replace(".", "") if _CODE.fullmatch(written) else ""
