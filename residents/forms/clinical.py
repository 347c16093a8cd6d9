"""Forms about what the checks of a treatment read: allergies, conditions, swallowing. Codes come from the search only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from residents.coding import ALLERGENS, DIAGNOSES, Coded
from residents.forms.base import Styled
from residents.models import Allergy, Condition, Resident

if TYPE_CHECKING:
    ResidentModelForm = forms.ModelForm[Resident]
    AllergyModelForm = forms.ModelForm[Allergy]
    ConditionModelForm = forms.ModelForm[Condition]
else:
    ResidentModelForm = AllergyModelForm = ConditionModelForm = forms.ModelForm


class Searched(Styled):
    """Mixin: `label` is typed with a search beside it, `choice` holds the value of the option chosen, if any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed, choice = self["label"], self.fields["choice"]  # type: ignore[index]
        choice.widget.attrs["data-combobox-value"] = True
        self.fields["label"].widget.attrs |= {
            "role": "combobox",
            "aria-expanded": "false",
            "aria-autocomplete": "list",
            "aria-controls": f"{typed.auto_id}_list",
            "autocomplete": "off",
            "spellcheck": "false",
        }


def hidden_choice() -> forms.CharField:
    """The hidden field that the search fills."""
    return forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class AllergyForm(Searched, AllergyModelForm):
    """One allergy: chosen in the list it is coded, typed by hand it is an excipient or free text, which no check can use (A04).

    An excipient, that no table lists, documents a non-substitution for « CIF » (rule B30).
    """

    choice = hidden_choice()

    class Meta:
        model = Allergy
        fields = ["label", "severe"]
        labels = {"label": "Substance, classe ou excipient", "severe": "Réaction grave"}
        help_texts = {
            "label": "Choisie dans la liste, elle sera contrôlée. Un excipient ou un texte libre est noté, non contrôlé."
        }

    def save(self, commit: bool = True) -> Allergy:
        """Store with the code and the label of the tables; an unknown choice is free text."""
        choice, typed = self.cleaned_data["choice"], self.cleaned_data["label"]
        by_hand = Allergy.Kind.EXCIPIENT if choice == Allergy.Kind.EXCIPIENT else Allergy.Kind.FREE
        coded = ALLERGENS.find(choice) or Coded(by_hand, "", typed)
        self.instance.kind, self.instance.code, self.instance.label = coded.kind, coded.code, coded.label
        return super().save(commit)


class ConditionForm(Searched, ConditionModelForm):
    """One disease or state of the CIM-10, present or affirmed absent. The instance names the resident."""

    choice = hidden_choice()
    present = forms.TypedChoiceField(
        label="État",
        choices=[("1", "Présent"), ("0", "Absent, affirmé")],
        coerce=lambda value: value == "1",
        initial="1",
    )

    class Meta:
        model = Condition
        fields = ["label", "present"]
        labels = {"label": "Antécédent ou pathologie (CIM-10)"}

    def clean(self) -> dict[str, Any]:
        """Only what the table holds, once for a resident."""
        data = super().clean() or {}
        found = DIAGNOSES.find(data.get("choice", ""))
        if found is None and data.get("label"):
            sentence = (
                "Choisissez dans la liste proposée : sans code CIM-10, aucun contrôle ne lirait ce texte."
            )
            self.add_error("label", ValidationError(sentence, code="uncoded"))
        elif found is not None:
            self._take(found)
        return data

    def _take(self, found: Coded) -> None:
        self.instance.code = found.code
        self.cleaned_data["label"] = found.label
        if self.instance.resident.conditions.filter(code=found.code).exists():
            sentence = "Ce diagnostic est déjà noté : retirez-le d’abord pour en changer l’état."
            self.add_error("label", ValidationError(sentence, code="twice"))


class SwallowingForm(Styled, ResidentModelForm):
    """Trouble with swallowing, in three states."""

    class Meta:
        model = Resident
        fields = ["swallowing_trouble"]
