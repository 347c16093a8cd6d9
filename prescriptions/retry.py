"""When to try again: a table, not code. Ours (hypothèse): the real service publishes no retry contract.

Twelve attempts spread over about six hours, then a person decides. Delays in seconds, before jitter.
"""

import random
from datetime import timedelta

from django.conf import settings

RETRY_DELAYS: tuple[int, ...] = (15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 7200, 7200)
JITTER = 0.2


def delay_after(attempts: int) -> timedelta:
    """Return how long to wait after the `attempts`-th failure (1 = the first), with jitter of ±20 %."""
    base = RETRY_DELAYS[max(1, min(attempts, len(RETRY_DELAYS))) - 1]
    spread = random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  spreads load, protects nothing
    return timedelta(seconds=base * spread * settings.AMO_RETRY_SCALE)


def lease() -> timedelta:
    """Return how long a worker holds a row: longer than any call can last, so that only a dead worker loses it."""
    return timedelta(seconds=settings.AMO_LEASE_SECONDS)
