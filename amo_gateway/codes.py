"""Every code of the gateway in French: what happened, what to do, where the code comes from, whether it is retried."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """A code said in French."""

    sentence: str
    what_to_do: str
    source: str
    retry: bool


_HTTP = re.compile(r"http_(\d{3})\Z")


def explain(code: str) -> Explanation:
    """Return the French explanation of `code`, with an honest default when it is unknown."""
    known = EXPLANATIONS.get(code)
    if known is not None:
        return known
    if found := _HTTP.match(code):
        return EXPLANATIONS["http_5xx" if found[1].startswith("5") else "http_4xx"]
    return Explanation(
        f"Le service a répondu par un code que ce logiciel ne connaît pas : {code}.",
        "Communiquez ce code à l’assistance. L’ordonnance papier reste utilisable sans code 2D.",
        "code inconnu",
        retry=False,
    )


EXPLANATIONS: dict[str, Explanation] = {}
