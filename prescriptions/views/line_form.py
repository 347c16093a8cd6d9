"""Between the fields of an open medicine line and its raw content (kinds/medicament reads it): no rule here, only shape.

The other kinds describe their form as data (kinds/form.py).

Fields of a step of the posology are named `p<step>-<field>`, hours inside a step `p<step>-h<row>-at` and `-dose`.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict

from prescriptions.kinds.form import MAX_TEXT
from prescriptions.kinds.medicament import answers
from prescriptions.kinds.medicament.raw import MAX_HOURS, MAX_STEPS

MOMENTS = ("matin", "midi", "soir", "coucher")
_STEP_FIELDS = (*MOMENTS, "rhythm", "every_n", "days")
_AS_NEEDED = ("dose", "indication", "min_interval_hours", "max_per_24h")
_LINE_FIELDS = (
    "unit",
    "route",
    "regime",
    "precision",
    "starts_on",
    "duration_days",
    "renewals",
    "boxes",
    "ns_reason",
    "ns_detail",
    "comment",
    "cip13",
    "pharmacy",
    "single_dispensing",
    *answers.TYPED,
)
_TICKS = (
    "ald",
    "non_substitutable",
    "atmp",
    "prevention",
    "non_reimbursable",
    "off_label",
    "exception",
    *answers.TICKED,
)
Content = dict[str, Any]


def read_post(data: QueryDict, saved: Mapping[str, Any]) -> Content:
    """Return the content typed in the form, over what was `saved`: the drug itself never comes from the form."""
    typed = {name: str(data[name]).strip()[:MAX_TEXT] for name in _LINE_FIELDS if name in data}
    return {
        **saved,
        **typed,
        "phases": [_step(data, f"p{i}-") for i in _indices(data, r"p(\d+)-rhythm", MAX_STEPS)]
        or saved.get("phases", []),
        "as_needed": {name: data.get(f"as_needed-{name}", "").strip()[:MAX_TEXT] for name in _AS_NEEDED},
        **{name: name in data for name in _TICKS},
    }


def _step(data: QueryDict, prefix: str) -> Content:
    hours = [
        {
            "at": data.get(f"{prefix}h{i}-at", "").strip()[:5],
            "dose": data.get(f"{prefix}h{i}-dose", "").strip()[:20],
        }
        for i in _indices(data, rf"{prefix}h(\d+)-at", MAX_HOURS)
    ]
    typed = {name: data.get(prefix + name, "").strip()[:20] for name in _STEP_FIELDS}
    return {**typed, "hours": hours, "weekdays": data.getlist(f"{prefix}weekdays")[:7]}


def _indices(data: QueryDict, pattern: str, limit: int) -> list[int]:
    found = {int(match[1]) for name in data if (match := re.fullmatch(pattern, name))}
    return sorted(found)[:limit]


def blank_step() -> Content:
    """Return an empty step, taken every day."""
    moments = dict.fromkeys(MOMENTS, "")
    return {**moments, "hours": [], "rhythm": "DAILY", "every_n": "", "weekdays": [], "days": ""}


def restructure(content: Content, edit: str) -> str:
    """Add or remove a step or an hour, in place; return the name of the field where the next keystroke is useful.

    `edit` is the value of the button: `add-step`, `remove-step:1`, `add-hour:0`, `remove-hour:0:2`. Unknown: nothing moves.
    """
    verb, *numbers = edit.split(":")
    if verb not in _EDITS or not all(n.isdecimal() for n in numbers):
        return "p0-matin"
    return _EDITS[verb](content, *[int(n) for n in numbers])


def _add_step(content: Content, *_: int) -> str:
    steps = content["phases"]
    if len(steps) < MAX_STEPS:
        steps.append(blank_step())
    return f"p{len(steps) - 1}-matin"


def _remove_step(content: Content, step: int = 0, *_: int) -> str:
    steps = content["phases"]
    if 0 < step < len(steps):
        del steps[step]
    return f"p{min(step, len(steps)) - 1}-matin" if step else "p0-matin"


def _add_hour(content: Content, step: int = 0, *_: int) -> str:
    if step >= len(content["phases"]):
        return "p0-matin"
    hours = content["phases"][step]["hours"]
    if len(hours) < MAX_HOURS:
        hours.append({"at": "", "dose": ""})
    return f"p{step}-h{len(hours) - 1}-at"


def _remove_hour(content: Content, step: int = 0, row: int = 0, *_: int) -> str:
    if step >= len(content["phases"]):
        return "p0-matin"
    hours = content["phases"][step]["hours"]
    if row < len(hours):
        del hours[row]
    return f"p{step}-h{row - 1}-at" if row else f"p{step}-matin"


_EDITS: dict[str, Callable[..., str]] = {
    "add-step": _add_step,
    "remove-step": _remove_step,
    "add-hour": _add_hour,
    "remove-hour": _remove_hour,
}


def field_name(path: str) -> str:
    """Return the form field of a place in the content: `phases.0.hours.1.at` → `p0-h1-at`."""
    name = re.sub(r"^phases\.(\d+)\.", r"p\1-", path)
    name = re.sub(r"^(p\d+-)hours\.(\d+)\.", r"\1h\2-", name)
    return name.replace(".", "-")
