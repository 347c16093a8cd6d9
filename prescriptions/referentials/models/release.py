"""Which drug base is loaded, since when, and from which bytes (A11, A12)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

READING = 2
"""Which reading of the files this version makes (names, strengths, search words): it goes up when they change.

2: the amounts of a combination follow its names (bdpm/pairing.py).
"""


class DrugBaseRelease(models.Model):
    """One import of the public drug base. Past releases stay: signed lines name them."""

    source = models.CharField(max_length=200)
    published_on = models.DateField()
    """Day of the newest fact of the base (the files carry no release date of their own)."""
    sha256 = models.CharField(max_length=64, unique=True)
    imported_at = models.DateTimeField()
    row_counts = models.JSONField(default=dict)
    reading = models.PositiveSmallIntegerField(default=1)
    """The reading it was loaded by; an older one is loaded anew from the same files."""
    current = models.BooleanField(default=False)

    class Meta:
        verbose_name = "version de la base médicamenteuse"
        verbose_name_plural = "versions de la base médicamenteuse"
        constraints = [
            models.UniqueConstraint(
                fields=["current"], condition=Q(current=True), name="one_current_drug_base"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} du {self.published_on:%d/%m/%Y}"

    @property
    def reference(self) -> str:
        """What a signed line keeps of the base its facts come from: its day and its bytes (A12)."""
        return f"BDPM du {self.published_on:%d/%m/%Y} (sha256 {self.sha256})"
