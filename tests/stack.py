"""Real processes for the tests: the simulated service, a Celery worker. Nothing here replaces our own code.

Each of them is the same program `make run` starts; here a test may also stop it, kill it, or ask it to fail.
"""

import json
import os
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

from amo_gateway.simulator import pki
from ehpad_eprescription.embedded.children import Child, log_tail
from ehpad_eprescription.embedded.ports import free_port
from ehpad_eprescription.launcher.programs import python, simulator_environment
from tests.cast import LOIRE, TILLEULS

_FIRST_PORT = 18443  # away from those of a running demonstration


def wait_until(condition: Callable[[], Any], seconds: float = 20.0, what: str = "") -> Any:
    """The first true value of `condition`; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"rien en {seconds:.0f} s {what}"
        time.sleep(0.05)
    return value


@dataclass(frozen=True)
class Pki:
    """Where the demonstration keys of the cast's houses are."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> "Pki":
        """Make an authority and the keys of both houses."""
        pki.ensure(folder, [TILLEULS, LOIRE])
        return cls(folder)


class Simulator:
    """The simulated service as a process: faults on demand, what it holds, stop, kill, start."""

    def __init__(self, keys: Pki, folder: Path) -> None:
        rank = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        self.pki = keys
        self.port = free_port(_FIRST_PORT + 100 * rank)
        self.page_port = free_port(self.port + 1)
        options = {
            "--host": "127.0.0.1",
            "--port": str(self.port),
            "--page-port": str(self.page_port),
            "--pki": str(keys.folder),
            "--state": str(folder / "simulator.sqlite3"),
        }
        words = [word for pair in options.items() for word in pair]
        self.child = Child(
            "simulateur", python("-m", "amo_gateway.simulator", *words), log=folder / "simulator.log"
        )

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which a process reaches it."""
        return simulator_environment(self.port, self.page_port, self.pki.folder)

    @property
    def settings(self) -> dict[str, Any]:
        """The same, as Django settings of this process."""
        return self.environment | {"AMO_CREDENTIALS_DIR": self.pki.folder}

    def start(self) -> None:
        """Start it on its usual ports and state, wait until it answers."""
        self.child.start()
        wait_until(self._answers, what=log_tail(self.child.log))

    def stop(self) -> None:
        """Stop it politely."""
        self.child.stop(5)

    def kill(self) -> None:
        """SIGKILL."""
        self.child.kill()

    def ensure_running(self) -> None:
        """Start it again if a test stopped it."""
        if not self.child.alive:
            self.start()

    def reset(self) -> None:
        """No fault, nothing held."""
        self._call("POST", "reset")

    def faults(self, mode: str, times: int = 1) -> None:
        """Fail the next `times` calls in this way."""
        self._call("POST", "faults", {"mode": mode, "times": times})

    def eprescriptions(self) -> list[dict[str, Any]]:
        """What has been registered."""
        return list(self._call("GET", "eprescriptions"))

    def traces(self) -> list[dict[str, Any]]:
        """The workstation traces received."""
        return list(self._call("GET", "traces"))

    def _answers(self) -> bool:
        assert self.child.alive, log_tail(self.child.log)
        try:
            self._call("GET", "eprescriptions")
        except OSError:
            return False
        return True

    def _call(self, method: str, what: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.page_port}/api/{what}",
            method=method,
            data=json.dumps(body or {}).encode() if method == "POST" else None,
            headers={"Content-Type": "application/json"},
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")


class Worker:
    """A real Celery worker with beat, on the test database; retries and sweeps run faster."""

    def __init__(self, amo: dict[str, str], folder: Path) -> None:
        command = (
            "-m",
            "celery",
            "-A",
            "ehpad_eprescription",
            "worker",
            "-B",
            "--pool",
            "solo",
            "--loglevel",
            "INFO",
        )
        quiet = ("--without-gossip", "--without-mingle", "--schedule", str(folder / "beat"))
        hurry = {
            "AMO_RETRY_SCALE": "0.01",
            "SWEEP_SECONDS": "1",
            "DOCUMENTS_SECONDS": "1",
            "TRACES_BATCH_SECONDS": "1",
        }
        environment = {**os.environ, **amo, **hurry, "DATABASE_URL": worker_database_url()}
        self.child = Child("worker", python(*command, *quiet), log=folder / "worker.log", env=environment)

    def start(self) -> None:
        """Start it, wait until it takes tasks."""
        before = self._ready_lines()
        self.child.start()
        wait_until(lambda: self._ready_lines() > before, 30, "du worker")

    def stop(self) -> None:
        """Stop it, leaving no connection to the test database."""
        self.child.stop(5)

    def kill(self) -> None:
        """SIGKILL, beat included."""
        self.child.kill()

    @property
    def log(self) -> str:
        """Everything it wrote."""
        return self.child.log.read_text(encoding="utf-8", errors="replace")

    def _ready_lines(self) -> int:
        return self.log.count(" ready.") if self.child.log.exists() else 0


@dataclass(frozen=True)
class LiveStack:
    """The product as users meet it: its address, and the two processes behind."""

    url: str
    worker: Worker
    simulator: Simulator


def worker_database_url() -> str:
    """The DATABASE_URL of the test database of this process."""
    ours = connection.settings_dict
    account = quote(ours["USER"], safe="") + (
        f":{quote(ours['PASSWORD'], safe='')}" if ours["PASSWORD"] else ""
    )
    port = f":{ours['PORT']}" if ours["PORT"] else ""
    return f"postgresql://{account}@{quote(ours['HOST'], safe='')}{port}/{ours['NAME']}"
