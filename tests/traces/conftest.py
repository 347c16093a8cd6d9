"""Traces to send: made by the recorder, as the product does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from tests.cast import TILLEULS
from traces.models import Trace
from traces.operations import Operation
from traces.recorder import TraceEvent, record

MARTINEAU = "99900123458"


@pytest.fixture
def make_traces() -> Callable[..., list[Trace]]:
    """`make_traces(3, finess=…)`: registrations that happened there, in order, committed together."""

    def make(count: int, finess: str = TILLEULS, **facts: Any) -> list[Trace]:
        details: dict[str, Any] = {
            "operation": Operation.ENREGISTRER,
            "rpps": MARTINEAU,
            "workstation": None,
        } | facts
        with transaction.atomic():
            return [record(TraceEvent(finess=finess, **details)) for _ in range(count)]

    return make
