"""The service itself: one call in, one answer out. Faults and sockets are somebody else's business."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amo_gateway.simulator import answers
from amo_gateway.simulator.checks import Call, Refusal, read_call, read_registration
from amo_gateway.simulator.faults import Switch
from amo_gateway.simulator.store import Store

DEFAULT_IDAMS = frozenset({"SIM0000000001"})
TOKEN_SECONDS = 3600
MAX_TRACES = 5000


@dataclass
class Service:
    """Everything the simulator is made of."""

    store: Store
    ca_file: Path
    idams: frozenset[str] = DEFAULT_IDAMS
    unknown_products: frozenset[str] = frozenset()
    switch: Switch = field(default_factory=Switch)

    def soap(self, raw: bytes, client_finess: str, bearer: str) -> tuple[int, bytes]:
        """Answer a SOAP call; return the HTTP status and the body.

        A token that is unknown or too old is the proxy's affair, before the service reads anything: 401 (hypothèse).
        """
        if bearer and self.store.token_owner(bearer, time.time()) is None:
            self.store.note("?", "", "", "401 jeton")
            return 401, b""
        call: Call | None = None
        identifiant, result = "", "00"
        try:
            call = read_call(
                raw, client_finess, idams=self.idams, bearer=bearer, owner=self.store.token_owner
            )
            identifiant = call.body.findtext("{*}identifiant") or ""
            return 200, self._register(call) if call.operation == "enregistrer" else self._consult(
                call, identifiant
            )
        except Refusal as refusal:
            result = f"{refusal.code} {refusal.detail}".strip()
            operation = call.operation if call else "enregistrer"
            return answers.refused(answers.asked_by(raw), refusal.code, operation)
        finally:
            self.store.note(
                call.operation if call else "?", identifiant, call.message_id if call else "", result
            )

    def _register(self, call: Call) -> bytes:
        """Same identifier and same bytes: success again. Same identifier, other bytes: refused (Part 1.5)."""
        incoming = read_registration(call, self.ca_file, self.unknown_products)
        digest = hashlib.sha256(incoming.signed).hexdigest()
        held = self.store.register(
            incoming.identifiant,
            digest,
            incoming.signed,
            finess=incoming.finess,
            rpps=incoming.rpps,
            lines=incoming.lines,
            epresc_type=incoming.epresc_type,
        )
        if held.empreinte != digest:
            raise Refusal("sim_ep_doublon")
        return answers.registered(
            call.message_id, held.identifiant, held.date_enregistrement, already=not held.is_new
        )

    def _consult(self, call: Call, identifiant: str) -> bytes:
        """Rule EF_EP3_E303_03 (real): the AM number or the FINESS of who asks is mandatory."""
        if not (call.body.findtext("{*}am") or call.body.findtext("{*}finess")):
            raise Refusal("sim_ep_am_ou_finess")
        held = self.store.find(identifiant)
        if held is None:
            raise Refusal("sim_ep_inconnue")
        return answers.consulted(call.message_id, held)

    def token(self, raw: bytes, client_finess: str) -> tuple[int, bytes]:
        """Play the Pro Santé Connect proxy: a token for the professional named, bound to the calling establishment."""
        try:
            asked: Any = json.loads(raw)
            rpps, finess = str(asked["rpps"]), str(asked["finess"])
        except (ValueError, KeyError, TypeError):
            return 400, b"{}"
        if finess != client_finess or not (rpps.isdecimal() and len(rpps) == 11):
            return 403, b"{}"
        token = f"sim_{secrets.token_urlsafe(24)}"
        self.store.add_token(token, rpps, finess, time.time() + TOKEN_SECONDS)
        return 200, json.dumps(
            {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}
        ).encode()

    def traces(self, lines: bytes, batch: str, client_finess: str) -> tuple[int, bytes]:
        """Take workstation traces (format and channel: hypothèse); each is acknowledged, twice the same counts once."""
        try:
            records = [json.loads(line) for line in lines.decode().splitlines() if line]
        except ValueError:
            return 400, b"{}"
        if len(records) > MAX_TRACES or not all(isinstance(r, dict) and r.get("traceId") for r in records):
            return 400, b"{}"
        foreign = {
            str(r["traceId"]): "sim_trace_finess"
            for r in records
            if r.get("idNatStruct") != f"1{client_finess}"
        }
        good = [r for r in records if str(r["traceId"]) not in foreign]
        self.store.add_traces(batch, good)
        return 200, json.dumps({"accepted": [str(r["traceId"]) for r in good], "rejected": foreign}).encode()
