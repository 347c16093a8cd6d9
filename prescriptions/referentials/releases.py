"""Which release of an official list is in service: kept on every signed line (rule A12)."""

from .models.lists import ListRelease, OfficialList


def current_release(which: OfficialList) -> str:
    """Return the name of the release in service, empty when none is loaded. One query."""
    found = ListRelease.objects.filter(which=which, current=True).first()
    return str(found) if found else ""
