"""What the prescriber saw of a sample, as JSON: nobody needs our code to compare it with the documents."""

from __future__ import annotations

from typing import Any

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.order import FLAGS
from prescriptions.kinds.registry import heading
from prescriptions.kinds.wording import euros
from prescriptions.printing.sheet import Sheet
from prescriptions.printing.wording import words_of
from prescriptions.samples.checks import shown
from prescriptions.samples.draw import Sample
from prescriptions.samples.line import DrawnLine

_PRINTED = (
    "title", "heading", "form", "note", "kind", "facts", "count", "price", "mentions", "signature", "outside", "parts",
)  # fmt: skip
"""Words of the ordonnance kept as they are printed (printing/wording.py)."""

_NO_INS = {"ins_number": "", "ins_oid": ""}
"""An INS that is not qualified is neither shown on the ordonnance nor sent."""


def seen(sample: Sample, sheet: Sheet) -> dict[str, Any]:
    """Return plain JSON types. The same sample gives the same values."""
    statement = sample.statement
    frozen = statement.to_json()
    return {
        "written_on": frozen["written_on"],
        "signed_at": sample.signed_at.isoformat(timespec="seconds"),
        "kind": statement.kind,
        "heading": heading(Kind(statement.kind), sheet.form),
        "paper": statement.paper,
        "route": statement.route,
        "pharmacy": statement.pharmacy,
        "identifier": sample.identifier,
        "paper_fallback": _fallback(sample),
        **{name: frozen[name] for name in ("prescriber", "house", "information")},
        "patient": frozen["patient"] | ({} if statement.patient.is_qualified else _NO_INS),
        "lines": [_line(rank, sample, sheet) for rank in range(len(sample.lines))],
        "total_price": euros(sheet.total_price) if sheet.shows_price else "",
        "checks": [shown(found) for found in sample.findings],
        "printed": _printed(sheet),
    }


def _fallback(sample: Sample) -> dict[str, str] | None:
    if sample.motive is None:
        return None
    motive = sample.motive
    return {"code": motive.value, "motive": motive.label, "secured_lot": sample.secured_lot}


def _line(rank: int, sample: Sample, sheet: Sheet) -> dict[str, Any]:
    drawn, line, printed = sample.lines[rank], sample.statement.lines[rank], sheet.lines[rank]
    order, paid = drawn.order, drawn.funding
    return {
        "position": line.position,
        "title": line.title,
        "name": order.name,
        "detail": order.detail,
        "texts": list(line.texts),
        "sentence": order.sentence,
        "starts_on": order.starts_on.isoformat(),
        "ends_on": order.ends_on.isoformat() if order.ends_on else None,
        "flags": flags(drawn),
        "printed_flags": list(line.flags),
        "funding": {
            "route": paid.route.value,
            "short": paid.short,
            "reason": paid.reason,
            "source": paid.source,
        },
        "warnings": [{"message": warning.message_fr, "rule": warning.rule} for warning in drawn.warnings],
        "free_text": printed.unchecked,
        "price": euros(order.total_price),
        "shape": drawn.shape,
    }


def flags(line: DrawnLine) -> list[str]:
    """Return the words of every flag of the line, hors AMM and non-substitution included."""
    told = line.order.to_json()
    ns = told.get("ns_reason")
    return [
        *(words for name, words in FLAGS.items() if told[name]),
        *(["Hors AMM"] if told.get("off_label") else []),
        *([f"NS {ns}"] if ns else []),
        *(["Urgent"] if line.order.urgent else []),
        *(["Au lieu de vie"] if line.order.at_home else []),
    ]


def _printed(sheet: Sheet) -> dict[str, Any]:
    """Return the words as they are on paper: numbers in letters on a secured one, lines of the ALD first (rule B37)."""
    words = words_of(sheet)
    kept: dict[str, Any] = _plain({name: words[name] for name in (*_PRINTED, "zones")})
    return kept | {"mentions": []} if sheet.fallback is not None else kept


def _plain(value: Any) -> Any:
    """Write the spaces that hold two words together as ordinary ones."""
    if isinstance(value, str):
        return value.replace("\u00a0", " ").replace("\u202f", " ")
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
