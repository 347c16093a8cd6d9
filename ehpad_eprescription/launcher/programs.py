"""The processes of a demonstration, and the variables each is given."""

import sys
from collections.abc import Mapping
from pathlib import Path

from ehpad_eprescription.embedded.children import Child
from ehpad_eprescription.embedded.ports import free_port
from ehpad_eprescription.embedded.state import BASE_DIR, StateDir

WEB_PORT, SIMULATOR_PORT, PAGE_PORT = 8000, 8443, 8444


def python(*words: str) -> list[str]:
    """A command of this same Python; -u: its log is written as it speaks."""
    return [sys.executable, "-u", *words]


def manage(*words: str) -> list[str]:
    """A Django management command."""
    return python(str(BASE_DIR / "manage.py"), *words)


class Simulator(Child):
    """The simulated Assurance Maladie service, in its own process, over mutual TLS."""

    def __init__(self, state: StateDir, env: Mapping[str, str]) -> None:
        self.port = free_port(SIMULATOR_PORT)
        self.page_port = free_port(PAGE_PORT, taken=frozenset({self.port}))
        self.pki = state.pki
        options = {
            "--host": "127.0.0.1",
            "--port": str(self.port),
            "--page-port": str(self.page_port),
            "--pki": str(state.pki),
            "--state": str(state.root / "simulator.sqlite3"),
        }
        words = [word for pair in options.items() for word in pair]
        super().__init__(
            "simulateur", python("-m", "amo_gateway.simulator", *words), log=state.log("simulateur"), env=env
        )

    @property
    def page_url(self) -> str:
        """Where a person sees what the service holds."""
        return f"http://127.0.0.1:{self.page_port}/"

    @property
    def environment(self) -> dict[str, str]:
        """The AMO_* variables by which the product reaches it."""
        return simulator_environment(self.port, self.page_port, self.pki)


def simulator_environment(port: int, page_port: int, pki: Path) -> dict[str, str]:
    """The AMO_* variables of a simulator on these loopback ports."""
    return {
        "AMO_ENDPOINT": f"https://localhost:{port}/lps",
        "AMO_TRACES_ENDPOINT": f"https://localhost:{port}/traces",
        "AMO_CA_FILE": str(pki / "ca.pem"),
        "AMO_CREDENTIALS_DIR": str(pki),
        "AMO_ENVIRONMENT": "simulateur",
        "SIMULATOR_PAGE_URL": f"http://127.0.0.1:{page_port}/",
    }


def worker(state: StateDir, env: Mapping[str, str]) -> Child:
    """The Celery worker, with beat inside: one machine, one clock."""
    command = ("-m", "celery", "-A", "ehpad_eprescription", "worker", "-B", "--concurrency", "2")
    quiet = ("--loglevel", "INFO", "--without-gossip", "--without-mingle")
    schedule = ("--schedule", str(state.root / "beat"))
    return Child("worker", python(*command, *quiet, *schedule), log=state.log("worker"), env=env)


def web(state: StateDir, env: Mapping[str, str], port: int) -> Child:
    """The web server, loopback only; each worker keeps its database connection."""
    command = ("-m", "gunicorn", "ehpad_eprescription.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2")
    limits = ("--timeout", "60", "--graceful-timeout", "3", "--no-control-socket", "--preload")
    return Child("web", python(*command, *limits), log=state.log("web"), env=env)
