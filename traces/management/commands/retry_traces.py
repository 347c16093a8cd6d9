"""A person takes the dead letters up again, once their cause is gone."""

from typing import Any

from django.core.management.base import BaseCommand

from traces.models import TraceBatch
from traces.transmission import reopen_stuck


class Command(BaseCommand):
    """List the batches given up on and make them due; the next regular sending takes them."""

    help = "Relance les lots de traces en panne : ils repartiront au prochain envoi."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say which batches, for which reason, then reopen them."""
        for batch in TraceBatch.objects.stuck():
            self.stdout.write(f"{batch} · établissement {batch.finess} · {batch.last_code}")
        self.stdout.write(f"{reopen_stuck()} lot(s) relancé(s)")
