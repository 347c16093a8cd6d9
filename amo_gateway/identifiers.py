"""The e-prescription identifier: 18 characters made by the prescriber's software, before any call to the service.

Public facts: 18 characters, four numbers in base 32 (SEL-SFG-023 as quoted by the published connector documentation).
The alphabet, the four widths and their meaning are ours (hypothèse): the rule is replaceable without data migration.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
import time
from collections.abc import Callable
from typing import Protocol

ALPHABET = "0123456789ABCDEFGHJKMNPRSTUVWXYZ"
"""Base 32 without I, L, O, Q: compatible with both public samples (hypothèse)."""

SIM_EPOCH = 1_577_836_800
"""1 January 2020 00:00 UTC, in Unix seconds (hypothèse)."""

_SHAPE = re.compile(r"[0-9A-Z]{18}\Z")
_SECONDS, _INSTALLATION, _COUNTER, _RANDOM = 7, 3, 4, 4


class IdentifiantGenerator(Protocol):
    """Any rule that makes identifiers."""

    def generate(self) -> str:
        """Return a new identifier of 18 characters."""


class SimIdentifiantGenerator:
    """Default rule (hypothèse): seconds, installation, counter, random, zero padded to 7+3+4+4 characters.

    Threads share the counter. Processes of one installation may run in the same second: each starts its counter at a
    random value and every identifier ends with 20 random bits, so two of them meet with probability 2⁻⁴⁰.
    """

    def __init__(self, installation_id: int, *, clock: Callable[[], float] = time.time) -> None:
        """`installation_id` is 0 to 32767, one per installation of the product."""
        if not 0 <= installation_id < 32**_INSTALLATION:
            raise ValueError("Le numéro d’installation doit être compris entre 0 et 32767.")
        self._installation = encode(installation_id, _INSTALLATION)
        self._clock = clock
        self._lock = threading.Lock()
        self._pid = 0
        self._counter = 0

    def generate(self) -> str:
        """Return a new identifier of 18 characters."""
        seconds = encode(int(self._clock()) - SIM_EPOCH, _SECONDS)
        counter = encode(self._next(), _COUNTER)
        return f"{seconds}{self._installation}{counter}{encode(secrets.randbits(5 * _RANDOM), _RANDOM)}"

    def _next(self) -> int:
        with self._lock:
            if (
                self._pid != os.getpid()
            ):  # first call, or first call after a fork: leave the parent's sequence
                self._pid = os.getpid()
                self._counter = secrets.randbits(5 * _COUNTER)
            self._counter = (self._counter + 1) % 32**_COUNTER
            return self._counter


def encode(number: int, width: int) -> str:
    """Write `number` in base 32 on `width` characters, zero padded."""
    if not 0 <= number < 32**width:
        raise ValueError(f"Le nombre ne tient pas sur {width} caractères en base 32.")
    digits = ""
    for _ in range(width):
        number, rest = divmod(number, 32)
        digits = ALPHABET[rest] + digits
    return digits


def is_valid(identifier: str) -> bool:
    """Tell whether `identifier` has the public shape: 18 characters, digits or capital letters."""
    return _SHAPE.match(identifier) is not None


def warnings(identifier: str) -> list[str]:
    """Return French remarks on an identifier that is accepted but looks unusual; empty when there is none."""
    unusual = sorted(set(identifier) & set("ILOQ"))
    if not unusual:
        return []
    return [f"Caractères inhabituels dans l’identifiant : {', '.join(unusual)}. Vérifiez la saisie."]
