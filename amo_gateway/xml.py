"""The one XML reader for anything received, and the escaping rules of canonical XML for anything written."""

from __future__ import annotations

import re

from lxml import etree

from amo_gateway.errors import ProtocolError

MAX_BYTES = 2_000_000
"""Refuse to read more than this, whatever the announced length."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPECIAL = re.compile(r"[&<>]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ATTRIBUTE_SPECIAL = re.compile('[&<"\t\n]')
_ATTRIBUTE_ESCAPES = {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#x9;", "\n": "&#xA;"}


def parse(data: bytes, *, limit: int = MAX_BYTES) -> etree._Element:
    """Return the root element of `data`; raise ProtocolError when too long, malformed, or carrying any DOCTYPE."""
    if len(data) > limit:
        raise ProtocolError("reponse_trop_longue", f"plus de {limit} octets")
    # One parser a call: lxml parsers keep state and are not shared between threads.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ProtocolError("reponse_illisible", "XML mal formé") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ProtocolError("doctype_interdit", "DOCTYPE présent")
    return root


def clean(value: str) -> str:
    """Strip the characters XML cannot carry and write every end of line as LF, as a parser would read it."""
    if not value.isprintable():
        value = _CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return value


def text(value: str) -> str:
    """Escape `value` as the text of an element, in canonical form."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], clean(value))


def attribute(value: str) -> str:
    """Escape `value` as the value of an attribute between double quotes, in canonical form."""
    return _ATTRIBUTE_SPECIAL.sub(lambda found: _ATTRIBUTE_ESCAPES[found[0]], clean(value))
