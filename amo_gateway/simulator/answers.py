"""What the simulated service answers: SOAP 1.2, success or fault."""

from __future__ import annotations

import re

from amo_gateway.envelope import ENV, SIM, SIRAM, WSA
from amo_gateway.simulator.faults import BUSINESS, FAULTS
from amo_gateway.xml import text

_MESSAGE_ID = re.compile(rb"MessageID[^>]*>\s*uuid:([0-9a-f-]{36})\s*<")
SUCCESS = ("00", "Succès")


def registered(message_id: str, identifiant: str, at: str, *, already: bool) -> bytes:
    """Confirm a registration: the identifier is echoed (hypothèse)."""
    label = "déjà enregistrée, même contenu" if already else SUCCESS[1]
    body = (
        f"<sim:identifiant>{text(identifiant)}</sim:identifiant><sim:dateEnregistrement>{at}</sim:dateEnregistrement>"
        f"<sim:dejaEnregistree>{'true' if already else 'false'}</sim:dejaEnregistree>"
    )
    return _answer(message_id, "enregistrerReponse", SUCCESS[0], label, body)


def consulted(message_id: str, held: dict[str, object]) -> bytes:
    """Tell what is held under an identifier."""
    body = (
        f"<sim:identifiant>{text(str(held['identifiant']))}</sim:identifiant><sim:statut>ENREGISTREE</sim:statut>"
        f"<sim:dateEnregistrement>{held['date_enregistrement']}</sim:dateEnregistrement>"
        f"<sim:empreinte>{held['empreinte']}</sim:empreinte>"
    )
    return _answer(message_id, "consulterReponse", SUCCESS[0], SUCCESS[1], body)


def refused(message_id: str, code: str, operation: str = "enregistrer") -> tuple[int, bytes]:
    """Refuse: a published SOAP fault with HTTP 500, or a business code with HTTP 200."""
    if code in FAULTS:
        return 500, _fault(code)
    return 200, _answer(message_id, f"{operation}Reponse", code, BUSINESS[code], "")


def asked_by(body: bytes) -> str:
    """Return the MessageID of a call without reading its XML, for answers to what could not be read; "" when none."""
    found = _MESSAGE_ID.search(body)
    return found[1].decode() if found else ""


def _answer(message_id: str, element: str, code: str, label: str, body: str) -> bytes:
    return (
        f'<env:Envelope xmlns:env="{ENV}"><env:Header><wsa:RelatesTo xmlns:wsa="{WSA}">uuid:{text(message_id)}</wsa:RelatesTo>'
        f'</env:Header><env:Body><sim:{element} xmlns:sim="{SIM}"><sim:CR><sim:CodeCR>{code}</sim:CodeCR>'
        f"<sim:LibelleCR>{text(label)}</sim:LibelleCR></sim:CR>{body}</sim:{element}></env:Body></env:Envelope>"
    ).encode()


def _fault(code: str) -> bytes:
    """Subcodes are `siram_NN`; a `desir_NNN` travels as the code of `siram:Erreur` under `siram_100` (TLSi)."""
    side, reason = FAULTS[code]
    subcode = code if code.startswith("siram") else "siram_100"
    return (
        f'<env:Envelope xmlns:env="{ENV}" xmlns:siram="{SIRAM}"><env:Body><env:Fault><env:Code><env:Value>env:{side}</env:Value>'
        f"<env:Subcode><env:Value>siram:{subcode}</env:Value></env:Subcode></env:Code>"
        f'<env:Reason><env:Text xml:lang="fr">{text(reason)}</env:Text></env:Reason>'
        f'<env:Detail><siram:Erreur severite="fatale" code="{code}"/></env:Detail></env:Fault></env:Body></env:Envelope>'
    ).encode()
