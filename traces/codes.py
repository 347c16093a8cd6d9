"""What may stand in a trace: codes, numbers of people at work, digests. Each field has one shape; nothing else enters.

A trace holds no health data because nothing in it can: no free text, no room for a name, a birth date or an INS.
"""

import re

from amo_gateway.codes import EXPLANATIONS
from traces.operations import AuthMode

MASKED = "code_masque"
"""Put in place of what the other side calls a code and may be anything else."""
INCOMPLETE = "accuse_incomplet"
"""An acknowledgement that does not name every trace of the batch."""
ALTERED = "empreinte_differente"
"""A trace that is no longer what was chained: nothing leaves, somebody must look."""

NO_PIN = "code_signature_absent"
WRONG_PIN = "code_signature_faux"
PIN_LOCKED = "code_signature_verrouille"
NOT_ALLOWED = "signature_non_permise"
"""The profile of the person or the state of the house forbids signing (rules A01, B01)."""

_OURS = frozenset({MASKED, INCOMPLETE, ALTERED, NO_PIN, WRONG_PIN, PIN_LOCKED, NOT_ALLOWED})
_FAMILY = re.compile(r"(?:siram|desir|insi|sim|http)_[a-z0-9_]{1,50}\Z")
"""Families known from the sibling services, and ours."""
_CODED = re.compile(r"(?!(?:[^0-9]*[0-9]){6})[A-Za-z]{0,12}(?:[_.:-]?[A-Za-z]{0,4}[0-9]{1,3}){1,3}\Z")
"""A few letters then a few digits, five digits at most: no birth date, no INS number, no name has this shape."""

_UUID = r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}"
_EMPTY_OR: dict[str, re.Pattern[str]] = {
    "finess": re.compile(r"[0-9][0-9AB][0-9]{7}\Z"),
    "rpps": re.compile(r"[0-9]{11}\Z"),
    "identifier": re.compile(r"[0-9A-Z]{18}\Z"),
    "auth_mode": re.compile(rf"(?:{'|'.join(AuthMode)})\Z"),
    "assertion_id": re.compile(rf"(?:[a-z]{{1,9}}[:_-])?_?{_UUID}\Z"),
    "correlation_id": re.compile(rf"(?:[a-z]{{1,9}}[:_-])?_?{_UUID}\Z"),
    "severity": re.compile(r"(?:information|avertissement|erreur|fatale?)\Z"),
    "payload_sha256": re.compile(r"[0-9a-f]{64}\Z"),
}
"""Field of a `TraceEvent` → its only shape."""


def is_code(value: str) -> bool:
    """Tell whether `value` is a code: known to the gateway, of a known family, or a few letters and digits."""
    if value in EXPLANATIONS or value in _OURS:
        return True
    return bool(_FAMILY.match(value) or _CODED.match(value))


def safe_code(value: str) -> str:
    """Return `value` when it is a code, `MASKED` when the other side sent something else in its place."""
    return value if not value or is_code(value) else MASKED


def safe_severity(value: str) -> str:
    """Return `value` when it is one of the published severities, nothing when the other side sent something else."""
    return value if _EMPTY_OR["severity"].match(value) else ""


def misshapen(fields: dict[str, str]) -> list[str]:
    """Return the names (never the values) of the fields that do not have their shape; empty ones are fine."""
    return [name for name, value in fields.items() if value and not _EMPTY_OR[name].match(value)]
