"""Bring the demonstration's data to the state `make run` needs: one process, its steps printed as they go."""

import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from ehpad_eprescription.launcher.steps import Note, Steps


class Command(BaseCommand):
    """`manage.py prepare`: what is already done is skipped."""

    help = "Prépare la démonstration : tables, fichiers statiques, médicaments, personnes et certificats."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The number of steps already printed by the caller."""
        parser.add_argument("--done", type=int, default=0, help="étapes déjà annoncées")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps; an error of one stops the start."""
        steps = Steps(options["done"])
        for title, work in _STEPS:
            with steps.step(title) as note:
                work(note)


def _migrate(note: Note) -> None:
    call_command("migrate", interactive=False, verbosity=0)


def _collect_static(note: Note) -> None:
    """Copy and compress static files, unless nothing changed since the last time."""
    mark = Path(settings.STATE_DIR) / "static.fingerprint"
    now = _static_fingerprint()
    if Path(settings.STATIC_ROOT).is_dir() and mark.exists() and mark.read_text() == now:
        note.outcome = "à jour"
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark.write_text(now)


def _load_drugs(note: Note) -> None:
    call_command("import_bdpm", "--bundled", "--if-needed", stdout=_Relay(note))


def _load_lists(note: Note) -> None:
    for command in ("import_lpp", "import_nabm", "import_cim10", "import_ansm"):
        call_command(command, "--bundled", "--if-needed", stdout=_Relay(note))


def _load_people(note: Note) -> None:
    call_command("load_demo", stdout=_Relay(note))
    if not settings.AMO_ENDPOINT:
        call_command("demo_pki", stdout=_Relay(note))


_STEPS: list[tuple[str, Callable[[Note], None]]] = [
    ("Tables de la base", _migrate),
    ("Fichiers statiques", _collect_static),
    ("Base publique des médicaments", _load_drugs),
    ("Listes officielles : LPP, NABM, CIM-10, interactions de l’ANSM", _load_lists),
    ("Résidents, soignants et certificats de démonstration", _load_people),
]


class _Relay(io.StringIO):
    """Shows a command's lines under its step."""

    def __init__(self, note: Note) -> None:
        super().__init__()
        self.note = note

    def write(self, text: str) -> int:
        for line in text.splitlines():
            if line.strip():
                self.note.detail(line.strip())
        return len(text)


def _static_fingerprint() -> str:
    """Names, sizes and dates of our static files, and the packages that bring the others."""
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    digest.update(str(settings.STATIC_ROOT).encode())
    for path in _static_files():
        status = path.stat()
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_files() -> Iterator[Path]:
    own = [
        Path(app.path) / "static"
        for app in apps.get_app_configs()
        if Path(app.path).is_relative_to(settings.BASE_DIR)
    ]
    for folder in [*map(Path, settings.STATICFILES_DIRS), *own]:
        if ".venv" not in folder.parts and folder.is_dir():
            yield from sorted(path for path in folder.rglob("*") if path.is_file())
