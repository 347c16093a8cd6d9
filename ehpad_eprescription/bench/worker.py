"""The product's own Celery worker, timed from inside: `celery -A ehpad_eprescription.bench.worker worker`.

Nothing of the pipeline is replaced: its steps are wrapped by a clock; the sums are written when it ends.
"""

import json
import os
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from celery.signals import worker_ready, worker_shutdown

from ehpad_eprescription.celery import app

__all__ = ["app"]
FOLDER = "BENCH_PHASES_DIR"
PHASES = ("load", "build", "sign", "save", "post", "settle")
_seconds: dict[str, float] = dict.fromkeys(PHASES, 0.0)
_calls: dict[str, int] = dict.fromkeys(PHASES, 0)


def _timed(phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def measured(*args: Any, **kwargs: Any) -> Any:
        started = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            _seconds[phase] += time.perf_counter() - started
            _calls[phase] += 1

    return measured


@worker_ready.connect
def put_clocks(**_: object) -> None:
    """Wrap the steps of the story in prescriptions/transmission.py."""
    from amo_gateway.client import AmoClient
    from prescriptions import transmission
    from prescriptions.documents import epu
    from prescriptions.workflow import outcomes

    for phase, owner, name in (
        ("load", transmission, "load_due"),
        ("build", epu, "build"),
        ("sign", transmission, "sign_enveloped"),
        ("save", transmission, "claim"),
        ("post", AmoClient, "register"),
        ("settle", outcomes, "registered"),
    ):
        setattr(owner, name, _timed(phase, getattr(owner, name)))


@worker_shutdown.connect
def write_sums(**_: object) -> None:
    """Leave the sums where the measure reads them."""
    folder = Path(os.environ[FOLDER])
    (folder / f"{os.getpid()}.json").write_text(json.dumps({"seconds": _seconds, "calls": _calls}))


def read_sums(folder: Path) -> dict[str, float]:
    """Mean milliseconds per call of each phase, over every worker that wrote its sums."""
    sums = [json.loads(path.read_text()) for path in folder.glob("*.json")]
    return {
        phase: 1000
        * sum(one["seconds"][phase] for one in sums)
        / max(1, sum(one["calls"][phase] for one in sums))
        for phase in PHASES
    }
