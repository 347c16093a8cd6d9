"""Check a treatment of fifteen lines, every check, on the real base: what the screen waits for, then the door for machines."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from django.utils import timezone

from ehpad_eprescription.bench.report import Figures, Options, decimal, quantile, say
from prescriptions.safety.case import Case
from prescriptions.safety.in_service import InService, in_service
from prescriptions.safety.treatment.door import check_treatments
from prescriptions.safety.treatment.reading import read_treatment
from prescriptions.safety.treatment.resolving import Resolver
from prescriptions.workflow.safety import medicine_right

ROUNDS, AT_ONCE, TARGET_MS = 200, 100, 30
_MEDICINES = (
    ("PARACÉTAMOL", "1 g"), ("LÉVOTHYROXINE", "50 microgrammes"), ("BISOPROLOL", "5 mg"), ("RAMIPRIL", "5 mg"),
    ("FUROSÉMIDE", "40 mg"), ("APIXABAN", "5 mg"), ("ATORVASTATINE", "20 mg"), ("PANTOPRAZOLE", "20 mg"),
    ("METFORMINE", "500 mg"), ("MIRTAZAPINE", "15 mg"), ("OXAZÉPAM", "10 mg"), ("RISPÉRIDONE", "1 mg"),
    ("DONÉPÉZIL", "10 mg"), ("TRAMADOL", "50 mg"), ("MACROGOL 4000", "10 g"),
)  # fmt: skip
"""A usual resident of a nursing home, and some more."""


def measure(options: Options) -> Figures:
    """Return the milliseconds of one treatment on the screen, and of one among many at the door."""
    resolver, document, service = Resolver(), _document(), replace(in_service(), clinical=True)
    typed = read_treatment(document, timezone.localdate())
    resolver.prepare(line.wanted for line in typed.lines)
    lines = tuple(line.resolved(resolver.resolve(line.wanted).facts) for line in typed.lines)
    case = Case(typed.resident, lines, typed.today, typed.prescriber)
    spent = [_timed(case, service) for _ in range(ROUNDS + 5)][5:]
    figures: Figures = {
        "lines": len(lines),
        "found": sum(line.drug is not None for line in lines),
        "ms": round(quantile(spent, 0.5), 2),
        "p95_ms": round(quantile(spent, 0.95), 2),
        "target_ms": TARGET_MS,
        "door_ms": round(_at_the_door(document, resolver, service), 2),
    }
    say(
        f"{figures['lines']} lignes contrôlées : {decimal(figures['ms'])} ms (95e centile {decimal(figures['p95_ms'])}), "
        f"{decimal(figures['door_ms'])} ms par traitement à la file"
    )
    return figures


def _timed(case: Case, service: InService) -> float:
    started = time.perf_counter()
    service.check(case)
    return (time.perf_counter() - started) * 1000


def _at_the_door(document: dict[str, Any], resolver: Resolver, service: InService) -> float:
    documents, today, started = [document] * AT_ONCE, timezone.localdate(), time.perf_counter()
    check_treatments(documents, today=today, rights=medicine_right, resolver=resolver, service=service)
    return (time.perf_counter() - started) * 1000 / AT_ONCE


def _document() -> dict[str, Any]:
    measured = {"value": 60, "on": timezone.localdate().isoformat()}
    return {
        "resident": {
            "age": 90, "sex": "F", "weight": measured, "creatinine": measured, "allergies": ["sirop"],
            "conditions": ["G30.9"], "swallowing_trouble": True,
        },
        "prescriber": {"profession": "10", "speciality": "médecine générale"},
        "lines": [
            {"dci": dci, "dosage": dosage, "duration_days": 28, "posology": {"matin": 1, "soir": 1}}
            for dci, dosage in _MEDICINES
        ],
    }  # fmt: skip
