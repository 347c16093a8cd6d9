"""What our forms share: Bootstrap's classes, native date fields, French words for an empty field."""

import unicodedata
from typing import Any, cast

from django import forms

from residents.identifiers import international_phone

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)
REQUIRED = "À renseigner."
EMPTY = "Choisir"


class DayInput(forms.DateInput):
    """The browser's own date field, which wants ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PastedField(forms.CharField):
    """What people copy with its separators, taken out before anything is checked.

    Letters and digits copied in another width (« ９９ ») are the plain ones: NFKC. Digits of another script stay,
    for the validators to refuse.
    """

    def to_python(self, value: Any) -> str:
        """Return the plain characters of what was pasted."""
        return unicodedata.normalize("NFKC", str(super().to_python(value)))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No length limit in the browser: it would cut what is pasted at its spaces."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class NumberField(PastedField):
    """An identifier, stored without spaces and in capitals."""

    def to_python(self, value: Any) -> str:
        """Return the identifier as it is stored."""
        return "".join(str(super().to_python(value)).split()).upper()


class PhoneField(PastedField):
    """A telephone number typed as people say it, stored in the +33 form the ordonnance prints (rule B01)."""

    widget = forms.TextInput(attrs={"type": "tel"})

    def to_python(self, value: Any) -> str:
        """Return the number as it is stored."""
        return international_phone(str(super().to_python(value)))


class Styled:
    """Mixin: give each widget its class, each date the native field, each empty field its French sentence."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)


def dress(field: forms.Field) -> None:
    """Give one field its looks and its words."""
    if isinstance(field, forms.DateField) and not isinstance(field.widget, DayInput):
        field.widget = DayInput()
        field.error_messages["invalid"] = "Cette date n’existe pas : écrivez jour, mois et année."
    field.widget.attrs.setdefault(
        "class", next(name for kind, name in _CLASSES if isinstance(field.widget, kind))
    )
    if isinstance(field, forms.TypedChoiceField) and not isinstance(field.widget, forms.RadioSelect):
        field.choices = [
            (value, label if value else EMPTY)
            for value, label in cast("list[tuple[Any, Any]]", field.choices)
        ]
    if field.required:
        field.error_messages["required"] = REQUIRED
