"""`python -m ehpad_eprescription.launcher [run|reset]`: the demonstration, from services to web server."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

from ehpad_eprescription.embedded.children import Child, log_tail, spawn
from ehpad_eprescription.embedded.errors import ServiceError, StateInUse
from ehpad_eprescription.embedded.ports import free_port, wanted_port
from ehpad_eprescription.embedded.services import RUN, Services, base_environment
from ehpad_eprescription.embedded.state import StateDir, default_state_dir
from ehpad_eprescription.launcher import health, programs, welcome
from ehpad_eprescription.launcher.steps import PREPARED_BY_DJANGO, Steps, say
from ehpad_eprescription.launcher.supervisor import Supervisor

_WEB_SECONDS = 60.0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the demonstration until Ctrl-C, or empty its folder."""
    words = list(sys.argv[1:] if argv is None else argv)
    state = StateDir(default_state_dir(os.environ))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return reset(state) if words == ["reset"] else Demonstration(state).run()
    except ServiceError as error:
        say(f"\n{error}")
        return 1


def reset(state: StateDir) -> int:
    """Empty the state folder; refused while a command uses it."""
    if not state.root.exists():
        say("Rien à effacer.")
        return 0
    _take(state, "make demo-reset")
    for entry in state.root.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != "lock":  # held: the next start empties it by itself
            entry.unlink()
    state.release()
    say(f"{state.root} est vide. Le prochain `make run` recharge la démonstration.")
    return 0


class Demonstration:
    """One start: its services, its children, what they are told."""

    def __init__(self, state: StateDir) -> None:
        self.state = state
        self.supervisor = Supervisor(say)
        self.steps = Steps()
        self.told: dict[str, str] = {}
        self.port = wanted_port(
            os.environ.get("PORT"), programs.WEB_PORT
        )  # refused before anything is started

    def run(self) -> int:
        """Start everything, watch it, stop it."""
        _take(self.state, "make run")
        try:
            self._start()
            self.supervisor.watch()
        except KeyboardInterrupt:
            pass
        finally:
            self._stop()
        return 0

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every child."""
        return {**os.environ, **self.told}

    def _start(self) -> None:
        self.told = base_environment(self.state, os.environ)
        self._start_services()
        self._prepare()
        self._start_simulator()
        port = self._start_programs()
        self.state.publish(self.told)
        for line in welcome.lines(
            f"http://127.0.0.1:{port}/", self.told.get("SIMULATOR_PAGE_URL", ""), str(self.state.root / "log")
        ):
            say(line)

    def _start_services(self) -> None:
        services = Services(self.state)
        with self.steps.step("PostgreSQL et Valkey") as note:
            try:
                services.start(RUN, os.environ)
            finally:
                self.supervisor.adopt(services.children)
            names = [child.name for child in services.children]
            note.outcome = "prêts" if len(names) == 2 else f"embarqués : {', '.join(names) or 'aucun'}"
        self.told |= services.environment
        self.state.publish(self.told)

    def _prepare(self) -> None:
        """Migrations, static files, drug base, people: one Django process, which prints its own steps."""
        words = ["prepare", "--done", str(self.steps.done)]
        process = spawn(programs.manage(*words), env=self.environment, stdin=subprocess.DEVNULL)
        if process.wait() != 0:
            raise ServiceError("La préparation a échoué : voir ci-dessus.")
        self.steps.done += PREPARED_BY_DJANGO

    def _start_simulator(self) -> None:
        with self.steps.step("Service simulé de l’Assurance Maladie") as note:
            if self.environment.get("AMO_ENDPOINT"):
                note.outcome = "remplacé par AMO_ENDPOINT"
                return
            simulator = programs.Simulator(self.state, self.environment)
            self.supervisor.start(simulator)
            self._wait_for(simulator, simulator.page_url)
            self.told |= simulator.environment

    def _start_programs(self) -> int:
        with self.steps.step("Worker et serveur web") as note:
            port = free_port(self.port)
            web = programs.web(self.state, self.environment, port)
            self.supervisor.start(web)
            self.supervisor.start(programs.worker(self.state, self.environment))
            self._wait_for(web, f"http://127.0.0.1:{port}/")
            note.outcome = "prêts"
        return port

    def _wait_for(self, child: Child, url: str) -> None:
        deadline = time.monotonic() + _WEB_SECONDS
        while not health.answers(url):
            if not child.alive or time.monotonic() > deadline:
                raise ServiceError(f"« {child.name} » n’a pas démarré ({child.log}) :\n{log_tail(child.log)}")
            time.sleep(0.1)

    def _stop(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(
                number, signal.SIG_IGN
            )  # already stopping: a second Ctrl-C must leave nothing behind
        say("\nArrêt…")
        self.supervisor.stop()
        self.state.release()
        say("Tout est arrêté.")


def _take(state: StateDir, purpose: str) -> None:
    if state.acquire(purpose):
        return
    holder = state.holder()
    by = f"« {holder.get('purpose', '?')} » (processus {holder.get('pid', '?')})"
    raise StateInUse(
        f"{state.root} est déjà utilisé par {by}.\n"
        "Arrêtez-le d’abord, ou donnez un autre dossier par EHPAD_STATE_DIR."
    )


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
