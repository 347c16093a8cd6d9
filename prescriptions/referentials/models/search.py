"""The distinct words of each base, to tell a known word from a typing error."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class WordOfList(models.Model):
    """One normalised word. Byte order (collation C) makes a prefix a plain range of the index."""

    word = models.CharField(primary_key=True, max_length=120, db_collation="C")
    is_name = models.BooleanField()
    """True for a word of a name (for a medicine: of a brand or of a substance), False for any other."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.word


class SearchWord(WordOfList):
    """The distinct words of the drug base."""

    class Meta(WordOfList.Meta):
        verbose_name = "mot de recherche"
        verbose_name_plural = "mots de recherche"
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_trigrams")]
