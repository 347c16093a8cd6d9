"""What the searches over the official lists have in common."""

from collections.abc import Callable, Sequence

from ehpad_eprescription.bench.report import Figures, decimal, say
from ehpad_eprescription.bench.search import TYPO_SHARE, spread, timed, typed


def measure_list(noun: str, labels: list[str], search: Callable[[str], Sequence[object]]) -> Figures:
    """Time what people type on the way to `labels`, and say it."""
    spent, answered = timed(typed(labels), search)
    figures: Figures = {**spread(spent), "codes": len(labels), "queries": len(spent), "answered": answered}
    say(
        f"Recherche sur {len(labels)} {noun}, {len(spent)} saisies dont une sur {TYPO_SHARE} fautive : "
        f"p50 {decimal(figures['p50_ms'])} ms, p95 {decimal(figures['p95_ms'])} ms, "
        f"{decimal(100 * answered, 1)} % avec au moins une réponse"
    )
    return figures
