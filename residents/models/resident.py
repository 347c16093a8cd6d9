"""The resident: identity traits of the INS, where they live, who follows them, what was measured."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone

from residents.identifiers import INS_OIDS, validate_ins
from residents.models.establishment import Establishment, Pharmacy
from residents.models.staff import StaffMember

if TYPE_CHECKING:
    from residents.access import Permission


class ResidentQuerySet(models.QuerySet["Resident"]):
    """Residents, always reached through what the user may see."""

    def visible_to(self, user: StaffMember, permission: Permission | None = None) -> ResidentQuerySet:
        """Return the residents of the establishments where `user` holds `permission` (by default: seeing residents)."""
        from residents.access import Permission, establishments_where

        return self.filter(
            establishment__in=establishments_where(user, permission or Permission.VIEW_RESIDENTS)
        )

    def present(self) -> ResidentQuerySet:
        """Return those who live in the house today."""
        return self.filter(left_on=None)


class Resident(models.Model):
    """A person who lives in the EHPAD. Identity follows the INS traits (référentiel national d’identitovigilance)."""

    class Sex(models.TextChoices):
        """Sexe of the INS traits."""

        F = "F", "Femme"
        M = "M", "Homme"
        I = "I", "Indéterminé"  # noqa: E741  official code

    class InsStatus(models.TextChoices):
        """Status of the identity: only a qualified one may go to a national service as certain."""

        PROVISOIRE = "PROVISOIRE", "Provisoire"
        RECUPEREE = "RECUPEREE", "Récupérée"
        QUALIFIEE = "QUALIFIEE", "Qualifiée"

    class AllergyStatus(models.TextChoices):
        """Three states (A03): « not asked » is never read as « none »."""

        NOT_ASKED = "NOT_ASKED", "Non renseignées"
        NONE_KNOWN = "NONE_KNOWN", "Aucune connue"
        PRESENT = "PRESENT", "Présentes"

    class ConditionsStatus(models.TextChoices):
        """The same three states for diseases and past history."""

        NOT_ASKED = "NOT_ASKED", "Non renseignés"
        NONE_KNOWN = "NONE_KNOWN", "Aucun connu"
        PRESENT = "PRESENT", "Présents"

    class Swallowing(models.TextChoices):
        """The same three states for trouble with swallowing: it decides what may be crushed (rule B127)."""

        NOT_ASKED = "NOT_ASKED", "Non renseigné"
        NO = "NO", "Non"
        YES = "YES", "Oui"

    class InformedBy(models.TextChoices):
        """Who was informed, and who objects (rule B11)."""

        RESIDENT = "RESIDENT", "Le résident"
        TRUSTED = "TRUSTED", "La personne de confiance"
        GUARDIAN = "GUARDIAN", "Le tuteur"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    establishment = models.ForeignKey(
        Establishment, on_delete=models.PROTECT, related_name="residents", verbose_name="établissement"
    )

    birth_name = models.CharField("nom de naissance", max_length=100)
    first_names = models.CharField("prénoms de naissance", max_length=100)
    birth_first_name = models.CharField("premier prénom de naissance", max_length=100)
    used_name = models.CharField("nom utilisé", max_length=100, blank=True)
    used_first_name = models.CharField("prénom utilisé", max_length=100, blank=True)
    birth_date = models.DateField("date de naissance")
    sex = models.CharField("sexe", max_length=1, choices=Sex.choices)
    birth_place_code = models.CharField("code INSEE du lieu de naissance", max_length=5, blank=True)
    ins_number = models.CharField("matricule INS", max_length=15, blank=True, validators=[validate_ins])
    ins_oid = models.CharField(
        "OID du matricule",
        max_length=30,
        blank=True,
        choices=[(oid, label) for oid, label in INS_OIDS.items()],
    )
    ins_status = models.CharField(
        "statut de l’identité", max_length=10, choices=InsStatus.choices, default=InsStatus.PROVISOIRE
    )

    photo = models.BinaryField("photographie", null=True, blank=True, editable=False)
    photo_type = models.CharField(max_length=20, blank=True, editable=False)
    room = models.CharField("chambre", max_length=10, blank=True)
    floor = models.CharField("étage", max_length=30, blank=True)
    entered_on = models.DateField("entré le", default=timezone.localdate)
    left_on = models.DateField("sorti le", null=True, blank=True)
    referring_physician = models.ForeignKey(
        StaffMember,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="médecin traitant",
    )
    pharmacy = models.ForeignKey(
        Pharmacy, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="pharmacie"
    )
    allergy_status = models.CharField(
        "allergies", max_length=10, choices=AllergyStatus.choices, default=AllergyStatus.NOT_ASKED
    )
    conditions_status = models.CharField(
        "antécédents et pathologies",
        max_length=10,
        choices=ConditionsStatus.choices,
        default=ConditionsStatus.NOT_ASKED,
    )
    swallowing_trouble = models.CharField(
        "troubles de la déglutition",
        max_length=10,
        choices=Swallowing.choices,
        default=Swallowing.NOT_ASKED,
    )

    informed_on = models.DateField(
        "informé le",
        null=True,
        blank=True,
        help_text="Information sur l’e-prescription et le droit d’opposition.",
    )
    informed_by = models.CharField("personne informée", max_length=10, choices=InformedBy.choices, blank=True)
    opposes_execution_view = models.BooleanField(
        "s’oppose à ce que le prescripteur voie ce qui est délivré", default=False
    )
    opposes_dmp = models.BooleanField("s’oppose au versement au DMP", default=False)

    objects = ResidentQuerySet.as_manager()

    class Meta:
        verbose_name = "résident"
        ordering = ["room", "birth_name"]
        indexes = [models.Index(fields=["establishment", "room"], name="resident_by_room")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(ins_status="QUALIFIEE")
                | (~models.Q(ins_number="") & ~models.Q(ins_oid="")),
                name="resident_qualified_has_ins",
                violation_error_message="Une identité qualifiée a un matricule INS et son OID.",
            ),
            models.UniqueConstraint(
                fields=["establishment", "ins_number"],
                condition=~models.Q(ins_number=""),
                name="resident_ins_once_per_house",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """Birth name and first name, as in the banner: « BEAUMONT Jeanne »."""
        return f"{self.birth_name.upper()} {self.used_first_name or self.birth_first_name}"

    @property
    def colour(self) -> int:
        """Index (0–9) of the accent colour that tells this resident's tab from another's (A02)."""
        return self.id.int % 10

    def age_on(self, day: date) -> int:
        """Return the age in completed years on `day`."""
        return (
            day.year
            - self.birth_date.year
            - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))
        )

    @property
    def age(self) -> int:
        """Age today, in completed years."""
        return self.age_on(timezone.localdate())


class Measure(models.Model):
    """One dated measure: weight (kg), height (cm) or serum creatinine (µmol/L)."""

    class Kind(models.TextChoices):
        """What was measured, with its unit in the label."""

        WEIGHT = "WEIGHT", "Poids (kg)"
        HEIGHT = "HEIGHT", "Taille (cm)"
        CREATININE = "CREATININE", "Créatininémie (µmol/L)"

    resident = models.ForeignKey(
        Resident, on_delete=models.CASCADE, related_name="measures", verbose_name="résident"
    )
    kind = models.CharField("mesure", max_length=10, choices=Kind.choices)
    value = models.DecimalField("valeur", max_digits=6, decimal_places=1, validators=[MinValueValidator(1)])
    measured_on = models.DateField("date", default=timezone.localdate)
    recorded_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="saisie par"
    )

    class Meta:
        verbose_name = "mesure"
        ordering = ["-measured_on", "-id"]
        indexes = [models.Index(fields=["resident", "kind", "-measured_on"], name="measure_latest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du {self.measured_on}"


class Allergy(models.Model):
    """An allergy: coded ones can be checked; an excipient and free text are shown as unchecked (A04)."""

    class Kind(models.TextChoices):
        """What the allergy names."""

        SUBSTANCE = "SUBSTANCE", "Substance"
        CLASS = "CLASS", "Classe"
        EXCIPIENT = "EXCIPIENT", "Excipient"
        FREE = "FREE", "Texte libre"

    resident = models.ForeignKey(
        Resident, on_delete=models.CASCADE, related_name="allergies", verbose_name="résident"
    )
    kind = models.CharField("nature", max_length=10, choices=Kind.choices)
    code = models.CharField("code", max_length=20, blank=True)
    label = models.CharField("libellé", max_length=120)
    severe = models.BooleanField("réaction grave", default=False)
    noted_on = models.DateField("notée le", default=timezone.localdate)

    class Meta:
        verbose_name = "allergie"
        ordering = ["-severe", "label"]

    def __str__(self) -> str:
        return self.label

    @property
    def is_checked(self) -> bool:
        """Tell whether a check can compare it: no public base lists excipients, and free text names nothing (A04)."""
        return self.kind in (self.Kind.SUBSTANCE, self.Kind.CLASS)
