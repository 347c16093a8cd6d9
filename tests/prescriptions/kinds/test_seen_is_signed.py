"""Everything the prescriber saw is in the signed message: change any of it and the message, or its signature, says so."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from lxml import etree

from amo_gateway.signing import sign_enveloped
from amo_gateway.signing.verify import InvalidSignature, verify
from prescriptions.documents import epu
from prescriptions.documents.statement import Statement
from prescriptions.kinds.codes import Kind
from tests.amo_gateway.samples import keys_of
from tests.prescriptions.cda import draw
from tests.prescriptions.kinds.samples import SAMPLES, finish

IDENTIFIER = "01S2TBPZ2JCNZZYGHZ"
ELSEWHERE = {
    "version": "how the statement is stored, shown nowhere",
    "kind": "eprescType of every line; a statement has one kind",
    "route": "only what the town dispenses leaves, so a message has one route",
    "reading": "the facts of the line, shown through its title, texts and flags",
}
"""Fields of the statement that the prescriber does not read as such, and why."""
OTHER_VALUE = {
    "paper": "EXCEPTION",
    "sex": "M",
    "ins_status": "PROVISOIRE",
    "weight_kg": "59.9",
    "height_cm": "171",
}
"""Another value a field may take, where a longer text would not be one."""
REPLACING = replace(
    draw.PRESCRIBER,
    email="c.martineau@exemple.fr",
    replaces="99900123466",
    replaces_name="Dr Yann LE GOFF",
    replaces_last_name="Le Goff",
    replaces_first_name="Yann",
)


def seen(kind: Kind) -> Statement:
    """A statement of a kind in which nothing is empty."""
    order = finish(kind, SAMPLES[kind])[2]
    line = replace(draw.line_of(kind, 1, order), flags=("AT/MP",))
    return draw.statement(kind, (line,), prescriber=REPLACING, pharmacy="Pharmacie des Halles")


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value the prescriber reads."""
    if path and path[-1] in ELSEWHERE:
        return
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))
    else:
        yield path


def changed(data: dict[str, Any], path: tuple[str | int, ...]) -> Statement:
    """The same statement, in which one value is another one."""
    data = copy.deepcopy(data)
    holder: Any = data
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = _another(path[-1], holder[path[-1]])
    return Statement.from_json(data)


def _another(name: str | int, value: Any) -> Any:
    if name in OTHER_VALUE:
        return OTHER_VALUE[str(name)]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return _next_day(value) if _is_day(value) else f"{value}X"


def _next_day(value: str) -> str:
    return (date.fromisoformat(value) + timedelta(days=1)).isoformat()


def _is_day(value: str) -> bool:
    return len(value) == 10 and value[4] == value[7] == "-"


@pytest.mark.parametrize("kind", Kind)
def test_changing_anything_seen_changes_the_message(tables, kind):
    statement = seen(kind)
    data, made = statement.to_json(), epu.build(statement, IDENTIFIER)
    paths = list(leaves(data))
    assert len(paths) > 35
    unsigned = [path for path in paths if epu.build(changed(data, path), IDENTIFIER) == made]
    assert unsigned == []


def test_a_prescriber_who_replaces_nobody_is_told_in_full(tables):
    statement = replace(seen(Kind.MEDICAMENT), prescriber=draw.PRESCRIBER)
    data, made = statement.to_json(), epu.build(statement, IDENTIFIER)
    paths = [
        path
        for path in leaves(data["prescriber"], ("prescriber",))
        if not str(path[-1]).startswith("replaces")
    ]
    assert [path for path in paths if epu.build(changed(data, path), IDENTIFIER) == made] == []


@pytest.mark.parametrize("kind", Kind)
def test_changing_anything_stored_breaks_the_signature(tables, pki, kind):
    signed = sign_enveloped(
        epu.build(seen(kind), IDENTIFIER),
        keys_of(pki).signer,
        signing_time=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
        claimed_role="RPPS 99900123458",
    )
    assert verify(signed, pki.folder / "ca.pem").claimed_role
    unnoticed = [told for told, altered in alterations(signed) if is_accepted(altered, pki)]
    assert unnoticed == []


def alterations(signed: bytes) -> Iterator[tuple[str, bytes]]:
    """The stored message with one text or one attribute changed, outside the signature itself."""
    count = len(_places(etree.fromstring(signed)))
    for rank in range(count):
        root = etree.fromstring(signed)
        node, name = _places(root)[rank]
        if name is None:
            node.text = f"{node.text}1"
        else:
            node.set(name, f"{node.get(name)}1")
        yield f"{etree.QName(node).localname} {name or ''}", etree.tostring(root)


def _places(root: etree._Element) -> list[tuple[etree._Element, str | None]]:
    mine = [node for node in root.iter() if "xmldsig" not in node.tag and "etsi" not in node.tag]
    texts: list[tuple[etree._Element, str | None]] = [(node, None) for node in mine if node.text]
    return texts + [(node, str(name)) for node in mine for name in node.attrib]


def is_accepted(altered: bytes, pki: Any) -> bool:
    """Tell whether the altered message still passes for signed."""
    try:
        verify(altered, pki.folder / "ca.pem")
    except InvalidSignature:
        return False
    return True
