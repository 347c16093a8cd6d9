"""Statements drawn at random, of every shape the screens can produce, and the facts of their documents."""

import json
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from struct import pack
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from prescriptions.documents.cda.facts import DocumentFacts
from prescriptions.documents.cda.routes import ROUTES
from prescriptions.documents.statement import House, Information, Line, Patient, Prescriber, Statement
from prescriptions.kinds.acte_biologie_medicale.exam import Exam
from prescriptions.kinds.acts.order import ActOrder
from prescriptions.kinds.charges import Charge
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.dispositif_medical.device import Device, Side
from prescriptions.kinds.medicament.medication import Medication, Regime
from prescriptions.kinds.medicament.posology import Phase, Posology
from prescriptions.kinds.order import Paper, flags_of
from tests.prescriptions.posologies import any_posology, intake_lists, planned, rhythms

WRITTEN = date(2026, 11, 24)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HOUSE = House("490000007", "EHPAD Les Tilleuls & Cie", "12 rue des Lilas", "49000", "Angers")
PATIENT = Patient(
    birth_name="MOREAU",
    birth_first_name="JEANNE",
    first_names="JEANNE MARIE",
    used_name="DUBOIS",
    used_first_name="JEANNE",
    birth_date=date(1936, 3, 5),
    sex="F",
    ins_number="236034900700145",
    ins_oid="1.2.250.1.213.1.4.10",
    ins_status="QUALIFIEE",
    weight_kg="58.4",
    height_cm="160",
    birth_place="49007",
)
PRESCRIBER = Prescriber(
    rpps="99900123458",
    title="Dr",
    first_name="Claire",
    last_name="Martineau",
    profession="10",
    profession_label="Médecin",
    speciality="Médecine générale",
    speciality_code="01",
    phone="+33 2 41 00 00 11",
    email="",
    am_number="991000696",
)
CIP13 = ("3400935955838", "3400930046593", "3400933516390")
"""Numbers of boxes whose check digit is right."""
UNITS = (
    "comprimé",
    "gélule",
    "mL",
    "mg",
    "g",
    "microgramme",
    "UI",
    "litre",
    "goutte",
    "récipient unidose",
    "truc",
)
ACTS = tuple(kind for kind in Kind if kind not in (Kind.MEDICAMENT, Kind.DISPOSITIF_MEDICAL))

typed = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
days = st.integers(0, 40).map(lambda later: WRITTEN + timedelta(days=later))
maybe_days = st.none() | st.integers(1, 365)


def png() -> bytes:
    """The smallest black picture: one pixel."""
    chunks = (
        (b"IHDR", pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    )
    body = b"".join(
        pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def facts(*, identifier: str | None = "01S2TBPZ2JCNZZYGHZ", **others: Any) -> DocumentFacts:
    """Facts of a first version; without a number when `identifier` is None."""
    signed = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    given: dict[str, Any] = {
        "document_id": UUID(int=0x5EED), "set_id": UUID(int=0x5E7), "version": 1, "identifier": identifier,
        "signed_at": signed, "created_at": signed + timedelta(seconds=4), "pdf": PDF,
        "qr_png": png() if identifier else None, "patient_id": UUID(int=0xCA5E),
    }  # fmt: skip
    return DocumentFacts(**given | others)


@st.composite
def any_facts(draw: st.DrawFn) -> DocumentFacts:
    """With and without a number, first and later versions."""
    number = draw(st.none() | st.text("0123456789ABCDEFGHJKMNPRSTUVWXYZ", min_size=18, max_size=18))
    version = draw(st.integers(1, 3))
    return facts(
        identifier=number,
        version=version,
        document_id=draw(st.uuids()),
        replaces=draw(st.uuids()) if version > 1 else None,
    )


@st.composite
def split(draw: st.DrawFn) -> Posology:
    """One step, whose doses differ most often."""
    phase = Phase(tuple(draw(intake_lists)), draw(rhythms), draw(st.none() | st.integers(1, 40)))
    return Posology("comprimé", "orale", (phase,))


@st.composite
def posologies(draw: st.DrawFn) -> Posology:
    """Any posology, unit and route."""
    drawn = draw(any_posology | split() | planned())
    route = draw(st.sampled_from(["orale", *ROUTES, "hémofiltration"]) | typed.filter(str.strip))
    return Posology(draw(st.sampled_from(UNITS)), route, drawn.phases, drawn.as_needed, drawn.precision)


def _regime(posology: Posology, drawn: Regime) -> Regime:
    if posology.as_needed is not None:
        return Regime.SI_BESOIN
    lone = len(posology.phases) == 1 and len(posology.phases[0].intakes) == 1
    return Regime.CONTINU if drawn == Regime.DOSE_UNIQUE and not lone else drawn


@st.composite
def medications(draw: st.DrawFn, *, free: bool | None = None) -> Medication:
    """A medicine line; `free`: typed without the drug base."""
    posology, ns = draw(posologies()), draw(st.sampled_from(["", "", "MTE", "CIF"]))
    free = draw(st.integers(0, 9)) == 0 if free is None else free
    flags: dict[str, Any] = {
        name: draw(st.booleans()) for name in ("ald", "atmp", "prevention", "non_reimbursable", "off_label")
    }
    return Medication(
        cis="" if free else draw(st.sampled_from(["60234100", "69345664"])),
        cip13="" if free else draw(st.sampled_from(["", *CIP13])),
        label=draw(st.sampled_from(["DOLIPRANE 1000 mg, comprimé", "A & B <5 mg>, « sirop »"])),
        dci="PARACÉTAMOL",
        dosage="1 g",
        form="comprimé",
        brand=draw(st.sampled_from(["", "DOLIPRANE"])),
        posology=posology,
        regime=_regime(posology, draw(st.sampled_from(Regime))),
        starts_on=draw(st.just(WRITTEN) | days),
        duration_days=draw(maybe_days),
        renewals=draw(st.integers(0, 11)),
        boxes=draw(st.none() | st.integers(1, 30)),
        boxes_typed=draw(st.booleans()),
        units_per_box=draw(st.none() | st.sampled_from([Decimal(8), Decimal(30)])),
        price_per_box=draw(st.none() | st.just(Decimal("2.18"))),
        ns_reason=ns,
        ns_detail="lactose" if ns == "CIF" else "",
        comment=draw(typed),
        release="1",
        pharmacy=draw(st.sampled_from(["", "", "Pharmacie des Halles"])),
        single_dispensing=draw(st.sampled_from(["", "", "absence prolongée"])),
        fraction_days=draw(st.none() | st.just(7)),
        **flags,
    )


@st.composite
def devices(draw: st.DrawFn) -> Device:
    """A device line."""
    flags: dict[str, Any] = {
        name: draw(st.booleans()) for name in ("ald", "atmp", "prevention", "non_reimbursable", "personal")
    }
    return Device(
        code=draw(st.sampled_from(["1215702", "6247806", "1201767"])),
        label=draw(st.sampled_from(["Lit médical, forfait <135 kg>", "Coussin d’aide à la prévention"])),
        is_rental=draw(st.booleans()),
        quantity=draw(st.integers(1, 200)),
        starts_on=draw(days),
        duration_days=draw(maybe_days),
        renewals=draw(st.integers(0, 11)),
        side=draw(st.sampled_from(Side)),
        size=draw(typed),
        site=draw(typed),
        tariff=draw(st.none() | st.just(Decimal("12.50"))),
        comment=draw(typed),
        release="1",
        **flags,
    )


def line_of(kind: Kind, position: int, order: Any) -> Line:
    """Freeze a line the way signing does."""
    return Line(
        position=position,
        kind=kind.value,
        reading=json.loads(json.dumps(order.to_json())),
        title=order.title,
        texts=order.printed_texts(prescribed_on=WRITTEN),
        ald=order.ald,
        flags=flags_of(order),
        unchecked=order.is_unchecked,
    )


@st.composite
def acts(draw: st.DrawFn) -> ActOrder:
    """An act of a nurse, a physiotherapist…"""
    ticks = ("at_home", "urgent", "ald", "atmp", "prevention", "non_reimbursable")
    flags: dict[str, Any] = {name: draw(st.booleans()) for name in ticks}
    return ActOrder(
        slug="",
        label=draw(st.sampled_from(["Rééducation de la marche", "Pansement < 60 cm² & bande"])),
        session="séance",
        sessions=draw(st.none() | st.integers(1, 60)),
        times=draw(st.none() | st.integers(1, 4)),
        per="semaine",
        duration_days=draw(maybe_days),
        starts_on=draw(days),
        site=draw(typed),
        product="",
        indication=draw(typed),
        precision="",
        charge=draw(st.sampled_from(Charge)),
        comment=draw(typed),
        **flags,
    )


@st.composite
def exams(draw: st.DrawFn) -> Exam:
    """An examination, once or again."""
    ticks = ("fasting", "urgent", "at_home", "ald", "atmp", "prevention", "non_reimbursable")
    flags: dict[str, Any] = {name: draw(st.booleans()) for name in ticks}
    again = draw(st.booleans())
    return Exam(
        code=draw(st.sampled_from(["", "0578"])),
        label="Hémogramme",
        starts_on=draw(days),
        every_days=draw(st.integers(1, 90)) if again else None,
        occurrences=draw(st.integers(2, 12)) if again else None,
        context=draw(typed),
        comment=draw(typed),
        release="1",
        **flags,
    )


def statement(kind: Kind, lines: tuple[Line, ...], **others: Any) -> Statement:
    """A statement of the usual people."""
    given: dict[str, Any] = {
        "written_on": WRITTEN, "house": HOUSE, "prescriber": PRESCRIBER, "patient": PATIENT,
        "information": Information(WRITTEN, "RESIDENT", opposes_execution_view=False),
        "lines": lines, "kind": kind.value, "paper": Paper.SIMPLE.value,
    }  # fmt: skip
    return Statement(**given | others)


@st.composite
def patients(draw: st.DrawFn, *, qualified: bool | None = None) -> Patient:
    """Qualified or not, with and without a used name, measures, known sex."""
    qualified = draw(st.booleans()) if qualified is None else qualified
    return replace(
        PATIENT,
        used_name=draw(st.sampled_from(["", "DUBOIS-L’ÉCUYER"])),
        used_first_name=draw(st.sampled_from(["", "JEANNE"])),
        first_names=draw(st.sampled_from(["", "JEANNE MARIE"])),
        sex=draw(st.sampled_from("FMI")),
        birth_place=draw(st.sampled_from(["49007", "99109", ""])),
        weight_kg=draw(st.sampled_from(["", "58.4"])),
        height_cm=draw(st.sampled_from(["", "160"])),
        ins_status="QUALIFIEE" if qualified else draw(st.sampled_from(["PROVISOIRE", "RECUPEREE"])),
        ins_oid=draw(st.sampled_from([f"1.2.250.1.213.1.4.{end}" for end in (8, 9, 10, 11)])),
    )


@st.composite
def prescribers(draw: st.DrawFn) -> Prescriber:
    """Liberal or salaried, of any speciality, replacing somebody or not."""
    replaced = draw(st.booleans())
    profession = draw(st.sampled_from(["10", "10", "60", "40"]))
    return replace(
        PRESCRIBER,
        profession=profession,
        speciality_code=draw(st.sampled_from(["01", "34", "99", ""])),
        title=draw(st.sampled_from(["Dr", "Mme", "M.", ""])),
        phone=draw(st.sampled_from(["", "+33 2 41 00 00 11"])),
        email=draw(st.sampled_from(["", "c.martineau@exemple.fr"])),
        am_number=draw(st.sampled_from(["", "991000696"])),
        replaces="99900123466" if replaced else "",
        replaces_name=draw(st.sampled_from(["Dr Yann LE GOFF", "MARTIN", ""])) if replaced else "",
    )


@st.composite
def information(draw: st.DrawFn) -> Information:
    """Informed or not, objecting or not."""
    return Information(draw(st.none() | st.just(WRITTEN)), "RESIDENT", draw(st.booleans()))


ORDERS: dict[Kind, Any] = {
    Kind.MEDICAMENT: medications,
    Kind.DISPOSITIF_MEDICAL: devices,
    Kind.ACTE_BIOLOGIE_MEDICALE: exams,
}
"""What draws an order of each kind; acts for the others."""


@st.composite
def statements(draw: st.DrawFn, kind: Kind, *, qualified: bool | None = None, most: int = 3) -> Statement:
    """Any statement of `kind`, of 1 to `most` lines."""
    count = draw(st.integers(1, most))
    orders = ORDERS.get(kind, acts)
    lines = tuple(line_of(kind, rank, draw(orders())) for rank in range(1, count + 1))
    papers = list(Paper) if kind == Kind.MEDICAMENT else [Paper.SIMPLE]
    return statement(
        kind,
        lines,
        paper=draw(st.sampled_from(papers)).value,
        pharmacy=draw(st.sampled_from(["", "Pharmacie des Halles & fils"]))
        if kind == Kind.MEDICAMENT
        else "",
        house=draw(
            st.sampled_from(
                [
                    HOUSE,
                    replace(HOUSE, address="Lieu-dit <La Croix>"),
                    replace(HOUSE, address="", postal_code="", city=""),
                ]
            )
        ),
        patient=draw(patients(qualified=qualified)),
        prescriber=draw(prescribers()),
        information=draw(information()),
    )
