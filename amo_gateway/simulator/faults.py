"""Failing on purpose: the switch, and every way to fail we know of. A fault is counted down, then the service is well again."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass

BEFORE = frozenset(
    {
        "timeout_avant", "coupure_avant", "http_502", "http_503", "http_504", "http_429", "xml_malforme", "tronquee", "enorme",
        "doctype", "vide", "redirection", "tls",
    }
)  # fmt: skip
"""Ways to fail without having registered anything."""
HANDSHAKE = frozenset({"tls"})
"""Ways to fail before a word is exchanged; on a connection already open, it is cut."""
AFTER = frozenset({"timeout_apres", "coupure_apres", "lente", "autre_identifiant", "autre_message"})
"""Ways to fail once the e-prescription is registered: the answer is lost, late, or not to be trusted."""
FAULTS: dict[str, tuple[str, str]] = {
    "siram_40": ("Receiver", "Service temporairement indisponible"),
    "siram_100": ("Sender", "Appel refusé"),
    "desir_550": ("Sender", "Numéro d'autorisation inconnu"),
    "desir_560": ("Sender", "Droits insuffisants"),
    "desir_620": ("Sender", "Certificat du professionnel invalide"),
}
"""Published SOAP faults: code → SOAP code and reason."""
BUSINESS: dict[str, str] = {
    "sim_ep_identifiant_invalide": "Identifiant invalide",
    "sim_ep_doublon": "Identifiant déjà utilisé pour un autre contenu",
    "sim_ep_champ_manquant": "Champ obligatoire manquant",
    "sim_ep_message_invalide": "Message non conforme au schéma",
    "sim_ep_signature_invalide": "Signature refusée",
    "sim_ep_enveloppe_invalide": "Enveloppe non conforme",
    "sim_ep_patient_inconnu": "Patient inconnu",
    "sim_ep_ps_non_autorise": "Professionnel ou établissement non autorisé",
    "sim_ep_am_ou_finess": "Numéro AM ou FINESS attendu",
    "sim_ep_perimetre": "Type de prescription hors périmètre",
    "sim_ep_types_melanges": "Une e-prescription par type de prescription",
    "sim_ep_produit_inconnu": "Produit inconnu",
    "sim_ep_inconnue": "E-prescription inconnue",
    "sim_ep_deja_executee": "E-prescription déjà exécutée",
    "sim_ep_opposition": "Le patient s'est opposé à cette consultation",
    "sim_ep_expiree": "E-prescription expirée",
}
"""Business refusals (hypothèse): code → label."""
MODES = BEFORE | AFTER | FAULTS.keys() | BUSINESS.keys()


@dataclass(frozen=True)
class Fault:
    """One way to fail. `seconds` is how long a silence lasts, or a slow answer takes between two bytes."""

    mode: str
    seconds: float = 30.0


class Switch:
    """The current fault and how many calls it still spoils; None = until further notice."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._fault: Fault | None = None
        self._left: int | None = 0

    def set(self, mode: str, times: int | None, seconds: float) -> None:
        """Fail the next `times` calls. Raise ValueError for an unknown mode."""
        if mode not in MODES:
            raise ValueError(mode)
        with self._lock:
            self._fault, self._left = Fault(mode, seconds), times

    def clear(self) -> None:
        """Be well."""
        with self._lock:
            self._fault, self._left = None, 0

    def take(self, among: Collection[str] = MODES) -> Fault | None:
        """Return the fault of this call, counting it; nothing when it is not `among` those the caller can play."""
        with self._lock:
            if self._fault is None or self._left == 0 or self._fault.mode not in among:
                return None
            if self._left is not None:
                self._left -= 1
            return self._fault

    @property
    def words(self) -> str:
        """The current state in French, for the page."""
        with self._lock:
            if self._fault is None or self._left == 0:
                return "aucune panne"
            again = "jusqu’à nouvel ordre" if self._left is None else f"encore {self._left} appel(s)"
            return f"{self._fault.mode}, {again}"
