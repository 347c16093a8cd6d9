"""The people who work in the EHPAD: accounts, roles per establishment, signing secret."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from residents.identifiers import validate_am_number, validate_french_phone, validate_rpps
from residents.models.establishment import Establishment

if TYPE_CHECKING:
    from residents.access import Permission

PIN_MAX_FAILURES = 5
PIN_LOCK = timedelta(minutes=15)


class StaffMember(AbstractUser):
    """Somebody who works in one or several establishments. `is_platform_admin` runs the platform, without health data."""

    class Profession(models.TextChoices):
        """Profession codes of the ANS nomenclature TRE_G15 used in assertions (10 = médecin, 21 = pharmacien…)."""

        MEDECIN = "10", "Médecin"
        PHARMACIEN = "21", "Pharmacien"
        DENTISTE = "40", "Chirurgien-dentiste"
        INFIRMIER = "60", "Infirmier"
        KINE = "70", "Masseur-kinésithérapeute"
        AUTRE = "", "Autre"

    class Title(models.TextChoices):
        """Civilité d’exercice, printed before the name."""

        DR = "Dr", "Docteur"
        MME = "Mme", "Madame"
        M = "M.", "Monsieur"

    title = models.CharField("titre", max_length=5, choices=Title.choices, blank=True)
    rpps = models.CharField("RPPS", max_length=11, validators=[validate_rpps], blank=True)
    profession = models.CharField("profession", max_length=2, choices=Profession.choices, blank=True)
    speciality = models.CharField("spécialité", max_length=80, blank=True)
    speciality_code = models.CharField(
        "code spécialité AMO", max_length=2, blank=True, help_text="01 : médecine générale."
    )
    skills = models.CharField(
        "capacités et compétences",
        max_length=200,
        blank=True,
        help_text="Séparées par une virgule : capacité de gérontologie, DESC de gériatrie.",
    )
    """What restricted medicines may ask beside the speciality (rule B40)."""
    phone = models.CharField("téléphone", max_length=20, validators=[validate_french_phone], blank=True)
    must_change_password = models.BooleanField("doit changer de mot de passe", default=False)
    """Set when somebody else knows the password: a first one, or one given anew."""
    is_platform_admin = models.BooleanField("administrateur de la plateforme", default=False)

    class Meta:
        verbose_name = "professionnel"
        ordering = ["last_name", "first_name"]
        constraints = [
            models.UniqueConstraint(fields=["rpps"], condition=~Q(rpps=""), name="staff_rpps_unique")
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """Title and name as shown on screen: « Dr Claire MARTINEAU »."""
        full = f"{self.first_name} {self.last_name.upper()}".strip() or self.username
        return f"{self.title} {full}".strip()

    @property
    def short_name(self) -> str:
        """Title and family name: « Dr Martineau »."""
        return f"{self.title} {self.last_name}".strip() or self.username

    @cached_property
    def active_assignments(self) -> list[Assignment]:
        """Where this person works today and as what; read once per request."""
        if not self.is_active:
            return []
        running = self.assignments.running_on(timezone.localdate())
        return list(running.select_related("establishment").order_by("establishment__name", "role"))

    def can(self, permission: Permission, establishment: Establishment | int) -> bool:
        """Tell whether this person holds `permission` in `establishment` (see residents/access.py)."""
        from residents.access import allows

        pk = establishment if isinstance(establishment, int) else establishment.pk
        return allows(self, permission, pk)

    def assignment_as_prescriber(self, establishment: Establishment) -> Assignment | None:
        """Return the assignment under which this person prescribes in `establishment`, if any."""
        for assignment in self.active_assignments:
            if (
                assignment.role == Assignment.Role.PRESCRIBER
                and assignment.establishment_id == establishment.pk
            ):
                return assignment
        return None


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Roles; those that give a right are accepted and within their dates."""

    def running_on(self, day: date) -> AssignmentQuerySet:
        """Return the roles that hold on `day`."""
        return self.accepted().filter(
            Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day)
        )

    def accepted(self) -> AssignmentQuerySet:
        """Return the roles the person agreed to, past and future ones included."""
        return self.filter(accepted_at__isnull=False)

    def proposed(self) -> AssignmentQuerySet:
        """Return the roles that wait for the person's answer: they give no right."""
        return self.filter(accepted_at=None)


class Assignment(models.Model):
    """One person, one establishment, one role, for a time; with the billing identity of that exercise.

    A role given to somebody whose account belongs to another house is a proposal until they accept it.

    Arrêté du 10 août 2010: a liberal prescriber signs with their own AM number, a salaried one with the FINESS of the house.
    """

    class Role(models.TextChoices):
        """What somebody does in the house; the rights of each are in residents/access.py."""

        PRESCRIBER = "PRESCRIBER", "Prescripteur"
        NURSE = "NURSE", "Infirmier"
        NURSING_ASSISTANT = "NURSING_ASSISTANT", "Aide-soignant"
        PHARMACIST = "PHARMACIST", "Pharmacien référent"
        ADMIN = "ADMIN", "Administrateur de l’établissement"

    class Exercise(models.TextChoices):
        """How the prescriber exercises in this house."""

        LIBERAL = "LIBERAL", "Libéral"
        SALARIED = "SALARIED", "Salarié"

    staff = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="assignments", verbose_name="professionnel"
    )
    establishment = models.ForeignKey(
        Establishment, on_delete=models.PROTECT, related_name="assignments", verbose_name="établissement"
    )
    role = models.CharField("rôle", max_length=20, choices=Role.choices)
    exercise = models.CharField("exercice", max_length=10, choices=Exercise.choices, blank=True)
    am_number = models.CharField("numéro AM", max_length=9, validators=[validate_am_number], blank=True)
    starts_on = models.DateField("à partir du", null=True, blank=True)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    replaces = models.ForeignKey(
        StaffMember,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name="remplace",
    )
    """The prescriber this one replaces, between the two dates (rule B102)."""
    accepted_at = models.DateTimeField(
        "acceptée le", null=True, blank=True, default=timezone.now, editable=False
    )
    """Null while the person has not answered; set at once when the account is opened with its role."""

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "affectation"
        constraints = [
            models.UniqueConstraint(fields=["staff", "establishment", "role"], name="assignment_unique")
        ]

    def __str__(self) -> str:
        return f"{self.staff} – {self.get_role_display()} – {self.establishment}"

    @property
    def billing_identifier(self) -> str:
        """AM number of a liberal prescriber, FINESS géographique of a salaried one; empty when unknown."""
        if self.exercise == self.Exercise.LIBERAL:
            return self.am_number
        return self.establishment.finess if self.exercise == self.Exercise.SALARIED else ""


class SigningSecret(models.Model):
    """The prescriber's confirmation code, hashed, with its lockout. Strong authentication replaces it later."""

    staff = models.OneToOneField(
        StaffMember, on_delete=models.CASCADE, related_name="signing_secret", verbose_name="professionnel"
    )
    pin_hash = models.CharField(max_length=200)
    failures = models.PositiveSmallIntegerField("essais manqués", default=0)
    locked_until = models.DateTimeField("verrouillé jusqu’à", null=True, blank=True)

    class Meta:
        verbose_name = "code de signature"

    def __str__(self) -> str:
        return f"Code de signature de {self.staff}"

    def set_pin(self, pin: str) -> None:
        """Replace the code and lift any lock; the caller saves."""
        self.pin_hash = make_password(pin)
        self.failures = 0
        self.locked_until = None

    def is_locked(self, now: datetime) -> bool:
        """Tell whether too many wrong codes have locked this secret for now."""
        return self.locked_until is not None and self.locked_until > now

    def verify(self, pin: str) -> bool:
        """Check `pin`, counting failures in the database: five wrong ones lock for fifteen minutes.

        The attempt is taken by one UPDATE before the code is compared, so parallel guesses cannot exceed the limit.
        """
        now = timezone.now()
        mine = SigningSecret.objects.filter(pk=self.pk)
        mine.filter(locked_until__lte=now).update(failures=0, locked_until=None)
        mine.filter(locked_until=None, failures__gte=PIN_MAX_FAILURES).update(locked_until=now + PIN_LOCK)
        if not mine.filter(locked_until=None, failures__lt=PIN_MAX_FAILURES).update(
            failures=F("failures") + 1
        ):
            return False
        if check_password(pin, self.pin_hash):
            mine.update(failures=0, locked_until=None)
            return True
        mine.filter(locked_until=None, failures__gte=PIN_MAX_FAILURES).update(locked_until=now + PIN_LOCK)
        return False
