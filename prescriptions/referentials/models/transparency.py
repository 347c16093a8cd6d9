"""Where the HAS publishes the opinions of its transparency committee (A21)."""

from __future__ import annotations

from django.db import models


class TransparencyPage(models.Model):
    """The page of one file of the committee: a line of HAS_LiensPageCT. A file may have two pages.

    A speciality names its files in CIS_HAS_SMR and CIS_HAS_ASMR, which are not loaded: no line leads here yet.
    """

    dossier = models.CharField(max_length=20, db_index=True)
    url = models.URLField(max_length=200)

    class Meta:
        verbose_name = "page d'un avis de la HAS"
        verbose_name_plural = "pages des avis de la HAS"

    def __str__(self) -> str:
        return self.dossier
