"""Search a medicine as one types it (A14): brand, common name, CIP, CIS, strength and form."""

from __future__ import annotations

from dataclasses import dataclass

from .chips import Chip


@dataclass(frozen=True, slots=True)
class SpecialityHit:
    """One row of the results. `shortage` is the official label of the supply trouble, or None."""

    cis: str
    label: str
    dci_label: str
    form: str
    dosage: str
    routes: tuple[str, ...]
    marketed: bool
    is_generic: bool
    shortage: str | None
    chips: tuple[Chip, ...]


def search_specialities(
    query: str, *, marketed_only: bool = True, homeopathy: bool = False, limit: int = 20
) -> list[SpecialityHit]:
    """Return the specialities answering every word of `query`, in a neutral order."""
    raise NotImplementedError
