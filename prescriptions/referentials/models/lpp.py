"""Devices and services reimbursed on the list of CSS L165-1 (rules B50, B51)."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from .lists import ListedCode
from .search import WordOfList


class LppItem(ListedCode):
    """One line of NT_LPP, with its tariff from IR_LPP_V.

    No document explains LPP_PRS_TYP; the kinds are inferred from the labels that carry each letter: A on
    purchases, L on « LOCATION », S on services and package fees, V on « FORFAIT DE LIVRAISON », R on
    « REPARATIONS », E on upkeep of hearing implants.
    """

    class Kind(models.TextChoices):
        PURCHASE = "A", "achat"
        RENTAL = "L", "location"
        SERVICE = "S", "forfait de prestation"
        DELIVERY = "V", "forfait de livraison"
        REPAIR = "R", "réparation"
        UPKEEP = "E", "entretien"

    code = models.CharField(primary_key=True, max_length=7)
    kind = models.CharField(max_length=1, choices=Kind.choices)
    ends_on = models.DateField(null=True)
    """Last day of validity (LPP_VAL_DTF); null when open."""
    tariff = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    """Euros: the only tariff the table keeps of the code, from `tariff_since`; null when it has none."""
    tariff_since = models.DateField(null=True)
    max_age = models.PositiveSmallIntegerField(null=True)
    """Years (LPP_MAX_AGE, its bound is not documented); null when there is none."""
    chapter = models.CharField(max_length=40, blank=True)
    """Path in the tree (« 1.1.4.1 »): title, chapter, section…; empty for the 107 lines without one."""

    class Meta:
        verbose_name = "dispositif de la LPP"
        verbose_name_plural = "dispositifs de la LPP"
        indexes = [GinIndex(fields=["search"], name="lpp_search")]


class LppWord(WordOfList):
    """The distinct words of the devices."""

    class Meta(WordOfList.Meta):
        verbose_name = "mot de la LPP"
        verbose_name_plural = "mots de la LPP"
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="lpp_word_trigrams")]
