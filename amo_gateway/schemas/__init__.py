"""Our published schema of the e-prescription, compiled once per thread."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from lxml import etree

from amo_gateway.errors import ProtocolError
from amo_gateway.xml import parse

_XS = "{http://www.w3.org/2001/XMLSchema}"
EPRESCRIPTION_XSD = Path(__file__).with_name("eprescription.xsd")
_local = threading.local()  # an lxml schema keeps its last errors: threads do not share it


def check(epu: bytes) -> None:
    """Raise ProtocolError("epu_invalide") naming the first wrong element, never its content."""
    fault = first_fault(parse(epu))
    if fault is not None:
        raise ProtocolError("epu_invalide", f"élément {fault}")


def first_fault(root: etree._Element) -> str | None:
    """Return the local name of the first element of `root` the schema refuses, or None when it is valid."""
    schema = _schema()
    if schema.validate(root):
        return None
    entries = cast("Iterable[Any]", schema.error_log)  # the stubs do not say that a log is iterable
    path = next((entry.path for entry in entries), None) or "."
    found = root.getroottree().xpath(path)
    element = found[0] if isinstance(found, list) and found else root
    return etree.QName(element if isinstance(element, etree._Element) else root).localname


@cache
def epresc_types() -> Mapping[str, str]:
    """Return the kinds of line the schema lists, the service's own values, each with our French name for it."""
    values = etree.parse(str(EPRESCRIPTION_XSD)).iterfind(
        f"{_XS}simpleType[@name='EprescType']/{_XS}restriction/{_XS}enumeration"
    )
    return {str(item.get("value")): item.findtext(f".//{_XS}documentation", "") for item in values}


def _schema() -> etree.XMLSchema:
    if not hasattr(_local, "schema"):
        _local.schema = etree.XMLSchema(etree.parse(str(EPRESCRIPTION_XSD)))
    schema: etree.XMLSchema = _local.schema
    return schema
