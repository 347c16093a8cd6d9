"""The yes-or-no observations every line bears (eP-MED-DM 2024.01: FR-En-rapport-avec-ALD and the like)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from prescriptions.documents.cda.markup import Code, coded, refers, templates
from prescriptions.documents.cda.types import ANS

_MODEL = "1.2.250.1.213.1.1.3.48"


def _opening(number: int) -> str:
    """All that comes before the identifier of the entry."""
    models = templates("1.3.6.1.4.1.19376.1.5.3.1.4.13", _MODEL, f"{_MODEL}.{number}")
    return f'<entryRelationship typeCode="COMP"><observation classCode="OBS" moodCode="EVN">{models}'


def _flag(number: int, code: str, label: str) -> tuple[str, str]:
    written = Code(code, ANS, "TA_ASIP", label)
    return _opening(number), coded("code", written)


ATMP_LABEL = "En rapport avec un accident du travail ou une maladie professionnelle"
DEVICE_FLAGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ald": _flag(13, "MED-574", "En rapport avec une ALD"),
        "atmp": _flag(14, "GEN-180", ATMP_LABEL),
        "prevention": _flag(34, "GEN-295", "En rapport avec la prévention"),
        "non_reimbursable": _flag(15, "GEN-181", "Non remboursable"),
    }
)
MEDICINE_FLAGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **DEVICE_FLAGS,
        "off_label": _flag(12, "GEN-179", "Hors Autorisation de Mise sur le Marché (AMM)"),
    }
)
"""Name of the flag in our lines → (opening of the entry, its code)."""


def flags(of: object, known: Mapping[str, tuple[str, str]], line: str, root: str, when: str) -> str:
    """Write every flag of `of`, true or false; `line` prefixes identifiers, `when` is the time of signature."""
    return "".join(
        f'{opening}<id root="{root}" extension="{line}-{name}"/>{code}<text>{refers(f"{line}-{name}")}</text>'
        f'<statusCode code="completed"/><effectiveTime value="{when}"/>'
        f'<value xsi:type="BL" value="{"true" if getattr(of, name) else "false"}"/>'
        "</observation></entryRelationship>"
        for name, (opening, code) in known.items()
    )
