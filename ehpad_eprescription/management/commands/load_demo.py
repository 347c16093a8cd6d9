"""Load the demonstration data (invented people, real drugs)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ehpad_eprescription.demo.load import load


class Command(BaseCommand):
    """`manage.py load_demo`: safe to run again."""

    help = "Charge les données de démonstration (personnes inventées, médicaments réels)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Les comptes de démonstration ont des mots de passe publics : EHPAD_DEMO=1 seulement."
            )
        for step in load():
            self.stdout.write(step)
