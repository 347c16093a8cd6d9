"""A service that only answers: what the benchmark sends to. Same wire, no check, no store, success for every message."""

from __future__ import annotations

import argparse
import re
import socket
import ssl
import threading
from pathlib import Path

from amo_gateway.simulator import answers

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_IDENTIFIER = re.compile(rb"identifiant>([0-9A-Z]{18})<")
_MESSAGE = re.compile(rb">uuid:([0-9a-f-]{36})<")
_TOKEN = b'{"access_token": "sim_bench", "token_type": "Bearer", "expires_in": 86400}'
_AT = "2026-01-01T00:00:00.000+00:00"


def answer_to(head: bytes, body: bytes) -> bytes:
    """Return the whole HTTP answer to one request."""
    if head.startswith(b"POST /proxy/token"):
        return _http(_TOKEN, b"application/json")
    identifier, message = _IDENTIFIER.search(body), _MESSAGE.search(body)
    echoed = identifier.group(1).decode() if identifier else "0" * 18
    related = message.group(1).decode() if message else ""
    return _http(answers.registered(related, echoed, _AT, already=False), b"application/soap+xml")


def _http(body: bytes, kind: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (kind, len(body), body)


def serve(connection: ssl.SSLSocket) -> None:
    """Answer one kept-alive connection until it closes."""
    with connection:
        reader = connection.makefile("rb")
        while True:
            head = bytearray()
            while (line := reader.readline()) not in (b"\r\n", b""):
                head += line
            if not head:
                return
            length = _LENGTH.search(head)
            connection.sendall(answer_to(bytes(head), reader.read(int(length.group(1)) if length else 0)))


def main() -> None:
    """Listen until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--pki", type=Path, required=True)
    options = parser.parse_args()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(options.pki / "server.pem", options.pki / "server.key")
    tls.load_verify_locations(options.pki / "ca.pem")
    tls.verify_mode = ssl.CERT_REQUIRED
    listener = socket.create_server((options.host, options.port), backlog=64)
    while True:
        plain, _ = listener.accept()
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_welcome, args=(tls, plain), daemon=True).start()


def _welcome(tls: ssl.SSLContext, plain: socket.socket) -> None:
    try:
        serve(tls.wrap_socket(plain, server_side=True))
    except OSError:
        plain.close()


if __name__ == "__main__":
    main()
