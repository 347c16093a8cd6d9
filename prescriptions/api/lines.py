"""The lines of a prescription as machines read and write them: one shape in both directions, one for each kind.

The shape comes from the kinds themselves: what `normalise` gives is what a content holds, all as it is typed
(« 1/2 », « 2026-11-24 »). A ninth kind is described here without a word of code.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from prescriptions.api.strict import StrictSerializer
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import GONE, Entry, UnknownChoice
from prescriptions.kinds.form import MAX_TEXT
from prescriptions.kinds.registry import KINDS
from prescriptions.models import PrescriptionLine
from prescriptions.workflow.errors import UnwrittenKind

MAX_LINES = 50
_MAX_ROWS = 50


def _described(kind: Kind) -> type["LineSerializer"]:
    """Return the serializer of a line of this kind: its content is that of its form."""
    entry, name = KINDS[kind], kind.name.title().replace("_", "")
    content = _group(f"{name}Content", entry.normalise(entry.sample), _hints(entry))
    about = {
        "__doc__": f"{kind.label} : la ligne et ce qu’elle dit.",
        "kind": _kind_field(kind),
        "content": content(),
    }
    return type(f"{name}Line", (LineSerializer,), about)


def _kind_field(kind: Kind) -> serializers.CharField:
    return serializers.CharField(help_text=f"« {kind.value} »")


def _hints(entry: Entry) -> dict[str, str]:
    """What each field holds: the words of its form."""
    of_form = {
        field.name: " ; ".join(
            part for part in (field.label, field.unit, ", ".join(value for value, _ in field.choices)) if part
        )
        for field in entry.fields
    }
    return of_form | dict(entry.hints)


def _group(name: str, shape: Mapping[str, Any], hints: Mapping[str, str]) -> type[StrictSerializer]:
    fields = {key: _field(f"{name}{key.title()}", value, hints, key) for key, value in shape.items()}
    return type(name, (StrictSerializer,), {"__doc__": "Champs tels qu’ils se tapent.", **fields})


def _field(
    name: str, value: Any, hints: Mapping[str, str], key: str
) -> serializers.Field[Any, Any, Any, Any]:
    """Return the field that holds what `value` shows: text, tick, group, or list of one of them."""
    about: dict[str, Any] = {"required": False, "help_text": hints.get(key, "")}
    if isinstance(value, bool):
        return serializers.BooleanField(**about)
    if isinstance(value, Mapping):
        return _group(name, value, hints)(**about)
    if isinstance(value, list) and isinstance(value[0], Mapping):
        return serializers.ListField(child=_group(name, value[0], hints)(), max_length=_MAX_ROWS, **about)
    if isinstance(value, list):
        return serializers.ListField(
            child=serializers.CharField(max_length=MAX_TEXT), max_length=_MAX_ROWS, **about
        )
    return serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=MAX_TEXT, **about)


class LineSerializer(StrictSerializer):
    """One line: its kind, its content as typed and, once signed, as it reads. What is read only may be sent back."""

    id = serializers.UUIDField(read_only=True)
    position = serializers.IntegerField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    sentence = serializers.CharField(read_only=True)
    regime = serializers.CharField(read_only=True)
    starts_on = serializers.DateField(read_only=True)
    ends_on = serializers.DateField(read_only=True)


_READ_ONLY = tuple(LineSerializer().fields)
LINES: Mapping[Kind, type[LineSerializer]] = {kind: _described(kind) for kind in Kind}
_ANY_LINE = PolymorphicProxySerializer(
    component_name="Line",
    serializers={kind.value: line for kind, line in LINES.items()},
    resource_type_field_name="kind",
    many=True,
)


@extend_schema_field(_ANY_LINE)
class LinesField(serializers.Field[Any, Any, Any, Any]):
    """The lines, each in the shape of its kind."""

    default_error_messages = {
        "not_a_list": "Donnez la liste des lignes.",
        "too_many": f"Une ordonnance a {MAX_LINES} lignes au plus.",
    }

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        """Return every line, its content whole."""
        return [_shown(line) for line in value.all()]

    def to_internal_value(self, data: Any) -> list[dict[str, Any]]:
        """Return the contents to write, each with its kind; raise ValidationError with the errors line by line."""
        if not isinstance(data, list):
            self.fail("not_a_list")
        if len(data) > MAX_LINES:
            self.fail("too_many")
        lines = [_LineReader(raw) for raw in data]
        _refuse_subjectless(lines)
        if any(line.errors for line in lines):
            raise serializers.ValidationError([line.errors for line in lines])
        return [line.content | {"kind": line.kind} for line in lines]


class _LineReader:
    """One line of a request: its kind and content, or what is wrong with it."""

    def __init__(self, raw: Any) -> None:
        self.kind: Kind | None = None
        self.content: dict[str, Any] = {}
        self.errors: dict[str, Any] = {}
        given = raw.get("kind") if isinstance(raw, Mapping) else None
        if not isinstance(given, str) or given not in list(Kind):
            self.errors = {"kind": [str(UnwrittenKind())]}
            return
        self.kind = Kind(given)
        asked = LINES[self.kind](data=raw)
        if asked.is_valid():
            self.content = KINDS[self.kind].normalise(asked.validated_data["content"])
        else:
            self.errors = dict(asked.errors)


def _refuse_subjectless(lines: Iterable[_LineReader]) -> None:
    """A line about nothing of the tables is refused: what it prescribes would be lost. Read together, kind by kind."""
    for kind in Kind:
        mine = [line for line in lines if line.kind is kind and not line.errors]
        found = KINDS[kind].subjects([line.content for line in mine]) if mine else []
        for line, subject in zip(mine, found, strict=True):
            if subject is GONE:
                line.errors = {"content": [_why_gone(kind, line.content)]}


def _why_gone(kind: Kind, content: dict[str, Any]) -> str:
    try:
        KINDS[kind].subject(content)
    except UnknownChoice as error:
        return str(error)
    return "Ce choix a quitté les tables à l’instant : recommencez."


def _shown(line: PrescriptionLine) -> dict[str, Any]:
    """Return one line, its content in the shape of its kind even when an older version wrote it."""
    facts = {name: getattr(line, name) for name in _READ_ONLY}
    return facts | {"kind": line.kind, "content": KINDS[Kind(line.kind)].normalise(line.content)}
