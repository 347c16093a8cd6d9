"""Whether this person, in this house, may sign today; and if not, what is missing, in words (rules A01, B01)."""

from residents.models import Assignment, Establishment, SigningSecret, StaffMember

# CSP R5132-3, 1°: what the ordonnance must say of its author.
_PROFILE: tuple[tuple[str, str], ...] = (
    ("last_name", "le nom"),
    ("first_name", "le prénom"),
    ("rpps", "le numéro RPPS"),
    ("profession", "la profession"),
    ("phone", "le téléphone (+33)"),
    ("email", "l’adresse électronique"),
)


def missing_to_sign(member: StaffMember, house: Establishment) -> tuple[str, ...]:
    """Return the French names of what is missing before `member` may sign in `house`; empty when nothing is.

    A speciality is asked of physicians only; the billing number follows the exercise (arrêté du 10 août 2010).
    """
    missing = [label for field, label in _PROFILE if not getattr(member, field)]
    if member.profession == StaffMember.Profession.MEDECIN and not member.speciality:
        missing.append("la spécialité")
    assignment = member.assignment_as_prescriber(house)
    if assignment is None:
        missing.append(f"une affectation de prescripteur à {house}")
    elif not assignment.exercise:
        missing.append("l’exercice (libéral ou salarié)")
    elif assignment.exercise == Assignment.Exercise.LIBERAL and not assignment.am_number:
        missing.append("le numéro d’assurance maladie (AM)")
    if not SigningSecret.objects.filter(staff=member).exists():
        missing.append("le code de signature")
    return tuple(missing)


def refusals(member: StaffMember, house: Establishment) -> tuple[str, ...]:
    """Return the French sentences that forbid signing now, whatever the content."""
    found = []
    if missing := missing_to_sign(member, house):
        found.append(
            f"Votre profil est incomplet, vous ne pouvez pas signer : il manque {', '.join(missing)}."
        )
    if refusal := house.eprescription_refusal():
        found.append(refusal)
    return tuple(found)
