"""What a medicine is: the speciality, its boxes and its substances."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from .release import DrugBaseRelease


class Speciality(models.Model):
    """One line of CIS_bdpm, with what the screens need of it computed once, at import."""

    cis = models.CharField(primary_key=True, max_length=8)
    release = models.ForeignKey(
        DrugBaseRelease, on_delete=models.PROTECT, db_index=False, related_name="specialities"
    )
    label = models.CharField(max_length=300)
    form = models.CharField(max_length=150)
    routes = ArrayField(models.CharField(max_length=60), default=list)
    amm_status = models.CharField(max_length=60)
    marketed = models.BooleanField()
    holder = models.CharField(max_length=120)
    under_surveillance = models.BooleanField(default=False)
    """▼ surveillance renforcée."""
    is_homeopathy = models.BooleanField(default=False)
    is_parallel_import = models.BooleanField(default=False)
    alert_status = models.CharField(max_length=60, blank=True)
    atc = models.CharField(max_length=7, blank=True)
    """ATC code, as given by CIS_MITM or propagated; empty for about a quarter of the specialities."""
    atc_is_propagated = models.BooleanField(default=False)
    """True when CIS_MITM gives none: `atc` is that of the same substances by the same routes."""
    is_generic = models.BooleanField(default=False)

    dci_label = models.TextField()
    """Substances in their common name, salts left out, joined by « + »."""
    dosage = models.CharField(max_length=120, blank=True)
    intake_unit = models.CharField(max_length=30)
    """The unit proposed for the posology: comprimé, goutte, dose, mL…"""
    is_local_route = models.BooleanField(default=False)

    search = SearchVectorField()
    """Words built by `words.py`; names as they are, other words behind a tilde."""
    named_by_dci = models.BooleanField(default=False)
    sort_rank = models.PositiveIntegerField()
    """Neutral order (A14): single substances first, common name A to Z, strength, form, label. What is
    reserved for hospitals comes last."""

    class Meta:
        verbose_name = "spécialité"
        indexes = [GinIndex(fields=["search"], name="speciality_search")]

    def __str__(self) -> str:
        return self.label


class Presentation(models.Model):
    """One box: a line of CIS_CIP_bdpm. A few name a speciality that left the base: no constraint."""

    cip13 = models.CharField(primary_key=True, max_length=13)
    cip7 = models.CharField(max_length=7)
    speciality = models.ForeignKey(
        Speciality, on_delete=models.DO_NOTHING, db_constraint=False, related_name="presentations"
    )
    label = models.CharField(max_length=300)
    marketed = models.BooleanField()
    price = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    """Public price in euros, dispensing fee included; null when the base gives none."""
    reimbursement_rate = models.PositiveSmallIntegerField(null=True)
    """Per cent; null when not reimbursed by the general scheme."""
    units_per_box = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    """How many intake units of the speciality the box holds, read from its label; null when unreadable."""

    class Meta:
        verbose_name = "présentation"
        indexes = [models.Index(fields=["cip7"], name="presentation_cip7")]

    def __str__(self) -> str:
        return self.label


class Composition(models.Model):
    """One substance of one speciality: a line of CIS_COMPO_bdpm (no excipient there)."""

    class Nature(models.TextChoices):
        SUBSTANCE = "SA", "substance active"
        MOIETY = "FT", "fraction thérapeutique"

    speciality = models.ForeignKey(
        Speciality, on_delete=models.DO_NOTHING, db_constraint=False, related_name="composition"
    )
    element = models.CharField(max_length=60)
    substance_code = models.CharField(max_length=5)
    name = models.CharField(max_length=250)
    dosage = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    nature = models.CharField(max_length=2, choices=Nature.choices)
    link = models.PositiveSmallIntegerField()
    """Rows of one speciality with the same number are one substance and its moiety."""
    base_code = models.CharField(max_length=5, blank=True)
    """The substance without its salt: the code that stands for all its spellings."""
    base_name = models.CharField(max_length=250, blank=True)

    class Meta:
        verbose_name = "composition"

    def __str__(self) -> str:
        return f"{self.name} {self.dosage}".strip()
