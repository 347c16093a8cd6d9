"""The page of the simulator: what it holds, and its switches. Plain HTTP, meant for the loopback only.

Its lists show no patient's name; the message itself, one click further, shows what was sent.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from amo_gateway.schemas import epresc_types
from amo_gateway.simulator.faults import AFTER, BEFORE, BUSINESS, FAULTS, MODES
from amo_gateway.simulator.service import Service

_CSS = Path(__file__).with_name("page.css")
_HOSTS = frozenset({"127.0.0.1", "localhost", "::1", "simulator"})
_SECURITY = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class PageServer(ThreadingHTTPServer):
    """Serves the page and its JSON."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], service: Service) -> None:
        super().__init__(address, PageHandler)
        self.service = service


class PageHandler(BaseHTTPRequestHandler):
    """GET shows, POST switches."""

    protocol_version = "HTTP/1.1"
    server: PageServer

    def parse_request(self) -> bool:
        """Refuse what another site makes a browser ask: a foreign name for this host, a foreign origin."""
        if not super().parse_request():
            return False
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        origin = self.headers.get("Origin", "")
        if host.strip("[]") not in _HOSTS or (origin and urlsplit(origin).hostname not in _HOSTS):
            self.close_connection = True
            self._send(403, b"", "text/plain")
            return False
        return True

    def do_GET(self) -> None:
        """The page, one e-prescription, or JSON under /api/."""
        store = self.server.service.store
        lists: dict[str, Callable[[], Any]] = {
            "/api/eprescriptions": store.eprescriptions,
            "/api/calls": store.calls,
            "/api/traces": store.traces,
        }
        if self.path in lists:
            self._json(lists[self.path]())
        elif self.path == "/":
            self._send(200, _page(self.server.service).encode(), "text/html; charset=utf-8")
        elif self.path == "/page.css":
            self._send(200, _CSS.read_bytes(), "text/css; charset=utf-8")
        elif self.path.startswith("/eprescription/"):
            self._detail(self.path.removeprefix("/eprescription/"))
        else:
            self._send(404, b"", "text/plain")

    def do_POST(self) -> None:
        """Set or clear a fault (form or JSON), or forget everything."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        service = self.server.service
        if self.path == "/api/reset":
            service.switch.clear()
            service.store.empty()
            self._json({})
        elif self.path == "/api/faults":
            self._faults(body)
        elif self.path == "/pannes":
            self._form(parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True))
        else:
            self._send(404, b"", "text/plain")

    def do_DELETE(self) -> None:
        """No more faults."""
        self.server.service.switch.clear()
        self._json({})

    def _faults(self, body: bytes) -> None:
        try:
            asked: Any = json.loads(body)
            mode, times, seconds = asked["mode"], asked.get("times"), float(asked.get("seconds", 30))
            self.server.service.switch.set(mode, None if times is None else int(times), seconds)
        except (KeyError, ValueError, TypeError):
            self._send(400, b'{"error": "mode, times ou seconds incompris"}', "application/json")
        else:
            self._json({})

    def _form(self, asked: dict[str, list[str]]) -> None:
        mode, times = asked.get("mode", [""])[0], asked.get("times", ["1"])[0]
        if not mode:
            self.server.service.switch.clear()
        elif mode in MODES:
            self.server.service.switch.set(mode, int(times) if times.isdecimal() else None, 30.0)
        else:
            self._send(400, b"Panne inconnue.", "text/plain; charset=utf-8")
            return
        self._send(303, b"", "text/plain", location="/")

    def _detail(self, identifiant: str) -> None:
        held = self.server.service.store.find(identifiant)
        if held is None:
            self._send(404, b"Inconnue.", "text/plain; charset=utf-8")
            return
        xml = escape(held["xml"].decode())
        body = (
            f"<h1>E-prescription {escape(identifiant)}</h1><p>{_kind(held['type'])}, {held['lignes']} ligne(s). "
            f"<a href='/'>Retour</a></p><pre tabindex='0'>{xml}</pre>"
        )
        self._send(200, _shell(body).encode(), "text/html; charset=utf-8")

    def _json(self, value: object) -> None:
        self._send(200, json.dumps(value, ensure_ascii=False).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", _SECURITY)
        for name, value in headers.items():
            self.send_header(name.title(), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def _shell(body: str) -> str:
    return (
        "<!doctype html><html lang='fr'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        "<title>Simulateur de l’ordonnance numérique</title><link rel='stylesheet' href='/page.css'></head><body>"
        "<header class='warning'>Simulateur : hypothèses de ce logiciel, pas le service réel de l’Assurance maladie.</header>"
        f"<main>{body}</main></body></html>"
    )


_COLUMNS = ("Identifiant", "Type", "Lignes", "Enregistrée", "FINESS", "RPPS")


def _page(service: Service) -> str:
    held, calls, traces = service.store.eprescriptions(), service.store.calls(), len(service.store.traces())
    rows = [
        (
            _link(e["identifiant"]),
            _kind(e["type"]),
            e["lignes"],
            e["date_enregistrement"],
            e["finess"],
            e["rpps"],
        )
        for e in held
    ]
    tried = [
        (c["moment"], c["operation"], escape(c["identifiant"]), escape(c["resultat"])) for c in calls[:50]
    ]
    return _shell(
        f"<h1>Ordonnance numérique, simulateur</h1><p>{len(held)} e-prescription(s) enregistrée(s), {traces} trace(s) de poste "
        f"reçue(s). Pannes : <strong>{escape(service.switch.words)}</strong>.</p>{_switches()}"
        f"<h2>E-prescriptions</h2>{_table(_COLUMNS, rows)}"
        f"<h2>Derniers appels</h2>{_table(('Moment', 'Opération', 'Identifiant', 'Résultat'), tried)}"
    )


_GROUPS = (
    ("Avant enregistrement", BEFORE),
    ("Après enregistrement", AFTER),
    ("Fautes publiées", FAULTS),
    ("Refus (sim)", BUSINESS),
)


def _switches() -> str:
    groups = (
        (label, "".join(f"<option>{mode}</option>" for mode in sorted(modes))) for label, modes in _GROUPS
    )
    options = "".join(f"<optgroup label='{label}'>{modes}</optgroup>" for label, modes in groups)
    return (
        "<form method='post' action='/pannes'><label for='mode'>Panne</label><select id='mode' name='mode'>"
        f"<option value=''>aucune</option>{options}</select>"
        "<label for='times'>Nombre d’appels (vide : toujours)</label>"
        "<input id='times' name='times' value='1' inputmode='numeric' size='4'><button>Appliquer</button></form>"
    )


def _kind(epresc_type: str) -> str:
    return escape(epresc_types()[epresc_type])


def _link(identifiant: str) -> str:
    return f"<a href='/eprescription/{escape(identifiant)}'>{escape(identifiant)}</a>"


def _table(heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    if not rows:
        return "<p>Rien pour l’instant.</p>"
    head = "".join(f"<th scope='col'>{h}</th>" for h in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
