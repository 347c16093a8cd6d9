"""Numbered steps on the console: `[2/7] Base de données… faite (1,2 s)`."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

TOTAL = 8
PREPARED_BY_DJANGO = 5  # the steps of `manage.py prepare`


def say(text: str = "") -> None:
    """One line on the console, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Note:
    """What a step found, said at its end."""

    def __init__(self) -> None:
        self.outcome = "fait"
        self.details = 0

    def detail(self, text: str) -> None:
        """A line under the step, while it works."""
        sys.stdout.write(f"{'' if self.details else chr(10)}      {text}\n")
        sys.stdout.flush()
        self.details += 1


class Steps:
    """A counter of steps, started at the number already done."""

    def __init__(self, done: int = 0) -> None:
        self.done = done

    @contextmanager
    def step(self, title: str) -> Iterator[Note]:
        """Announce a step, then say how it ended and how long it took."""
        self.done += 1
        sys.stdout.write(f"[{self.done}/{TOTAL}] {title}… ")
        sys.stdout.flush()
        started = time.monotonic()
        note = Note()
        try:
            yield note
        except BaseException as stop:
            say("interrompu" if isinstance(stop, KeyboardInterrupt) else "échec")
            raise
        seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
        say(f"{'      ' if note.details else ''}{note.outcome} ({seconds} s)")
