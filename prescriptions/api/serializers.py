"""What the API reads and writes. The lines have their own module (lines.py)."""

from typing import Any

from rest_framework import serializers

from prescriptions.api.lines import LinesField
from prescriptions.api.strict import StrictSerializer
from prescriptions.models import Prescription, Status
from prescriptions.workflow.acknowledging import LONGEST, USUAL
from prescriptions.workflow.review import LineReview
from prescriptions.workflow.safety import Answered
from residents.models import Resident


class PrescriptionSerializer(serializers.ModelSerializer[Prescription]):
    """A prescription and its lines."""

    lines = LinesField(read_only=True)
    establishment = serializers.CharField(
        source="establishment.finess", read_only=True, help_text="FINESS géographique"
    )
    prescriber = serializers.CharField(source="prescriber.rpps", read_only=True, help_text="RPPS")

    class Meta:
        model = Prescription
        fields = [
            "id", "establishment", "resident", "prescriber", "kind", "status", "identifier", "returned_identifier",
            "outcome_code", "created_at", "saved_at", "signed_at", "registered_at", "lines",
        ]  # fmt: skip
        read_only_fields = fields


class LinesSerializer(StrictSerializer):
    """The whole content of a draft, replacing what it held. Lines may be incomplete: `review` says what is missing."""

    given_back = frozenset(PrescriptionSerializer.Meta.fields)
    lines = LinesField()


class DraftSerializer(LinesSerializer):
    """A draft: for whom, and what."""

    resident = serializers.PrimaryKeyRelatedField(queryset=Resident.objects.none())

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Residents are chosen among those the user may see."""
        found = super().get_fields()
        request = self.context.get("request")
        if request is not None and request.user.is_authenticated:
            found["resident"].queryset = Resident.objects.visible_to(request.user)  # type: ignore[attr-defined]
        return found


class FilterSerializer(serializers.Serializer[Any]):
    """What a list may be narrowed to."""

    resident = serializers.UUIDField(required=False)
    status = serializers.ChoiceField(choices=Status.choices, required=False)


class ReviewLineSerializer(serializers.Serializer[Any]):
    """How one line reads, and what stands in the way."""

    position = serializers.IntegerField()
    kind = serializers.CharField()
    route = serializers.CharField(help_text="VILLE, FORFAIT (ordre interne) ou HORS_AM")
    sentence = serializers.CharField()
    problems = serializers.ListField(child=serializers.CharField())


class FindingSerializer(serializers.Serializer[Any]):
    """What a check answers about lines of the draft, or about the whole treatment (`positions` is then empty)."""

    check = serializers.CharField(source="finding.check.value")
    status = serializers.CharField(
        source="finding.status.value", help_text="ALERT, ou NOT_DONE : non contrôlé"
    )
    level = serializers.CharField(
        source="finding.level.value", default="", help_text="HARD : bloque ; REASON : motif demandé ; INFO"
    )
    headline = serializers.CharField(source="finding.headline")
    text = serializers.CharField(source="finding.text")
    source = serializers.CharField(source="finding.source.text")  # type: ignore[assignment]
    rule = serializers.CharField(source="finding.source.rule")
    positions = serializers.SerializerMethodField(help_text="lignes concernées")
    blocks = serializers.BooleanField(help_text="ne peut pas être signé ainsi")
    asks = serializers.BooleanField(help_text="attend une réponse avant la signature")
    key = serializers.SerializerMethodField(
        help_text="à rendre à `acknowledge` ; vide quand un motif ne suffit pas"
    )
    field = serializers.CharField(help_text="champ de la ligne qui y répond aussi ; vide s’il n’y en a pas")
    reason = serializers.CharField(help_text="motif déjà donné")

    def get_positions(self, answered: Answered) -> list[int]:
        """Positions of its lines in the draft."""
        lines: tuple[LineReview, ...] = self.context["lines"]
        return [lines[rank - 1].line.position for rank in answered.ranks]

    def get_key(self, answered: Answered) -> str:
        """What an acknowledgement answers."""
        return answered.finding.ack_key if answered.takes_reason else ""


class ReviewSerializer(serializers.Serializer[Any]):
    """What would be signed now: `digest` must be sent back with the signature."""

    can_sign = serializers.BooleanField(help_text="vrai quand `obstacles` est vide")
    obstacles = serializers.ListField(
        child=serializers.CharField(), help_text="tout ce qui empêche de signer, en français"
    )
    refusals = serializers.ListField(
        child=serializers.CharField(), help_text="parmi eux, ce qui tient à la personne ou à la maison"
    )
    findings = FindingSerializer(many=True)
    digest = serializers.CharField()
    lines = ReviewLineSerializer(many=True)


class AcknowledgeSerializer(StrictSerializer):
    """The reason given to an alert that asks for one (`findings[].key`): it is kept with the prescription."""

    key = serializers.CharField(max_length=100)
    reason = serializers.CharField(max_length=LONGEST, help_text=f"par exemple : {' ; '.join(USUAL)}")


class SignSerializer(serializers.Serializer[Any]):
    """The act of signing: the digest of what was reviewed and the personal code."""

    digest = serializers.CharField(min_length=64, max_length=64)
    pin = serializers.CharField(write_only=True, trim_whitespace=False, max_length=20)


class StatusSerializer(serializers.Serializer[Any]):
    """Where the e-prescription stands, in codes and in French."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    status = serializers.CharField()
    status_label = serializers.CharField()
    identifier = serializers.CharField(allow_null=True)
    registered_at = serializers.DateTimeField(allow_null=True)
    attempts = serializers.IntegerField()
    next_attempt_at = serializers.DateTimeField(allow_null=True)
    code = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField(allow_blank=True)
    what_to_do = serializers.CharField(allow_blank=True)


class SignedSerializer(StatusSerializer):
    """The prescription signed, and all those the basket was split into."""

    parts = StatusSerializer(many=True)
