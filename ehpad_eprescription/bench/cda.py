"""Build a CDA document of twelve lines: processor time of one document, every shape of posology three times."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from statistics import median
from uuid import UUID

from ehpad_eprescription.bench.report import Figures, Options, say
from prescriptions.documents.cda import DocumentFacts, build
from prescriptions.documents.statement import House, Information, Line, Patient, Prescriber, Statement
from prescriptions.kinds.medicament.medication import Medication, Regime
from prescriptions.kinds.medicament.posology import AsNeeded, Intake, Moment, Phase, Posology
from prescriptions.kinds.order import Paper

LINES, ROUNDS = 12, 200
_DAY = date(2026, 11, 24)
_NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
_PDF = b"%PDF-1.7\n" + bytes(60_000)
"""As heavy as a printed ordonnance of two pages."""


def measure(options: Options) -> Figures:
    """Return the median of many documents, plain and secured (every number in letters)."""
    plain, secured = _statement(Paper.SIMPLE), _statement(Paper.SECURISEE)
    figures: Figures = {
        "lines": LINES,
        "cpu_ms": _cpu_ms(plain),
        "cpu_ms_secured": _cpu_ms(secured),
        "bytes": len(build(plain, _facts())),
    }
    say(
        f"un CDA de {LINES} lignes : {figures['cpu_ms']} ms de processeur ({figures['cpu_ms_secured']} ms sécurisé)"
    )
    return figures


def _cpu_ms(statement: Statement) -> float:
    facts, spent = _facts(), []
    for _ in range(ROUNDS):
        started = time.process_time()
        build(statement, facts)
        spent.append(time.process_time() - started)
    return round(median(spent) * 1000, 2)


def _facts() -> DocumentFacts:
    return DocumentFacts(
        document_id=UUID(int=1),
        set_id=UUID(int=2),
        version=1,
        identifier="01S2TBPZ2JCNZZYGHZ",
        signed_at=_NOW,
        created_at=_NOW,
        pdf=_PDF,
        qr_png=b"\x89PNG" + bytes(2_000),
    )


def _statement(paper: Paper) -> Statement:
    shapes = _posologies()
    lines = tuple(_line(rank, shapes[rank % len(shapes)]) for rank in range(1, LINES + 1))
    return Statement(
        written_on=_DAY,
        house=House("490000007", "EHPAD Les Tilleuls", "12 rue des Lilas", "49000", "Angers"),
        prescriber=Prescriber(
            "99900123458", "Dr", "Claire", "Martineau", "10", "Médecin", "Médecine générale", "01", "+33241000011", "", ""
        ),
        patient=Patient(
            "MOREAU", "JEANNE", "JEANNE", "", "", date(1936, 3, 5), "F", "236034900700150",
            "1.2.250.1.213.1.4.10", "QUALIFIEE", "58.4", "160", "49007",
        ),
        information=Information(_DAY, "RESIDENT", opposes_execution_view=False),
        lines=lines,
        paper=paper.value,
    )  # fmt: skip


def _posologies() -> tuple[Posology, ...]:
    """Normal, split, tapered, if needed."""
    one, two = (Intake(Moment.MATIN, Decimal(1)), Intake(Moment.SOIR, Decimal(1))), Decimal(2)
    split = (one[0], replace(one[1], dose=two))
    taper = tuple(Phase((Intake(Moment.MATIN, Decimal(dose)),), days=5) for dose in (3, 2, 1))
    needed = AsNeeded(Decimal(1), "douleur", Decimal(6), Decimal(4))
    shapes = (((Phase(one),), None), ((Phase(split),), None), (taper, None), ((), needed))
    return tuple(Posology("comprimé", "orale", phases, limits) for phases, limits in shapes)


def _line(position: int, posology: Posology) -> Line:
    order = Medication(
        cis="60234100",
        cip13="3400935955838",
        label="DOLIPRANE 1000 mg, comprimé",
        dci="PARACÉTAMOL",
        dosage="1 g",
        form="comprimé",
        brand="DOLIPRANE",
        posology=posology,
        regime=Regime.CONTINU,
        starts_on=_DAY,
        duration_days=28,
        renewals=5,
        boxes=3,
        boxes_typed=False,
        units_per_box=Decimal(8),
        price_per_box=Decimal("2.18"),
        ald=True,
        ns_reason="",
        ns_detail="",
        comment="Avec un grand verre d’eau.",
        release="",
    )
    texts = order.printed_texts(prescribed_on=_DAY)
    return Line(position, "medicament", order.to_json(), order.title, texts, order.ald)
