"""`python -m ehpad_eprescription.embedded exec -- COMMAND …`: a command with PostgreSQL and Valkey."""

import argparse
import os
import signal
import sys
from collections.abc import Mapping, Sequence

from ehpad_eprescription.embedded.children import spawn
from ehpad_eprescription.embedded.errors import ServiceError
from ehpad_eprescription.embedded.services import PROFILES, opened


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command of the line; its exit code is ours."""
    options = _parser().parse_args(argv)
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        _parser().error("donnez une commande après --")
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with opened(PROFILES[options.profile]) as environment:
            return run(command, environment)
    except ServiceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command in the terminal's foreground, pass on a request to stop, give back its exit code."""
    process = spawn(command, env={**os.environ, **environment}, own_session=False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the command by itself
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    code = process.wait()
    return code if code >= 0 else 128 - code


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ehpad_eprescription.embedded", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("exec", help="lance une commande avec PostgreSQL et Valkey")
    verb.add_argument("--profile", choices=sorted(PROFILES), default="run")
    verb.add_argument("command", nargs=argparse.REMAINDER)
    return parser


if __name__ == "__main__":
    sys.exit(main())
