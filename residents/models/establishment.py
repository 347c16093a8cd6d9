"""The EHPAD, known by its FINESS géographique, and the town pharmacies it works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from residents.identifiers import validate_finess, validate_french_phone

if TYPE_CHECKING:
    from residents.models.staff import StaffMember


class EstablishmentQuerySet(models.QuerySet["Establishment"]):
    """Establishments, always reached through what the user may see."""

    def visible_to(self, user: StaffMember) -> EstablishmentQuerySet:
        """Return the establishments where `user` works today; all of them for a platform admin."""
        if user.is_platform_admin:
            return self
        return self.filter(pk__in=[assignment.establishment_id for assignment in user.active_assignments])


class Establishment(models.Model):
    """A nursing home. It may e-prescribe when `eprescription_refusal()` is empty."""

    class TariffOption(models.TextChoices):
        """Option tarifaire (CASF R314-167): decides later who pays each line."""

        PARTIEL = "PARTIEL", "Tarif partiel"
        GLOBAL = "GLOBAL", "Tarif global"

    finess = models.CharField("FINESS géographique", max_length=9, unique=True, validators=[validate_finess])
    finess_juridique = models.CharField(
        "FINESS juridique", max_length=9, validators=[validate_finess], blank=True
    )
    name = models.CharField("nom", max_length=120)
    address = models.CharField("adresse", max_length=200)
    postal_code = models.CharField("code postal", max_length=5)
    city = models.CharField("ville", max_length=80)
    phone = models.CharField("téléphone", max_length=20, validators=[validate_french_phone], blank=True)
    tariff_option = models.CharField("option tarifaire", max_length=10, choices=TariffOption.choices)
    has_pui = models.BooleanField("dispose d’une pharmacie à usage intérieur", default=False)
    amo_credentials_ref = models.SlugField(
        "référence des certificats",
        max_length=40,
        blank=True,
        help_text="Nom du dossier des certificats de l’établissement.",
    )
    activated_on = models.DateField("date d’activation", null=True, blank=True)

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        verbose_name = "établissement"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def eprescription_refusal(self) -> str:
        """Say in French why this establishment may not send an e-prescription; empty when it may.

        An EHPAD with a PUI is out of the experiment's perimeter (X05).
        """
        if self.has_pui:
            return (
                "Cet établissement dispose d’une pharmacie à usage intérieur : l’e-prescription en ville "
                "ne le concerne pas (expérimentation, périmètre : EHPAD sans PUI)."
            )
        if self.activated_on is None:
            return "L’établissement n’est pas encore activé : son administrateur doit renseigner la date d’activation."
        if not self.amo_credentials_ref:
            return "Les certificats de l’établissement ne sont pas déclarés : son administrateur doit en donner la référence."
        return ""


class Pharmacy(models.Model):
    """A town pharmacy under convention with the establishment (CSP L5126-10 II)."""

    establishment = models.ForeignKey(
        Establishment, on_delete=models.PROTECT, related_name="pharmacies", verbose_name="établissement"
    )
    name = models.CharField("nom", max_length=120)
    finess = models.CharField("FINESS", max_length=9, validators=[validate_finess], blank=True)
    address = models.CharField("adresse", max_length=200, blank=True)
    phone = models.CharField("téléphone", max_length=20, validators=[validate_french_phone], blank=True)

    class Meta:
        verbose_name = "pharmacie"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
