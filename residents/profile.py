"""What a prescriber still lacks before signing, in words (rules A01, B01)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import prefetch_related_objects
from django.utils import timezone

from residents.models import Assignment, Establishment, SigningSecret, StaffMember

PROFILE: tuple[tuple[str, str], ...] = (
    ("last_name", "le nom"),
    ("first_name", "le prénom"),
    ("rpps", "le numéro RPPS"),
    ("profession", "la profession"),
    ("phone", "le téléphone (+33)"),
    ("email", "l’adresse électronique"),
)
"""Field → its French name: what the ordonnance must say of its author (CSP R5132-3, 1°)."""


def missing_to_sign(member: StaffMember, house: Establishment) -> tuple[str, ...]:
    """Return the French names of what is missing before `member` may sign in `house`; empty when nothing is.

    A speciality is asked of physicians only; the billing number follows the exercise (arrêté du 10 août
    2010).
    """
    missing = [label for field, label in PROFILE if not getattr(member, field)]
    if member.profession == StaffMember.Profession.MEDECIN and not member.speciality:
        missing.append("la spécialité")
    missing += _missing_here(member.assignment_as_prescriber(house), house)
    if not _has_code(member):
        missing.append("le code de signature (à choisir par la personne elle-même)")
    return tuple(missing)


def _missing_here(assignment: Assignment | None, house: Establishment) -> list[str]:
    if assignment is None:
        return [f"une affectation de prescripteur en cours à {house}"]
    if not assignment.exercise:
        return ["l’exercice (libéral ou salarié)"]
    if assignment.exercise == Assignment.Exercise.LIBERAL and not assignment.am_number:
        return ["le numéro d’assurance maladie (AM)"]
    return []


def _has_code(member: StaffMember) -> bool:
    try:
        return bool(member.signing_secret.pk)
    except SigningSecret.DoesNotExist:
        return False


def read_assignments(members: Iterable[StaffMember]) -> None:
    """Read the current assignments and codes of all `members` at once: two queries in all."""
    people = list(members)
    prefetch_related_objects(people, "signing_secret")
    today = timezone.localdate()
    running = Assignment.objects.running_on(today).filter(staff__in=people).select_related("establishment")
    by_person: dict[int, list[Assignment]] = {person.pk: [] for person in people}
    for assignment in running.order_by("establishment__name", "role"):
        by_person[assignment.staff_id].append(assignment)
    for person in people:
        person.active_assignments = by_person[person.pk] if person.is_active else []
