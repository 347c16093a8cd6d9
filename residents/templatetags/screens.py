"""The parts every screen is made of, as tags: severity note, status, empty state, form field, keys.

One grammar of severity everywhere (icon + word + form, never colour alone); the drawings live in
`templates/components/` and `static/css/components.css`.
"""

import re
from datetime import date
from itertools import pairwise
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from residents.facts import Facts, facts_of
from residents.models import Resident

register = template.Library()

SEVERITIES: dict[str, str] = {
    "block": "circle-x",
    "reason": "triangle-alert",
    "given": "triangle-alert",
    "info": "info",
    "unchecked": "circle-dashed",
    "wait": "hourglass",
    "ok": "circle-check",
}
"""Level of a note → its icon. Waiting is no severity, but is told in the same form."""

STATUSES: dict[str, tuple[str, str]] = {
    "ok": ("circle-check", "ok"),
    "sending": ("send", "wait"),
    "waiting": ("hourglass", "wait"),
    "refused": ("circle-x", "block"),
    "todo": ("triangle-alert", "reason"),
    "paper": ("file-text", "quiet"),
    "house": ("house", "quiet"),
    "draft": ("pencil", "quiet"),
    "cancelled": ("ban", "quiet"),
    "none": ("circle-dashed", "quiet"),
}
"""Kind of status → icon and tone."""


@register.simple_block_tag
def severity(content: str, level: str, kind: str, headline: str = "", **attributes: Any) -> SafeString:
    """Draw a note: `level` of SEVERITIES, `kind` its first words (« Bloquant · ligne 4 »), the body between
    the tags.
    """
    context = {
        "level": level,
        "icon": SEVERITIES[level],
        "kind": kind,
        "headline": headline,
        "content": content,
        **attributes,
    }
    return render_to_string("components/severity.html", context)


@register.simple_block_tag
def empty(content: str, icon: str, title: str) -> SafeString:
    """Draw an empty state: what is not here, and what to do about it (the body)."""
    return render_to_string("components/empty.html", {"icon": icon, "title": title, "content": content})


@register.inclusion_tag("components/status.html")
def status(kind: str, words: str, detail: str = "", href: str = "") -> dict[str, str]:
    """Draw a status: icon, word, then a number or an hour. `kind` is one of STATUSES."""
    icon, tone = STATUSES[kind]
    return {"icon": icon, "tone": tone, "words": words, "detail": detail, "href": href}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, width: str = "c-6", unit: str = "", label: str = "") -> dict[str, Any]:
    """Draw a field of a form with its label, hint and error, tied together for screen readers."""
    is_check = isinstance(bound.field.widget, CheckboxInput)
    return {"field": bound, "width": width, "unit": unit, "label": label or bound.label, "is_check": is_check}


@register.inclusion_tag("components/keys.html")
def keys(words: str, *names: str) -> dict[str, Any]:
    """Draw a keyboard hint: the keys, then what they do. Decorative: hidden on touch screens."""
    return {"names": names, "words": words}


@register.inclusion_tag("components/banner.html")
def identity_banner(resident: Resident, facts: Facts | None = None) -> dict[str, Any]:
    """Draw the identity banner (A02); reads the facts of the resident unless the page has them already."""
    return {"resident": resident, "facts": facts or facts_of(resident)}


@register.filter
def birth(day: date | None) -> str:
    """A birth date in full, year always: « 14 mars 1938 »."""
    if day is None:
        return ""
    return f"{'1er' if day.day == 1 else day.day}\u00a0{date_format(day, 'F Y')}"


@register.filter
def ordinals(text: str) -> SafeString:
    """Raise the letters of an ordinal, escaping the rest: « 1er étage » → 1<sup>er</sup> étage."""
    return mark_safe(re.sub(r"\b(\d+)(er|re|e)\b", r"\1<sup>\2</sup>", escape(text)))


@register.filter
def matricule(value: str) -> str:
    """Space an INS number as it is read aloud: « 2 38 03 49 007 001 44 »."""
    cuts = (0, 1, 3, 5, 7, 10, 13, 15)
    if len(value) != cuts[-1]:
        return value
    return "\u00a0".join(value[start:end] for start, end in pairwise(cuts))


@register.filter
def initials(person: Any) -> str:
    """Two letters for the round mark of the rail."""
    letters = f"{person.first_name[:1]}{person.last_name[:1]}" or person.username[:2]
    return letters.upper()
