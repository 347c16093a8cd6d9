"""Load the demonstration data (invented people, real drugs)."""

from typing import Any

from django.core.management.base import BaseCommand

from ehpad_eprescription.demo.load import load


class Command(BaseCommand):
    """`manage.py load_demo`: safe to run again."""

    help = "Charge les données de démonstration (personnes inventées, médicaments réels)."

    def handle(self, *args: Any, **options: Any) -> None:
        for step in load():
            self.stdout.write(step)
