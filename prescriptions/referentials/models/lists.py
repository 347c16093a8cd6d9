"""What the official lists (LPP, NABM, CIM-10, interactions) have in common: releases, words, the columns of search."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q


class OfficialList(models.TextChoices):
    """Which list."""

    LPP = "lpp", "liste des produits et prestations (LPP)"
    NABM = "nabm", "nomenclature des actes de biologie médicale (NABM)"
    CIM10 = "cim", "classification internationale des maladies (CIM-10)"
    ANSM = "ansm", "thésaurus des interactions médicamenteuses de l’ANSM"


class ListRelease(models.Model):
    """One import of one list. Past releases stay: signed lines name them."""

    which = models.CharField(max_length=4, choices=OfficialList.choices)
    source = models.CharField(max_length=200)
    published_on = models.DateField()
    """Day of the newest fact of the files (they carry no release date of their own)."""
    sha256 = models.CharField(max_length=64, unique=True)
    imported_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    current = models.BooleanField(default=False)

    class Meta:
        verbose_name = "version d’une liste officielle"
        verbose_name_plural = "versions des listes officielles"
        constraints = [
            models.UniqueConstraint(
                fields=["which"], condition=Q(current=True), name="one_current_release_per_list"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} du {self.published_on:%d/%m/%Y}"

    @property
    def reference(self) -> str:
        """What a signed line keeps of the list its facts come from: its name, its day and its bytes (A12)."""
        return f"{self} (sha256 {self.sha256})"


class ListedCode(models.Model):
    """One code of a list, with what the search needs computed once, at import."""

    release = models.ForeignKey(ListRelease, on_delete=models.PROTECT, db_index=False, related_name="+")
    label = models.CharField(max_length=120)
    """As the official table writes it: capitals, abbreviations, cut at 80 (LPP) or 100 (NABM) characters."""
    readable = models.CharField(max_length=130)
    """The same words in sentence case."""
    search = SearchVectorField()
    sort_rank = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.readable
