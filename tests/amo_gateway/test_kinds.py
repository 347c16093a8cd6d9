"""The eight kinds of line: what each looks like on the wire, what the schema and the service make of it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from amo_gateway import epu, schemas
from amo_gateway.codes import explain
from amo_gateway.credentials import Credentials
from amo_gateway.errors import ProtocolError, Rejected
from amo_gateway.lines import element_of
from amo_gateway.messages import ActeLine, EPrescription, Line
from amo_gateway.signing import sign_enveloped
from tests.amo_gateway.samples import (
    ACTS,
    BIOLOGY,
    BY_KIND,
    DEVICES,
    FREE_TEXT,
    LINES,
    RPPS,
    Neighbour,
    acts,
    caught,
    context,
    eprescription,
    signed,
)

GOLDEN = Path(__file__).with_name("golden")
EXAMPLES: dict[str, list[Line]] = {**BY_KIND, "texteLibre": [FREE_TEXT]}
NUMBER = "01ABCDEFGHJKMNPRST"


def laid_out(made: bytes) -> str:
    """A message, one element a line."""
    root = etree.fromstring(made)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


def test_every_kind_the_service_publishes_has_its_example():
    assert BY_KIND.keys() == schemas.epresc_types().keys()
    assert all(schemas.epresc_types().values())
    assert {path.stem for path in GOLDEN.iterdir()} == EXAMPLES.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_message_is_the_golden_one_canonical_and_valid(name: str):
    made = epu.build(eprescription(identifiant=NUMBER, lignes=EXAMPLES[name]))
    assert laid_out(made) == (GOLDEN / f"{name}.xml").read_text(encoding="utf-8")
    assert etree.tostring(etree.fromstring(made), method="c14n", exclusive=True) == made
    schemas.check(made)


def test_acts_share_one_element_the_others_have_their_own():
    assert {kind for kind in schemas.epresc_types() if element_of(kind) == "acte"} == set(ACTS)
    assert {kind for kind in schemas.epresc_types() if element_of(kind) == kind} == BY_KIND.keys() - set(ACTS)


def test_a_kind_of_act_the_service_would_add_needs_one_value_in_the_schema():
    value = '<xs:enumeration value="acteInfirmier">'
    published = schemas.EPRESCRIPTION_XSD.read_text(encoding="utf-8")
    assert published.count(value) == 1
    extended = published.replace(value, f'<xs:enumeration value="acteNouveau"/>{value}')
    made = etree.fromstring(epu.build(eprescription(lignes=acts("acteNouveau"))))
    assert schemas.first_fault(made) == "ligne"
    assert etree.XMLSchema(etree.fromstring(extended.encode())).validate(made)


# --- The schema ------------------------------------------------------------------------------------

REFUSED: list[tuple[str, Line]] = [
    ("codeLpp", replace(DEVICES[0], code_lpp="")),
    ("codeLpp", replace(DEVICES[0], code_lpp="123456")),
    ("mode", replace(DEVICES[0], mode="prêt")),
    ("cote", replace(DEVICES[0], cote="milieu")),
    ("quantite", replace(DEVICES[0], quantite=0)),
    ("dureeLocationJours", replace(DEVICES[1], duree_location_jours=0)),
    ("codeNabm", replace(BIOLOGY[0], code_nabm="127")),
    ("nombreExecutions", replace(BIOLOGY[0], nombre_executions=0)),
    ("denomination", replace(BIOLOGY[0], denomination="")),
    ("libelle", ActeLine(epresc_type="acteInfirmier", position=1, acte="")),
    ("nombreSeances", ActeLine(epresc_type="acteInfirmier", position=1, acte="Soin", nombre_seances=0)),
    ("ligne", ActeLine(epresc_type="acteImagerie", position=1, acte="Radiographie")),
    ("ligne", ActeLine(epresc_type="transport", position=1, acte="Ambulance")),
    ("cis", replace(LINES[0], cis="")),
    ("dci", replace(LINES[0], dci="")),
    ("cip13", replace(FREE_TEXT, cip13="3400930000014")),
    ("denomination", replace(FREE_TEXT, denomination="")),
]


@pytest.mark.parametrize(("element", "line"), REFUSED)
def test_the_schema_names_what_a_line_lacks(element: str, line: Line):
    with pytest.raises(ProtocolError) as refusal:
        schemas.check(epu.build(eprescription(lignes=[line])))
    assert (refusal.value.code, refusal.value.detail) == ("epu_invalide", f"élément {element}")


@pytest.mark.parametrize("said", [b"<libre>false</libre>", b"<cis>60000001</cis><libre>true</libre>", b""])
def test_a_medicine_is_coded_or_free_text_never_both_nor_neither(said: bytes):
    made = epu.build(eprescription(lignes=[FREE_TEXT]))
    assert b"<libre>true</libre>" in made
    with pytest.raises(ProtocolError):
        schemas.check(made.replace(b"<libre>true</libre>", said))


# --- The service -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_service_registers_each_kind(name: str, amo: Neighbour, keys: Credentials):
    message = eprescription(lignes=EXAMPLES[name])
    document = signed(message, keys)
    receipt = amo.client().register(document, context(), message.identifiant)
    assert receipt.identifier_returned == message.identifiant
    held = amo.service.store.find(message.identifiant)
    assert held is not None
    assert (held["xml"], held["type"]) == (document, message.lignes[0].epresc_type)
    assert held["lignes"] == len(message.lignes)


def refused(amo: Neighbour, keys: Credentials, message: EPrescription, made: bytes) -> str:
    """The code the service refuses `made` with, once signed; it holds nothing."""
    document = sign_enveloped(made, keys.signer, signing_time=datetime.now(UTC), claimed_role=f"RPPS {RPPS}")
    failure = caught(lambda: amo.client().register(document, context(), message.identifiant))
    assert isinstance(failure, Rejected)
    assert amo.held() == []
    return failure.code


MIXED: list[list[Line]] = [
    [LINES[0], DEVICES[1]],
    [DEVICES[0], *BIOLOGY],
    [BIOLOGY[0], acts("acteInfirmier")[1]],
    [acts("acteInfirmier")[0], acts("acteKinesitherapie")[1]],
]


@pytest.mark.parametrize("lines", MIXED)
def test_kinds_are_never_mixed(lines: list[Line], amo: Neighbour, keys: Credentials):
    message = eprescription(lignes=lines)
    made = epu.build(message)
    schemas.check(made)
    assert refused(amo, keys, message, made) == "sim_ep_types_melanges"
    assert "une e-prescription par type" in explain("sim_ep_types_melanges").what_to_do


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        ("medicament", "dispositifMedical"),
        ("dispositifMedical", "acteInfirmier"),
        ("acteBiologieMedicale", "medicament"),
        ("acteInfirmier", "acteBiologieMedicale"),
    ],
)
def test_the_element_of_a_line_is_the_one_of_its_kind(
    kind: str, other: str, amo: Neighbour, keys: Credentials
):
    message = eprescription(lignes=BY_KIND[kind])
    made = epu.build(message).replace(f'Type="{kind}"'.encode(), f'Type="{other}"'.encode())
    schemas.check(made)
    assert refused(amo, keys, message, made) == "sim_ep_message_invalide"


@pytest.mark.parametrize("kind", ["acteImagerie", "imagerie", "transport"])
def test_imaging_and_transport_are_out_of_scope(kind: str, amo: Neighbour, keys: Credentials):
    message = eprescription(lignes=acts(kind))
    assert refused(amo, keys, message, epu.build(message)) == "sim_ep_perimetre"


def test_a_device_the_service_does_not_know(amo: Neighbour, keys: Credentials):
    message = eprescription(lignes=[DEVICES[0], replace(DEVICES[1], code_lpp="9999999")])
    assert refused(amo, keys, message, epu.build(message)) == "sim_ep_produit_inconnu"
