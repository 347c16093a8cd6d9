"""The floor of the pipeline: what no design avoids. Two bare processes, each document in three acts.

RSA-2048 signature (key object kept), POST of the same bytes on one kept-alive mutual-TLS connection, one
durable commit that stores the XML. No Django, no Celery, nothing built: one document, made beforehand.
"""

import argparse
import http.client
import os
import ssl
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from ehpad_eprescription.embedded.children import spawn
from ehpad_eprescription.launcher.programs import python

PROCESSES = 2
TABLE = "bench_floor"
_HEADERS = {"Content-Type": "application/soap+xml; charset=utf-8", "Authorization": "Bearer bench"}


@dataclass(frozen=True)
class Load:
    """The work of one process, as passed on its command line: how many, which bytes, where to."""

    docs: int
    xml: str
    body: str
    port: int
    path: str
    ca_file: str
    keys: str


def documents_per_second(load: Load, processes: int = PROCESSES) -> float:
    """Run the processes side by side on a common start; the rate of all of them together."""
    words = [
        word for name, value in vars(load).items() for word in (f"--{name.replace('_', '-')}", str(value))
    ]
    running = [
        spawn(
            python("-m", "ehpad_eprescription.bench.floor", *words),
            stdin=subprocess.PIPE,
            output=subprocess.PIPE,
        )
        for _ in range(processes)
    ]
    pipes = [(_pipe(process.stdin), _pipe(process.stdout)) for process in running]
    for _, answers in pipes:
        _expect(answers, b"ready\n")
    started = time.perf_counter()
    for orders, _ in pipes:
        orders.write(b"go\n")
        orders.flush()
    for _, answers in pipes:
        _expect(answers, b"done\n")
    elapsed = time.perf_counter() - started
    for process, (orders, answers) in zip(running, pipes, strict=True):
        orders.close()
        answers.close()
        process.wait()
    return load.docs * processes / elapsed


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise RuntimeError("pipe missing")
    return stream


def _expect(answers: IO[bytes], word: bytes) -> None:
    line = answers.readline()
    if line != word:
        raise RuntimeError(f"le plancher a échoué : {(line + answers.read()).decode(errors='replace')}")


class Loop:
    """One process: its key, its connection to the service, its connection to the database, all kept open."""

    def __init__(self, load: Load) -> None:
        keys = Path(load.keys)
        key = load_pem_private_key((keys / "sign.key").read_bytes(), password=None)
        if not isinstance(key, RSAPrivateKey):
            raise TypeError("the demonstration keys are RSA")
        self.key = key
        context = ssl.create_default_context(cafile=load.ca_file)
        context.load_cert_chain(keys / "tls.pem", keys / "tls.key")
        self.service = http.client.HTTPSConnection("localhost", load.port, context=context, timeout=30)
        self.database = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        self.load = load
        self.xml = Path(load.xml).read_bytes()
        self.body = Path(load.body).read_bytes()

    @staticmethod
    def make_table(database_url: str) -> None:
        """The table where the floor stores its XML: an ordinary one."""
        with psycopg.connect(database_url, autocommit=True) as database:
            database.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} (xml bytea)")

    def document(self) -> None:
        """Sign, post, store."""
        self.key.sign(self.xml, PKCS1v15(), SHA256())
        self.service.request("POST", self.load.path, body=self.body, headers=_HEADERS)
        answer = self.service.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the service answered {answer.status}")
        self.database.execute(f"INSERT INTO {TABLE} (xml) VALUES (%b)", [self.xml])  # noqa: S608  a constant


def main(argv: Sequence[str] | None = None) -> int:
    """Warm up, say ready, wait for the start, do the documents, say done."""
    parser = argparse.ArgumentParser()
    for name, kind in Load.__annotations__.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=kind, required=True)
    loop = Loop(Load(**vars(parser.parse_args(argv))))
    for _ in range(20):
        loop.document()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(loop.load.docs):
        loop.document()
    sys.stdout.write("done\n")
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
