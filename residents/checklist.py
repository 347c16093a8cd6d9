"""What an establishment needs before its prescribers may transmit: one item a line, done or not, with what
to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.formats import date_format

from residents.certificates import state_of
from residents.identifiers import is_finess
from residents.models import Assignment, Establishment, StaffMember
from residents.profile import missing_to_sign, read_assignments


@dataclass(frozen=True)
class Item:
    """One line of the checklist. `blocking`: the answer itself excludes the establishment, nothing is
    missing.
    """

    done: bool
    words: str
    todo: str = ""
    blocking: bool = False


@dataclass(frozen=True)
class Place:
    """An establishment with its checklist."""

    establishment: Establishment
    items: tuple[Item, ...]

    @property
    def ready(self) -> bool:
        """Whether every line is green."""
        return all(item.done for item in self.items)

    @property
    def left(self) -> int:
        """How many lines are not."""
        return sum(not item.done for item in self.items)

    @property
    def left_words(self) -> str:
        """How many lines are not, in words."""
        return f"{self.left} point{'s' if self.left > 1 else ''} à régler"


def places(establishments: Iterable[Establishment], workstations: dict[str, int]) -> list[Place]:
    """Return the checklists; `workstations` counts the activated ones per FINESS. Four queries for all."""
    houses = list(establishments)
    prefetch_related_objects(houses, "assignments__staff")
    people = {a.staff_id: a.staff for house in houses for a in house.assignments.all() if _prescribes(a)}
    read_assignments(people.values())
    return [Place(house, _items(house, people, workstations.get(house.finess, 0))) for house in houses]


def _prescribes(assignment: Assignment) -> bool:
    return assignment.role == Assignment.Role.PRESCRIBER


def _items(house: Establishment, people: dict[int, StaffMember], workstations: int) -> tuple[Item, ...]:
    return (
        _number("FINESS géographique", house.finess),
        _number("FINESS juridique", house.finess_juridique),
        _pui(house),
        Item(bool(house.tariff_option), house.get_tariff_option_display() or "Option tarifaire", "à choisir"),
        _certificates(house),
        _activation(house),
        _prescribers(house, people),
        _workstations(workstations),
    )


def _workstations(count: int) -> Item:
    plural = "s" if count > 1 else ""
    return Item(
        count > 0,
        f"{count} poste{plural} activé{plural}" if count else "Aucun poste activé",
        "activez-en au moins un",
    )


def _number(label: str, value: str) -> Item:
    if not value:
        return Item(False, label, "à renseigner")
    return Item(is_finess(value), f"{label} {value}", "clé de contrôle fausse : à corriger")


def _pui(house: Establishment) -> Item:
    if house.has_pui:
        return Item(
            False,
            "Dispose d’une PUI",
            "e-prescription refusée : l’expérimentation ne concerne que les EHPAD sans PUI",
            blocking=True,
        )
    return Item(True, "Sans pharmacie à usage intérieur")


def _certificates(house: Establishment) -> Item:
    if not house.amo_credentials_ref:
        return Item(False, "Certificats Assurance maladie", "référence à donner")
    found, name = state_of(house), f"Certificats « {house.amo_credentials_ref} »"
    if found.usable:
        return Item(True, f"{name} chargés, {found.words}")
    return Item(False, name, f"{found.words}. Voyez la personne qui exploite ce logiciel")


def _activation(house: Establishment) -> Item:
    if house.activated_on is None:
        return Item(False, "Date d’activation", "à renseigner quand tout le reste est prêt")
    return Item(True, f"Activé le {date_format(house.activated_on, 'j F Y')}")


def _prescribers(house: Establishment, people: dict[int, StaffMember]) -> Item:
    mine = {a.staff_id for a in house.assignments.all() if _prescribes(a)}
    running = [people[pk] for pk in mine if people[pk].assignment_as_prescriber(house)]
    able = sum(not missing_to_sign(person, house) for person in running)
    if not running:
        return Item(False, "Aucun prescripteur", "ajoutez-en un")
    words = (
        f"{able} prescripteur{'s' * (able > 1)} sur {len(running)} {'peuvent' if able > 1 else 'peut'} signer"
    )
    return Item(able == len(running), words, "complétez les profils")
