"""The ANSM's thesaurus of interactions: its entries, its classes, and the substances of the drug base in it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from .lists import ListRelease


class ThesaurusPair(models.Model):
    """One entry: a heading and the protagonist under it, as printed. Both directions are in the text."""

    release = models.ForeignKey(ListRelease, on_delete=models.PROTECT, db_index=False, related_name="+")
    heading = models.CharField(max_length=160)
    partner = models.CharField(max_length=160)
    """The heading the printed name stands for; the printed name itself when it is not a heading."""
    printed = models.CharField(max_length=160)
    levels = ArrayField(models.CharField(max_length=4))
    """CI, AD, PE, APEC, worst first."""
    mechanism = models.TextField(blank=True)
    conduct = models.TextField(blank=True)
    line = models.PositiveIntegerField()
    """Where it is in the official text; 0 for an entry typed by hand."""

    class Meta:
        verbose_name = "interaction"

    def __str__(self) -> str:
        return f"{self.heading} + {self.printed}"


class ThesaurusMember(models.Model):
    """One substance of a class; a heading is also a member of itself."""

    protagonist = models.CharField(max_length=160)
    member = models.CharField(max_length=160)

    class Meta:
        verbose_name = "membre d'une classe d'interactions"
        verbose_name_plural = "membres des classes d'interactions"

    def __str__(self) -> str:
        return f"{self.member} · {self.protagonist}"


class ThesaurusLink(models.Model):
    """A substance of the drug base and a protagonist it is."""

    substance_code = models.CharField(max_length=5)
    protagonist = models.CharField(max_length=160)
    certain = models.BooleanField()
    """False when the names were matched by one word only: to be reviewed by a pharmacist."""

    class Meta:
        verbose_name = "substance et interactions"
        verbose_name_plural = "substances et interactions"

    def __str__(self) -> str:
        return f"{self.substance_code} · {self.protagonist}"
