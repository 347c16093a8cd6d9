"""The list of residents: found as one types, filtered by floor and by what waits."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from residents.access import Permission, StaffRequest, requires
from residents.listing import chips_of, filtered, floors_of, matching, rows_of


@requires(Permission.VIEW_RESIDENTS)
@require_http_methods(["GET", "POST"])
def residents(request: StaffRequest) -> HttpResponse:
    """Show the residents of the house where the person is.

    What is typed comes by POST: a resident's name has no place in an address, nor in the logs that keep
    addresses.
    """
    house = request.workplace
    if not house:
        return redirect("workplace")
    everybody = rows_of(house, request.user)
    query, chosen = request.POST.get("q", ""), request.GET.get("filtre", "")
    found = matching(filtered(everybody, chosen, request.user), query)
    floors, states = chips_of(everybody, request.user)
    context = {
        "floors": floors_of(found, everybody), "floor_chips": floors, "state_chips": states, "chosen": chosen,
        "query": query, "total": len(everybody), "found": len(found), "house": house,
        "may_create": request.user.can(Permission.EDIT_RESIDENT, house),
        "may_prescribe": request.user.can(Permission.PRESCRIBE, house),
    }  # fmt: skip
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, "residents/_rows.html" if is_fragment else "residents/list.html", context)
