"""The few shapes every part of a CDA R2 document is written with. Strings, not a tree: ten times quicker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from amo_gateway.xml import attribute, text

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a nomenclature: its OID, its name, its French label."""

    code: str
    system: str
    system_name: str
    label: str


def coded(tag: str, code: Code, inside: str = "", *, xsi_type: str = "") -> str:
    """Write `code` as the element `tag`, around `inside` (markup)."""
    kind = f' xsi:type="{xsi_type}"' if xsi_type else ""
    head = (
        f'{tag}{kind} code="{attribute(code.code)}" displayName="{attribute(code.label)}"'
        f' codeSystem="{code.system}" codeSystemName="{code.system_name}"'
    )
    return f"<{head}>{inside}</{tag}>" if inside else f"<{head}/>"


def templates(*roots: str) -> str:
    """Write the models an element conforms to."""
    return "".join(f'<templateId root="{root}"/>' for root in roots)


def element(tag: str, value: str) -> str:
    """Write a text element; nothing when `value` is empty."""
    content = text(value).strip()
    return f"<{tag}>{content}</{tag}>" if content else ""


def refers(identity: str) -> str:
    """Point to the words of the narrative that bear `identity`."""
    return f'<reference value="#{identity}"/>'


def original(identity: str) -> str:
    """Point to the words a code stands for."""
    return f"<originalText>{refers(identity)}</originalText>"


def content(identity: str, words: str) -> str:
    """Write words of the narrative that entries refer to; a dash when there is nothing to say."""
    return f'<content ID="{identity}">{text(words).strip() or "-"}</content>'


def moment(value: datetime) -> str:
    """« 20261124093000+0100 », in French time."""
    return f"{value.astimezone(PARIS):%Y%m%d%H%M%S%z}"


def day(value: date) -> str:
    """« 20261124 »."""
    return f"{value:%Y%m%d}"


def interval(first: date, last: date | None) -> str:
    """Write the two ends of a stretch of days; an unknown end is said unknown."""
    high = f'<high value="{day(last)}"/>' if last else '<high nullFlavor="UNK"/>'
    return f'<low value="{day(first)}"/>{high}'


def plain(value: Decimal) -> str:
    """Write a number without exponent nor trailing zero."""
    return f"{value.normalize():f}"


def yes_no(value: bool) -> str:
    """« Oui », « Non »."""
    return "Oui" if value else "Non"
