"""The pipeline against its floor, paired round by round: same machine, service, document and minute.

Pipeline: two real Celery workers, the real broker, a durable PostgreSQL, crash-safe as in production (signed
bytes committed before they leave, the answer committed after). The queue is filled while the workers are
paused: what is counted is their work, not the filling.
"""

import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from amo_gateway import envelope
from amo_gateway.credentials import load
from ehpad_eprescription.bench import floor, ground, stock
from ehpad_eprescription.bench.report import Figures, Options, decimal, say
from ehpad_eprescription.bench.worker import FOLDER, read_sums
from ehpad_eprescription.celery import app
from ehpad_eprescription.embedded.children import Child, log_tail, stop_together
from ehpad_eprescription.launcher.programs import python
from prescriptions import transmission
from prescriptions.doorbell import BELLS, ring
from prescriptions.models import Prescription, Status, Submission

WORKERS = 2
_WARM_UP = 40
_PATIENCE_SECONDS = 90.0


def measure(options: Options) -> Figures:
    """Run the rounds: floor then pipeline, each time; medians, and the range of the ratios."""
    model = stock.template()
    port = urlsplit(settings.AMO_ENDPOINT).port or 443
    with ground.responder(port), _workers() as phases:
        load_ = _floor_load(model, options.docs // floor.PROCESSES, port)
        _drain(stock.add(model, _WARM_UP))
        floor.documents_per_second(load_)  # not counted: the first run of anything is slow
        rounds = [_round(rank + 1, model, options, load_) for rank in range(options.rounds)]
    return _figures(rounds, read_sums(phases), Path(load_.xml).stat().st_size)


def _round(rank: int, model: Prescription, options: Options, load_: floor.Load) -> tuple[float, float]:
    bare = floor.documents_per_second(load_)
    ours = _drain(stock.add(model, options.docs))
    ratio = decimal(ours / bare)
    say(f"Tour {rank} : plancher {decimal(bare, 0)} doc/s, chaîne {decimal(ours, 0)} doc/s, rapport {ratio}")
    return bare, ours


def _figures(rounds: list[tuple[float, float]], phases: dict[str, float], xml_bytes: int) -> Figures:
    ratios = [ours / bare for bare, ours in rounds]
    figures: Figures = {
        "docs_per_s": round(statistics.median(ours for _, ours in rounds), 1),
        "floor_docs_per_s": round(statistics.median(bare for bare, _ in rounds), 1),
        "ratio": round(statistics.median(ratios), 3),
        "ratio_range": [round(min(ratios), 3), round(max(ratios), 3)],
        "rounds": len(rounds),
        "xml_bytes": xml_bytes,
        "phases_ms": {phase: round(spent, 3) for phase, spent in phases.items()},
    }
    low, high = figures["ratio_range"]
    say(
        f"Médiane : {decimal(figures['docs_per_s'], 0)} doc/s pour un plancher de "
        f"{decimal(figures['floor_docs_per_s'], 0)} : rapport {decimal(figures['ratio'])} "
        f"[{decimal(low)}–{decimal(high)}], document de {xml_bytes} octets"
    )
    say(
        "Par document, dans un worker : "
        + ", ".join(f"{phase} {decimal(spent)} ms" for phase, spent in phases.items())
    )
    return figures


def _floor_load(model: Prescription, docs: int, port: int) -> floor.Load:
    """The same signed document and the same envelope as the pipeline sends, made once."""
    job = transmission.load_due(stock.add(model, 1)[0])
    if job is None:
        raise RuntimeError("nothing is due")
    credentials = load(settings.AMO_CREDENTIALS_DIR, job.credentials_ref)
    signed = transmission.sign(job, credentials)
    issuer = credentials.signer.certificate.subject.rfc4514_string()
    folder = ground.state().root
    (folder / "document.xml").write_bytes(signed)
    (folder / "envelope.xml").write_bytes(
        envelope.register(signed, transmission.call_context(job), job.identifier, issuer)
    )
    floor.Loop.make_table(os.environ["DATABASE_URL"])
    return floor.Load(
        docs=docs,
        xml=str(folder / "document.xml"),
        body=str(folder / "envelope.xml"),
        port=port,
        path=urlsplit(settings.AMO_ENDPOINT).path,
        ca_file=str(settings.AMO_CA_FILE),
        keys=str(Path(settings.AMO_CREDENTIALS_DIR) / job.credentials_ref),
    )


@contextmanager
def _workers() -> Iterator[Path]:
    """Two solo workers on an empty queue; their phase sums are in the folder once they have stopped."""
    app.control.purge()
    folder = ground.state().root / "phases"
    folder.mkdir(exist_ok=True)
    command = ("-m", "celery", "-A", "ehpad_eprescription.bench.worker", "worker", "--pool", "solo")
    # The one queue that is paused: waiting on another too, a worker sees it come back a second late.
    bells = ("--queues", BELLS.name)
    quiet = ("--without-gossip", "--without-mingle", "--loglevel", "INFO")
    children = [
        Child(
            "worker",
            python(*command, *bells, *quiet, "--hostname", f"bench{rank}@localhost"),
            log=ground.state().log(f"worker{rank}"),
            env=os.environ | {FOLDER: str(folder)},
        )
        for rank in range(WORKERS)
    ]
    for child in children:
        child.start()
    try:
        _wait(lambda: len(app.control.ping(timeout=1.0) or []) == WORKERS, children)
        yield folder
    finally:
        stop_together(children, 10)


def _drain(keys: list[int]) -> float:
    """Fill the paused queue, let the workers go, wait for the last answer; documents per second."""
    app.control.cancel_consumer(BELLS.name, reply=True, timeout=5, limit=WORKERS)
    for key in keys:
        ring(key)
    # keys follow each other: one range, a question that costs the database next to nothing
    waiting = Submission.objects.filter(pk__range=(min(keys), max(keys)), next_attempt_at__isnull=False)
    started = time.perf_counter()
    app.control.add_consumer(BELLS.name, reply=True, timeout=5, limit=WORKERS)
    try:
        _wait(lambda: not waiting.exists(), [])
    except RuntimeError as error:
        codes = Counter(waiting.values_list("last_code", "attempts"))
        raise RuntimeError(f"{error} : {dict(codes)}\n{log_tail(ground.state().log('worker0'))}") from error
    elapsed = time.perf_counter() - started
    registered = Prescription.objects.filter(submission__pk__in=keys, status=Status.REGISTERED).count()
    if registered != len(keys):
        raise RuntimeError(f"{len(keys) - registered} documents n’ont pas été enregistrés")
    return len(keys) / elapsed


def _wait(condition: Callable[[], bool], children: list[Child]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        for child in children:
            if not child.alive:
                raise RuntimeError(f"un worker n’a pas démarré :\n{log_tail(child.log)}")
        if time.monotonic() > deadline:
            raise RuntimeError("les workers n’avancent plus")
        time.sleep(0.05)
