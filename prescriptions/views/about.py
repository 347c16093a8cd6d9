"""What the checks are: the clinical engine, its sources and limits; the legal checks, always on (rules Z2, A12)."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from prescriptions.referentials.models.lists import OfficialList
from prescriptions.referentials.releases import release_in_service
from prescriptions.safety.clinical import VERSION, about
from prescriptions.safety.engine import LEGAL
from residents.access import Permission, StaffRequest, requires


@requires(Permission.VIEW_RESIDENTS)
@require_GET
def checks(request: StaffRequest) -> HttpResponse:
    """The page, in words anybody can read."""
    context = {
        "about": about,
        "version": VERSION,
        "is_on": settings.CLINICAL_ENGINE,
        "thesaurus": release_in_service(OfficialList.ANSM),
        "legal": [checker.check.name_fr for checker in LEGAL],
    }
    return render(request, "prescriptions/about_checks.html", context)
