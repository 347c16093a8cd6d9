"""The eight kinds of line of the unified e-prescription (`eprescType`, teleservice.md §1.1): the one table of kinds.

A ninth kind is one row here and one folder of kinds/ that bears its name in snake_case (registry.py).
"""

from django.db import models


class Kind(models.TextChoices):
    """Wire code and French label."""

    MEDICAMENT = "medicament", "Médicament"
    DISPOSITIF_MEDICAL = "dispositifMedical", "Dispositif médical"
    ACTE_BIOLOGIE_MEDICALE = "acteBiologieMedicale", "Biologie"
    ACTE_INFIRMIER = "acteInfirmier", "Soins infirmiers"
    ACTE_KINESITHERAPIE = "acteKinesitherapie", "Kinésithérapie"
    ACTE_PEDICURIE = "actePedicurie", "Pédicurie"
    ACTE_ORTHOPHONIE = "acteOrthophonie", "Orthophonie"
    ACTE_ORTHOPTIE = "acteOrthoptie", "Orthoptie"
