"""The folder where a start keeps everything: data, logs, keys. One command at a time owns it."""

import fcntl
import hashlib
import json
import os
import secrets
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ehpad_eprescription.embedded.errors import ServiceError

BASE_DIR = Path(__file__).resolve().parent.parent.parent
_SOCKET_PATH_LIMIT = 100  # sun_path holds 108 bytes; PostgreSQL appends /.s.PGSQL.5432.lock while it starts
_SOCKET_NAME = ".s.PGSQL.5432"


def default_state_dir(env: Mapping[str, str]) -> Path:
    """EHPAD_STATE_DIR, or `.state` at the root of the project."""
    return Path(env.get("EHPAD_STATE_DIR") or BASE_DIR / ".state").absolute()


class StateDir:
    """The state folder: its places, its lock, what its services are reached by."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock: int | None = None

    def create(self) -> None:
        """Make the folder, closed to others."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)

    def log(self, name: str) -> Path:
        """The log file of one child."""
        return self.root / "log" / f"{name}.log"

    @property
    def pki(self) -> Path:
        """Keys and certificates of the demonstration."""
        return self.root / "pki"

    # --- who holds it ---------------------------------------------------------------------------
    def acquire(self, purpose: str) -> bool:
        """Take the folder; False when another process holds it. The kernel lets it go, even after SIGKILL."""
        try:
            self.create()
            handle = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError:
            raise ServiceError(
                f"{self.root} appartient à un autre utilisateur : donnez-en un autre par EHPAD_STATE_DIR."
            ) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._lock = handle
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "purpose": purpose}).encode(), 0)
        (self.root / "environment.json").unlink(missing_ok=True)
        return True

    def holder(self) -> dict[str, str]:
        """Who holds the folder (pid, purpose), as they wrote it; empty when not readable yet."""
        try:
            return {key: str(value) for key, value in json.loads((self.root / "lock").read_text()).items()}
        except (FileNotFoundError, ValueError):
            return {}

    def release(self) -> None:
        """Let the folder go."""
        if self._lock is not None:
            (self.root / "environment.json").unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None

    # --- what its services are reached by -------------------------------------------------------
    def publish(self, environment: Mapping[str, str]) -> None:
        """Write the variables by which other commands reach the running services (readable by us alone)."""
        draft = self.root / "environment.json.new"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(dict(environment), file)
        draft.replace(self.root / "environment.json")

    def published(self) -> dict[str, str] | None:
        """The variables of the running services; None while they start."""
        try:
            content: dict[str, str] = json.loads((self.root / "environment.json").read_text())
        except (FileNotFoundError, ValueError):
            return None
        return content

    def secret_key(self) -> str:
        """The signing key of sessions and cookies: made once, kept in a file readable by us alone."""
        self.create()
        path = self.root / "secret_key"
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
        return path.read_text().strip()

    def socket_dir(self) -> Path:
        """A folder open to us alone for PostgreSQL's socket; elsewhere when the path would be too long."""
        folder = self.root / "socket"
        if len(os.fsencode(folder / _SOCKET_NAME)) > _SOCKET_PATH_LIMIT:
            folder = _short_dir(self.root)
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if (
            not stat.S_ISDIR(status.st_mode)
            or status.st_uid not in (os.geteuid(), 65534)
            or status.st_mode & 0o077
        ):
            raise ServiceError(
                f"Le dossier {folder} n’est pas sûr (propriétaire ou droits) : supprimez-le et relancez."
            )
        return folder


def _short_dir(root: Path) -> Path:
    """A short folder name tied to this state folder and this user."""
    digest = hashlib.sha256(os.fsencode(root)).hexdigest()[:10]
    parent = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    if not parent.is_dir():
        parent = Path(tempfile.gettempdir())
    return parent / f"ehpad-{os.geteuid()}-{digest}"
