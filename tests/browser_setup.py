"""Find a Chromium for the browser tests, or install one: Playwright's installer, else Debian's package.

`python -m tests.browser_setup` prints its path; the tests look again by `find()`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
"""No sandbox: the tests also run as root, on our own pages. The others keep Chromium from calling home."""


def find() -> str | None:
    """The path of a Chromium: CHROMIUM, else one on the machine, else Playwright's own."""
    given = os.environ.get("CHROMIUM")
    if given:
        return given
    return next(filter(None, map(shutil.which, _NAMES)), None) or _playwright_own()


def install() -> None:
    """Try each way in turn; the output is shown only when it fails."""
    ways = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        ways += [
            ["apt-get", "update", "-q"],
            ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"],
        ]
    failures = []
    for command in ways:
        print(f"  {' '.join(command)}", flush=True)
        done = subprocess.run(command, capture_output=True, text=True, env=_unattended())
        if done.returncode != 0:
            failures.append(f"{' '.join(command)} :\n{(done.stdout + done.stderr)[-800:]}")
        if find():
            return
    sys.exit(
        "Aucun Chromium, et il n’a pas pu être installé.\n"
        "Installez-le (Debian : apt-get install chromium) ou donnez son chemin (CHROMIUM=…).\n\n"
        + "\n\n".join(failures)
    )


def _unattended() -> dict[str, str]:
    return {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def _playwright_own() -> str | None:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    found = sorted(cache.glob("chromium-*/chrome-linux*/chrome"))
    return str(found[-1]) if found else None


if __name__ == "__main__":
    if find() is None:
        print("Chromium manque : installation pour les tests…", flush=True)
        install()
    print(f"Chromium : {find()}")
