"""REST API of residents: read only, the same rights as the screens."""

from typing import Any, cast

from django.db.models import QuerySet
from rest_framework import parsers, permissions, serializers, viewsets
from rest_framework.exceptions import ParseError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView

from residents.access import Permission, holds_anywhere
from residents.models import Resident, StaffMember


class Holds(permissions.BasePermission):
    """403 unless the person holds, somewhere, the permission the action declares in `action_permissions`."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Closed by default: an action that declares nothing is refused."""
        if not request.user.is_authenticated:
            return False
        declared: dict[str, Permission] = getattr(view, "action_permissions", {})
        needed = declared.get(getattr(view, "action", "") or "")
        return needed is not None and holds_anywhere(request.user, needed)


class BoundedJSONParser(parsers.JSONParser):
    """JSON; what is nested beyond reason is a bad request, not an error of ours."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Parse, or raise ParseError."""
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError("JSON trop imbriqué.") from error


class ByRoom(CursorPagination):
    """Cursor pagination: stable while residents come and go."""

    page_size = 50
    ordering = ("room", "id")


class ResidentSerializer(serializers.ModelSerializer[Resident]):
    """The identity of a resident as the banner shows it."""

    establishment = serializers.CharField(source="establishment.finess", help_text="FINESS géographique")
    referring_physician = serializers.CharField(source="referring_physician.display_name", default=None)

    class Meta:
        model = Resident
        fields = [
            "id", "establishment", "birth_name", "birth_first_name", "first_names", "used_name", "used_first_name", "birth_date",
            "sex", "ins_number", "ins_oid", "ins_status", "room", "floor", "referring_physician", "allergy_status",
            "opposes_execution_view",
        ]  # fmt: skip
        read_only_fields = fields


class ResidentViewSet(viewsets.ReadOnlyModelViewSet[Resident]):
    """Residents present in the establishments where you work."""

    serializer_class = ResidentSerializer
    pagination_class = ByRoom
    permission_classes = [Holds]
    action_permissions = {"list": Permission.VIEW_RESIDENTS, "retrieve": Permission.VIEW_RESIDENTS}
    queryset = Resident.objects.none()

    def get_queryset(self) -> QuerySet[Resident]:
        """Start from what the user may see."""
        user = cast("StaffMember", self.request.user)
        return (
            Resident.objects.visible_to(user).present().select_related("establishment", "referring_physician")
        )

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """List residents, by room."""
        return super().list(request, *args, **kwargs)
