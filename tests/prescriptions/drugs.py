"""Medicines of the tests, as the drug base tells them, without a database."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class FakeBox:
    """One presentation."""

    cip13: str
    units_per_box: Decimal | None
    price: Decimal | None = None
    marketed: bool = True
    label: str = "plaquette"
    reimbursement_rate: int | None = 65


@dataclass(frozen=True)
class FakeSubstance:
    """One substance."""

    name: str


@dataclass(frozen=True)
class FakeLabel:
    """One condition of prescription."""

    code: str
    text_fr: str = ""


@dataclass(frozen=True)
class FakeDrug:
    """One speciality."""

    cis: str
    label: str
    dci_label: str
    dosage: str
    form: str
    routes: tuple[str, ...]
    intake_unit: str
    presentations: tuple[FakeBox, ...]
    substances: tuple[FakeSubstance, ...]
    chips: tuple[FakeLabel, ...] = ()
    release: str = "BDPM du 19/05/2026 (sha256 00)"


DOLIPRANE = FakeDrug(
    cis="60234100",
    label="DOLIPRANE 1000 mg, comprimé",
    dci_label="PARACÉTAMOL",
    dosage="1 g",
    form="comprimé",
    routes=("orale",),
    intake_unit="comprimé",
    presentations=(FakeBox("3400935955838", Decimal(8), Decimal("2.18")),),
    substances=(FakeSubstance("PARACÉTAMOL"),),
)
LEVOTHYROX = FakeDrug(
    cis="69345664",
    label="LEVOTHYROX 50 microgrammes, comprimé sécable",
    dci_label="LÉVOTHYROXINE",
    dosage="50 microgrammes",
    form="comprimé sécable",
    routes=("orale",),
    intake_unit="comprimé",
    presentations=(
        FakeBox("3400930046593", Decimal(30), Decimal("2.40")),
        FakeBox("3400930046609", Decimal(90), Decimal("6.90")),
        FakeBox("3400930046616", Decimal(7), None, marketed=False),
    ),
    substances=(FakeSubstance("LÉVOTHYROXINE SODIQUE"),),
)
HALDOL = FakeDrug(
    cis="60000003",
    label="HALOPERIDOL GENERIC 2 mg/mL, solution buvable en gouttes",
    dci_label="HALOPÉRIDOL",
    dosage="2 mg/mL",
    form="solution buvable",
    routes=("orale",),
    intake_unit="goutte",
    presentations=(FakeBox("3400930000001", None, Decimal("3.10")),),
    substances=(FakeSubstance("HALOPÉRIDOL"),),
)
