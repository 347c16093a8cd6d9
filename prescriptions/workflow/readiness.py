"""Whether this person, in this house, may sign today; and if not, why, in words (rules A01, B01)."""

from residents.models import Establishment, StaffMember
from residents.profile import missing_to_sign


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
