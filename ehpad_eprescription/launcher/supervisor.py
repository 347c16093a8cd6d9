"""Keep the children alive; stop them in order, within ten seconds, leaving nothing behind."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ehpad_eprescription.embedded.children import Child, stop_together
from ehpad_eprescription.embedded.errors import ServiceError

_LOOK_SECONDS = 0.3
_STEADY_SECONDS = 60.0  # alive this long: its next failure counts as the first
_DELAYS = (1.0, 2.0, 5.0, 10.0, 30.0)  # before the first restart, the second, … then the last one for ever
# Each group stops together, the first to be asked is the last started; the sum stays under ten seconds.
_STOPPING = (
    (frozenset({"web", "worker"}), 4.5),
    (frozenset({"simulateur"}), 1.0),
    (frozenset({"valkey", "postgres"}), 3.5),
)


@dataclass
class Watched:
    """A child and its history."""

    child: Child
    failures: int = 0
    started_at: float = 0.0
    restart_at: float | None = None

    def delay(self, now: float) -> float:
        """Seconds to wait before the next restart; one more failure is counted."""
        if now - self.started_at > _STEADY_SECONDS:
            self.failures = 0
        self.failures += 1
        return _DELAYS[min(self.failures, len(_DELAYS)) - 1]


class Supervisor:
    """The children of one start, in the order they were started."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.watched: list[Watched] = []

    def adopt(self, children: Sequence[Child]) -> None:
        """Watch children that already run."""
        self.watched += [Watched(child, started_at=time.monotonic()) for child in children]

    def start(self, child: Child) -> None:
        """Start a child and watch it."""
        self.adopt([child])
        child.start()

    def watch(self) -> None:
        """Look after the children until interrupted."""
        while True:
            for watched in self.watched:
                self._look(watched)
            time.sleep(_LOOK_SECONDS)

    def _look(self, watched: Watched) -> None:
        now = time.monotonic()
        if watched.child.alive:
            return
        if watched.restart_at is None:
            delay = watched.delay(now)
            watched.restart_at = now + delay
            watched.child.kill()  # whatever it had started
            self.say(
                f"« {watched.child.name} » s’est arrêté (code {watched.child.exit_code}) : "
                f"relance dans {delay:.0f} s. Journal : {watched.child.log}"
            )
        elif now >= watched.restart_at:
            self._restart(watched)

    def _restart(self, watched: Watched) -> None:
        watched.restart_at = None
        watched.started_at = time.monotonic()
        try:
            watched.child.start()
        except ServiceError as error:
            self.say(str(error))
        else:
            self.say(f"« {watched.child.name} » relancé.")

    def stop(self) -> None:
        """Stop every child: those who serve first, what they stand on last."""
        children = [watched.child for watched in self.watched]
        for names, seconds in _STOPPING:
            stop_together([child for child in children if child.name in names], seconds)
