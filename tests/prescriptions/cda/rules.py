"""The main rules of the official models, in our own words: what a document must satisfy, by XPath.

Sources: CI-SIS « Structuration minimale »; IHE PCC, IHE PHARM PRE; eP-MED-DM 2024.01 (ANS). The official files are not
here: docs/cda.md says how to run them.
"""

import re
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

from lxml import etree

NS = {"h": "urn:hl7-org:v3"}
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
EPU = "1.2.250.1.215.500.1.1"
MEDICINES, DEVICES = "1.2.250.1.213.1.1.2.171", "1.2.250.1.213.1.1.2.222"
INS_ROOTS = {f"1.2.250.1.213.1.4.{end}" for end in (8, 9, 10, 11)}
SUB_TYPES = {"MED-1094", "MED-1095", "MED-1096", "MED-1097", "MED-1098"}
MODES = {f"1.3.6.1.4.1.19376.1.5.3.1.4.{end}" for end in ("7.1", "8", "9", "10", "11", "21")}
WITHOUT_SUB_LINES = {f"1.3.6.1.4.1.19376.1.5.3.1.4.{end}" for end in ("7.1", "21")}
EVENTS = {
    "AC", "ACD", "ACM", "ACV", "C", "CD", "CM", "CV", "HS", "IC", "ICD", "ICM", "ICV", "PC", "PCD", "PCM", "PCV",
}  # fmt: skip
FLAGS = {"13": "MED-574", "14": "GEN-180", "34": "GEN-295", "15": "GEN-181"}
OFF_LABEL = {"12": "GEN-179"}
FLAG_MODEL = "1.2.250.1.213.1.1.3.48"


class Document:
    """A parsed document, and the shortest way to ask it something."""

    def __init__(self, data: bytes) -> None:
        """Parse `data`."""
        self.root = etree.fromstring(data, etree.XMLParser(huge_tree=True))

    def all(self, path: str, of: etree._Element | None = None) -> list[Any]:
        """Everything `path` finds, in the document or under `of`."""
        found: Any = (self.root if of is None else of).xpath(path, namespaces=NS)
        return list(found)

    def one(self, path: str, of: etree._Element | None = None):
        """The one thing `path` finds; fails when there is none or several."""
        found = self.all(path, of)
        assert len(found) == 1, f"{path}: {len(found)}"
        return found[0]


def check(data: bytes) -> Document:
    """Apply every rule that concerns the document; raise AssertionError on the first broken one."""
    document = Document(data)
    header(document)
    references(document)
    dates(document)
    if document.all("h:component/h:nonXMLBody"):
        unstructured(document)
    else:
        structured(document)
    return document


def header(document: Document) -> None:
    """What every document of the framework says of itself, its patient, its author."""
    document.one("h:realmCode[@code='FR']")
    document.one("h:typeId[@root='2.16.840.1.113883.1.3'][@extension='POCD_HD000040']")
    roots = document.all("h:templateId/@root")
    assert roots[:2] == ["2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1"]
    for name in (
        "id",
        "code",
        "title",
        "effectiveTime",
        "confidentialityCode",
        "languageCode",
        "setId",
        "versionNumber",
    ):
        document.one(f"h:{name}")
    assert document.one("h:languageCode/@code") == "fr-FR"
    assert document.one("h:code/@displayName")
    patient(document)
    professionals(document)
    acts(document)
    document.one("h:componentOf/h:encompassingEncounter/h:location/h:healthCareFacility/h:code[@code='SA17']")
    document.one("h:custodian//h:representedCustodianOrganization/h:id")


def patient(document: Document) -> None:
    """INS with a right key, or a local identity; names of birth; sex; birth."""
    identity = document.one("h:recordTarget/h:patientRole/h:id")
    if identity.get("root") in INS_ROOTS:
        assert ins_key_is_right(identity.get("extension"))
        document.one("h:recordTarget//h:birthplace/h:place/h:addr/h:county")
    else:
        assert identity.get("extension")
    document.one("h:recordTarget//h:name/h:family[@qualifier='BR']")
    document.one("h:recordTarget//h:name/h:given[@qualifier='BR']")
    document.one("h:recordTarget//h:name/h:given[not(@qualifier)]")
    document.one("h:recordTarget//h:administrativeGenderCode[@code='M' or @code='F' or @code='UN']")
    document.one("h:recordTarget//h:birthTime/@value")
    assert document.all("h:recordTarget/h:patientRole/h:addr")
    assert document.all("h:recordTarget/h:patientRole/h:telecom")


def ins_key_is_right(number: str) -> bool:
    """The last two characters are 97 less the rest of the first thirteen; 2A counts as 19, 2B as 18."""
    found = re.fullmatch(r"([0-9AB]{13})(\d\d)", number)
    assert found, number
    digits = found[1].replace("2A", "19").replace("2B", "18")
    return 97 - int(digits) % 97 == int(found[2])


def professionals(document: Document) -> None:
    """RPPS of everybody, FINESS of every place, profession of the author and the signer."""
    for identity in document.all("//h:id[@root='1.2.250.1.71.4.2.1']/@extension"):
        assert re.fullmatch(r"8\d{11}", identity)
    places = document.all("//h:id[@root='1.2.250.1.71.4.2.2']/@extension")
    assert places
    assert all(re.fullmatch(r"1\d[\dAB]\d{7}", place) for place in places)
    author = document.one("h:author/h:assignedAuthor")
    assert document.one("h:code/@code", author).startswith("G15_")
    document.one("h:representedOrganization/h:id", author)
    document.one("h:representedOrganization/h:name", author)
    document.one("h:legalAuthenticator/h:signatureCode[@code='S']")
    document.one("h:legalAuthenticator//h:standardIndustryClassCode[@code='ESSMS']")
    assert document.one("h:legalAuthenticator//h:assignedEntity/h:code/@code").startswith("G15_")


def acts(document: Document) -> None:
    """The prescription itself comes first, with its number and its validity; then known sub-types, once each."""
    first, *others = document.all("h:documentationOf/h:serviceEvent")
    assert document.one("h:code/@code", first) == document.one("h:code/@code")
    document.one("h:performer", first)
    for number in document.all("h:id", first):
        assert number.get("root") == EPU
        assert re.fullmatch(r"[0-9A-Z]{18}", number.get("extension"))
    assert document.one("h:effectiveTime/h:low/@value", first)
    assert document.one("h:effectiveTime/h:high/@value", first)
    codes = [document.one("h:code/@code", other) for other in others]
    assert set(codes) <= SUB_TYPES
    assert len(set(codes)) == len(codes)
    assert not document.all("h:performer", others[0]) if others else True


def references(document: Document) -> None:
    """No identifier twice; every reference finds its words."""
    known = document.all("//@ID")
    assert len(set(known)) == len(known)
    for target in document.all("//h:reference/@value"):
        assert target.startswith("#")
        assert target[1:] in known
    for target in document.all("//h:renderMultiMedia/@referencedObject"):
        assert target in known
    for observed in document.all("//h:entry//*[h:text/h:reference]"):
        identity = document.all("h:id", observed)
        assert len(identity) <= 1
    entries = [(one.get("root"), one.get("extension")) for one in document.all("//h:structuredBody//h:id")]
    assert len(set(entries)) == len(entries)


def dates(document: Document) -> None:
    """No interval ends before it begins; header times bear a zone."""
    for stretch in document.all("//*[h:low/@value and h:high/@value]"):
        if stretch.tag.endswith("doseQuantity"):
            continue
        low, high = document.one("h:low/@value", stretch), document.one("h:high/@value", stretch)
        assert low[:8] <= high[:8]
    for value in document.all(
        "h:effectiveTime/@value | h:author/h:time/@value | h:legalAuthenticator/h:time/@value"
    ):
        assert re.fullmatch(r"\d{14}[+-]\d{4}", value)


def unstructured(document: Document) -> None:
    """Level 1: three models, a type of the list, the PDF."""
    assert len(document.all("h:templateId")) == 3
    document.one("h:templateId[@root='1.3.6.1.4.1.19376.1.2.20']")
    assert document.one("h:code/@code").startswith("PRESC-")
    body = document.one(
        "h:component/h:nonXMLBody/h:text[@mediaType='application/pdf'][@representation='B64']"
    )
    assert b64decode(body.text).startswith(b"%PDF-")


def structured(document: Document) -> None:
    """eP-MED-DM 2024.01: five models, its sections, its lines."""
    assert len(document.all("h:templateId")) == 5
    document.one("h:templateId[@root='1.2.250.1.213.1.1.1.39'][@extension='2024.01']")
    assert document.one("h:code/@code") == "57833-6"
    assert document.one("h:title").text == "Prescription de médicaments et/ou de dispositifs médicaux"
    numbered = document.all(f"h:documentationOf/h:serviceEvent/h:id[@root='{EPU}']")
    assert len(document.all("//h:section[h:templateId/@root='1.2.250.1.213.1.1.2.223']")) == len(numbered)
    for section in document.all("//h:section"):
        document.one("h:id", section)
        document.one("h:title", section)
        assert document.one("h:text", section) is not None
    copy(document)
    lines = list(_lines(document))
    assert lines
    for line in lines:
        medicine(document, line) if line.tag.endswith("substanceAdministration") else device(document, line)


def _lines(document: Document) -> Iterator[etree._Element]:
    for model in (MEDICINES, DEVICES):
        yield from document.all(f"//h:section[h:templateId/@root='{model}']/h:entry/*")


def copy(document: Document) -> None:
    """The PDF copy, once, and really a PDF; pictures really pictures."""
    section = document.one("//h:section[h:templateId/@root='1.2.250.1.213.1.1.2.243']")
    assert document.one("h:title", section).text == "Copie du document"
    value = document.one(".//h:observationMedia/h:value[@mediaType='application/pdf']", section)
    assert b64decode(value.text).startswith(b"%PDF-")
    for picture in document.all("//h:observationMedia/h:value[@mediaType='image/png']"):
        assert b64decode(picture.text).startswith(b"\x89PNG")


def flags(document: Document, line: etree._Element, expected: dict[str, str]) -> None:
    """Each flag once, with its code and a yes or no."""
    for end, code in expected.items():
        path = f"h:entryRelationship[@typeCode='COMP']/h:observation[h:templateId/@root='{FLAG_MODEL}.{end}']"
        observation = document.one(path, line)
        assert document.one("h:code/@code", observation) == code
        assert document.one("h:value", observation).get(XSI_TYPE) == "BL"
        assert document.one("h:value/@value", observation) in ("true", "false")


def medicine(document: Document, line: etree._Element) -> None:
    """A medicine line: models, mode and sub-lines, times, renewals, product, substitution, flags."""
    models = set(document.all("h:templateId/@root", line))
    assert {"2.16.840.1.113883.10.20.1.24", "1.3.6.1.4.1.19376.1.5.3.1.4.7"} <= models
    assert {"1.3.6.1.4.1.19376.1.9.1.3.2", "1.2.250.1.213.1.1.3.83"} <= models
    modes = models & MODES
    subs = document.all("h:entryRelationship[h:sequenceNumber]/h:substanceAdministration", line)
    assert modes
    assert bool(subs) == (not modes & WITHOUT_SUB_LINES)
    for name in ("id", "text/h:reference", "statusCode[@code='completed']", "consumable"):
        document.one(f"h:{name}", line)
    assert re.fullmatch(r"\d+", document.one("h:repeatNumber/@value", line))
    assert not document.all("h:author | h:reference", line)
    times(document, line)
    for sub in subs:
        sub_line(document, sub)
    product(document, document.one("h:consumable//h:manufacturedMaterial", line))
    substitution(document, line)
    flags(document, line, FLAGS | OFF_LABEL)
    for amount in document.all("h:entryRelationship/h:supply/h:quantity", line):
        assert int(amount.get("value")) > 0
        assert amount.get("unit") == "30009000"


def times(document: Document, line: etree._Element) -> None:
    """First the stretch of days, then only frequencies, each narrowing it."""
    first, *others = document.all("h:effectiveTime", line)
    assert first.get(XSI_TYPE) == "IVL_TS"
    assert first.get("operator") is None
    assert document.one("h:low", first) is not None
    assert document.one("h:high", first) is not None
    for other in others:
        assert other.get("operator") == "A"
        assert other.get(XSI_TYPE) in ("PIVL_TS", "EIVL_TS", "SXPR_TS")
    for event in document.all(".//h:event/@code", line):
        assert event in EVENTS
    for dose in document.all(".//h:doseQuantity", line):
        assert document.one("h:low/@value", dose) == document.one("h:high/@value", dose)
    for most in document.all(".//h:maxDoseQuantity", line):
        document.one("h:numerator", most)
        document.one("h:denominator", most)


def sub_line(document: Document, sub: etree._Element) -> None:
    """A sub-line: its own times and dose, the product of its line."""
    document.one("h:templateId[@root='1.2.250.1.213.1.1.3.83.1']", sub)
    for name in ("id", "text/h:reference", "statusCode[@code='completed']", "effectiveTime", "doseQuantity"):
        document.one(f"h:{name}", sub)
    document.one("h:consumable[@typeCode='CSM']//h:manufacturedMaterial/h:code[@nullFlavor='NA']", sub)
    assert not document.all("h:effectiveTime/h:comp[not(@operator)]", sub)


def product(document: Document, material: etree._Element) -> None:
    """CIS and CIP13, or no code for what was typed freely; words in any case."""
    code = document.one("h:code", material)
    document.one("h:originalText/h:reference", code)
    assert document.one("h:name", material) is not None
    if code.get("nullFlavor") is None:
        assert re.fullmatch(r"\d{8}", code.get("code"))
        assert code.get("codeSystem") == "1.2.250.1.213.2.3.1"
    else:
        assert code.get("nullFlavor") == "NA"
    for box in document.all("h:translation[@codeSystem='1.2.250.1.213.2.3.2']/@code", code):
        assert re.fullmatch(r"34009\d{8}", box)


def substitution(document: Document, line: etree._Element) -> None:
    """Once, N or G; N says why."""
    act = document.one("h:entryRelationship/h:act[h:templateId/@root='1.2.250.1.213.1.1.3.87']", line)
    code = document.one("h:code[@codeSystem='2.16.840.1.113883.5.1070']", act)
    assert code.get("code") in ("N", "G")
    assert document.all("h:originalText/h:reference", code)


def device(document: Document, line: etree._Element) -> None:
    """A device line: one stretch of days, renewals, quantity, LPP, flags."""
    models = set(document.all("h:templateId/@root", line))
    assert {"2.16.840.1.113883.10.20.1.34", "1.2.250.1.213.1.1.3.20"} <= models
    document.one("h:effectiveTime", line)
    assert re.fullmatch(r"\d+", document.one("h:repeatNumber/@value", line))
    assert int(document.one("h:quantity/@value", line)) > 0
    lpp = document.one("h:participant[@typeCode='DEV']//h:playingDevice/h:code/h:translation", line)
    assert lpp.get("codeSystem") == "1.2.250.1.215.300.4"
    assert re.fullmatch(r"\d{7}", lpp.get("code"))
    flags(document, line, FLAGS)
