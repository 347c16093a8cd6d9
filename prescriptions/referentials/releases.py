"""Which release of an official list is in service: kept on every signed line (rule A12)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from .models.lists import ListRelease, OfficialList


def release_in_service(which: OfficialList) -> ListRelease | None:
    """Return the release in service, None when none is loaded. One query."""
    return ListRelease.objects.filter(which=which, current=True).first()


def record_release(
    which: OfficialList, source: str, sha256: str, *, published_on: date, rows: int
) -> ListRelease:
    """Make this release the one in service; importing the same bytes again updates its line."""
    ListRelease.objects.filter(which=which, current=True).update(current=False)
    release, _ = ListRelease.objects.update_or_create(
        sha256=sha256,
        defaults={
            "which": which,
            "source": source,
            "published_on": published_on,
            "imported_at": timezone.now(),
            "rows": rows,
            "current": True,
        },
    )
    return release
