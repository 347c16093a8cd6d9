"""What the API reads and writes. Content of a line: the JSON of kinds/<kind>/content.py, as the screens send it."""

from typing import Any

from rest_framework import serializers

from prescriptions.models import Prescription, PrescriptionLine, Status
from residents.models import Resident


class LineSerializer(serializers.ModelSerializer[PrescriptionLine]):
    """One line as it was typed and, once signed, as it reads."""

    class Meta:
        model = PrescriptionLine
        fields = ["id", "position", "kind", "content", "label", "sentence", "regime", "starts_on", "ends_on"]
        read_only_fields = fields


class PrescriptionSerializer(serializers.ModelSerializer[Prescription]):
    """A prescription and its lines."""

    lines = LineSerializer(many=True, read_only=True)
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


class DraftSerializer(serializers.Serializer[Any]):
    """A draft: for whom, and what. Lines may be incomplete; `review` says what is missing."""

    resident = serializers.PrimaryKeyRelatedField(queryset=Resident.objects.none())
    lines = serializers.ListField(child=serializers.DictField(), allow_empty=True, max_length=50)

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


class LinesSerializer(serializers.Serializer[Any]):
    """The whole content of a draft, replacing what it held."""

    lines = serializers.ListField(child=serializers.DictField(), allow_empty=True, max_length=50)


class ReviewLineSerializer(serializers.Serializer[Any]):
    """How one line reads, and what stands in the way."""

    position = serializers.IntegerField()
    kind = serializers.CharField()
    route = serializers.CharField(help_text="VILLE, FORFAIT (ordre interne) ou HORS_AM")
    sentence = serializers.CharField()
    problems = serializers.ListField(child=serializers.CharField())


class ReviewSerializer(serializers.Serializer[Any]):
    """What would be signed now: `digest` must be sent back with the signature."""

    can_sign = serializers.BooleanField()
    refusals = serializers.ListField(child=serializers.CharField())
    digest = serializers.CharField()
    lines = ReviewLineSerializer(many=True)


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
