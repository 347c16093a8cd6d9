"""Forms about one resident: identity, measures, information and objections, photograph."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from residents.clinical import PLAUSIBLE
from residents.forms.base import NumberField, Styled, dress
from residents.identifiers import sex_told_by_ins
from residents.models import Assignment, Establishment, Measure, Resident, StaffMember

if TYPE_CHECKING:
    ResidentModelForm = forms.ModelForm[Resident]
    MeasureModelForm = forms.ModelForm[Measure]
else:
    ResidentModelForm = MeasureModelForm = forms.ModelForm

PHOTO_MAX_BYTES = 1_000_000
_PHOTO_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
"""First bytes of a file → its type. The name given by the browser is not believed."""

INS_ONCE = "resident_ins_once_per_house"
"""Name of the database constraint: one INS number, one resident of the house."""

TENTH = Decimal("0.1")
"""Measures are kept to the tenth of their unit."""


def not_in_future(day: date | None) -> date | None:
    """Refuse a day after today."""
    if day is not None and day > timezone.localdate():
        raise ValidationError("Cette date est dans le futur : vérifiez le jour et l’année.", code="future")
    return day


class ResidentForm(Styled, ResidentModelForm):
    """Identity traits of the INS, room, physician and pharmacy of one resident of `establishment`."""

    class Meta:
        model = Resident
        fields = [
            "birth_name", "birth_first_name", "first_names", "birth_date", "sex", "birth_place_code",
            "used_name", "used_first_name",
            "ins_status", "ins_number", "ins_oid", "room", "floor", "entered_on", "left_on",
            "referring_physician", "pharmacy",
        ]  # fmt: skip
        field_classes = {"ins_number": NumberField}
        help_texts = {
            "first_names": "Tous, séparés par une virgule, comme sur l’acte de naissance.",
            "birth_place_code": "Code INSEE de la commune, ou 99 suivi du code du pays.",
            "ins_number": "15 caractères, clé comprise, tel que rendu par le téléservice INSi.",
        }

    def __init__(self, *args: Any, establishment: Establishment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.establishment = establishment
        self.warnings: list[str] = []
        """What is kept as typed, but deserves a second look: said once it is saved."""
        for name, queryset in (
            ("referring_physician", _prescribers(establishment)),
            ("pharmacy", establishment.pharmacies.all()),
        ):
            field = cast("forms.ModelChoiceField[Any]", self.fields[name])
            field.queryset = queryset
            field.empty_label = "Non renseigné"

    def clean_birth_name(self) -> str:
        """Names of the INS are in capitals."""
        return str(self.cleaned_data["birth_name"]).upper()

    def clean_birth_date(self) -> date | None:
        """Nobody is born tomorrow."""
        return not_in_future(self.cleaned_data["birth_date"])

    def clean_ins_number(self) -> str:
        """One number, one resident in the house."""
        number = str(self.cleaned_data["ins_number"])
        twin = self._twin_of(number) if number else None
        if twin is not None:
            raise ValidationError(_already_is(twin), code="twice")
        return number

    def _twin_of(self, number: str) -> Resident | None:
        """Return the other resident of the house who has that number. Who may write here may open their record."""
        twins = Resident.objects.filter(establishment=self.instance.establishment, ins_number=number)
        return twins.exclude(pk=self.instance.pk).first()

    def save_or_refuse(self) -> Resident | None:
        """Save a valid form; None, with the sentence on the field, when the same INS was written meanwhile.

        Two people may welcome the same resident at once: both forms are valid, the database keeps the first.
        """
        try:
            with transaction.atomic():
                return self.save()
        except IntegrityError as error:
            twin = self._twin_of(self.cleaned_data["ins_number"])
            if twin is None or INS_ONCE not in str(error):
                raise
            self.add_error("ins_number", ValidationError(_already_is(twin), code="twice"))
            return None

    def clean(self) -> dict[str, Any]:
        """A qualified or retrieved identity has its number, a number has its authority, and leaving follows
        entering.
        """
        data = super().clean() or {}
        number, status = data.get("ins_number"), data.get("ins_status")
        if status != Resident.InsStatus.PROVISOIRE and not number and "ins_number" not in self.errors:
            self.add_error(
                "ins_number",
                "Une identité récupérée ou qualifiée a un matricule INS : recopiez-le, "
                "ou laissez « Provisoire ».",
            )
        if number and not data.get("ins_oid"):
            self.add_error(
                "ins_oid", "Dites de quelle autorité vient ce matricule (INS-NIR le plus souvent)."
            )
        self._compare_sexes(data)
        entered, left = data.get("entered_on"), data.get("left_on")
        if entered and left and left < entered:
            self.add_error("left_on", "La sortie précède l’entrée : vérifiez les deux dates.")
        return data

    def _compare_sexes(self, data: dict[str, Any]) -> None:
        """A qualified identity comes whole from INSi: a sex its number denies is most often a slip, not always."""
        told = sex_told_by_ins(data.get("ins_number") or "")
        contradicts = {told, data.get("sex")} == {Resident.Sex.F, Resident.Sex.M}
        if data.get("ins_status") == Resident.InsStatus.QUALIFIEE and contradicts:
            self.warnings.append(
                "Le sexe saisi et le premier chiffre du matricule INS ne concordent pas : vérifiez les deux sur la "
                "réponse du téléservice INSi."
            )


def _already_is(twin: Resident) -> str:
    """Say whose number it is, with the way to their record."""
    return format_html(
        'Ce matricule est déjà celui de {}, chambre {} : <a href="{}">ouvrez son dossier</a> si c’est la même '
        "personne, sinon vérifiez lequel des deux matricules est le bon.",
        twin.display_name,
        twin.room or "non renseignée",
        reverse("residents:identity", args=[twin.pk]),
    )


def _prescribers(establishment: Establishment) -> Any:
    here = Assignment.objects.accepted().filter(establishment=establishment, role=Assignment.Role.PRESCRIBER)
    return StaffMember.objects.filter(is_active=True, assignments__in=here).distinct()


class MeasureForm(Styled, MeasureModelForm):
    """One dated measure of a resident."""

    class Meta:
        model = Measure
        fields = ["kind", "value", "measured_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A French keyboard writes a comma; the native number field would refuse it in some browsers.
        text = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        self.fields["value"] = forms.DecimalField(label="Valeur", max_digits=8, localize=True, widget=text)
        dress(self.fields["value"])

    def clean_measured_on(self) -> date | None:
        """A measure was taken today or before."""
        return not_in_future(self.cleaned_data["measured_on"])

    def clean(self) -> dict[str, Any]:
        """Refuse a value no resident can have: a slip of the keyboard would change doses."""
        data = super().clean() or {}
        kind, value = data.get("kind"), data.get("value")
        if kind in PLAUSIBLE and value is not None:
            low, high, sentence = PLAUSIBLE[str(kind)]
            if not low <= value <= high:
                self.add_error("value", sentence)
            else:
                data["value"] = value.quantize(TENTH)
        return data


class InformationForm(Styled, ResidentModelForm):
    """Information given on the e-prescription, and objections (rule B11)."""

    class Meta:
        model = Resident
        fields = ["informed_on", "informed_by", "opposes_execution_view", "opposes_dmp"]

    def clean_informed_on(self) -> date | None:
        """Information was given today or before."""
        return not_in_future(self.cleaned_data["informed_on"])

    def clean(self) -> dict[str, Any]:
        """An objection has an author and a day; so has information."""
        data = super().clean() or {}
        objects = data.get("opposes_execution_view") or data.get("opposes_dmp")
        if (
            (objects or data.get("informed_by"))
            and not data.get("informed_on")
            and "informed_on" not in self.errors
        ):
            self.add_error(
                "informed_on", "Donnez le jour où l’information a été donnée ou l’opposition exprimée."
            )
        if (objects or data.get("informed_on")) and not data.get("informed_by"):
            self.add_error("informed_by", "Dites qui a été informé, ou qui s’oppose.")
        return data


class PhotoForm(Styled, forms.Form):
    """A photograph, JPEG or PNG, of at most one megabyte."""

    photo = forms.FileField(
        label="Photographie", widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"})
    )

    def clean_photo(self) -> tuple[bytes, str]:
        """Return the bytes and their type, read from the bytes themselves."""
        upload: UploadedFile[Any] = self.cleaned_data["photo"]
        if (upload.size or 0) > PHOTO_MAX_BYTES:
            raise ValidationError(
                "Cette photographie dépasse 1 Mo : réduisez-la, puis recommencez.", code="size"
            )
        content = upload.read()
        kind = next((kind for mark, kind in _PHOTO_MARKS if content.startswith(mark)), "")
        if not kind:
            raise ValidationError("Ce fichier n’est pas une image JPEG ou PNG.", code="type")
        return content, kind
