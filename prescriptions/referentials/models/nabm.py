"""Acts of medical biology (CSS L162-1-7; rule B60)."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from .lists import ListedCode
from .search import WordOfList


class NabmAct(ListedCode):
    """One line of IR_BIO_R."""

    code = models.CharField(primary_key=True, max_length=4)
    """Four digits, zeros in front (the table writes 552 for 0552)."""
    coefficient = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    """Number of B (BIO_TAR_COF)."""
    ends_on = models.DateField(null=True)
    """Day the act or its last tariff stopped (BIO_SUP_DAT, BIO_HIS_DTF); null when open."""
    group_label = models.CharField(max_length=100, blank=True)
    is_act = models.BooleanField()
    """False for what a prescriber never asks for: supplements and fees of the laboratory (« DISPOSITIONS
    GENERALES »), and the two codes without a coefficient (act not coded, act in error)."""

    class Meta:
        verbose_name = "acte de biologie"
        verbose_name_plural = "actes de biologie"
        indexes = [GinIndex(fields=["search"], name="nabm_search")]


class NabmWord(WordOfList):
    """The distinct words of the acts."""

    class Meta(WordOfList.Meta):
        verbose_name = "mot de la NABM"
        verbose_name_plural = "mots de la NABM"
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="nabm_word_trigrams")]
