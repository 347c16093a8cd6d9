"""Loopback ports: a busy one is stepped over."""

import socket

from ehpad_eprescription.embedded.errors import ServiceError

_TRIES = 200


def is_free(port: int) -> bool:
    """True when nothing listens on this loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def wanted_port(text: str | None, default: int) -> int:
    """Read the port a person asked for (PORT=…); `default` when they asked for none. Raises ServiceError."""
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise ServiceError(
            f"PORT={text[:20]} n’est pas un port : donnez un nombre de 1 à 65535, par exemple 8000."
        )
    return int(text)


def free_port(first: int, taken: frozenset[int] = frozenset()) -> int:
    """The first free loopback port from `first` up, leaving out those already promised."""
    for port in range(first, min(first + _TRIES, 65536)):
        if port not in taken and is_free(port):
            return port
    raise ServiceError(
        f"Aucun port libre entre {first} et {first + _TRIES} : fermez un programme et relancez."
    )
