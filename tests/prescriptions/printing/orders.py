"""Complete lines of each kind, printed the way the product prints them: statement first, then sheet."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from prescriptions.documents.compose import freeze
from prescriptions.documents.sheet import to_sheet
from prescriptions.kinds.acte_biologie_medicale.exam import Exam
from prescriptions.kinds.acts.order import ActOrder
from prescriptions.kinds.charges import Charge
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.dispositif_medical.device import Device, Side
from prescriptions.kinds.medicament.medication import Medication, Regime
from prescriptions.kinds.medicament.posology import Intake, Moment, Phase, Posology
from prescriptions.kinds.order import FLAGS, Order
from prescriptions.printing.sheet import Sheet, State
from tests.prescriptions.cda.draw import PATIENT, PRESCRIBER, statement

from .sheets import IDENTIFIER

DAY = date(2026, 11, 24)
NO_FLAG = dict.fromkeys(FLAGS, False)
AUTHOR = replace(PRESCRIBER, replaces="99900123466", replaces_name="Dr Paul ROUSSEL")
INS = "238034900700144"


def sheet_of(kind: Kind, *orders: Order) -> Sheet:
    """Print an original, as once registered; the medicine is written by a replacement doctor."""
    lines = tuple(freeze(rank, kind, order, DAY) for rank, order in enumerate(orders, start=1))
    written = statement(
        kind,
        lines,
        written_on=DAY,
        patient=replace(PATIENT, ins_number=INS),
        prescriber=AUTHOR if kind is Kind.MEDICAMENT else PRESCRIBER,
    )
    return to_sheet(
        written,
        state=State.ORIGINAL,
        identifier=IDENTIFIER,
        signed_at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    )


def medicine(**changes: Any) -> Medication:
    """Levothyroxine every morning."""
    given: dict[str, Any] = {
        "cis": "60234100", "cip13": "", "label": "LEVOTHYROX 50 microgrammes, comprimé sécable", "dci": "LÉVOTHYROXINE",
        "dosage": "50 microgrammes", "form": "comprimé sécable", "brand": "LEVOTHYROX",
        "posology": Posology("comprimé", "orale", (Phase((Intake(Moment.MATIN, Decimal(1)),)),), precision="à jeun"),
        "regime": Regime.CONTINU, "starts_on": DAY, "duration_days": 28, "renewals": 5, "boxes": 1, "boxes_typed": False,
        "units_per_box": Decimal(30), "price_per_box": Decimal("2.57"), "ns_reason": "MTE", "ns_detail": "",
        "comment": "", "release": "", "off_label": False,
    }  # fmt: skip
    return Medication(**given | NO_FLAG | changes)


def device(**changes: Any) -> Device:
    """A cushion against pressure sores."""
    given: dict[str, Any] = {
        "code": "6208360", "label": "Coussin anti-escarres en mousse, classe II", "is_rental": False, "quantity": 1,
        "starts_on": DAY, "duration_days": None, "renewals": 0, "side": Side.NONE, "size": "43 × 43 cm", "site": "",
        "personal": False, "tariff": Decimal("69.00"), "comment": "", "release": "",
    }  # fmt: skip
    return Device(**given | NO_FLAG | changes)


def exam(**changes: Any) -> Exam:
    """An INR every week."""
    given: dict[str, Any] = {
        "code": "0127", "label": "Temps de Quick, INR", "starts_on": DAY, "every_days": 7, "occurrences": 4,
        "fasting": False, "urgent": True, "at_home": True, "context": "Anticoagulation par AVK, INR à 4,8 le 20/11/2026",
        "comment": "", "release": "",
    }  # fmt: skip
    return Exam(**given | NO_FLAG | changes)


def act(label: str, **changes: Any) -> ActOrder:
    """An act of a health professional."""
    given: dict[str, Any] = {
        "slug": "acte", "label": label, "session": "séance", "sessions": None, "times": None, "per": "semaine",
        "duration_days": None, "starts_on": DAY, "site": "", "product": "", "indication": "", "precision": "",
        "urgent": False, "at_home": True, "comment": "", "charge": Charge.AUXILIAIRE_MEDICAL,
    }  # fmt: skip
    return ActOrder(**given | NO_FLAG | changes)


BY_KIND: dict[Kind, tuple[Order, ...]] = {
    Kind.MEDICAMENT: (
        medicine(),
        medicine(
            label="PARACÉTAMOL",
            brand="DOLIPRANE",
            dci="PARACÉTAMOL",
            dosage="1 g",
            form="comprimé",
            ns_reason="",
            non_reimbursable=True,
        ),
    ),
    Kind.DISPOSITIF_MEDICAL: (
        device(),
        device(
            code="1136581",
            label="Oxygénothérapie à long terme, poste fixe",
            size="",
            is_service=True,
            duration_days=365,
        ),
    ),
    Kind.ACTE_BIOLOGIE_MEDICALE: (
        exam(),
        exam(
            code="",
            label="Dosage du zinc érythrocytaire",
            context="",
            urgent=False,
            every_days=None,
            occurrences=None,
            fasting=True,
        ),
    ),
    Kind.ACTE_INFIRMIER: (
        act(
            "Pansement d’ulcère de jambe",
            session="passage",
            times=1,
            per="jour",
            duration_days=21,
            site="jambe gauche",
            precision="dimanches et jours fériés compris",
            ald=True,
            charge=Charge.SOINS_INFIRMIERS,
        ),
    ),
    Kind.ACTE_KINESITHERAPIE: (
        act(
            "Rééducation de la marche et de l’équilibre",
            sessions=10,
            times=3,
            atmp=True,
            indication="fracture du col du fémur",
        ),
    ),
    Kind.ACTE_PEDICURIE: (act("Soins du pied diabétique de grade 2", sessions=5, indication="diabète"),),
    Kind.ACTE_ORTHOPHONIE: (
        act("Bilan et rééducation de la déglutition", indication="fausses routes", urgent=True),
    ),
    Kind.ACTE_ORTHOPTIE: (act("Bilan et rééducation de la basse vision", slug="", indication="DMLA"),),
}
"""What each picture shows: every kind, flags, free text, repetition."""
