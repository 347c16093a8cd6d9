"""Open the two services for a profile, or reach those that already run for the same state folder."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ehpad_eprescription.embedded.children import Child
from ehpad_eprescription.embedded.errors import StateInUse
from ehpad_eprescription.embedded.postgres import Postgres
from ehpad_eprescription.embedded.state import StateDir, default_state_dir
from ehpad_eprescription.embedded.valkey import Valkey

_BORROW_SECONDS = 60.0
_STOP_SECONDS = {"valkey": 2.0, "postgres": 5.0}


@dataclass(frozen=True)
class Profile:
    """How the services are opened: data that survives a power cut or not, a folder that stays or not."""

    name: str
    durable: bool
    lasting: bool


RUN = Profile("run", durable=True, lasting=True)
TEST = Profile("test", durable=False, lasting=False)
BENCH = Profile("bench", durable=True, lasting=False)  # fsync on: a figure without it would be a lie
PROFILES = {profile.name: profile for profile in (RUN, TEST, BENCH)}


@dataclass
class Services:
    """The embedded services this process owns, and the variables by which a program reaches them."""

    state: StateDir
    children: list[Child] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, profile: Profile, given: Mapping[str, str]) -> None:
        """Start what the environment does not name already."""
        if not given.get("DATABASE_URL"):
            postgres = Postgres(self.state, durable=profile.durable)
            self.children.append(postgres)
            postgres.start()
            self.environment["DATABASE_URL"] = postgres.url
        if not given.get("REDIS_URL"):
            valkey = Valkey(self.state)
            self.children.append(valkey)
            valkey.start()
            self.environment["REDIS_URL"] = valkey.url

    def stop(self) -> None:
        """Stop them, the last started first."""
        for child in reversed(self.children):
            child.stop(_STOP_SECONDS[child.name])


def base_environment(state: StateDir, given: Mapping[str, str]) -> dict[str, str]:
    """What every program of a two-command start is told; a variable already set is left alone."""
    ours = {"EHPAD_STATE_DIR": str(state.root), "EHPAD_DEMO": "1"}
    if not given.get("SECRET_KEY"):
        ours["SECRET_KEY"] = state.secret_key()
    return {key: value for key, value in ours.items() if key == "EHPAD_STATE_DIR" or not given.get(key)}


@contextmanager
def opened(profile: Profile, given: Mapping[str, str] | None = None) -> Iterator[dict[str, str]]:
    """The variables of running services: those another command runs, or ours for the time of the block."""
    given = os.environ if given is None else given
    if profile.lasting:
        with _lasting(profile, given) as environment:
            yield environment
        return
    with _throwaway_dir(profile) as folder, _owned(StateDir(folder), profile, given) as environment:
        yield environment


@contextmanager
def _lasting(profile: Profile, given: Mapping[str, str]) -> Iterator[dict[str, str]]:
    state = StateDir(default_state_dir(given))
    if given.get("DATABASE_URL") and given.get("REDIS_URL"):
        yield base_environment(state, given)
    elif state.acquire("une commande"):
        with _owned(state, profile, given) as environment:
            yield environment
    else:
        yield _borrowed(state)


@contextmanager
def _owned(state: StateDir, profile: Profile, given: Mapping[str, str]) -> Iterator[dict[str, str]]:
    services = Services(state, environment=base_environment(state, given))
    try:
        services.start(profile, given)
        state.publish(services.environment)
        yield services.environment
    finally:
        services.stop()
        state.release()


def _borrowed(state: StateDir) -> dict[str, str]:
    """The variables of the services another command runs, waiting while it starts them."""
    deadline = time.monotonic() + _BORROW_SECONDS
    while (environment := state.published()) is None:
        if time.monotonic() > deadline:
            raise StateInUse(
                f"{state.root} est tenu par une autre commande qui ne démarre pas : {state.holder()}"
            )
        time.sleep(0.1)
    return environment


@contextmanager
def _throwaway_dir(profile: Profile) -> Iterator[Path]:
    """A folder that goes away. For the bench it stays on the project's own disk: /tmp may be memory."""
    parent = default_state_dir({}).parent / ".cache" if profile.durable else None
    if parent is not None:
        parent.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"ehpad-{profile.name}-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
