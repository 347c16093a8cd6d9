"""Our transcription of the rules really refuses: each broken copy of a good document is seen."""

from collections.abc import Callable

import pytest
from lxml import etree

from prescriptions.documents.cda import build
from prescriptions.kinds.codes import Kind
from tests.prescriptions.cda import draw, rules
from tests.prescriptions.cda.test_medicine import DOLIPRANE, LINE

Break = Callable[[rules.Document], None]


def good() -> bytes:
    """A document that satisfies every rule."""
    return build(
        draw.statement(Kind.MEDICAMENT, (draw.line_of(Kind.MEDICAMENT, 1, DOLIPRANE),)), draw.facts()
    )


def drop(path: str) -> Break:
    """Take away the first element found."""

    def broken(document: rules.Document) -> None:
        element = document.all(path)[0]
        element.getparent().remove(element)

    return broken


def put(path: str, name: str, value: str) -> Break:
    """Give another value to an attribute of the first element found."""

    def broken(document: rules.Document) -> None:
        document.all(path)[0].set(name, value)

    return broken


BROKEN = {
    "a model is missing": drop("h:templateId[@root='1.3.6.1.4.1.19376.1.9.1.1.1']"),
    "the model is of another year": put("h:templateId[@extension]", "extension", "2023.01"),
    "no title": drop("h:title"),
    "no signer": drop("h:legalAuthenticator/h:signatureCode"),
    "a wrong INS key": put("h:recordTarget/h:patientRole/h:id", "extension", "236034900700151"),
    "no name of birth": drop("//h:family[@qualifier='BR']"),
    "an RPPS of ten digits": put("h:author/h:assignedAuthor/h:id", "extension", "89990012345"),
    "no profession": drop("h:author/h:assignedAuthor/h:code"),
    "another root for the number": put("h:documentationOf/h:serviceEvent/h:id", "root", "1.2.3"),
    "no end of validity": drop("h:documentationOf/h:serviceEvent/h:effectiveTime/h:high"),
    "validity that ends before it starts": put(
        "h:documentationOf/h:serviceEvent/h:effectiveTime/h:high", "value", "20200101"
    ),
    "a date without a zone": put("h:effectiveTime", "value", "20261124103000"),
    "a number without its 2D code": drop("//h:component[h:section/h:code/@code='57723-9']"),
    "no copy of the paper": drop("//h:component[h:section/h:code/@code='55108-5']"),
    "a reference to nothing": put(f"{LINE}/h:text/h:reference", "value", "#rien"),
    "two words with one name": put("//h:content[@ID='med-1-voie']", "ID", "med-1"),
    "no mode of administration": drop(f"{LINE}/h:templateId[@root='1.3.6.1.4.1.19376.1.5.3.1.4.7.1']"),
    "no count of renewals": drop(f"{LINE}/h:repeatNumber"),
    "a frequency that narrows nothing": put(f"{LINE}/h:effectiveTime[2]", "operator", "I"),
    "an event that does not exist": put(f"{LINE}/h:effectiveTime[2]//h:event", "code", "ZZ"),
    "a CIS of seven digits": put(f"{LINE}/h:consumable//h:code", "code", "6023410"),
    "a substitution that is neither N nor G": put(f"{LINE}//h:act/h:code", "code", "E"),
    "no flag of ALD": drop(f"{LINE}/h:entryRelationship[h:observation/h:code/@code='MED-574']"),
    "no flag outside authorisation": drop(
        f"{LINE}/h:entryRelationship[h:observation/h:code/@code='GEN-179']"
    ),
    "no boxes": put(f"{LINE}/h:entryRelationship/h:supply/h:quantity", "value", "0"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_copy_is_refused(name):
    document = rules.Document(good())
    BROKEN[name](document)
    with pytest.raises(AssertionError):
        rules.check(etree.tostring(document.root))


def test_the_good_one_passes():
    rules.check(good())
