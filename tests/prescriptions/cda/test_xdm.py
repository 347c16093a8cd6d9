"""The archive for secure mail: its files, what it says of the document, the same bytes each time."""

from dataclasses import replace
from hashlib import sha1
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from prescriptions.documents.cda import archive, build
from prescriptions.kinds.acts.order import ActOrder
from prescriptions.kinds.charges import Charge
from prescriptions.kinds.codes import Kind
from tests.prescriptions.cda import draw

RIM = {"r": "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"}


def zipped(statement, facts=None):
    """The document, and the files of its archive by name."""
    facts = facts or draw.facts()
    document = build(statement, facts)
    with ZipFile(BytesIO(archive(document, statement, facts))) as opened:
        return document, {name: opened.read(name) for name in opened.namelist()}


REEDUCATION = ActOrder(
    slug="", label="Rééducation", session="séance", sessions=10, times=2, per="semaine", duration_days=35,
    starts_on=draw.WRITTEN, site="", product="", indication="", precision="", at_home=False, urgent=False,
    charge=Charge.AUXILIAIRE_MEDICAL, ald=True, atmp=False, prevention=False, non_reimbursable=False, comment="",
)  # fmt: skip


def one_act(**others):
    """A statement of physiotherapy."""
    line = draw.line_of(Kind.ACTE_KINESITHERAPIE, 1, REEDUCATION)
    return draw.statement(Kind.ACTE_KINESITHERAPIE, (line,), **others)


def find(root: Any, path: str) -> list[Any]:
    """Everything `path` finds."""
    found: list[Any] = root.xpath(path, namespaces=RIM)
    return found


def slots(metadata):
    """Slots of the document entry, by name."""
    found = find(etree.fromstring(metadata), "//r:ExtrinsicObject/r:Slot")
    return {slot.get("name"): find(slot, ".//r:Value/text()") for slot in found}


def codes(metadata, scheme):
    """Codes under one XDS scheme of the document entry."""
    path = (
        f"//r:ExtrinsicObject/r:Classification[@classificationScheme='urn:uuid:{scheme}']/@nodeRepresentation"
    )
    return find(etree.fromstring(metadata), path)


def test_the_files_are_where_ihe_puts_them():
    document, files = zipped(one_act())
    assert list(files) == [
        "INDEX.HTM", "README.TXT", "IHE_XDM/", "IHE_XDM/SUBSET01/",
        "IHE_XDM/SUBSET01/DOC0001.XML", "IHE_XDM/SUBSET01/METADATA.XML",
    ]  # fmt: skip
    assert files["IHE_XDM/SUBSET01/DOC0001.XML"] == document
    assert "EHPAD Les Tilleuls" in files["README.TXT"].decode()
    etree.fromstring(files["INDEX.HTM"], etree.XMLParser(load_dtd=False, no_network=True))


def test_the_metadata_say_what_the_document_says():
    document, files = zipped(one_act())
    metadata = files["IHE_XDM/SUBSET01/METADATA.XML"]
    said = slots(metadata)
    assert said["hash"] == [sha1(document, usedforsecurity=False).hexdigest().upper()]
    assert said["size"] == [str(len(document))]
    assert said["creationTime"] == ["20261124093004"]
    assert said["serviceStartTime"] == ["20261123230000"]
    assert said["serviceStopTime"] == ["20261228225959"]
    assert said["legalAuthenticator"] == [
        "899900123458^Martineau^Claire^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS"
    ]
    assert said["sourcePatientInfo"][0] == "PID-5|MOREAU^JEANNE^JEANNE MARIE^^^^L"
    assert codes(metadata, "f0306f51-975f-434e-a61c-c59651d33983") == ["PRESC-KINE"]
    assert codes(metadata, "a09d5840-386c-46f2-b5ad-9c3699a4309d") == ["urn:ihe:iti:xds-sd:pdf:2008"]
    assert codes(metadata, "41a5887f-8865-4c09-adf7-e362475b143a") == ["42"]
    assert codes(metadata, "2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4") == ["PRESC-KINE", "MED-1096"]


@settings(max_examples=30, deadline=None)
@given(draw.statements(Kind.MEDICAMENT), draw.any_facts())
def test_every_identifier_is_known_and_the_document_is_named(statement, facts):
    _, files = zipped(statement, facts)
    root = etree.fromstring(files["IHE_XDM/SUBSET01/METADATA.XML"])
    known = find(root, "//@id")
    assert len(set(known)) == len(known)
    assert set(
        find(root, "//@classifiedObject | //@registryObject | //@sourceObject | //@targetObject")
    ) <= set(known)
    unique = "//r:ExternalIdentifier[.//@value='XDSDocumentEntry.uniqueId']/@value"
    assert find(root, unique) == [f"2.25.{facts.document_id.int}"]
    assert codes(files["IHE_XDM/SUBSET01/METADATA.XML"], "a09d5840-386c-46f2-b5ad-9c3699a4309d") == [
        "urn:ihe:pharm:pre:2010"
    ]


@given(st.sampled_from(["QUALIFIEE", "RECUPEREE"]))
def test_the_ins_leaves_only_when_qualified(status):
    statement = one_act(patient=replace(draw.PATIENT, ins_status=status))
    _, files = zipped(statement)
    metadata = files["IHE_XDM/SUBSET01/METADATA.XML"].decode()
    assert (draw.PATIENT.ins_number in metadata) == (status == "QUALIFIEE")


def test_without_any_identity_there_is_no_document():
    statement = one_act(patient=replace(draw.PATIENT, ins_status="PROVISOIRE"))
    with pytest.raises(ValueError, match="local"):
        build(statement, draw.facts(patient_id=None))
    with pytest.raises(ValueError, match="local"):
        archive(b"", statement, draw.facts(patient_id=None))


def test_the_same_document_gives_the_same_bytes():
    statement, facts = one_act(), draw.facts()
    document = build(statement, facts)
    assert archive(document, statement, facts) == archive(document, statement, facts)


def test_separators_in_a_name_do_not_shift_the_fields():
    person = replace(draw.PRESCRIBER, last_name="O^Neil & Fils|x")
    _, files = zipped(one_act(prescriber=person))
    said = slots(files["IHE_XDM/SUBSET01/METADATA.XML"])
    assert said["legalAuthenticator"][0].startswith("899900123458^O\\S\\Neil \\T\\ Fils\\F\\x^Claire^")
