"""From a JSON document to a treatment whose medicines are still names and codes. Pure: no base, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from prescriptions.safety.case import (
    AllergyKind,
    Condition,
    Known,
    KnownAllergy,
    Measured,
    Prescriber,
    Traits,
)
from prescriptions.safety.treatment import names
from prescriptions.safety.treatment.node import InvalidTreatment, Node
from prescriptions.safety.treatment.typed_line import TypedLine, read_line
from residents.clinical import PLAUSIBLE

OLDEST = 130


@dataclass(frozen=True, slots=True)
class TypedTreatment:
    """Everything but the facts of the medicines."""

    resident: Traits
    lines: tuple[TypedLine, ...]
    today: date
    prescriber: Prescriber
    ignored: tuple[str, ...] = field(default=())
    """Paths of fields that mean nothing here: told, not refused."""


def read_treatment(document: Any, today: date) -> TypedTreatment:
    """Read one treatment; `today` stands for a day that is not given. Raises InvalidTreatment."""
    root = Node("$", document, names.FIELDS)
    if not isinstance(document, dict):
        raise root.fail("un objet est attendu : resident, prescriber, lines")
    ignored: list[str] = []
    day = root.get("today").day() or today
    resident = _resident(root.get("resident"), day, ignored)
    prescriber = _prescriber(root.get("prescriber"), ignored)
    nodes = list(root.get("lines").items())
    if not nodes:
        raise root.get("lines").fail("au moins une ligne est attendue")
    lines = tuple(read_line(node, rank, day, ignored) for rank, node in enumerate(nodes, start=1))
    _check_keys(nodes, lines)
    ignored.extend(root.ignored())
    return TypedTreatment(resident, lines, day, prescriber, tuple(ignored))


def _check_keys(nodes: list[Node], lines: tuple[TypedLine, ...]) -> None:
    seen: set[str] = set()
    for node, line in zip(nodes, lines, strict=True):
        if line.key in seen:
            raise InvalidTreatment(f"{node.path}.key", "deux lignes ont la même clé")
        seen.add(line.key)


def _resident(node: Node, today: date, ignored: list[str]) -> Traits:
    if node.is_empty:
        raise node.fail("un objet est attendu : birth_date ou age, sex…")
    allergies = tuple(_allergy(item, ignored) for item in node.get("allergies").items())
    conditions = tuple(_condition(item, ignored) for item in node.get("conditions").items())
    asked = node.get("allergy_status").choice(names.KNOWN)
    known = node.get("conditions_status").choice(names.KNOWN)
    traits = Traits(
        birth_date=_birth_date(node, today),
        sex=node.get("sex").choice(names.SEXES) or "I",
        weight=_measure(node.get("weight"), "WEIGHT", today, ignored),
        height=_measure(node.get("height"), "HEIGHT", today, ignored),
        creatinine=_measure(node.get("creatinine"), "CREATININE", today, ignored),
        clearance=_measure(node.get("clearance"), "CLEARANCE", today, ignored),
        allergy_status=asked or _status(node.get("allergies"), bool(allergies)),
        allergies=allergies,
        conditions_status=known or _status(node.get("conditions"), bool(conditions)),
        conditions=conditions,
        swallowing_trouble=node.get("swallowing_trouble").flag(),
    )
    ignored.extend(node.ignored())
    return traits


def _status(given: Node, some: bool) -> Known:
    """An empty list that was written is « none », a list that was not is « not asked »."""
    if some:
        return Known.PRESENT
    return Known.NONE_KNOWN if given.value == [] else Known.NOT_ASKED


def _birth_date(node: Node, today: date) -> date:
    born = node.get("birth_date").day()
    years = node.get("age").whole(OLDEST)
    if born is None and years is not None:
        born = today - timedelta(days=round(years * 365.25) + 1)
    if born is None:
        raise node.get("birth_date").fail("la date de naissance ou l’âge est attendu")
    if born > today:
        raise node.get("birth_date").fail("la naissance est à venir")
    return born


def _measure(node: Node, kind: str, today: date, ignored: list[str]) -> Measured | None:
    """Return a measure in its usual unit. A bare number is of the day, in that unit; what no resident can have is refused."""
    if node.is_empty:
        return None
    if not isinstance(node.value, dict):
        return Measured(_plausible(node, kind, Decimal(1)), today)
    factor = node.get("unit").choice(names.UNITS[kind])
    value = _plausible(node.get("value"), kind, Decimal(1) if factor is None else factor)
    taken = node.get("measured_on")
    day = taken.day() or today
    if day > today:
        raise taken.fail("cette date est à venir : vérifiez le jour et l’année")
    ignored.extend(node.ignored())
    return Measured(value, day)


def _plausible(node: Node, kind: str, factor: Decimal) -> Decimal:
    """Return a number in the usual unit, within the bounds that the screen has too."""
    value = node.number()
    if value is None:
        raise node.fail("une valeur est attendue")
    low, high, sentence = PLAUSIBLE[kind]
    if not low <= value * factor <= high:
        raise node.fail(sentence)
    return value * factor


def _allergy(node: Node, ignored: list[str]) -> KnownAllergy:
    """A bare text is an allergy in free text."""
    if not isinstance(node.value, dict):
        label = node.text()
        if not label:
            raise node.fail("le nom de l’allergie est attendu")
        return KnownAllergy(AllergyKind.FREE, label)
    label, code = node.get("label").text(), node.get("code").text()
    for name, kind in (("dci", AllergyKind.SUBSTANCE), ("class", AllergyKind.CLASS)):
        given = node.get(name).text()
        if given and not label:
            return KnownAllergy(kind, given, code, _severe(node))
    kind = node.get("kind").choice(names.ALLERGY_KINDS) or AllergyKind.FREE
    if not label and not code:
        raise node.get("label").fail("le nom de l’allergie est attendu")
    allergy = KnownAllergy(kind, label or code, code, _severe(node))
    ignored.extend(node.ignored())
    return allergy


def _severe(node: Node) -> bool:
    given = node.get("severe")
    return given.value if isinstance(given.value, bool) else bool(given.choice(names.SEVERE))


def _condition(node: Node, ignored: list[str]) -> Condition:
    """A bare text is a code of the CIM-10, else words: kept, and told as not compared."""
    if not isinstance(node.value, dict):
        words = node.text()
        if not words:
            raise node.fail("un code CIM-10 est attendu")
        return Condition(words) if Condition(words).is_coded else Condition("", words)
    code, label = node.get("code").text(), node.get("label").text()
    if (code or not label) and not Condition(code).is_coded:
        raise node.get("code").fail("un code CIM-10 est attendu")
    present = node.get("present").flag()
    ignored.extend(node.ignored())
    return Condition(code, label, present is not False)


def _prescriber(node: Node, ignored: list[str]) -> Prescriber:
    if node.is_empty:
        return Prescriber("")
    prescriber = Prescriber(
        profession=node.get("profession").choice(names.PROFESSIONS) or "",
        speciality=node.get("speciality").text(),
        in_hospital=bool(node.get("in_hospital").flag()),
        skills=tuple(item.text() for item in node.get("skills").items()),
    )
    ignored.extend(node.ignored())
    return prescriber
