"""People of an establishment and what they do there, as an administrator writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet, inlineformset_factory

from residents.forms.base import NumberField, PhoneField, Styled
from residents.identifiers import validate_rpps
from residents.models import Assignment, Establishment, StaffMember

if TYPE_CHECKING:
    StaffModelForm = forms.ModelForm[StaffMember]
    AssignmentModelForm = forms.ModelForm[Assignment]
    AssignmentFormSetBase = BaseInlineFormSet[Assignment, StaffMember, "AssignmentForm"]
else:
    StaffModelForm = AssignmentModelForm = forms.ModelForm
    AssignmentFormSetBase = BaseInlineFormSet


class StaffForm(Styled, StaffModelForm):
    """Who somebody is. What they may do is in their assignments."""

    class Meta:
        model = StaffMember
        fields = [
            "title", "last_name", "first_name", "username", "email", "phone", "profession", "rpps",
            "speciality", "speciality_code", "skills",
            "is_active",
        ]  # fmt: skip
        field_classes = {"rpps": NumberField, "phone": PhoneField}
        labels = {
            "username": "Identifiant de connexion",
            "email": "Adresse électronique",
            "is_active": "Compte ouvert",
        }
        help_texts = {
            "username": "Lettres, chiffres, point, tiret.",
            "rpps": "11 chiffres, sans le 8 qui le précède parfois sur la carte CPS.",
            "phone": "Par exemple 02 41 00 00 00 ; enregistré en +33.",
            "is_active": "",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_name"].required = self.fields["first_name"].required = True

    def clean_rpps(self) -> str:
        """One number, one account."""
        rpps = str(self.cleaned_data["rpps"])
        if rpps and StaffMember.objects.filter(rpps=rpps).exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                "Un compte existe déjà pour ce RPPS. Donnez-lui un rôle ici avec « Une personne qui a déjà "
                "un compte ailleurs ».",
                code="twice",
            )
        return rpps


class AssignmentForm(Styled, AssignmentModelForm):
    """One role in one establishment, for a time."""

    class Meta:
        model = Assignment
        fields = ["role", "exercise", "am_number", "starts_on", "ends_on", "replaces"]
        field_classes = {"am_number": NumberField}

    def __init__(self, *args: Any, house: Establishment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ModelChoiceField[StaffMember]", self.fields["replaces"])
        choice.queryset = (
            StaffMember.objects.filter(
                assignments__establishment=house, assignments__role=Assignment.Role.PRESCRIBER
            )
            .exclude(rpps="")
            .exclude(pk=self.instance.staff_id)
            .distinct()
        )
        choice.empty_label = "Personne"
        choice.help_text = "Pour un remplaçant : le prescripteur remplacé, entre les deux dates."

    def clean_replaces(self) -> StaffMember | None:
        """A replacement is a prescriber's, and it ends (rule B102)."""
        replaced: StaffMember | None = self.cleaned_data["replaces"]
        if replaced and not self.cleaned_data.get("ends_on"):
            raise ValidationError("Un remplacement a une fin : donnez la date « jusqu’au ».", code="endless")
        return replaced if self.cleaned_data.get("role") == Assignment.Role.PRESCRIBER else None

    def clean(self) -> dict[str, Any]:
        """A prescriber says how they exercise; a liberal one gives their AM number (arrêté 10/08/2010)."""
        data = super().clean() or {}
        if data.get("role") != Assignment.Role.PRESCRIBER:
            data.update(exercise="", am_number="")
        elif not data.get("exercise"):
            self.add_error(
                "exercise", "Libéral ou salarié : c’est ce qui désigne l’identifiant de facturation."
            )
        elif data["exercise"] == Assignment.Exercise.SALARIED:
            data["am_number"] = ""
        elif not data.get("am_number") and "am_number" not in self.errors:
            self.add_error(
                "am_number", "Un prescripteur libéral signe avec son numéro d’assurance maladie (9 chiffres)."
            )
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "La fin précède le début : vérifiez les deux dates.")
        return data


class AssignmentFormSetOfOneHouse(AssignmentFormSetBase):
    """The roles of one person in one establishment: each at most once."""

    def clean(self) -> None:
        """Refuse the same role twice."""
        super().clean()
        roles = [
            form.cleaned_data["role"]
            for form in self.forms
            if form.is_valid() and form.cleaned_data.get("role")
        ]
        if len(roles) != len(set(roles)):
            raise ValidationError(
                "Le même rôle est donné deux fois : changez plutôt les dates de la première ligne.",
                code="twice",
            )


AssignmentFormSet = inlineformset_factory(
    StaffMember,
    Assignment,
    fk_name="staff",
    form=AssignmentForm,
    formset=AssignmentFormSetOfOneHouse,
    extra=1,
    can_delete=False,
)


class KnownPersonForm(Styled, forms.Form):
    """Somebody who already has an account elsewhere, found by their RPPS."""

    rpps = NumberField(label="RPPS", validators=[validate_rpps])

    def clean_rpps(self) -> StaffMember:
        """Return the person; say so when nobody has that number."""
        person = StaffMember.objects.filter(rpps=self.cleaned_data["rpps"], is_active=True).first()
        if person is None:
            raise ValidationError("Personne n’a ce RPPS : créez son compte ci-dessus.", code="unknown")
        return person
