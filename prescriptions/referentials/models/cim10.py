"""Diagnoses of the international classification of diseases, tenth revision (CIM-10), in French."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from .lists import ListedCode
from .search import WordOfList


class Diagnosis(ListedCode):
    """One line of MS_CIM_V."""

    code = models.CharField(primary_key=True, max_length=6)
    """Without the dot: « E119 ». A plus sign opens a French subdivision: « F03+0 »."""
    label = models.CharField(max_length=250)
    readable = models.CharField(max_length=250)

    class Meta:
        verbose_name = "diagnostic de la CIM-10"
        verbose_name_plural = "diagnostics de la CIM-10"
        indexes = [GinIndex(fields=["search"], name="cim10_search")]


class DiagnosisWord(WordOfList):
    """The distinct words of the diagnoses."""

    class Meta(WordOfList.Meta):
        verbose_name = "mot de la CIM-10"
        verbose_name_plural = "mots de la CIM-10"
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="cim10_word_trigrams")]
