"""A process that never outlives its parent, even when the parent is killed outright."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from ehpad_eprescription.embedded.identity import DIRECT, Identity

_PR_SET_PDEATHSIG = 1  # prctl(2)
_LOG_LIMIT_BYTES = 2_000_000
_libc = ctypes.CDLL(None)  # loaded before any fork: the child may not import


def tie_to_parent(stop_signal: signal.Signals) -> Callable[[], None]:
    """What the child runs before exec: ask the kernel for `stop_signal` when its parent dies (Linux only).

    The parent is the *thread* that forks: start children from the main thread.
    """
    parent = os.getpid()

    def run_in_child() -> None:
        if sys.platform == "linux":
            _libc.prctl(_PR_SET_PDEATHSIG, int(stop_signal))
            if os.getppid() != parent:  # it died before we could ask
                os._exit(1)

    return run_in_child


def spawn(
    argv: Sequence[str],
    *,
    stop_signal: signal.Signals = signal.SIGTERM,
    identity: Identity = DIRECT,
    env: Mapping[str, str] | None = None,
    stdin: int | None = None,
    output: int | None = None,
    own_session: bool = True,
) -> subprocess.Popen[bytes]:
    """Start a process tied to this one; in its own session, Ctrl-C in the terminal does not reach it."""
    with warnings.catch_warnings():
        # Python ≥ 3.12 warns of a fork among threads; our pre-exec code takes no lock.
        warnings.simplefilter("ignore", DeprecationWarning)
        return subprocess.Popen(  # noqa: S603  our own commands, never a user's text
            [*identity.prefix, *argv],
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT if output is not None else None,
            env=dict(env) if env is not None else None,
            preexec_fn=tie_to_parent(stop_signal),
            start_new_session=own_session,
            user=identity.uid,
            group=identity.uid,
            extra_groups=[] if identity.uid is not None else None,
        )


class Child:
    """One long-lived process: how to start it again, where it logs, how it is asked to stop."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        identity: Identity = DIRECT,
        stdin: bytes | None = None,
    ) -> None:
        self.name = name
        self.argv = list(argv)
        self.log = log
        self.env = env
        self.stop_signal = stop_signal
        self.identity = identity
        self.stdin = stdin
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, its output appended to the log."""
        with open_log(self.log) as output:
            self.process = spawn(
                self.argv,
                stop_signal=self.stop_signal,
                identity=self.identity,
                env=self.env,
                stdin=subprocess.PIPE if self.stdin is not None else subprocess.DEVNULL,
                output=output.fileno(),
            )
        if self.process.stdin is not None:
            with contextlib.suppress(BrokenPipeError), self.process.stdin as pipe:
                pipe.write(self.stdin or b"")

    @property
    def alive(self) -> bool:
        """True while the process runs."""
        return self.process is not None and self.process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """Its exit code; None while it runs or before it started."""
        return None if self.process is None else self.process.poll()

    def ask_to_stop(self) -> None:
        """Send the polite signal, wait for nothing."""
        if self.process is not None and self.alive:
            self.process.send_signal(self.stop_signal)

    def wait(self, seconds: float) -> bool:
        """Wait for the end at most `seconds`; True when it ended."""
        if self.process is None:
            return True
        try:
            self.process.wait(max(seconds, 0.0))
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """SIGKILL, to whatever it started as well."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, seconds: float) -> None:
        """Ask, wait, then kill what is left."""
        stop_together([self], seconds)


def stop_together(children: Iterable[Child], seconds: float) -> None:
    """Ask all of them to stop at once, share the waiting time, kill what is left."""
    children = list(children)
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + seconds
    for child in children:
        child.wait(deadline - time.monotonic())
        child.kill()


@contextlib.contextmanager
def open_log(path: Path) -> Iterator[BinaryIO]:
    """The log file opened for appending, readable by us alone; put aside once it is large."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > _LOG_LIMIT_BYTES:
        path.replace(path.with_suffix(".previous.log"))
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
        yield output


def log_tail(path: Path, lines: int = 12) -> str:
    """The last lines of a log, to show when its process failed."""
    if not path.exists():
        return ""
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
