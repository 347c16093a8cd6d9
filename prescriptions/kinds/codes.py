"""The eight kinds of line of the unified e-prescription (`eprescType`, teleservice.md §1.1)."""

from django.db import models


class Kind(models.TextChoices):
    """Wire code and French label. Only `medicament` is written today; the others come with their own folder."""

    MEDICAMENT = "medicament", "Médicament"
    DISPOSITIF_MEDICAL = "dispositifMedical", "Dispositif médical"
    ACTE_BIOLOGIE_MEDICALE = "acteBiologieMedicale", "Biologie médicale"
    ACTE_INFIRMIER = "acteInfirmier", "Acte infirmier"
    ACTE_KINESITHERAPIE = "acteKinesitherapie", "Kinésithérapie"
    ACTE_PEDICURIE = "actePedicurie", "Pédicurie"
    ACTE_ORTHOPHONIE = "acteOrthophonie", "Orthophonie"
    ACTE_ORTHOPTIE = "acteOrthoptie", "Orthoptie"
