"""The wire: HTTPS with a client certificate, keep-alive, and the faults that only a socket can play."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

from cryptography import x509

from amo_gateway.envelope import ACTION_CONSULT
from amo_gateway.simulator import answers
from amo_gateway.simulator.checks import finess_of
from amo_gateway.simulator.faults import AFTER, BUSINESS, FAULTS, HANDSHAKE, Fault
from amo_gateway.simulator.service import Service
from amo_gateway.xml import MAX_BYTES

SOAP = "application/soap+xml; charset=utf-8"
_HTML = b"<html><body><h1>Service indisponible</h1><p>Maintenance en cours.</p></body></html>"


class Server(ThreadingHTTPServer):
    """One thread a connection; a handshake never holds the listening socket."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], service: Service, pki: Path) -> None:
        super().__init__(address, Handler)
        self.service = service
        self.closing = threading.Event()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.minimum_version = ssl.TLSVersion.TLSv1_2
        self._tls.load_cert_chain(pki / "server.pem", pki / "server.key")
        self._tls.load_verify_locations(pki / "ca.pem")
        self._tls.verify_mode = ssl.CERT_REQUIRED

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept; the handshake itself waits for the thread of the connection."""
        plain, address = self.socket.accept()
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._tls.wrap_socket(plain, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that breaks, or shows no certificate, concerns nobody else."""


class Handler(BaseHTTPRequestHandler):
    """The three addresses of the service."""

    protocol_version = "HTTP/1.1"
    timeout = 300
    server: Server

    def setup(self) -> None:
        """Finish the handshake and read who calls from their certificate."""
        connection = cast("ssl.SSLSocket", self.request)
        if self.server.service.switch.take(among=HANDSHAKE):
            raise ConnectionAbortedError
        connection.settimeout(20)
        connection.do_handshake()
        super().setup()
        der = connection.getpeercert(binary_form=True)
        self.finess = finess_of(x509.load_der_x509_certificate(der)) if der else ""

    def do_POST(self) -> None:
        """Route a call; an unknown address is not found."""
        body = self._body()
        if body is None:
            return
        if self.path == "/proxy/token":
            self._send(*self.server.service.token(body, self.finess), "application/json")
        elif self.path == "/traces":
            self._traces(body)
        elif self.path == "/lps":
            self._soap(body)
        else:
            self._send(404, b"", "text/plain")

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MAX_BYTES:
            self.close_connection = True
            self._send(413, b"", "text/plain")
            return None
        return self.rfile.read(int(length))

    def _soap(self, body: bytes) -> None:
        fault = self.server.service.switch.take()
        if fault and fault.mode not in AFTER and self._fail(fault, body):
            return
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        status, answer = self.server.service.soap(body, self.finess, bearer)
        if fault and fault.mode in AFTER:
            self._spoil(fault, status, answer)
        else:
            self._send(status, answer, SOAP)

    def _traces(self, body: bytes) -> None:
        fault = self.server.service.switch.take()
        if fault and fault.mode not in AFTER and self._fail(fault, b""):
            return
        try:
            lines = gzip.decompress(body)
        except (OSError, EOFError, zlib.error):
            self._send(400, b"", "text/plain")
            return
        status, answer = self.server.service.traces(lines, self.headers.get("X-Batch-Id", ""), self.finess)
        if fault and fault.mode in AFTER:
            self._spoil(fault, status, answer)
        else:
            self._send(status, answer, "application/json")

    # --- failing on purpose ----------------------------------------------------------------------

    def _fail(self, fault: Fault, body: bytes) -> bool:
        """Fail before anything is registered. Always True: nothing else must be answered."""
        mode = fault.mode
        if mode in HANDSHAKE:  # the connection was already open: it breaks now
            self._cut()
        elif mode in FAULTS or mode in BUSINESS:
            self._send(*answers.refused(answers.asked_by(body), mode, _operation(body)), SOAP)
        elif mode.startswith("http_"):
            self._send(int(mode.removeprefix("http_")), _HTML, "text/html")
        elif mode == "redirection":
            self._send(302, b"", "text/plain", location="https://ailleurs.sim.invalid/")
        elif mode == "timeout_avant":
            self._silence(fault.seconds)
        elif mode == "coupure_avant":
            self._cut()
        elif mode == "tronquee":
            self._truncate(
                answers.registered(
                    answers.asked_by(body), "0" * 18, "2026-01-01T00:00:00+00:00", already=False
                )
            )
        else:
            self._send(200, _NONSENSE[mode], SOAP)
        return True

    def _spoil(self, fault: Fault, status: int, answer: bytes) -> None:
        """Fail once everything is registered: the answer is lost, late or wrong."""
        if fault.mode == "timeout_apres":
            self._silence(fault.seconds)
        elif fault.mode == "coupure_apres":
            self._cut()
        elif fault.mode == "lente":
            self._drip(answer, fault.seconds)
        elif fault.mode == "autre_identifiant":
            head, _, rest = answer.partition(b"<sim:identifiant>")
            self._send(status, head + b"<sim:identifiant>SIMAUTRE0000000000" + rest[18:], SOAP)
        else:  # autre_message: an answer to somebody else's question
            self._send(
                status,
                answer.replace(b"RelatesTo xmlns:wsa", b"RelatesTo  xmlns:wsa").replace(
                    b">uuid:", b">uuid:f"
                ),
                SOAP,
            )

    def _silence(self, seconds: float) -> None:
        self.server.closing.wait(seconds)
        self._cut()

    def _cut(self) -> None:
        self.close_connection = True
        self.request.close()

    def _truncate(self, answer: bytes) -> None:
        self._head(200, len(answer), SOAP)
        self.wfile.write(answer[: len(answer) // 2])
        self._cut()

    def _drip(self, answer: bytes, seconds: float) -> None:
        """One byte at a time, `seconds` apart."""
        self._head(200, len(answer), SOAP)
        for byte in answer:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if self.server.closing.wait(seconds):
                return

    # --- plumbing ----------------------------------------------------------------------------------

    def _head(self, status: int, length: int, kind: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name.title(), value)
        self.end_headers()

    def _send(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self._head(status, len(body), kind, **headers)
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the calls are in the store."""


def _operation(body: bytes) -> str:
    return "consulter" if ACTION_CONSULT.encode() in body else "enregistrer"


_NONSENSE: dict[str, bytes] = {
    "xml_malforme": b"<env:Envelope><oups",
    "vide": b"",
    "doctype": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "enorme": b"<a>" + b" " * (MAX_BYTES * 2) + b"</a>",
}
