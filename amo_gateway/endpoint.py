"""A guard: which addresses the product may call. None is written in the code; an unknown one is refused."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import SplitResult, urlsplit

from amo_gateway.errors import ProtocolError

SIMULATOR_ENVIRONMENT = "simulateur"
ENVIRONMENTS = (SIMULATOR_ENVIRONMENT, "qualif", "prod")
_SIMULATOR_NAMES = ("localhost", "simulator")
_SIMULATOR_SUFFIX = ".sim.invalid"


def check_endpoint(url: str, environment: str, allowed_hosts: Collection[str] = ()) -> SplitResult:
    """Return the parts of `url`, or raise ProtocolError.

    Only https is called. In environment `simulateur`, only this machine, a host named `simulator` or under
    `.sim.invalid`; elsewhere, only hosts listed by the operator in `allowed_hosts`.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if environment not in ENVIRONMENTS:
        raise ProtocolError("environnement_inconnu", f"« {environment} » n’est pas un environnement connu")
    if parts.scheme != "https" or not host or parts.username or parts.password:
        raise ProtocolError("adresse_interdite", "seules les adresses https sans identifiants sont appelées")
    if host in allowed_hosts or (environment == SIMULATOR_ENVIRONMENT and _is_simulator(host)):
        return parts
    raise ProtocolError("adresse_interdite", f"hôte non autorisé en environnement « {environment} »")


def _is_simulator(host: str) -> bool:
    if host in _SIMULATOR_NAMES or host.endswith(_SIMULATOR_SUFFIX):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
