"""What the measures stand on: tables, the whole drug base, the demonstration, a service that only answers."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command

from ehpad_eprescription.bench.report import say
from ehpad_eprescription.embedded.children import Child, log_tail
from ehpad_eprescription.embedded.ports import free_port, is_free
from ehpad_eprescription.embedded.state import StateDir, default_state_dir
from ehpad_eprescription.launcher.programs import python, simulator_environment

_FIRST_PORT = 28443
_RESPONDER_SECONDS = 20.0


def state() -> StateDir:
    """The folder of this run."""
    return StateDir(default_state_dir(os.environ))


@contextmanager
def laid() -> Iterator[None]:
    """Name the service in the environment, before Django reads it."""
    port = free_port(_FIRST_PORT)
    os.environ.update(simulator_environment(port, port, state().pki))
    os.environ["LOG_LEVEL"] = "WARNING"
    yield


def fill() -> None:
    """Load everything once; the demonstration's own prescriptions are signed by the real verbs."""
    for words in (
        ("migrate", "--noinput"),
        ("import_bdpm", "--bundled"),
        ("import_lpp", "--bundled"),
        ("import_nabm", "--bundled"),
        ("import_ansm", "--bundled"),
        ("load_demo",),
        ("demo_pki",),
    ):
        say(f"Préparation : {words[0]}…")
        call_command(*words, stdout=StringIO())


@contextmanager
def responder(port: int) -> Iterator[None]:
    """The service that only answers: mutual TLS, a receipt, nothing checked nor kept."""
    folder = state()
    words = (
        "-m",
        "amo_gateway.simulator.responder",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--pki",
        str(folder.pki),
    )
    child = Child("responder", python(*words), log=folder.log("responder"))
    child.start()
    try:
        _wait_until_listening(child, port)
        yield
    finally:
        child.stop(3)


def _wait_until_listening(child: Child, port: int) -> None:
    deadline = time.monotonic() + _RESPONDER_SECONDS
    while is_free(port):
        if not child.alive or time.monotonic() > deadline:
            raise RuntimeError(f"le service ne répond pas :\n{log_tail(child.log)}")
        time.sleep(0.05)
