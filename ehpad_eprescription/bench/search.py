"""Drug search over the whole base: how long the server takes for what people type."""

import random
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice

from ehpad_eprescription.bench.report import Figures, Options, decimal, quantile, say
from prescriptions.referentials.models import Speciality
from prescriptions.referentials.search import search_specialities

QUERIES = 800
TYPO_SHARE = 4  # one query in four is misspelt
LIMIT = 20
_SEED = 20261124  # the same queries at every run


def measure(options: Options) -> Figures:
    """Time every query once, after one pass that warms the server's memory."""
    labels = list(Speciality.objects.order_by("pk").values_list("label", flat=True))
    spent, answered = timed(typed(labels), lambda query: search_specialities(query, limit=LIMIT))
    figures: Figures = {
        **spread(spent),
        "specialities": len(labels),
        "queries": len(spent),
        "answered": answered,
    }
    say(
        f"Recherche sur {figures['specialities']} spécialités, {figures['queries']} saisies dont une sur "
        f"{TYPO_SHARE} fautive : p50 {decimal(figures['p50_ms'])} ms, p95 {decimal(figures['p95_ms'])} ms, "
        f"{decimal(100 * figures['answered'], 1)} % avec au moins une réponse"
    )
    return figures


def timed(queries: list[str], search: Callable[[str], Sequence[object]]) -> tuple[list[float], float]:
    """Time every query once (ms), after one pass that warms the server's memory; and the share answered."""
    for query in queries:
        search(query)
    spent, answered = [], 0
    for query in queries:
        started = time.perf_counter()
        answered += bool(search(query))
        spent.append((time.perf_counter() - started) * 1000)
    return spent, round(answered / len(queries), 3)


def spread(spent: list[float]) -> Figures:
    """Half and nineteen out of twenty."""
    return {"p50_ms": round(quantile(spent, 0.5), 3), "p95_ms": round(quantile(spent, 0.95), 3)}


def typed(labels: list[str]) -> list[str]:
    """What people type on the way to a label: three letters or more, a second word, a slip of the finger."""
    chance = random.Random(_SEED)  # noqa: S311  a sample, not a secret
    sample = chance.sample(labels, min(QUERIES, len(labels)))
    return [_type(label, rank, chance) for rank, label in enumerate(islice(cycle(sample), QUERIES))]


def _type(label: str, rank: int, chance: random.Random) -> str:
    words = label.lower().replace(",", " ").split()
    first = words[0]
    if rank % TYPO_SHARE == 0 and len(first) >= 6:
        return _misspelt(first, chance)
    if rank % TYPO_SHARE == 1 and len(words) > 1:
        return f"{first} {words[1][:3]}"
    return first[: 3 + rank % 5]


def _misspelt(word: str, chance: random.Random) -> str:
    """Two letters swapped, or one forgotten, never the first."""
    at = chance.randrange(1, len(word) - 2)
    if chance.random() < 0.5:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :]
