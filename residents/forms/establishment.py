"""The establishment and its town pharmacies, as an administrator writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from residents.forms.base import NumberField, PhoneField, Styled
from residents.models import Establishment, Pharmacy

if TYPE_CHECKING:
    EstablishmentModelForm = forms.ModelForm[Establishment]
    PharmacyModelForm = forms.ModelForm[Pharmacy]
else:
    EstablishmentModelForm = PharmacyModelForm = forms.ModelForm


class EstablishmentForm(Styled, EstablishmentModelForm):
    """Everything the checklist of the establishment asks."""

    class Meta:
        model = Establishment
        fields = [
            "name", "finess", "finess_juridique", "address", "postal_code", "city", "phone", "tariff_option",
            "has_pui",
            "amo_credentials_ref", "activated_on",
        ]  # fmt: skip
        field_classes = {"finess": NumberField, "finess_juridique": NumberField, "phone": PhoneField}
        labels = {"has_pui": "Dispose d’une pharmacie à usage intérieur (PUI)"}
        help_texts = {
            "finess": "9 caractères, celui du site (entité géographique).",
            "finess_juridique": "9 caractères, celui de l’organisme gestionnaire.",
            "phone": "Par exemple 02 41 00 00 00 ; enregistré en +33.",
            "activated_on": "Jour à partir duquel les prescripteurs transmettent des e-prescriptions.",
        }

    def __init__(self, *args: Any, may_move: bool, **kwargs: Any) -> None:
        """`may_move`: whether the FINESS may change; only the platform's administrator may."""
        super().__init__(*args, **kwargs)
        self.fields["finess"].disabled = not may_move
        # Another house's keys must not be chosen from here: who places the files names the folder.
        self.fields["amo_credentials_ref"].disabled = not may_move

    def clean(self) -> dict[str, Any]:
        """An establishment with a PUI is out of the experiment: it cannot be activated (X05)."""
        data = super().clean() or {}
        if data.get("has_pui") and data.get("activated_on"):
            self.add_error(
                "activated_on",
                "Un EHPAD qui dispose d’une PUI ne transmet pas d’e-prescription en ville : effacez la date, "
                "ou corrigez la PUI.",
            )
        return data


class PharmacyForm(Styled, PharmacyModelForm):
    """One town pharmacy under convention."""

    class Meta:
        model = Pharmacy
        fields = ["name", "finess", "address", "phone"]
        field_classes = {"finess": NumberField, "phone": PhoneField}
