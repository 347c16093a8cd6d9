"""Search over the whole nomenclature of biology (NABM)."""

from ehpad_eprescription.bench.report import Figures, Options
from ehpad_eprescription.bench.search_lists import measure_list
from prescriptions.referentials.biology import search_acts
from prescriptions.referentials.models import NabmAct


def measure(options: Options) -> Figures:
    """Time what people type on the way to an act in force."""
    labels = NabmAct.objects.filter(ends_on=None, is_act=True).order_by("pk").values_list("label", flat=True)
    return measure_list("actes", list(labels), search_acts)
