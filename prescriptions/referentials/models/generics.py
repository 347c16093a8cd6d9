"""Generic groups (répertoire des génériques), needed to show membership (A17)."""

from __future__ import annotations

from django.db import models

from .speciality import Speciality


class GenericGroup(models.Model):
    """A reference and its generics."""

    number = models.PositiveIntegerField(primary_key=True)
    label = models.CharField(max_length=500)

    class Meta:
        verbose_name = "groupe générique"
        verbose_name_plural = "groupes génériques"

    def __str__(self) -> str:
        return self.label


class GenericMember(models.Model):
    """A speciality in a group. The register keeps members that left the base: no constraint."""

    class Kind(models.TextChoices):
        REFERENCE = "0", "princeps"
        GENERIC = "1", "générique"
        BY_POSOLOGY = "2", "générique par complémentarité posologique"
        SUBSTITUTABLE = "4", "générique substituable"

    group = models.ForeignKey(
        GenericGroup, on_delete=models.DO_NOTHING, db_constraint=False, related_name="members"
    )
    speciality = models.ForeignKey(
        Speciality, on_delete=models.DO_NOTHING, db_constraint=False, related_name="generic_groups"
    )
    kind = models.CharField(max_length=1, choices=Kind.choices)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "membre d'un groupe générique"
        verbose_name_plural = "membres d'un groupe générique"

    def __str__(self) -> str:
        return f"{self.group_id} · {self.speciality_id}"


class HybridGroup(models.Model):
    """One group of the register of hybrid groups (fic02grp): substances and reference, in the words of the register."""

    number = models.PositiveIntegerField()
    route = models.CharField(max_length=60)
    label = models.CharField(max_length=500)

    class Meta:
        verbose_name = "groupe hybride"
        verbose_name_plural = "groupes hybrides"

    def __str__(self) -> str:
        return self.label


class HybridMember(models.Model):
    """A speciality of the register of hybrid groups (fic03spe), which has its own numbers."""

    group = models.PositiveIntegerField()
    speciality = models.ForeignKey(
        Speciality, on_delete=models.DO_NOTHING, db_constraint=False, related_name="hybrid_groups"
    )

    class Meta:
        verbose_name = "membre d'un groupe hybride"
        verbose_name_plural = "membres d'un groupe hybride"

    def __str__(self) -> str:
        return f"{self.group} · {self.speciality_id}"
