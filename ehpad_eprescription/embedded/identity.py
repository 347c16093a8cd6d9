"""Under whom PostgreSQL runs: it refuses root, and a fresh machine or a container often is root.

- a plain user: directly;
- root: in a user namespace that shows root as nobody. No account is created, no folder is opened to others;
- root where namespaces are refused (a container's seccomp profile): as nobody, who then owns the data folder.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NOBODY_UID = 65534
_UNSHARE = ("unshare", "--user", f"--map-user={NOBODY_UID}", f"--map-group={NOBODY_UID}")


@dataclass(frozen=True)
class Identity:
    """How to start a process that must not be root: words put before its command, or an account to become."""

    name: str
    prefix: tuple[str, ...] = ()
    uid: int | None = None

    def own(self, folder: Path) -> None:
        """Give a folder to the account, when there is one."""
        if self.uid is not None:
            os.chown(folder, self.uid, self.uid)


DIRECT = Identity("direct")
NAMESPACE = Identity("namespace", prefix=_UNSHARE)
NOBODY = Identity("nobody", uid=NOBODY_UID)


def choose(euid: int, namespaces_allowed: bool) -> Identity:
    """The identity for an effective user id."""
    if euid != 0:
        return DIRECT
    return NAMESPACE if namespaces_allowed else NOBODY


@cache
def for_this_process() -> Identity:
    """The identity that fits this process and this machine; asks the kernel once."""
    euid = os.geteuid()
    return choose(euid, namespaces_allowed=euid == 0 and _namespaces_allowed())


def _namespaces_allowed() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*_UNSHARE, "true"], capture_output=True, check=False).returncode == 0  # noqa: S603
