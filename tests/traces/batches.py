"""Batches of the tests."""

from traces.batching import make_batch
from traces.models import TraceBatch


def new_batch(finess: str) -> TraceBatch:
    """Make a batch of what waits there; something must."""
    batch = make_batch(finess)
    assert batch, "aucune trace en attente"
    return batch
