"""Check treatments given as JSON: the same answers as the screen, for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from prescriptions.safety.in_service import InService, in_service
from prescriptions.safety.treatment.door import Answer, check_treatments, error_answer
from prescriptions.safety.treatment.node import InvalidTreatment
from prescriptions.safety.treatment.resolving import Resolver
from prescriptions.workflow.safety import medicine_right

AT_ONCE = 200
UNREADABLE = 2


class Unparsed:
    """Stands for a text that is not JSON, so that its line has its answer."""


class Command(BaseCommand):
    """`manage.py check_treatment < treatment.json`: reads, checks, answers; writes nothing."""

    help = "Contrôle un traitement JSON lu sur l’entrée (docs/controle-traitement.md)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One document, or one per line; the law alone, on demand."""
        parser.add_argument(
            "--lines", action="store_true", help="un traitement par ligne, une réponse par ligne"
        )
        parser.add_argument("--legal-only", action="store_true", help="sans les contrôles cliniques")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer on the standard output; exit 2 when something could not be read."""
        resolver, failed = Resolver(), False
        given = sys.stdin.buffer
        texts = (line for line in given if line.strip()) if options["lines"] else iter([given.read()])
        indent = None if options["lines"] else 2
        service = in_service(legal_only=options["legal_only"])
        for answer in _answers(texts, resolver, service):
            failed = failed or "error" in answer
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=indent))
        if failed:
            sys.exit(UNREADABLE)


def _answers(texts: Iterable[bytes], resolver: Resolver, service: InService) -> Iterator[Answer]:
    waiting = iter(texts)
    while documents := [_parsed(text) for text in islice(waiting, AT_ONCE)]:
        answers = check_treatments(
            documents, today=timezone.localdate(), rights=medicine_right, resolver=resolver, service=service
        )
        for document, answer in zip(documents, answers, strict=True):
            yield _NOT_JSON if isinstance(document, Unparsed) else answer


_NOT_JSON = error_answer(InvalidTreatment("$", "un document JSON est attendu"))


def _parsed(text: bytes) -> Any:
    """Text in UTF-8; what is not JSON, or not UTF-8, has its answer too."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return Unparsed()
