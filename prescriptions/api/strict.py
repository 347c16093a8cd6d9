"""Serializers that refuse what they do not know: a misspelt field must be told, never lost."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers

_SHOWN = 60
"""Characters of an unknown name given back."""


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses unknown keys, each by its name. `given_back`: keys that an answer holds and a request may send back."""

    given_back: ClassVar[frozenset[str]] = frozenset()

    def to_internal_value(self, data: Any) -> Any:
        """Read `data`; raise ValidationError for its first unknown keys."""
        if isinstance(data, Mapping):
            unknown = [
                str(key)[:_SHOWN] for key in data if key not in self.fields and key not in self.given_back
            ]
            if unknown:
                raise serializers.ValidationError({key: [self._unknown()] for key in unknown[:10]})
        return super().to_internal_value(data)

    def _unknown(self) -> str:
        known = ", ".join(name for name, field in self.fields.items() if not field.read_only)
        return f"Champ inconnu : corrigez son nom ou retirez-le. Champs admis : {known}."
