"""The second channel: traces of a period, as JSON lines on the standard output (AIR-like extraction, EX_AIR-120)."""

import argparse
import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from traces.codes import misshapen
from traces.export import to_record
from traces.models import Trace


def day(text: str) -> date:
    """Read a day written YYYY-MM-DD, or say how to write one."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("écrivez un jour sous la forme 2026-11-24") from error


def number(name: str, shape: str) -> Any:
    """Return a reader of one kind of number: RPPS or FINESS."""

    def read(text: str) -> str:
        if misshapen({name: text}):
            raise argparse.ArgumentTypeError(shape)
        return text

    return read


class Command(BaseCommand):
    """Write the traces of a period, oldest first, whether transmitted or not. Days are those of Paris, both included."""

    help = "Extrait les traces d’une période en JSON, une par ligne."

    def add_arguments(self, parser: CommandParser) -> None:
        """Period, and optionally one person or one house."""
        parser.add_argument(
            "--from", dest="first", type=day, required=True, help="premier jour, par exemple 2026-11-01"
        )
        parser.add_argument("--to", dest="last", type=day, required=True, help="dernier jour, compris")
        parser.add_argument("--rpps", type=number("rpps", "un RPPS compte 11 chiffres"), default="")
        parser.add_argument("--finess", type=number("finess", "un FINESS compte 9 caractères"), default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Stream the records; say on the error output how many there were."""
        if options["first"] > options["last"]:
            raise CommandError(
                f"La période finit ({options['last']:%d/%m/%Y}) avant de commencer ({options['first']:%d/%m/%Y}) : "
                "donnez --from avant --to."
            )
        first, last = midnight(options["first"]), midnight(options["last"] + timedelta(days=1))
        traces = Trace.objects.of_period(first, last, rpps=options["rpps"], finess=options["finess"])
        count = 0
        for trace in traces.select_related("delivery").iterator(chunk_size=1000):
            delivery = getattr(trace, "delivery", None)
            record = to_record(trace, delivery.prev_hash if delivery else None)
            self.stdout.write(json.dumps(record, ensure_ascii=False))
            count += 1
        self.stderr.write(f"{count} trace(s)")


def midnight(of: date) -> datetime:
    """Return the first instant of a day, in the time zone of the settings."""
    return timezone.make_aware(datetime.combine(of, time.min))
