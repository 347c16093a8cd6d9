"""Make the demonstration's keys and certificates, one pair for each establishment."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from amo_gateway.simulator import pki
from residents.models import Establishment


class Command(BaseCommand):
    """`manage.py demo_pki`: safe to run again; never used with the real service."""

    help = "Crée l’autorité et les certificats de démonstration des établissements (simulateur seulement)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing under AMO_CREDENTIALS_DIR; nothing outside the simulator's environment."""
        if settings.AMO_ENVIRONMENT != "simulateur":
            self.stdout.write(
                "AMO_ENVIRONMENT n’est pas « simulateur » : aucun certificat de démonstration créé."
            )
            return
        finess = sorted(Establishment.objects.values_list("finess", flat=True))
        pki.ensure(Path(settings.AMO_CREDENTIALS_DIR), finess)
        self.stdout.write(f"Certificats de démonstration : {len(finess)} établissements.")
