"""Prescriptions by API: list, read, draft, review, acknowledge, sign, status. Every verb is one of workflow/."""

from typing import Any, cast

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from amo_gateway.codes import explain
from prescriptions.api import serializers as shapes
from prescriptions.models import Prescription, Status, Submission
from prescriptions.workflow import acknowledging, confirm, drafts
from prescriptions.workflow.errors import NoPin, PinLocked, WorkflowError, WrongPin
from prescriptions.workflow.review import review
from prescriptions.workflow.signing import sign
from prescriptions.workflow.traces import refusals_traced
from residents.access import Permission, get_resident
from residents.api import BoundedJSONParser, Holds
from residents.models import StaffMember
from traces.workstation import workstation_of


class Refused(APIException):
    """A verb said no: its French sentence, with 409 (state) or 403 (code)."""

    status_code: int = status.HTTP_409_CONFLICT


class Newest(CursorPagination):
    """Cursor pagination, newest first."""

    page_size = 50
    ordering = ("-created_at", "id")


class PrescriptionViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Prescription]
):
    """Signed prescriptions of your establishments, and your own drafts."""

    serializer_class = shapes.PrescriptionSerializer
    pagination_class = Newest
    permission_classes = [Holds]
    parser_classes = [BoundedJSONParser]
    queryset = Prescription.objects.none()
    action_permissions = {
        "list": Permission.VIEW_RESIDENTS,
        "retrieve": Permission.VIEW_RESIDENTS,
        "state": Permission.VIEW_RESIDENTS,
        "create": Permission.PRESCRIBE,
        "update": Permission.PRESCRIBE,
        "review": Permission.PRESCRIBE,
        "acknowledge": Permission.PRESCRIBE,
        "sign": Permission.PRESCRIBE,
    }

    @property
    def me(self) -> StaffMember:
        """The logged-in person."""
        return cast("StaffMember", self.request.user)

    def get_queryset(self) -> QuerySet[Prescription]:
        """Start from what the user may see; writing verbs see their own drafts only."""
        if self.action in {"update", "review", "acknowledge", "sign"}:
            found: QuerySet[Prescription] = Prescription.objects.drafts_of(self.me)
        else:
            found = Prescription.objects.visible_to(self.me).filter(self._filters())
        return found.select_related("establishment", "prescriber", "resident").prefetch_related("lines")

    def _filters(self) -> Q:
        asked = shapes.FilterSerializer(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return Q(**asked.validated_data)

    @extend_schema(request=shapes.DraftSerializer, responses={201: shapes.PrescriptionSerializer})
    def create(self, request: Request) -> Response:
        """Open your draft for a resident (or find it again) and write its lines."""
        asked = shapes.DraftSerializer(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        resident = get_resident(self.me, asked.validated_data["resident"].pk, Permission.PRESCRIBE)
        draft = self._try(
            drafts.replace_lines,
            drafts.open_draft(resident, by=self.me),
            asked.validated_data["lines"],
            by=self.me,
        )
        return Response(self.get_serializer(draft).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=shapes.LinesSerializer, responses=shapes.PrescriptionSerializer)
    def update(self, request: Request, pk: str | None = None) -> Response:
        """Replace the lines of your draft."""
        found = self.get_object()
        asked = shapes.LinesSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        draft = self._try(drafts.replace_lines, found, asked.validated_data["lines"], by=self.me)
        return Response(self.get_serializer(draft).data)

    @extend_schema(responses=shapes.ReviewSerializer)
    @action(detail=True, methods=["get"])
    def review(self, request: Request, pk: str | None = None) -> Response:
        """Say what would be signed now, and what stands in the way."""
        return self._reviewed(self.get_object())

    @extend_schema(request=shapes.AcknowledgeSerializer, responses=shapes.ReviewSerializer)
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, pk: str | None = None) -> Response:
        """Give the reason an alert asks for (`findings[].key`), and review again."""
        draft = self.get_object()
        asked = shapes.AcknowledgeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        self._try(acknowledging.acknowledge, draft, given["key"], given["reason"], by=self.me)
        return self._reviewed(draft)

    def _reviewed(self, draft: Prescription) -> Response:
        seen = review(draft)
        lines = [
            {
                "position": line.line.position,
                "kind": line.kind.value,
                "route": line.funding.route.value if line.funding else "",
                "sentence": line.sentence,
                "problems": [problem.message_fr for problem in line.problems],
            }
            for line in seen.lines
        ]
        body = {
            "can_sign": seen.can_sign,
            "obstacles": seen.obstacles,
            "refusals": seen.refusals,
            "findings": seen.safety.answered if seen.safety else (),
            "digest": seen.digest,
            "lines": lines,
        }
        return Response(shapes.ReviewSerializer(body, context={"lines": seen.lines}).data)

    @extend_schema(request=shapes.SignSerializer, responses={200: shapes.SignedSerializer})
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str | None = None) -> Response:
        """Sign what was reviewed. Returns at once: the transmission goes on by itself, see `status`.

        The basket is split by legal kind: `parts` tells each prescription made, the first being this one.
        """
        draft = self.get_object()
        asked = shapes.SignSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = self._try(self._signed, draft, **asked.validated_data)
        return Response(self._state(made[0]) | {"parts": [self._state(part) for part in made]})

    def _signed(self, draft: Prescription, *, pin: str, digest: str) -> list[Prescription]:
        finess = draft.establishment.finess
        workstation = workstation_of(self.request._request, finess)
        with refusals_traced(self.me, finess, workstation):
            confirm.confirm_pin(self.me, pin)
            return sign(draft, by=self.me, digest=digest, workstation=workstation)

    @extend_schema(responses=shapes.StatusSerializer)
    @action(detail=True, methods=["get"], url_path="status")
    def state(self, request: Request, pk: str | None = None) -> Response:
        """Say where the e-prescription stands."""
        return Response(self._state(self.get_object()))

    def _state(self, prescription: Prescription) -> dict[str, Any]:
        submission = Submission.objects.filter(prescription=prescription).first()
        code = prescription.outcome_code or (submission.last_code if submission else "")
        said = explain(code, stopped=prescription.status == Status.STALLED) if code else None
        body = {
            "id": prescription.pk,
            "kind": prescription.kind,
            "status": prescription.status,
            "status_label": prescription.get_status_display(),
            "identifier": prescription.identifier,
            "registered_at": prescription.registered_at,
            "attempts": submission.attempts if submission else 0,
            "next_attempt_at": submission.next_attempt_at if submission else None,
            "code": code,
            "sentence": said.sentence if said else "",
            "what_to_do": said.what_to_do if said else "",
        }
        return dict(shapes.StatusSerializer(body).data)

    def _try(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a verb; turn its refusal into an answer."""
        try:
            return verb(*args, **kwargs)
        except WorkflowError as error:
            refused = Refused(str(error))
            if isinstance(error, NoPin | WrongPin | PinLocked):
                refused.status_code = status.HTTP_403_FORBIDDEN
            raise refused from error
